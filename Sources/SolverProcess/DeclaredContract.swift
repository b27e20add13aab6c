// What a solver, or a file about it, says that it promises: the same keys in both.
public import CaseFiles
public import ExactArithmetic
public import SolverInterface

/// The parts of a contract that somebody has declared; nil for those that are left open.
public struct DeclaredContract: Sendable, Hashable {
  /// The tasks that the solver takes on, in the words of the protocol, known here or not.
  public var tasks: [String]?
  /// The numbers that it takes.
  public var numbers: NumberType?
  /// The largest violation, relative to the exact maximum-flow value.
  public var tolerance: Rational?
  /// What its answers have and are.
  public var returns: Set<AnswerPromise>?

  /// A contract of which nothing is declared.
  public init() {}

  /// The first field of a file with a contract.
  public static let format = "flowcheck-contract/1"

  /// Reads a file with a contract.
  ///
  /// - Parameter file: a JSON object with `format` and any of `tasks`, `numbers`, `tolerance` and
  ///   `returns`.
  /// - Throws: an error that names file, field and place.
  public init(_ file: InputFile) throws(InputError) {
    var reader = JSONReader(file)
    var format: String?
    var found = DeclaredContract()
    try reader.readObject { reader, key throws(InputError) in
      if key == "format" {
        let text = try reader.readString()
        guard text == Self.format else {
          throw reader.error(.outOfRange(text: "'\(text)'", range: Self.format))
        }
        format = text
      } else if try !found.read(&reader, key) {
        throw reader.unknown(key)
      }
    }
    try reader.finish()
    _ = try reader.require(format, "format")
    if found.tasks?.isEmpty == true {
      throw InputError(
        file: file.name, place: "tasks",
        problem: .outOfRange(text: "an empty list", range: "a task at least"))
    }
    let known = FlowTask.Kind.allCases.map(\.rawValue)
    for (index, task) in (found.tasks ?? []).enumerated() where !known.contains(task) {
      throw InputError(
        file: file.name, place: "tasks[\(index)]",
        problem: .outOfRange(text: "'\(task)'", range: "one of " + known.joined(separator: ", ")))
    }
    if found.tasks != nil, let reason = found.unpromisedTask {
      throw InputError(
        file: file.name, place: "returns", problem: .badStatement(reason: reason))
    }
    self = found
  }

  /// Why nothing could be judged of the answers to some task; nil if something can of all.
  var unpromisedTask: String? {
    guard let returns else { return nil }
    for task in FlowTask.Kind.allCases where knownTasks.contains(task) {
      let owed = AnswerPromise.allCases.filter { $0.isOwed(to: task) }
      if returns.isDisjoint(with: owed) {
        let words = owed.map(\.rawValue).joined(separator: ", ")
        return "nothing is promised of the task \(task.rawValue): it takes any of \(words)"
      }
    }
    return nil
  }

  /// Refuses what no solver of DIMACS can be asked: doubles, and other tasks than maximum flows.
  ///
  /// - Parameter file: where the contract stands.
  /// - Throws: an error that names file and field.
  public func requireDimacs(_ file: InputFile) throws(InputError) {
    if numbers == .double {
      throw InputError(
        file: file.name, place: "numbers",
        problem: .outOfRange(text: "'double'", range: "int32 or int64, since DIMACS has integers"))
    }
    if let tasks, tasks != [FlowTask.Kind.maximumFlow.rawValue] {
      throw InputError(
        file: file.name, place: "tasks",
        problem: .outOfRange(text: "\(tasks)", range: "[\"max-flow\"], since DIMACS has no other"))
    }
  }

  /// The contract with another laid over it, whose parts win where it has any.
  public func overlaid(by other: DeclaredContract) -> DeclaredContract {
    var result = self
    result.tasks = other.tasks ?? tasks
    result.numbers = other.numbers ?? numbers
    result.tolerance = other.tolerance ?? tolerance
    result.returns = other.returns ?? returns
    return result
  }

  /// The tasks that this program knows; a maximum flow if none are declared.
  public var knownTasks: Set<FlowTask.Kind> {
    guard let tasks else { return [.maximumFlow] }
    return Set(FlowTask.Kind.allCases.filter { tasks.contains($0.rawValue) })
  }

  /// The whole contract, with what is usual where nothing is declared.
  ///
  /// Solvers that take doubles are allowed 1e-9; integers need no rounding, so they allow nothing.
  public var contract: Contract {
    let numbers = numbers ?? .double
    let usual = numbers.isInteger ? Contract.exact.tolerance : Contract.double.tolerance
    return Contract(tolerance: tolerance ?? usual, numbers: numbers, returns: returns)
  }

  /// Reads the value of a key; returns whether it is one of a contract.
  mutating func read(_ reader: inout JSONReader, _ key: String) throws(InputError) -> Bool {
    switch key {
    case "tasks": tasks = try reader.readStrings()
    case "numbers": numbers = try reader.readWord(NumberType.self)
    case "returns":
      var promises: Set<AnswerPromise> = []
      try reader.readArray { reader, _ throws(InputError) in
        promises.insert(try reader.readWord(AnswerPromise.self))
      }
      // Who promises nothing cannot be judged, and would keep every promise.
      if promises.isEmpty {
        throw reader.error(.outOfRange(text: "an empty list", range: "value at least"))
      }
      returns = promises
    case "tolerance":
      let value = try reader.readFiniteNumber()
      guard value.signum() >= 0, value < 1 else {
        throw reader.error(
          .outOfRange(text: value.description, range: "a number from 0 to less than 1"))
      }
      tolerance = value
    default: return false
    }
    return true
  }
}

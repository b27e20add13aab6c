import CaseFiles
import ExactArithmetic

/// A mistake in the words of the command line.
struct UsageError: Error {
  /// What is wrong, in a sentence without a full stop.
  let reason: String

  init(_ reason: String) { self.reason = reason }

  /// The sentence with its full stop; a question or an ellipsis has its end already.
  var sentence: String { reason.hasSuffix("?") || reason.hasSuffix(".") ? reason : reason + "." }
}

/// The words of a command line after the command's name, sorted out.
struct Arguments {
  /// The words that are neither options nor their values.
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Sorts the words by the options of a command.
  ///
  /// `--name value` and `--name=value` mean the same; after `--` everything is an operand.
  init(_ words: [String], for command: Command) throws(UsageError) {
    let options = command.options + Command.commonOptions
    var rest = words[...]
    // Every pass takes at least one word.
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0] == "-h" ? "--help" : String(parts[0])
      guard let option = options.first(where: { $0.name == name }) else {
        let near = options.map(\.name).min { $0.distance(to: name) < $1.distance(to: name) }
        let hint = near.flatMap { $0.distance(to: name) <= 3 ? "; did you mean \($0)?" : nil }
        throw UsageError("there is no option \(name)\(hint ?? "")")
      }
      if option.value == nil {
        guard parts.count == 1 else { throw UsageError("\(name) takes no value") }
        values[name, default: []].append("")
      } else if parts.count == 2 {
        values[name, default: []].append(String(parts[1]))
      } else {
        guard let value = rest.popFirst() else { throw UsageError("\(name) needs a value") }
        values[name, default: []].append(value)
      }
    }
    if has("--help") { return }
    for (name, given) in values.sorted(by: { $0.key < $1.key })
    where given.count > 1 && !Self.repeatable.contains(name)
      && !options.contains(where: { $0.name == name && $0.isRepeatable })
    {
      throw UsageError("\(name) is given \(given.count) times, at most once")
    }
    guard command.operands.contains(operands.count) else {
      throw UsageError(Self.operandMistake(operands, command))
    }
  }

  /// The options that may be given several times.
  private static let repeatable: Set<String> = [
    "--require", "--property", "--generator", "--mutant", "--task", "--id",
  ]

  private static func operandMistake(_ operands: [String], _ command: Command) -> String {
    if operands.count < command.operands.lowerBound {
      return "a file is missing: flowcheck \(command.usage)"
    }
    return "'\(operands[command.operands.upperBound])' is one word too many"
  }

  /// Whether an option is given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of an option.
  func text(_ name: String) -> String? { values[name]?.first }

  /// All values of an option that may be repeated.
  func texts(_ name: String) -> [String] { values[name] ?? [] }

  /// A file that an option names, begun; what has its name is as it was until it is finished.
  func output(_ name: String) throws(OutputError) -> AtomicStream? {
    guard let path = text(name) else { return nil }
    return try AtomicStream(path)
  }

  /// The value of an option as a number of a range.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      // The largest number of the machine is worth a word to those only who are beyond it.
      let isHuge = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      let bounds =
        range.upperBound == Int.max && !isHuge
        ? "from \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
      throw UsageError("\(name) takes a whole number \(bounds), not '\(text)'")
    }
    return number
  }

  /// The value of an option as an exact fraction that is not negative.
  func fraction(_ name: String) throws(UsageError) -> Rational? {
    guard let text = text(name) else { return nil }
    guard let value = Rational(text), value.signum() >= 0 else {
      throw UsageError("\(name) takes a number such as 1e-6 or 1/3, not '\(text)'")
    }
    return value
  }

  /// The value of an option as an exact fraction that is positive.
  func positiveFraction(_ name: String) throws(UsageError) -> Rational? {
    guard let value = try fraction(name) else { return nil }
    guard value.signum() > 0 else {
      throw UsageError("\(name) takes a positive number, not \(text(name) ?? "")")
    }
    return value
  }

  /// The value of an option that is one of some words.
  func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Word.Type
  ) throws(UsageError) -> Word? where Word.RawValue == String {
    try words(name, type).first
  }

  /// The values of an option that may be repeated, each one of some words.
  func words<Word: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Word.Type
  ) throws(UsageError) -> [Word] where Word.RawValue == String {
    try texts(name).map { text throws(UsageError) in
      if let word = Word(rawValue: text) { return word }
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError("\(name) takes one of \(words), not '\(text)'")
    }
  }
}

extension String {
  /// The number of single-character edits that make one word of the other.
  func distance(to other: String) -> Int {
    let (left, right) = (Array(self), Array(other))
    var row = Array(0...right.count)
    for i in left.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in right.indices {
        let substituted = diagonal + (left[i] == right[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}

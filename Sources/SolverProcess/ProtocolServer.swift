// The other side of the protocol: a solver of this package that answers requests, so that it can be
// called as any stranger's is.
import CaseFiles
import Checker
import ExactArithmetic
import Glibc
import Networks
public import SolverInterface

/// Serves a solver on standard input and output in the protocol `flowcheck/1`.
public struct ProtocolServer {
  /// Why a server has ended.
  public enum Ending: Sendable, Hashable {
    /// The requests have.
    case endOfInput
    /// A line is no request; what is wrong with it.
    case badRequest(String)
    /// The solver reached its work limit, as one that runs round in a loop does.
    case workLimitReached
    /// Nobody reads the answers.
    case closedOutput
  }

  private let solver: any FlowSolver
  private let version: String
  private let returns: Set<AnswerPromise>?
  private let isLimited: Bool

  /// A server.
  ///
  /// - Parameters:
  ///   - solver: what answers; its name is the one that is described.
  ///   - version: the version that is described.
  ///   - returns: what is promised of its answers; nil to list nothing.
  ///   - isLimited: whether a solver that looks at half-arcs a hundred times the square of the
  ///     number of arcs is taken to run round in a loop.
  public init(
    _ solver: any FlowSolver, version: String, returns: Set<AnswerPromise>?,
    isLimited: Bool = false
  ) {
    self.solver = solver
    self.version = version
    self.returns = returns
    self.isLimited = isLimited
  }

  /// Answers requests until their end.
  public func serve() -> Ending {
    // A reader that is gone is an error of the write, not the end of this program.
    _ = signal(SIGPIPE, SIG_IGN)
    var lines = InputLines()
    // Every pass takes a line.
    while let line = lines.next() {
      let request: ServedRequest
      do throws(InputError) {
        request = try ServedRequest(line)
      } catch {
        return .badRequest(error.description)
      }
      let text: [UInt8]
      switch request {
      case .describe(let id): text = describe(id)
      case .other(let id): text = Self.unsupported(id)
      case .task(let id, let task, let network):
        guard let answer = self.answer(id, task, network) else { return .workLimitReached }
        text = answer
      }
      guard Self.write(text) else { return .closedOutput }
    }
    return .endOfInput
  }

  private func describe(_ id: Int) -> [UInt8] {
    Self.line(id, "ok") { writer in
      writer.field("name", solver.name)
      writer.field("version", version)
      writer.field(
        "tasks", FlowTask.Kind.allCases.filter(solver.tasks.contains).map(\.rawValue))
      writer.field("numbers", NumberType.double.rawValue)
      // An exact answer is rounded to doubles on its way.
      writer.field("tolerance", Contract.double.tolerance.nearestDouble)
      if let returns {
        writer.field("returns", AnswerPromise.allCases.filter(returns.contains).map(\.rawValue))
      }
    }
  }

  /// The answer as a line; nil if the solver reached its work limit.
  private func answer(_ id: Int, _ task: FlowTask, _ network: FlowNetwork) -> [UInt8]? {
    guard solver.tasks.contains(task.kind), solver.accepts(network) else {
      return Self.unsupported(id)
    }
    let arcs = max(network.arcCount, 100)
    let limit = isLimited ? WorkLimit(arcScans: 100 * arcs * arcs) : .unlimited
    let answer = solver.solve(
      FlowRequest(task: task, network: network, adjacency: Adjacency(network), limit: limit))
    switch answer.status {
    case .optimal: break
    case .workLimitReached: return nil
    case .unsupported, .gaveUp, .failed, .crashed, .timedOut: return Self.unsupported(id)
    }
    return Self.line(id, "optimal") { writer in
      if let value = answer.value {
        writer.key("value")
        writer.number(value)
      }
      if let flow = answer.flow { writer.numbers("flow", flow) }
      if let cut = answer.cut { writer.field("cut", cut.members) }
      if let attribution = answer.attribution { writer.numbers("attribution", attribution) }
      if let potentials = answer.potentials { writer.numbers("potentials", potentials) }
    }
  }

  private static func unsupported(_ id: Int) -> [UInt8] { line(id, "unsupported") { _ in } }

  private static func line(
    _ id: Int, _ status: String, _ fields: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      writer.field("id", id)
      writer.field("status", status)
      fields(&writer)
    }
    do {
      return try writer.finish() + [0x0A]
    } catch {
      preconditionFailure("an answer that cannot be written: \(error)")
    }
  }

  /// Writes all bytes to standard output; whether somebody takes them.
  private static func write(_ bytes: [UInt8]) -> Bool {
    var start = 0
    // Every pass writes at least one byte, is interrupted, or ends.
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count > 0 { start += count } else if errno != EINTR { return false }
    }
    return true
  }
}

extension JSONWriter {
  /// Writes a number as an answer has it: an integer exactly, any other as its nearest double.
  fileprivate mutating func number(_ value: Rational) {
    if value.isInteger { integer(value.numerator) } else { double(value.nearestDouble) }
  }

  fileprivate mutating func numbers(_ key: String, _ vector: ExactVector) {
    self.key(key)
    array(isInline: true) { writer in
      for index in 0..<vector.count { writer.number(vector[index]) }
    }
  }
}

/// The lines of standard input.
private struct InputLines {
  private var bytes: [UInt8] = []
  private var start = 0
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// The next line that is not empty, without its end; nil after the last.
  mutating func next() -> [UInt8]? {
    var scanned = start
    // Every pass takes a line, reads bytes, or ends.
    while true {
      if let end = bytes[scanned...].firstIndex(of: 0x0A) {
        let line = Array(bytes[start..<end])
        start = end + 1
        scanned = start
        if line.isEmpty { continue }
        return line
      }
      bytes.removeFirst(start)
      start = 0
      scanned = bytes.count
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
      } else if count == 0 || errno != EINTR {
        let line = bytes
        bytes = []
        return line.isEmpty ? nil : line
      }
    }
  }
}

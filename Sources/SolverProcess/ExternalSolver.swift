public import Checker
import ExactArithmetic
public import SolverInterface
import Synchronization

/// A solver in another process, which speaks the protocol `flowcheck/1`.
///
/// Every thread that asks at the same time has a process of its own, started when it is first
/// needed. Whatever a process does, the answer is a value: it never throws, and it never takes much
/// longer than the deadline or more memory than an answer needs.
public final class ExternalSolver: FlowSolver {
  /// Why there is no solver to ask.
  public struct StartFailure: Error, Sendable, Hashable {
    /// What went wrong, in a sentence without a full stop.
    public let reason: String
    /// Whether the process crashed or hung.
    public let isCrash: Bool
  }

  /// The command line and its limits.
  public let command: SolverCommand
  /// What the solver says of itself.
  public let description: SolverDescription
  /// What could not be done beside the solving, one sentence each.
  public let warnings: [String]

  private let journalFolder: String
  private let pool: Mutex<Pool>

  /// The connections that nobody uses now, and how many there are.
  private struct Pool {
    var idle: [SolverConnection] = []
    var count = 1
  }

  /// Starts a first process and asks it to describe itself.
  ///
  /// - Parameters:
  ///   - command: the command line and its limits.
  ///   - journalFolder: where each request is written before it is sent.
  /// - Throws: `StartFailure` if the process gives no description.
  public init(_ command: SolverCommand, journalFolder: String = ".flowcheck")
    throws(StartFailure)
  {
    let connection = SolverConnection(command, journalFolder: journalFolder, worker: 0)
    warnings =
      connection.openJournal().map {
        ["requests are not kept: \(journalFolder) cannot be written: \($0)"]
      } ?? []
    do {
      description = try connection.start() ?? SolverDescription()
    } catch {
      connection.close()
      throw StartFailure(reason: error.reason, isCrash: error.isCrash)
    }
    self.command = command
    self.journalFolder = journalFolder
    pool = Mutex(Pool(idle: [connection]))
  }

  /// The tasks of its description that this program knows.
  public var tasks: Set<FlowTask.Kind> {
    Set(FlowTask.Kind.allCases.filter { description.tasks.contains($0.rawValue) })
  }

  public var name: String { description.name }

  public var contract: Contract { Contract(tolerance: description.tolerance) }

  public func accepts(_ network: FlowNetwork) -> Bool {
    !tasks.isEmpty && command.capacities.canCarry(network)
  }

  public func statement(of network: FlowNetwork) -> FlowNetwork? {
    command.capacities.statement(of: network)
  }

  public func solve(_ request: FlowRequest) -> FlowAnswer {
    let connection = pool.withLock { pool in
      if let idle = pool.idle.popLast() { return idle }
      defer { pool.count += 1 }
      let connection = SolverConnection(
        command, journalFolder: journalFolder, worker: pool.count)
      _ = connection.openJournal()
      return connection
    }
    defer { pool.withLock { $0.idle.append(connection) } }
    return connection.solve(request.task, request.network)
  }

  /// Ends all processes; call it when no request runs. A later request starts one again.
  public func close() {
    for connection in pool.withLock({ $0.idle }) { connection.close() }
  }
}

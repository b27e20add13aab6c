public import Checker
public import SolverInterface
import Synchronization

/// A solver in another process, which speaks the protocol `flowcheck/1` or DIMACS.
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
    /// Whether it hung: there was no answer in time.
    public var isTimeout = false
  }

  /// The command line and its limits.
  public let command: SolverCommand
  /// What the solver says of itself, and, laid over it, what was declared for it.
  public let description: SolverDescription
  /// What could not be done beside the solving, one sentence each.
  public let warnings: [String]

  /// How capacities are sent to it.
  let capacities: SentCapacities
  private let journalFolder: String
  private let pool: Mutex<Pool>

  /// The connections that nobody uses now, and how many there are.
  private struct Pool {
    var idle: [any SolverConnection] = []
    var count = 1
  }

  /// Starts a first process and asks it to describe itself.
  ///
  /// - Parameters:
  ///   - command: the command line and its limits.
  ///   - declared: what is promised for it; it wins over what the solver says.
  ///   - journalFolder: where each request is written before it is sent.
  /// - Throws: `StartFailure` if the process gives no description.
  public init(
    _ command: SolverCommand, declared: DeclaredContract = DeclaredContract(),
    journalFolder: String = ".flowcheck"
  ) throws(StartFailure) {
    let connection = command.connection(journalFolder: journalFolder, worker: 0)
    warnings =
      connection.openJournal().map {
        ["requests are not kept: \(journalFolder) cannot be written: \($0)"]
      } ?? []
    do throws(ConnectionFailure) {
      var found = try connection.start() ?? SolverDescription()
      found.declared = found.declared.overlaid(by: declared)
      if let reason = found.declared.unpromisedTask {
        throw ConnectionFailure(reason: "describe: returns: \(reason)", isCrash: false)
      }
      description = found
    } catch {
      connection.close()
      throw StartFailure(
        reason: error.reason, isCrash: error.isCrash, isTimeout: error.isTimeout)
    }
    self.command = command
    capacities = SentCapacities(
      description.declared.contract.numbers, scale: command.integerScale)
    self.journalFolder = journalFolder
    pool = Mutex(Pool(idle: [connection]))
  }

  /// The tasks of its description that this program knows.
  public var tasks: Set<FlowTask.Kind> { description.declared.knownTasks }

  public var name: String { description.name }

  public var contract: Contract { description.declared.contract }

  /// What verdicts about it depend on beside the cases: the numbers sent, and what is promised.
  public var settingsLine: String {
    let numbers =
      switch capacities {
      case .doubles: "doubles"
      case .integers(let scale, let maximum):
        "integers \(scale.map { "\($0)" } ?? "fitted") \(maximum)"
      }
    let returns = contract.returns.map { promised in
      AnswerPromise.allCases.filter(promised.contains).map(\.rawValue).joined(separator: ",")
    }
    return "\(numbers) tolerance \(contract.tolerance) returns \(returns ?? "as given")\n"
  }

  public func accepts(_ network: FlowNetwork) -> Bool {
    !tasks.isEmpty && capacities.canCarry(network)
  }

  public func statement(of network: FlowNetwork) -> FlowNetwork? {
    capacities.statement(of: network)
  }

  public func solve(_ request: FlowRequest) -> FlowAnswer {
    let connection: any SolverConnection = pool.withLock { pool in
      if let idle = pool.idle.popLast() { return idle }
      defer { pool.count += 1 }
      let connection = command.connection(journalFolder: journalFolder, worker: pool.count)
      _ = connection.openJournal()
      return connection
    }
    defer { pool.withLock { $0.idle.append(connection) } }
    return connection.solve(
      SentNetwork(
        task: request.task, network: statement(of: request.network) ?? request.network,
        asIntegers: capacities != .doubles, arcs: request.network.arcs))
  }

  /// Ends all processes; call it when no request runs. A later request starts one again.
  public func close() {
    for connection in pool.withLock({ $0.idle }) { connection.close() }
  }
}

extension SolverCommand {
  /// A connection without a process yet; its requests are kept in a folder, by the worker's number.
  fileprivate func connection(journalFolder: String, worker: Int) -> any SolverConnection {
    func journal(_ fileExtension: String) -> RequestJournal {
      RequestJournal(folder: journalFolder, worker: worker, fileExtension: fileExtension)
    }
    return switch dialect {
    case .jsonLines: JSONLinesConnection(self, journal("json"))
    case .dimacs: DimacsConnection(self, journal("max"))
    }
  }
}

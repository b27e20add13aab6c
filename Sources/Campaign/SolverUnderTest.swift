public import Checker
import Properties
public import SolverInterface
public import SolverProcess
import Synchronization

/// A solver in another process that is to be certified: under a name of its own, not asked again
/// about networks of a size at which it took too long, and not at all once it has hung too often.
public final class SolverUnderTest: FlowSolver {
  /// The solver.
  public let external: ExternalSolver
  public let name: String
  /// The requests without an answer in time after which a solver is asked no more: by then it is
  /// known that it hangs, and each costs its deadline.
  public static let hangMaximum = 20

  private let patience = Mutex(Patience())

  private struct Patience {
    /// The least arc count of a large network about which no answer came in time.
    var tooManyArcs = Int.max
    /// The requests about small networks without an answer in time.
    var hangs = 0
    /// How many searches for a smaller case are under way: they ask in any case.
    var searches = 0
  }

  /// A solver under the name that it gives itself, or under another.
  public init(_ external: ExternalSolver, name: String? = nil) {
    self.external = external
    self.name = name ?? external.name
  }

  /// Two solvers to be compared; versions of one solver get names that differ.
  public static func pair(
    _ first: ExternalSolver, _ second: ExternalSolver
  ) -> [SolverUnderTest] {
    guard first.name == second.name else {
      return [SolverUnderTest(first), SolverUnderTest(second)]
    }
    return [
      SolverUnderTest(first, name: first.name + "-1"),
      SolverUnderTest(second, name: second.name + "-2"),
    ]
  }

  public var contract: Contract { external.contract }

  public var tasks: Set<FlowTask.Kind> { external.tasks }

  public func accepts(_ network: FlowNetwork) -> Bool {
    let isWorthIt = patience.withLock { patience in
      patience.searches > 0
        || (network.arcCount < patience.tooManyArcs && patience.hangs < Self.hangMaximum)
    }
    return isWorthIt && external.accepts(network)
  }

  public func statement(of network: FlowNetwork) -> FlowNetwork? {
    external.statement(of: network)
  }

  public func solve(_ request: FlowRequest) -> FlowAnswer {
    let answer = external.solve(request)
    guard case .timedOut = answer.status else { return answer }
    let arcs = request.network.arcCount
    patience.withLock { patience in
      if patience.searches > 0 { return }
      if arcs >= slownessArcCount {
        patience.tooManyArcs = min(patience.tooManyArcs, arcs)
      } else {
        patience.hangs += 1
      }
    }
    return answer
  }

  /// Does something during which every network is taken on that the solver can take.
  func insisting<Result>(_ body: () -> Result) -> Result {
    patience.withLock { $0.searches += 1 }
    defer { patience.withLock { $0.searches -= 1 } }
    return body()
  }

  /// Takes on networks of every size again.
  func forgetSlowness() { patience.withLock { $0.tooManyArcs = Int.max } }

  /// Whether it hung so often that it was asked no more.
  public var isGivenUp: Bool { patience.withLock { $0.hangs >= Self.hangMaximum } }
}

extension FlowSolver {
  /// The solver in another process behind this one; nil if it runs in this process.
  var externalSolver: ExternalSolver? {
    self as? ExternalSolver ?? (self as? SolverUnderTest)?.external
  }
}

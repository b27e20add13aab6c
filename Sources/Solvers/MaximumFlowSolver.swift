public import Checker
public import Networks

/// The maximum-flow algorithms, behind one interface.
public enum MaximumFlowSolver: String, Sendable, Hashable, CaseIterable {
  /// Shortest augmenting paths, one at a time: short, the reference.
  case edmondsKarp = "edmonds-karp"
  /// Blocking flows in level graphs.
  case dinic
  /// Preflows, highest label first.
  case pushRelabel = "push-relabel"
  /// Preflows with exact distances on the tensor itself, without arc lists: layered networks only.
  case layered

  /// The algorithms that work on any network, on its residual graph.
  public static let general: [MaximumFlowSolver] = [.edmondsKarp, .dinic, .pushRelabel]

  /// Whether the algorithm works on a network.
  public func accepts(_ network: FlowNetwork) -> Bool {
    self != .layered || LayeredLayout(network.arcs) != nil
  }

  /// Whether the algorithm runs on half-arcs, which it makes if they are not at hand.
  public var needsAdjacency: Bool { self != .layered }

  /// The algorithm for a network where any will do.
  ///
  /// On small networks it is Dinic's: a few microseconds either way, and its answers are the ones
  /// on record. The layered one is ahead from a hundred arcs on, fourfold at two thousand.
  public static func preferred(for network: FlowNetwork) -> MaximumFlowSolver {
    layered.accepts(network) && network.arcCount >= layeredArcMinimum ? .layered : .dinic
  }

  /// The number of arcs from which on layered networks are given to the algorithm for them.
  public static let layeredArcMinimum = 2_000

  /// Pushes a maximum flow through a residual graph.
  ///
  /// The graph may carry a flow already; the result is a maximum flow of the network. If the work
  /// limit is reached, the graph holds a smaller flow, or after push-relabel only a preflow.
  ///
  /// Precondition: the algorithm is a ``general`` one.
  ///
  /// - Returns: how it stopped, and the number of looks at a half-arc.
  public func solve<Number: FlowNumber>(
    _ graph: inout ResidualGraph<Number>, limit: WorkLimit = .unlimited
  ) -> MaximumFlowRun {
    switch self {
    case .edmondsKarp: solveByEdmondsKarp(&graph, limit: limit)
    case .dinic: solveByDinic(&graph, limit: limit)
    case .pushRelabel: solveByPushRelabel(&graph, limit: limit)
    case .layered: preconditionFailure("a residual graph does not say where its layers are")
    }
  }
}

/// Every way in which a maximum-flow algorithm stops.
public enum MaximumFlowStatus: String, Sendable, Hashable, CaseIterable {
  /// The flow is maximum: no augmenting path is left.
  case optimal
  /// The work limit was reached first.
  case workLimitReached = "work-limit-reached"
}

/// How a run of a maximum-flow algorithm ended.
public struct MaximumFlowRun: Sendable, Hashable {
  /// Why it stopped.
  public let status: MaximumFlowStatus
  /// The number of looks at a half-arc.
  public let work: Int

  /// A run from its two parts.
  public init(status: MaximumFlowStatus, work: Int) {
    self.status = status
    self.work = work
  }
}

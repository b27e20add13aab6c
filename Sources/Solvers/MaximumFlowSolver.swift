public import Networks

/// The maximum-flow algorithms, behind one interface.
public enum MaximumFlowSolver: String, Sendable, Hashable, CaseIterable {
  /// Shortest augmenting paths, one at a time: short, the reference.
  case edmondsKarp = "edmonds-karp"
  /// Blocking flows in level graphs.
  case dinic
  /// Preflows, highest label first.
  case pushRelabel = "push-relabel"

  /// Pushes a maximum flow through a residual graph.
  ///
  /// The graph may carry a flow already; the result is a maximum flow of the network. If the work
  /// limit is reached, the graph holds a smaller flow, or after push-relabel only a preflow.
  ///
  /// - Returns: how it stopped, and the number of looks at a half-arc.
  public func solve<Number: FlowNumber>(
    _ graph: inout ResidualGraph<Number>, limit: WorkLimit = .unlimited
  ) -> MaximumFlowRun {
    switch self {
    case .edmondsKarp: solveByEdmondsKarp(&graph, limit: limit)
    case .dinic: solveByDinic(&graph, limit: limit)
    case .pushRelabel: solveByPushRelabel(&graph, limit: limit)
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

public import Checker
public import Networks
public import Solvers

/// A problem as it is put to a solver.
public struct FlowRequest: Sendable {
  /// What is asked for.
  public let task: FlowTask
  /// The network.
  public let network: FlowNetwork
  /// Its adjacency, so that several solvers share one.
  public let adjacency: Adjacency
  /// Its capacities in doubles, if several solvers share them.
  public var doubleCapacities: DoubleCapacities?
  /// The bound on the work.
  public let limit: WorkLimit

  /// A request from its parts; `adjacency` belongs to `network`.
  public init(
    task: FlowTask = .maximumFlow, network: FlowNetwork, adjacency: Adjacency, limit: WorkLimit
  ) {
    self.task = task
    self.network = network
    self.adjacency = adjacency
    self.limit = limit
  }
}

/// A solver of flow problems, wherever it runs.
public protocol FlowSolver: Sendable {
  /// A short name, unique in a campaign.
  var name: String { get }
  /// What it promises.
  var contract: Contract { get }
  /// The kinds of tasks that it does.
  var tasks: Set<FlowTask.Kind> { get }
  /// Whether it takes on a problem at all; a refusal is not a failure.
  func accepts(_ network: FlowNetwork) -> Bool
  /// The network that it is really asked about, when its capacities must be rounded on the way to
  /// it.
  ///
  /// Nil if it is the given network, which is accepted. The arcs are the same, in the same order;
  /// the statement of the statement is the statement.
  func statement(of network: FlowNetwork) -> FlowNetwork?
  /// Solves a problem; the answer is not trusted.
  func solve(_ request: FlowRequest) -> FlowAnswer
}

extension FlowSolver {
  /// Most solvers find maximum flows and nothing else.
  public var tasks: Set<FlowTask.Kind> { [.maximumFlow] }

  /// Solvers that take exact numbers are asked about the network itself.
  public func statement(of network: FlowNetwork) -> FlowNetwork? { nil }
}

import Checker
import Networks

/// A maximum flow of the network of a coalition that can be extended to one more player.
///
/// Adding a player only opens arcs, so the flow stays a flow, and is augmented until it is maximum
/// again. Nothing is ever pushed back: a walk over the coalitions keeps the states that it will
/// return to.
protocol CoalitionFlow {
  associatedtype Number: ExactFlowNumber

  /// The value of the flow.
  var value: Number { get }
  /// The flow, one number per arc of the network of all players.
  var amounts: [Number] { get }
  /// The source side of a minimum cut of the coalition's network.
  var cut: NodeSet { get }

  /// Opens the arcs of a player and makes the flow maximum again.
  mutating func add(_ player: Int)
  /// Becomes another state of the same game, in the memory that it has.
  mutating func copy(from other: borrowing Self)
}

/// A coalition's flow on any network: a residual graph, augmented by blocking flows.
struct NetworkCoalitionFlow<Number: ExactFlowNumber>: CoalitionFlow {
  private let playerArcs: [[Int]]
  private let capacities: [Number]
  private var graph: ResidualGraph<Number>

  /// The flow of the empty coalition; `capacities` are those of the network of all players.
  init(
    _ network: FlowNetwork, _ playerArcs: [[Int]], adjacency: Adjacency, capacities: [Number]
  ) {
    self.playerArcs = playerArcs
    self.capacities = capacities
    var open = capacities
    for arc in playerArcs.joined() { open[arc] = .zero }
    graph = ResidualGraph(
      adjacency: adjacency, source: network.source, sink: network.sink, capacities: open)
    _ = MaximumFlowSolver.dinic.solve(&graph)
  }

  var value: Number { graph.value }
  var amounts: [Number] { graph.flow }
  var cut: NodeSet { graph.reachable(from: graph.source) }

  mutating func add(_ player: Int) { add(CollectionOfOne(player)) }

  /// Opens the arcs of several players at once and makes the flow maximum again.
  mutating func add(_ players: some Sequence<Int>) {
    for player in players {
      for arc in playerArcs[player] { graph.residual[2 * arc] = capacities[arc] }
    }
    _ = MaximumFlowSolver.dinic.solve(&graph)
  }

  mutating func copy(from other: borrowing Self) {
    overwrite(&graph.residual, with: other.graph.residual)
  }
}

/// Copies the entries of an array into another one of the same size.
@inline(__always)
func overwrite<Element>(_ target: inout [Element], with source: [Element]) {
  target.withUnsafeMutableBufferPointer { buffer in
    _ = buffer.update(fromContentsOf: source)
  }
}

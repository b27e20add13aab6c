import Checker
import ExactArithmetic
import Networks

/// A network in which the arcs of players are opened and closed, for any number of players.
struct RestrictedNetwork: Sendable {
  private let network: FlowNetwork
  private let adjacency: Adjacency
  private let playerArcs: [[Int]]
  private let tails: [Int32]
  private let heads: [Int32]

  init(_ network: FlowNetwork, _ playerArcs: [[Int]]) {
    var (tails, heads): ([Int32], [Int32]) = ([], [])
    network.arcs.forEach { _, tail, head in
      tails.append(Int32(truncatingIfNeeded: tail))
      heads.append(Int32(truncatingIfNeeded: head))
    }
    self.network = network
    self.playerArcs = playerArcs
    self.tails = tails
    self.heads = heads
    adjacency = Adjacency(network)
  }

  /// The maximum-flow value when only the players of a coalition may carry flow.
  func value(_ coalition: Coalition) -> Rational {
    let closed = playerArcs.indices.filter { !coalition.contains(Player($0)) }
      .flatMap { playerArcs[$0] }
    let open = try? FlowNetwork(
      nodeCount: network.nodeCount, source: network.source, sink: network.sink, tails: tails,
      heads: heads, capacities: ClosedArcs(closed: closed).run(on: network.capacities))
    guard let open else { preconditionFailure("the arcs of a network do not make a network") }
    return MaximumFlowSolver.dinic.solve(open, adjacency: adjacency, limit: .unlimited).value
  }
}

/// Capacities with some arcs closed.
private struct ClosedArcs: ExactTask {
  let closed: [Int]

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    var open = numerators[0]
    for arc in closed { open[arc] = .zero }
    return Number.vector(open, over: denominator)
  }
}

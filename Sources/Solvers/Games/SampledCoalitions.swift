import Checker
import ExactArithmetic
import Networks

/// Makes what evaluates coalitions one after the other, of up to 64 players.
///
/// The flow of the last coalition is kept. A coalition that contains it is reached from it by
/// augmenting, as in ``CoalitionFlow``, so that all coalitions of an order together cost little
/// more than one maximum flow; another one is reached from the empty coalition.
struct SampledCoalitions: ExactTask {
  let network: FlowNetwork
  /// The arcs of each player.
  let playerArcs: [[Int]]

  /// The value of a coalition; for one thread.
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> (Coalition) -> Rational {
    let empty = NetworkCoalitionFlow(
      network, playerArcs, adjacency: Adjacency(network), capacities: numerators[0])
    var flow = empty
    var members: UInt64 = 0
    return { coalition in
      if members & ~coalition.mask != 0 {
        flow.copy(from: empty)
        members = 0
      }
      let joining = coalition.mask & ~members
      flow.add(playerArcs.indices.lazy.filter { joining >> UInt64($0) & 1 == 1 })
      members = coalition.mask
      return Number.vector([flow.value], over: denominator)[0]
    }
  }
}

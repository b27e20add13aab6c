import Checker
import ExactArithmetic
import Networks

/// The strong component of each node in the residual graph of a flow; equal numbers, one component.
///
/// An arc is open forwards where it has slack, and backwards where it carries flow. The way from
/// the sink back to the source is not part of the graph.
func residualComponents(of flow: FeasibleFlow) -> [Int32] {
  let adjacency = Adjacency(flow.network)
  let isOpen = OpenHalfArcs().run(on: flow.network.capacities, flow.amounts)
  return StrongComponents(adjacency, isOpen: isOpen).component
}

/// Compares flow and capacity on each arc: entry `2e` for slack, entry `2e + 1` for flow.
private struct OpenHalfArcs: ExactTask {
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> [Bool] {
    let (capacities, flow) = (numerators[0], numerators[1])
    var isOpen: [Bool] = []
    isOpen.reserveCapacity(2 * flow.count)
    for arc in 0..<flow.count {
      isOpen.append(flow[arc] < capacities[arc])
      isOpen.append(flow[arc] > .zero)
    }
    return isOpen
  }
}

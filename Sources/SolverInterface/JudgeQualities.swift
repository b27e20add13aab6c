// What can be promised of a cut and a flow beyond being right. Both are decided exactly, from the
// numbers as they are: no tolerance helps a flow that runs round a circle.
public import Checker
import ExactArithmetic
import Networks

extension FieldJudge {
  /// Judges whether the cut is the smallest and the flow runs round no cycle, if that is promised.
  mutating func judgeQualities(
    _ answer: FlowAnswer, _ network: FlowNetwork, _ smallestCut: () -> NodeSet?
  ) {
    if promises(.minimalCut), let cut = answer.cut {
      if let smallest = smallestCut() {
        if let reason = sizeFault(cut, smallest) { add(.minimalCut, reason) }
      } else {
        leaveOpen()
      }
    }
    if promises(.acyclicFlow), let flow = answer.flow, flow.count == network.arcCount,
      let reason = cycleFault(flow, network)
    {
      add(.acyclicFlow, reason)
    }
  }
}

/// In what a cut differs from the smallest one; nil if it does not.
private func sizeFault(_ cut: NodeSet, _ smallest: NodeSet) -> String? {
  guard cut != smallest else { return nil }
  let nodes = smallest.nodeCount
  if let more = (0..<nodes).first(where: { cut.contains($0) && !smallest.contains($0) }) {
    return "cut holds node \(more), which the smallest source side of a minimum cut does not"
  }
  let less = (0..<nodes).first { !cut.contains($0) && smallest.contains($0) }
  return "cut leaves out node \(less ?? 0), which every minimum cut has on its source side"
}

/// An arc of a directed cycle of positive flow, in a sentence; nil if there is no such cycle.
///
/// Two ends of an arc that lie in one strong component of the arcs that carry something are joined
/// by a path back.
private func cycleFault(_ flow: ExactVector, _ network: FlowNetwork) -> String? {
  let carries = (0..<flow.count).map { flow[$0].signum() > 0 }
  let isOpen = (0..<(2 * flow.count)).map { $0 & 1 == 0 && carries[$0 >> 1] }
  let components = StrongComponents(Adjacency(network), isOpen: isOpen).component
  var found: String?
  network.arcs.forEach { arc, tail, head in
    if found == nil && carries[arc] && components[tail] == components[head] {
      found =
        "flow runs round a cycle through arc \(arc), from node \(tail) to \(head), which carries "
        + "\(flow[arc].nearestDouble)"
    }
  }
  return found
}

extension MaximumFlow {
  /// The smallest source side of a minimum cut: what can still be reached from the source.
  ///
  /// All maximum flows have the same. Source: [FF].
  public var smallestCut: NodeSet {
    let network = flow.network
    return Reaching(network: network).run(on: network.capacities, flow.amounts)
  }
}

/// The nodes that can be reached in the residual graph of a flow, the second vector.
private struct Reaching: ExactTask {
  let network: FlowNetwork

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> NodeSet {
    ResidualGraph(
      adjacency: Adjacency(network), source: network.source, sink: network.sink,
      capacities: numerators[0], flow: numerators[1]
    ).reachable(from: network.source)
  }
}

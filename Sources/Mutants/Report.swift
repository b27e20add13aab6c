import Checker
import ExactArithmetic
import Networks

/// What is said of a network, ready to be spoilt.
struct Report: Sendable {
  let network: FlowNetwork
  var value: Rational
  /// One per arc, in arc order.
  var flow: [Rational]
  /// The source side.
  var cut: NodeSet

  init(_ network: FlowNetwork, value: Rational, flow: [Rational], cut: NodeSet) {
    self.network = network
    self.value = value
    self.flow = flow
    self.cut = cut
  }

  /// Changes the report as a fault does.
  mutating func apply(_ fault: ReportFault, _ adjacency: Adjacency) {
    switch fault {
    case .cutIgnoresBackward, .cutThroughSaturated, .cutByCapacity, .cutIsSource, .cutAllButSink,
      .cutComplement, .cutMissesOne:
      spoilCut(fault, adjacency)
    case .valueTruncated, .valueRounded, .valueMissesSinkArc, .valueCountsEntering,
      .numerator32Bits:
      spoilValue(fault)
    default: spoilFlow(fault)
    }
  }

  private mutating func spoilCut(_ fault: ReportFault, _ adjacency: Adjacency) {
    let (network, flow) = (network, flow)
    let nodes = 0..<network.nodeCount
    func room(_ arc: Int) -> Rational { network.capacities[arc] - flow[arc] }
    switch fault {
    case .cutIgnoresBackward:
      cut = reached(from: network.source, adjacency) {
        $0 & 1 == 0 && room($0 >> 1).signum() > 0
      }
    case .cutThroughSaturated:
      cut = reached(from: network.source, adjacency) {
        $0 & 1 == 0 ? room($0 >> 1).signum() >= 0 : flow[$0 >> 1].signum() > 0
      }
    case .cutByCapacity:
      cut = reached(from: network.source, adjacency) {
        $0 & 1 == 0 && network.capacities[$0 >> 1].signum() > 0
      }
    case .cutIsSource: cut = NodeSet(nodeCount: nodes.count, members: [network.source])
    case .cutAllButSink:
      cut = NodeSet(nodeCount: nodes.count, members: nodes.filter { $0 != network.sink })
    case .cutComplement: cut = cut.complement
    default:
      cut = NodeSet(nodeCount: nodes.count, members: cut.members.dropLast())
    }
  }

  private mutating func spoilValue(_ fault: ReportFault) {
    switch fault {
    case .valueTruncated: value = Rational(value.floor)
    case .valueRounded:
      value = Rational((value * 1_000_000 + Rational(1, 2)).floor) / 1_000_000
    case .valueMissesSinkArc:
      var arcs = network.sinkArcs
      arcs.removeAll { network.arcs.ends(of: $0).tail == network.sink }
      if let last = arcs.last { value -= flow[last] }
    case .valueCountsEntering:
      network.arcs.forEach { arc, tail, head in
        if cut.contains(head) && !cut.contains(tail) { value += network.capacities[arc] }
      }
    default:
      let word = BigInteger.powerOfTwo(32)
      let wrapped = value.numerator - value.numerator.floorDivided(by: word) * word
      value = Rational(wrapped, value.denominator)
    }
  }

  private mutating func spoilFlow(_ fault: ReportFault) {
    switch fault {
    case .strayCirculation:
      guard case .layered(_, let tokens) = network.arcs, tokens > 1 else { return }
      let eighth = Rational(1, 8)
      flow[0] += eighth
      flow[1] -= eighth
      flow[tokens] -= eighth
      flow[tokens + 1] += eighth
    case .residualReported:
      for arc in flow.indices { flow[arc] = network.capacities[arc] - flow[arc] }
    case .sortedNotRestored:
      let ends = flow.indices.map { network.arcs.ends(of: $0) }
      let order = flow.indices.sorted { ends[$0] == ends[$1] ? $0 < $1 : ends[$0] < ends[$1] }
      flow = order.map { flow[$0] }
    case .orderReversed: flow.reverse()
    case .negativeAgainstOrder:
      network.arcs.forEach { arc, tail, head in if tail > head { flow[arc] = -flow[arc] } }
    case .flowNormalised: if !value.isZero { for arc in flow.indices { flow[arc] /= value } }
    case .lastArcUnset:
      if let arc = flow.lastIndex(where: { !$0.isZero }) { flow[arc] = 0 }
    case .sourceArcsDoubled: for arc in network.sourceArcs { flow[arc] += flow[arc] }
    default: break
    }
  }
}

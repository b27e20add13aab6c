// Which arcs carry the same flow in every maximum flow, with the proof that the kernel reads.
//
// Two flows of one value differ by a circulation of the residual graph, and a circulation stays
// inside strong components. Inside a component, an arc that is a bridge of the component's
// undirected multigraph carries no net circulation; any other arc lies on a residual cycle that
// does not return through it. So exactly the arcs with u > 0 inside components that are not bridges
// are undetermined.
//
// The proof for the others. Arcs between components can move in one direction only: numbering the
// components in topological order makes the rank grow that way. A bridge can move in both
// directions, or its component would not be strong, so it is a free arc; contracting the parts
// that bridges join turns each component into a tree of bridges, and any spanning tree of the
// component, which holds all its bridges, gives depths and parents. Labels are the parts, named by
// their smallest node.
public import Checker
public import ExactArithmetic
public import Networks

/// A certificate of which arcs are undetermined, for a flow that is maximum.
///
/// With a flow that is not maximum it speaks of all flows of the same value.
///
/// - Parameters:
///   - network: the network.
///   - adjacency: its adjacency, if it is at hand.
///   - flow: a feasible flow, one entry per arc.
/// - Returns: the certificate.
/// - Complexity: a few looks at each half-arc, and a short search for each accidental zero.
public func undeterminedArcsCertificate(
  _ network: FlowNetwork, adjacency: Adjacency? = nil, flow: ExactVector
) -> UndeterminedArcsCertificate {
  let adjacency = adjacency ?? Adjacency(network)
  let isOpen = OpenHalfArcs().run(on: network.capacities, flow)
  let components = StrongComponents(adjacency, isOpen: isOpen)
  let isInside = (0..<adjacency.arcCount).map { arc in
    let (tail, head) = adjacency.ends(of: arc)
    return components.component[tail] == components.component[head]
      && (isOpen[2 * arc] || isOpen[2 * arc + 1])
  }
  let isBridge = bridges(adjacency, isIncluded: isInside)
  let isUndetermined = zip(isInside, isBridge).map { $0 && !$1 }
  let circulation = residualCirculation(
    adjacency, isOpen: isOpen, components: components, isUndetermined: isUndetermined)
  let differences = ScaledCirculation(circulation: circulation).run(on: network.capacities, flow)

  let labels = SpanningForest(adjacency, isIncluded: isUndetermined).root
  let trees = SpanningForest(adjacency, isIncluded: isInside)
  var ranks = filled(adjacency.nodeCount, with: Int32(0))
  var depths = ranks
  var parentArcs = filled(adjacency.nodeCount, with: Int32(-1))
  for node in trees.order.lazy.map({ Int($0) }) {
    let label = Int(labels[node])
    // Open half-arcs lead to components with smaller numbers.
    ranks[label] = Int32(components.count - 1) - components.component[node]
    let halfArc = Int(trees.parentHalfArc[node])
    guard halfArc >= 0, isBridge[halfArc >> 1] else { continue }
    let parent = Int(adjacency.target[halfArc ^ 1])
    depths[label] = depths[Int(labels[parent])] + 1
    parentArcs[label] = Int32(truncatingIfNeeded: halfArc >> 1)
  }
  return UndeterminedArcsCertificate(
    differences: differences, labels: labels, ranks: ranks, depths: depths,
    parentArcs: parentArcs)
}

/// Which half-arcs can still carry something, from capacities and flow.
private struct OpenHalfArcs: ExactTask {
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> [Bool] {
    let (capacities, flow) = (numerators[0], numerators[1])
    var isOpen = filled(2 * flow.count, with: false)
    for arc in 0..<flow.count {
      isOpen[2 * arc] = flow[arc] < capacities[arc]
      isOpen[2 * arc + 1] = flow[arc] > .zero
    }
    return isOpen
  }
}

/// A circulation made so small that it can be added to the flow.
///
/// With `k` the least positive integer such that `f + d / (k D)` respects all bounds, `D` the
/// common denominator of capacities and flow, it is `d / (k D)`.
private struct ScaledCirculation: ExactTask {
  let circulation: [Int64]

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    let (capacities, flow) = (numerators[0], numerators[1])
    var divisor: Int64 = 1
    for arc in 0..<flow.count where circulation[arc] != 0 {
      let change = circulation[arc]
      let slack = change > 0 ? capacities[arc] - flow[arc] : flow[arc]
      // |d(e)| <= k slack(e); a slack beyond 64 bits asks for nothing.
      guard let room = slack.asBigInteger.asInt64 else { continue }
      divisor = max(divisor, (abs(change) - 1) / room + 1)
    }
    return ExactVector(circulation, denominator: denominator * BigInteger(divisor))
  }
}

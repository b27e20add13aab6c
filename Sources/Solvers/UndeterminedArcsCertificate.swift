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
// component, which holds all its bridges, gives depths and parents. Labels are the parts.
public import Checker
public import ExactArithmetic
public import Networks

/// A certificate of which arcs are undetermined, for a flow that is maximum.
///
/// With a flow that is not maximum it speaks of all flows of the same value.
///
/// - Parameters:
///   - network: the network.
///   - adjacency: its adjacency, if it is at hand; asked for only if the form has half-arcs.
///   - flow: a feasible flow, one entry per arc.
///   - form: how the residual graph is kept; nil for the faster form.
/// - Returns: the certificate.
/// - Complexity: a few looks at each half-arc, and a short search for each accidental zero; with
///   rows of bits a few passes over the arcs' amounts, and all searches on bits.
public func undeterminedArcsCertificate(
  _ network: FlowNetwork, adjacency: @autoclosure () -> Adjacency? = nil, flow: ExactVector,
  form: ResidualForm? = nil
) -> UndeterminedArcsCertificate {
  let parts: DeterminedParts
  if let layout = (form ?? .preferred(for: network)).layout(of: network) {
    let task = LayeredParts(layout: layout, isTurned: network.source != layout.source)
    parts = task.run(on: network.capacities, flow)
  } else {
    let adjacency = adjacency() ?? Adjacency(network)
    parts = DeterminedParts(adjacency, isOpen: OpenHalfArcs().run(on: network.capacities, flow))
  }
  let differences = ScaledCirculation(circulation: parts.circulation)
    .run(on: network.capacities, flow)
  return parts.certificate(differences)
}

/// What is found about a residual graph: its components, how bridges join the parts of each, and a
/// circulation of all arcs inside the parts.
private struct DeterminedParts {
  /// The component of each node; arcs lead to components with smaller numbers.
  let component: [Int32]
  /// The number of components.
  let componentCount: Int
  /// A forest that spans each component: the nodes, every parent before its children.
  let order: [Int32]
  /// The parent of each node in the forest, and the arc to it; -1 at roots.
  let parent: [Int32]
  let parentArc: [Int32]
  /// Whether the arc to the parent is a bridge.
  let isBridge: [Bool]
  /// One integer per arc, not 0 on exactly the undetermined arcs.
  let circulation: [Int64]

  /// The certificate, with the circulation made small enough.
  ///
  /// A part is named by its node nearest to the root: the forest without the bridges spans it.
  func certificate(_ differences: ExactVector) -> UndeterminedArcsCertificate {
    var labels = filled(order.count, with: Int32(0))
    var ranks = labels
    var depths = labels
    var parentArcs = filled(order.count, with: Int32(-1))
    for node in order.lazy.map({ Int($0) }) {
      let above = Int(parent[node])
      guard above < 0 || isBridge[node] else {
        labels[node] = labels[above]
        continue
      }
      labels[node] = Int32(truncatingIfNeeded: node)
      ranks[node] = Int32(truncatingIfNeeded: componentCount - 1) - component[node]
      if above < 0 { continue }
      depths[node] = depths[Int(labels[above])] + 1
      parentArcs[node] = parentArc[node]
    }
    return UndeterminedArcsCertificate(
      differences: differences, labels: labels, ranks: ranks, depths: depths,
      parentArcs: parentArcs)
  }
}

extension DeterminedParts {
  /// The parts of any network.
  init(_ adjacency: Adjacency, isOpen: [Bool]) {
    let components = StrongComponents(adjacency, isOpen: isOpen)
    let isInside = (0..<adjacency.arcCount).map { arc in
      let (tail, head) = adjacency.ends(of: arc)
      return components.component[tail] == components.component[head]
        && (isOpen[2 * arc] || isOpen[2 * arc + 1])
    }
    let isBridge = bridges(adjacency, isIncluded: isInside)
    let trees = SpanningForest(adjacency, isIncluded: isInside)
    component = components.component
    componentCount = components.count
    order = trees.order
    parent = trees.parentHalfArc.map { $0 < 0 ? -1 : adjacency.target[Int($0 ^ 1)] }
    parentArc = trees.parentHalfArc.map { $0 >> 1 }
    self.isBridge = trees.parentHalfArc.map { $0 >= 0 && isBridge[Int($0 >> 1)] }
    circulation = residualCirculation(
      adjacency, isOpen: isOpen, components: components,
      isUndetermined: zip(isInside, isBridge).map { $0 && !$1 })
  }
}

/// The parts of a layered network, found on bits.
private struct LayeredParts: ExactTask {
  let layout: LayeredLayout
  /// Whether flow runs upwards; then the residual graph is read turned round.
  let isTurned: Bool

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> DeterminedParts {
    let residual = LayeredResidual(
      LayeredFlow(layout, capacities: numerators[0], amounts: numerators[1]))
    let components = StrongComponents(residual)
    let inner = InnerArcs(residual, components)
    let trees = inner.removeBridges(residual)
    var labels = filled(residual.placeCount, with: Int32(0))
    var parent = filled(layout.nodeCount, with: Int32(-1))
    var parentArc = parent
    var isBridge = filled(layout.nodeCount, with: false)
    for place in trees.order.lazy.map({ Int($0) }) {
      let (above, node) = (Int(trees.parent[place]), residual.node(at: place))
      isBridge[node] = trees.isBridge[place]
      labels[place] =
        above < 0 || isBridge[node] ? Int32(truncatingIfNeeded: place) : labels[above]
      if above < 0 { continue }
      parent[node] = Int32(truncatingIfNeeded: residual.node(at: above))
      parentArc[node] = Int32(truncatingIfNeeded: residual.arc(between: place, and: above))
    }
    let circulation = LayeredCirculation(residual, inner, labels: labels)
    let last = Int32(truncatingIfNeeded: components.count - 1)
    return DeterminedParts(
      component: isTurned ? components.component.map { last - $0 } : components.component,
      componentCount: components.count,
      order: trees.order.map { Int32(truncatingIfNeeded: residual.node(at: Int($0))) },
      parent: parent, parentArc: parentArc, isBridge: isBridge,
      circulation: circulation.changes)
  }
}

/// Which half-arcs can still carry something, from capacities and flow.
private struct OpenHalfArcs: ExactTask {
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> [Bool] {
    let (capacities, flow) = (numerators[0], numerators[1])
    var marks = filled(2 * flow.count, with: false)
    var isOpen = marks.mutableSpan
    for arc in 0..<flow.count {
      isOpen[2 * arc] = flow[arc] < capacities[arc]
      isOpen[2 * arc + 1] = flow[arc] > .zero
    }
    return marks
  }
}

/// A circulation made so small that it can be added to the flow.
///
/// It is `d / (k D)`, `D` the common denominator of capacities and flow and `k` the least divisor.
private struct ScaledCirculation: ExactTask {
  let circulation: [Int64]

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    let (capacities, flow) = (numerators[0], numerators[1])
    let divisor = leastDivisor(of: circulation) { arc in
      circulation[arc] > 0 ? capacities[arc] - flow[arc] : flow[arc]
    }
    return ExactVector(circulation, denominator: denominator * BigInteger(divisor))
  }
}

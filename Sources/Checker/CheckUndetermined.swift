// Which arcs carry the same flow in every maximum flow? One certificate answers for all arcs at
// once. It holds a circulation d such that g = f + d is a second maximum flow; an arc with
// d(e) != 0 is undetermined, by f and g. For the other arcs it proves that nothing can move:
// after contracting nodes that carry one label,
//   - the free arcs (0 < f < u) form a forest, shown by a rank per tree and a parent arc and depth
//     per label: a free arc joins equal ranks and is the parent arc of its deeper end;
//   - an arc at a bound goes up in rank in the one direction in which it could still change.
// Why that is enough: let h be any maximum flow and z = h - f, read on the contracted nodes and on
// the other arcs with u > 0. z is a circulation, at source and sink too, because values agree. So
// if it is not 0 there is a cycle that visits no label twice, over distinct arcs, each used in a
// direction in which f can change. Along the cycle the rank never falls, and an arc at a bound
// raises it, so all its arcs are free. It has two arcs at least, because no such arc joins a label
// to itself, and at a label of greatest depth two of them meet. Depths of ends differ by one, so
// both are the parent arc of that label; but it has only one. So z = 0.
// Nothing here asks where the labels come from: nodes that share one need not hang together, and
// labels coarser than they need be only make the conditions harder. Ranks, depths and parent arcs
// may be any numbers. With no undetermined arc this certifies that the maximum flow is unique.
public import ExactArithmetic

/// A proof of which arcs are undetermined; see the head of this file.
public struct UndeterminedArcsCertificate: Sendable, Equatable {
  /// One entry per arc: a circulation that, added to the flow, gives a second maximum flow.
  public var differences: ExactVector
  /// One label per node, each in `0 ..< nodeCount`.
  public var labels: [Int32]
  /// One rank per label; the trees of free arcs have one rank.
  public var ranks: [Int32]
  /// One depth per label, in its tree of free arcs.
  public var depths: [Int32]
  /// One arc per label, the free arc to its parent; -1 at a root.
  public var parentArcs: [Int32]

  /// A certificate from its five arrays; nothing is checked here.
  public init(
    differences: ExactVector, labels: [Int32], ranks: [Int32], depths: [Int32],
    parentArcs: [Int32]
  ) {
    self.differences = differences
    self.labels = labels
    self.ranks = ranks
    self.depths = depths
    self.parentArcs = parentArcs
  }
}

/// The arcs on which maximum flows differ. Only the kernel constructs one.
public struct UndeterminedArcs: Sendable, Equatable {
  /// A maximum flow.
  public let maximum: MaximumFlow
  /// A maximum flow that differs from it on exactly the undetermined arcs.
  public let second: FeasibleFlow
  /// The undetermined arcs, in increasing order.
  public let arcs: [Int]

  /// Whether there is exactly one maximum flow.
  public var isUnique: Bool { arcs.isEmpty }
}

/// Accepts the set of arcs whose flow is not the same in all maximum flows.
///
/// - Parameters:
///   - maximum: the maximum flow `f` that the certificate speaks of.
///   - certificate: the difference to a second one, and the proof for all arcs where it is 0.
/// - Returns: the arcs and the second flow, or a rejection; in the last pass arc by arc.
/// - Complexity: a few passes over the arcs.
public func checkUndetermined(
  _ maximum: MaximumFlow, _ certificate: UndeterminedArcsCertificate
) -> Judgement<UndeterminedArcs> {
  let network = maximum.flow.network
  if let rejection = shapeRejection(certificate, network) { return .rejected(rejection) }
  let second: FeasibleFlow
  switch checkSecond(maximum, differences: certificate.differences) {
  case .rejected(let rejection): return .rejected(rejection)
  case .accepted(let flow): second = flow
  }
  let undetermined = certificate.differences.nonZeroEntries
  let check = DeterminedCheck(
    network: network, certificate: certificate, isUndetermined: undetermined)
  if let rejection = aligned(network.capacities, maximum.flow.amounts, check) {
    return .rejected(rejection)
  }
  let arcs = (0..<network.arcCount).filter { undetermined[$0] }
  return .accepted(UndeterminedArcs(maximum: maximum, second: second, arcs: arcs))
}

/// Tests counts, and that every label is the number of a node.
private func shapeRejection(
  _ certificate: UndeterminedArcsCertificate, _ network: FlowNetwork
) -> Rejection? {
  let counts = [
    ("differences", certificate.differences.count, network.arcCount),
    ("labels", certificate.labels.count, network.nodeCount),
    ("ranks", certificate.ranks.count, network.nodeCount),
    ("depths", certificate.depths.count, network.nodeCount),
    ("parentArcs", certificate.parentArcs.count, network.nodeCount),
  ]
  for (field, found, required) in counts where found != required {
    return rejection(.shape, .field(field), found, required)
  }
  for (node, label) in certificate.labels.enumerated()
  where label < 0 || Int(label) >= network.nodeCount {
    return rejection(.range, .node(node), Int(label), network.nodeCount - 1)
  }
  return nil
}

private struct DeterminedCheck: AlignedCheck {
  let network: FlowNetwork
  let certificate: UndeterminedArcsCertificate
  let isUndetermined: [Bool]

  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> Rejection? {
    let (capacities, flow) = (vectors[0], vectors[1])
    let (labels, ranks) = (certificate.labels, certificate.ranks)
    var broken: [Rejection] = []
    network.arcs.forEach { arc, tail, head in
      guard capacities[arc] != .zero else { return }
      let (from, to) = (Int(labels[tail]), Int(labels[head]))
      if isUndetermined[arc] {
        if from != to { broken.append(rejection(.label, .arc(arc), from, to)) }
        return
      }
      if from == to {
        broken.append(rejection(.contraction, .arc(arc), from, to))
        return
      }
      let (below, above) = (flow[arc] == .zero, flow[arc] == capacities[arc])
      let (start, end) = (Int(ranks[from]), Int(ranks[to]))
      if below && start >= end {
        broken.append(rejection(.rank, .arc(arc), start, end))
      } else if above && end >= start {
        broken.append(rejection(.rank, .arc(arc), end, start))
      } else if !below && !above {
        if start != end { broken.append(rejection(.rank, .arc(arc), start, end)) }
        if !isParentArc(arc, from, to) && !isParentArc(arc, to, from) {
          broken.append(rejection(.forest, .arc(arc), from, to))
        }
      }
    }
    return broken.reduce(nil, Rejection.joined)
  }

  /// Whether the arc is the parent arc of `child`, with `parent` one step nearer the root.
  private func isParentArc(_ arc: Int, _ child: Int, _ parent: Int) -> Bool {
    Int(certificate.parentArcs[child]) == arc
      && Int(certificate.depths[child]) == Int(certificate.depths[parent]) + 1
  }
}

extension ExactVector {
  /// For each entry whether it is other than 0.
  var nonZeroEntries: [Bool] {
    switch elements {
    case .int64(let values): values.map { $0 != 0 }
    case .int128(let values): values.map { $0 != 0 }
    case .big(let values): values.map { $0 != .zero }
    }
  }
}

public import ExactArithmetic

/// A feasible flow of the largest possible value. Only the kernel constructs one.
public struct MaximumFlow: Sendable, Equatable {
  /// The flow.
  public let flow: FeasibleFlow
  /// The source side of a cut that the flow saturates.
  public let cut: NodeSet

  /// The maximum-flow value.
  public var value: Rational { flow.value }
}

/// Accepts a feasible flow as maximum, by a cut.
///
/// With `S` the source side, every arc that leaves `S` must be saturated and every arc that enters
/// it empty; then `val(f) = u(S)`, and no flow is larger. Source: [FF].
///
/// - Parameters:
///   - flow: the flow.
///   - cut: the nodes of `S`.
/// - Returns: the maximum flow, or the arcs that are not saturated, then those that are not empty.
/// - Complexity: one pass over the arcs.
public func checkMaximum(_ flow: FeasibleFlow, cut: NodeSet) -> Judgement<MaximumFlow> {
  if let rejection = cutEndsRejection(cut, flow.network) { return .rejected(rejection) }
  let check = CutCheck(network: flow.network, cut: cut)
  if let rejection = aligned(flow.network.capacities, flow.amounts, check) {
    return .rejected(rejection)
  }
  return .accepted(MaximumFlow(flow: flow, cut: cut))
}

/// The sum of the capacities of the arcs that leave a node set, an upper bound on every flow.
///
/// - Parameters:
///   - cut: the nodes on the source side.
///   - network: the network.
/// - Returns: the capacity, or a rejection if the set does not separate source and sink.
public func cutCapacity(_ cut: NodeSet, in network: FlowNetwork) -> Judgement<Rational> {
  if let rejection = cutEndsRejection(cut, network) { return .rejected(rejection) }
  return .accepted(aligned([network.capacities], CutCapacity(network: network, cut: cut)))
}

/// Tests that the set is one of this network's nodes and holds the source but not the sink.
private func cutEndsRejection(_ cut: NodeSet, _ network: FlowNetwork) -> Rejection? {
  guard cut.nodeCount == network.nodeCount else {
    return rejection(.shape, .field("cut"), cut.nodeCount, network.nodeCount)
  }
  guard cut.contains(network.source) else {
    return rejection(.cutEnds, .node(network.source), 0, 1)
  }
  guard !cut.contains(network.sink) else {
    return rejection(.cutEnds, .node(network.sink), 1, 0)
  }
  return nil
}

private struct CutCheck: AlignedCheck {
  let network: FlowNetwork
  let cut: NodeSet

  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> Rejection? {
    let (capacities, flow) = (vectors[0], vectors[1])
    var slack = ViolationCollector<Number>(.cutSaturated, denominator: denominator)
    var backward = ViolationCollector<Number>(.cutEmpty, denominator: denominator)
    forEachArc(of: network, across: cut, isLeaving: true) { arc in
      if flow[arc] != capacities[arc] { slack.add(.arc(arc), flow[arc], capacities[arc]) }
    }
    forEachArc(of: network, across: cut, isLeaving: false) { arc in
      if flow[arc] != .zero { backward.add(.arc(arc), flow[arc], .zero) }
    }
    return Rejection.joined(slack.rejection, backward.rejection)
  }
}

private struct CutCapacity: AlignedCheck {
  let network: FlowNetwork
  let cut: NodeSet

  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> Rational {
    Rational(capacityLeaving(cut, network, vectors[0]).asBigInteger, denominator)
  }
}

/// The sum of the capacities of the arcs whose tail is in the set and whose head is not.
///
/// - Complexity: one pass over the arcs; in a layered network one over the nodes and one over the
///   arcs that are summed.
func capacityLeaving<Number: ExactInteger>(
  _ set: NodeSet, _ network: FlowNetwork, _ capacities: [Number]
) -> Number {
  var sum = Number.zero
  forEachArc(of: network, across: set, isLeaving: true) { sum += capacities[$0] }
  return sum
}

/// Calls `body` with every arc that leaves a set, its tail in the set and its head not, or else
/// with every arc that enters it.
@inline(__always)
private func forEachArc(
  of network: FlowNetwork, across set: NodeSet, isLeaving: Bool, _ body: (_ arc: Int) -> Void
) {
  switch network.arcs {
  case .layered(let layers, let tokens):
    forEachArc(layers, tokens, across: set, downward: isLeaving, body)
  case .layeredForward(let layers, let tokens):
    forEachArc(layers, tokens, across: set, downward: !isLeaving, body)
  case .listed:
    network.arcs.forEach { arc, tail, head in
      if set.contains(tail) == isLeaving && set.contains(head) != isLeaving { body(arc) }
    }
  }
}

/// Calls `body` with every arc of a layered network that has one end in a set: the upper end if
/// `downward`, the lower end if not. The places of nodes and arcs are those of ``Arcs``.
@inline(__always)
private func forEachArc(
  _ layers: Int, _ tokens: Int, across set: NodeSet, downward: Bool, _ body: (_ arc: Int) -> Void
) {
  /// Whether the node can be the upper end of such an arc; else it can be the lower one.
  func isUpper(_ node: Int) -> Bool { set.contains(node) == downward }
  var lower: [Int] = []
  lower.reserveCapacity(tokens)
  for l in 0..<layers {
    lower.removeAll(keepingCapacity: true)
    for j in 0..<tokens where !isUpper(l * tokens + j + 1) { lower.append(j) }
    for i in 0..<tokens where isUpper((l + 1) * tokens + i + 1) {
      for j in lower { body((l * tokens + i) * tokens + j) }
    }
  }
  let arcs = layers * tokens * tokens
  if isUpper((layers + 1) * tokens + 1) {
    for i in 0..<tokens where !isUpper(layers * tokens + i + 1) { body(arcs + i) }
  }
  if !isUpper(0) {
    for j in 0..<tokens where isUpper(j + 1) { body(arcs + tokens + j) }
  }
}

public import ExactArithmetic

/// A flow that respects all capacities and is conserved at every node but source and sink.
///
/// Only the kernel constructs one.
public struct FeasibleFlow: Sendable, Equatable {
  /// The network.
  public let network: FlowNetwork
  /// The flow on each arc, in arc order.
  public let amounts: ExactVector
  /// The net flow out of the source.
  public let value: Rational
}

/// What there is to say about a vector that is offered as a flow or circulation, feasible or not.
public struct FlowReport: Sendable, Equatable {
  /// The net flow out of the source.
  public let value: Rational
  /// The arcs where `l(e) <= f(e) <= u(e)` is broken, if any; a flow has `l = 0`.
  public let bounds: Rejection?
  /// The nodes where inflow and outflow differ, if any.
  public let conservation: Rejection?
}

/// Measures a vector against the capacity and conservation rules.
///
/// - Parameters:
///   - flow: one rational per arc, in arc order.
///   - network: the network.
/// - Returns: the report, or a rejection by ``Rule/shape`` if the count is wrong.
/// - Complexity: one pass over the arcs and one over the nodes.
public func measureFlow(_ flow: ExactVector, in network: FlowNetwork) -> Judgement<FlowReport> {
  guard flow.count == network.arcCount else {
    return .rejected(rejection(.shape, .field("flow"), flow.count, network.arcCount))
  }
  return .accepted(aligned(network.capacities, flow, FeasibilityCheck(network: network)))
}

/// Accepts a vector as a feasible flow.
///
/// - Parameters:
///   - flow: one rational per arc, in arc order.
///   - network: the network.
/// - Returns: the flow with its value, or all violations: those of `0 <= f(e)`, then those of
///   `f(e) <= u(e)`, then those of conservation.
public func checkFeasible(_ flow: ExactVector, in network: FlowNetwork) -> Judgement<FeasibleFlow> {
  switch measureFlow(flow, in: network) {
  case .rejected(let rejection): return .rejected(rejection)
  case .accepted(let report):
    if let broken = Rejection.joined(report.bounds, report.conservation) {
      return .rejected(broken)
    }
    return .accepted(FeasibleFlow(network: network, amounts: flow, value: report.value))
  }
}

/// Tests a claimed value against a feasible flow: it is the net flow out of the source, exactly.
///
/// - Parameters:
///   - claimed: the value that somebody claims.
///   - flow: the flow.
/// - Returns: nil if the claim is right.
public func checkValue(_ claimed: Rational, of flow: FeasibleFlow) -> Rejection? {
  guard claimed != flow.value else { return nil }
  return Rejection(
    Violation(
      rule: .value, place: .node(flow.network.source), leftSide: claimed, rightSide: flow.value))
}

/// Measures the second vector against capacities, the first, and lower bounds, the third if any.
struct FeasibilityCheck: AlignedCheck {
  let network: FlowNetwork

  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> FlowReport {
    let (capacities, flow) = (vectors[0], vectors[1])
    let bounds = boundsRejection(
      flow, capacities, lowerBounds: vectors.count > 2 ? vectors[2] : nil, denominator)
    let excess = excesses(of: flow, in: network)
    var unbalanced = ViolationCollector<Number>(.conservation, denominator: denominator)
    for node in 0..<network.nodeCount
    where excess[node] != .zero && node != network.source && node != network.sink {
      unbalanced.add(.node(node), excess[node], .zero)
    }
    let value = Rational((.zero - excess[network.source]).asBigInteger, denominator)
    return FlowReport(value: value, bounds: bounds, conservation: unbalanced.rejection)
  }
}

/// Tests `l(e) <= f(e) <= u(e)` on every arc; without lower bounds `l` is 0.
private func boundsRejection<Number: ExactInteger>(
  _ flow: [Number], _ capacities: [Number], lowerBounds: [Number]?, _ denominator: BigInteger
) -> Rejection? {
  let isInside =
    if let lowerBounds {
      flow.indices.allSatisfy { lowerBounds[$0] <= flow[$0] && flow[$0] <= capacities[$0] }
    } else {
      flow.indices.allSatisfy { .zero <= flow[$0] && flow[$0] <= capacities[$0] }
    }
  if isInside { return nil }
  var below = ViolationCollector<Number>(.lowerBound, denominator: denominator)
  var above = ViolationCollector<Number>(.capacity, denominator: denominator)
  for arc in 0..<flow.count {
    let lower = lowerBounds?[arc] ?? .zero
    if flow[arc] < lower { below.add(.arc(arc), flow[arc], lower) }
    if flow[arc] > capacities[arc] { above.add(.arc(arc), flow[arc], capacities[arc]) }
  }
  return Rejection.joined(below.rejection, above.rejection)
}

/// Inflow minus outflow of every node.
func excesses<Number: ExactInteger>(of flow: [Number], in network: FlowNetwork) -> [Number] {
  var sums: [Number] = zeros(count: network.nodeCount)
  var excess = sums.mutableSpan
  network.arcs.forEach { arc, tail, head in
    excess[tail] -= flow[arc]
    excess[head] += flow[arc]
  }
  return sums
}

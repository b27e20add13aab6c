public import ExactArithmetic

/// A pair of maximum flows that differ: the witness that the flow is not unique.
///
/// Only the kernel constructs one.
public struct DistinctMaximumFlows: Sendable, Equatable {
  /// The first maximum flow.
  public let first: MaximumFlow
  /// The second, of the same value.
  public let second: FeasibleFlow
  /// The arcs on which they differ, in increasing order; never empty.
  public let arcsChanged: [Int]
  /// The largest difference on an arc into the sink: 0 when all attributions agree.
  public let attributionChange: Rational
}

/// Accepts a second flow as a witness that the maximum flow is not unique.
///
/// - Parameters:
///   - first: a maximum flow.
///   - second: one rational per arc, in arc order.
/// - Returns: the pair, or why the second is not a maximum flow, or not another one.
public func checkDistinct(
  _ first: MaximumFlow, _ second: ExactVector
) -> Judgement<DistinctMaximumFlows> {
  let network = first.flow.network
  let feasible: FeasibleFlow
  switch checkFeasible(second, in: network) {
  case .rejected(let rejection): return .rejected(rejection)
  case .accepted(let flow): feasible = flow
  }
  if let rejection = checkValue(first.value, of: feasible) { return .rejected(rejection) }
  let changed = aligned(first.flow.amounts, second, DifferingArcs())
  guard !changed.isEmpty else {
    return .rejected(rejection(.shape, .field("arcsChanged"), 0, 1))
  }
  let moved = network.sinkArcs.map { (second[$0] - first.flow.amounts[$0]).magnitude }
  return .accepted(
    DistinctMaximumFlows(
      first: first, second: feasible, arcsChanged: changed,
      attributionChange: moved.max() ?? Rational(0)))
}

/// Accepts `f + d` as a feasible flow with the value of the maximum flow `f`.
///
/// - Parameters:
///   - maximum: the maximum flow, `f`.
///   - differences: one entry per arc, `d`; the count is checked by the caller.
/// - Returns: the flow `f + d`, or the nodes where `d` is not a circulation, or its broken bounds.
func checkSecond(_ maximum: MaximumFlow, differences: ExactVector) -> Judgement<FeasibleFlow> {
  let network = maximum.flow.network
  switch aligned(maximum.flow.amounts, differences, AddCirculation(network: network)) {
  case .rejected(let rejection): return .rejected(rejection)
  case .accepted(let sum): return checkFeasible(sum, in: network)
  }
}

/// The positions at which two vectors differ, in increasing order.
private struct DifferingArcs: AlignedCheck {
  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> [Int] {
    let (first, second) = (vectors[0], vectors[1])
    return first.indices.filter { first[$0] != second[$0] }
  }
}

private struct AddCirculation: AlignedCheck {
  let network: FlowNetwork

  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> Judgement<ExactVector> {
    let (flow, differences) = (vectors[0], vectors[1])
    let excess = excesses(of: differences, in: network)
    var unbalanced = ViolationCollector<Number>(.circulation, denominator: denominator)
    for node in 0..<network.nodeCount where excess[node] != .zero {
      unbalanced.add(.node(node), excess[node], .zero)
    }
    if let rejection = unbalanced.rejection { return .rejected(rejection) }
    var sum = flow
    for arc in 0..<sum.count { sum[arc] += differences[arc] }
    return .accepted(exactVector(sum, over: denominator))
  }
}

/// Numerators of any tier as a vector.
func exactVector<Number: ExactInteger>(
  _ numerators: [Number], over denominator: BigInteger
) -> ExactVector {
  if let values = numerators as? [Int64] { return ExactVector(values, denominator: denominator) }
  if let values = numerators as? [Int128] { return ExactVector(values, denominator: denominator) }
  return ExactVector(numerators.map(\.asBigInteger), denominator: denominator)
}

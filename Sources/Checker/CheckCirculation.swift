public import ExactArithmetic

/// A flow within the bounds of a circulation problem, conserved, and of the value that is fixed.
///
/// Only the kernel constructs one.
public struct FeasibleCirculation: Sendable, Equatable {
  /// The problem.
  public let problem: CirculationProblem
  /// The flow on each arc, in arc order; that of the return arc is the value.
  public let amounts: ExactVector
  /// The net flow out of the source.
  public let value: Rational
}

/// Measures a vector against the bounds of a circulation problem and conservation.
///
/// - Parameters:
///   - flow: one rational per arc, in arc order.
///   - problem: the problem; a fixed value is not looked at.
/// - Returns: the report, or a rejection by ``Rule/shape`` if the count is wrong.
/// - Complexity: one pass over the arcs and one over the nodes.
public func measureCirculation(
  _ flow: ExactVector, in problem: CirculationProblem
) -> Judgement<FlowReport> {
  let network = problem.network
  guard flow.count == network.arcCount else {
    return .rejected(rejection(.shape, .field("flow"), flow.count, network.arcCount))
  }
  return .accepted(
    aligned(
      [network.capacities, flow, problem.lowerBounds], FeasibilityCheck(network: network)))
}

/// Accepts a vector as a feasible circulation.
///
/// - Parameters:
///   - flow: one rational per arc, in arc order.
///   - problem: the problem.
/// - Returns: the circulation, or all violations: those of the lower bounds, of the capacities, of
///   conservation, and of the value where that is fixed.
public func checkCirculation(
  _ flow: ExactVector, in problem: CirculationProblem
) -> Judgement<FeasibleCirculation> {
  switch measureCirculation(flow, in: problem) {
  case .rejected(let rejection): return .rejected(rejection)
  case .accepted(let report):
    var broken = Rejection.joined(report.bounds, report.conservation)
    if case .fixed(let value) = problem.returnArc, value != report.value {
      let violation = Violation(
        rule: .value, place: .returnArc, leftSide: report.value, rightSide: value)
      broken = .joined(broken, Rejection(violation))
    }
    if let broken { return .rejected(broken) }
    return .accepted(
      FeasibleCirculation(problem: problem, amounts: flow, value: report.value))
  }
}

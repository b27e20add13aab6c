// A feasible circulation f is optimal if duals y, s_l, s_u satisfy the conditions of Karush, Kuhn
// and Tucker. The objective F is convex, so for every feasible f' with d = f' - f
//
//     F(f') - F(f) >= g'd = (By)'d + s_l'd - s_u'd,
//
// where the return arc counts with its cost -gain. (By)'d = 0, because d is conserved everywhere;
// s_l'd = s_l'(f' - l) - s_l'(f - l) >= 0, because the second product is 0; and so for s_u. A
// frozen arc has d = 0 and may be left out.
//
// If the problem has a term, the optimum is unique. The term is strictly convex, so two optima
// agree on the arcs that carry it. Their difference is then conserved on the others. If the term
// sits on all arcs, that is the return arc alone, which joins two nodes. If it sits on the
// attention arcs, these are the source arcs, the sink arcs and the return arc, which form a tree:
// two stars and the arc between their centres. A forest has no circulation but 0.
public import ExactArithmetic

/// An optimum of a circulation problem, with duals that prove it.
///
/// Only the kernel constructs one.
public struct OptimalCirculation: Sendable, Equatable {
  /// The circulation.
  public let circulation: FeasibleCirculation
  /// The duals.
  public let duals: CirculationDuals
  /// Whether it is proved that there is no other optimum; false says nothing.
  public let isUnique: Bool
}

/// How duals fit a flow, rule by rule: the first and the largest violation of each, and how many.
public struct OptimalityReport: Sendable, Equatable {
  /// The arcs where a logarithm has no gradient, if any; stationarity leaves them out.
  public let interior: Rejection?
  /// The arcs that are not stationary, if any.
  public let stationarity: Rejection?
  /// The return arc, if it is free and not stationary.
  public let returnArc: Rejection?
  /// The arcs with a negative multiplier, if any; each of its two multipliers counts.
  public let dualFeasibility: Rejection?
  /// The arcs with a multiplier at a bound that is not reached, if any; each bound counts.
  public let complementarySlackness: Rejection?

  /// All violations in this order; nil if there are none.
  public var rejection: Rejection? {
    [interior, stationarity, returnArc, dualFeasibility, complementarySlackness]
      .reduce(nil) { Rejection.joined($0, $1) }
  }
}

/// Measures duals against a flow, which need not be feasible, and decides nothing.
///
/// - Parameters:
///   - flow: one rational per arc, in arc order.
///   - duals: the potentials and multipliers.
///   - levels: one level per node, which prove arcs frozen; nil if only arcs with `l = u` are.
///   - problem: the problem.
/// - Returns: the report, or a rejection by ``Rule/shape`` or ``Rule/level``.
/// - Complexity: one pass over the arcs, in integers of any size.
public func measureOptimality(
  _ flow: ExactVector, _ duals: CirculationDuals, levels: [Int32]? = nil,
  in problem: CirculationProblem
) -> Judgement<OptimalityReport> {
  guard flow.count == problem.network.arcCount else {
    return .rejected(rejection(.shape, .field("flow"), flow.count, problem.network.arcCount))
  }
  if let rejection = shapeRejection(duals, problem.network) { return .rejected(rejection) }
  switch checkLevels(levels, flow, in: problem) {
  case .rejected(let rejection): return .rejected(rejection)
  case .accepted(let isFrozen):
    return .accepted(report(flow, duals, isFrozen, problem))
  }
}

/// Accepts a circulation as optimal.
///
/// - Parameters:
///   - circulation: the circulation.
///   - duals: the potentials and multipliers that prove it.
///   - levels: one level per node, which prove arcs frozen; nil if only arcs with `l = u` are.
/// - Returns: the optimum, or all violations in the order of ``OptimalityReport``.
public func checkOptimality(
  _ circulation: FeasibleCirculation, _ duals: CirculationDuals, levels: [Int32]? = nil
) -> Judgement<OptimalCirculation> {
  let problem = circulation.problem
  let measured = measureOptimality(circulation.amounts, duals, levels: levels, in: problem)
  switch measured {
  case .rejected(let rejection): return .rejected(rejection)
  case .accepted(let report):
    if let rejection = report.rejection { return .rejected(rejection) }
    return .accepted(
      OptimalCirculation(
        circulation: circulation, duals: duals, isUnique: problem.term != .none))
  }
}

private func report(
  _ flow: ExactVector, _ duals: CirculationDuals, _ isFrozen: [Bool], _ problem: CirculationProblem
) -> OptimalityReport {
  let residuals = DualResiduals(problem, flow: flow, duals: duals)
  var rules = DualRules(residuals)
  residuals.forEach(notIn: isFrozen) { arc, found in
    rules.testInterior(arc, found)
    rules.testStationarity(arc, found)
    rules.testDualFeasibility(arc, found)
    rules.testComplementarySlackness(arc, found)
  }
  return rules.report(duals)
}

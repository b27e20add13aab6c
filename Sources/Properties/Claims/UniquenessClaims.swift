// What makes the maximum flow unique, and what follows where it is not: [U] and its cures.
import Checker
import ExactArithmetic
import Generators
import Networks
import SolverInterface
import Solvers

let uniquenessClaims: [Claim] = [
  Claim(
    "U/flow-unique", "The maximum flow of an attention tensor is unique.",
    source: "[U], attention flow as one flow", checked: "the set of undetermined arcs",
    expected: .refuted,
    correction: "In mode all it is iff A[1], ..., A[L-1] are doubly stochastic.",
    cases: ClaimCases(modes: .all),
    judge: { examination in
      let undetermined = try examination.undetermined.required()
      let arcs = examination.network.sourceArcs
      return .test(
        undetermined.isUnique,
        "top \(undetermined.maximum.flow.amounts.picking(arcs).text) or "
          + "\(undetermined.second.amounts.picking(arcs).text)")
    }),
  Claim(
    "U/attribution-unique", "All maximum flows have one attribution of the bottom tokens.",
    source: "[U], attention flow as one attribution", checked: "the interval of each token",
    expected: .refuted, correction: "They do iff v'(N) is the sum of the v'({j}).",
    cases: ClaimCases(modes: .all),
    judge: { examination in
      let intervals = try examination.attributions.required()
      return .test(
        intervals.isUnique, "from \(text(intervals.minima)) to \(text(intervals.maxima))")
    }),
  Claim(
    "U/l1-unique", "A term alpha sum f makes the maximum flow unique.",
    source: "[U], uniqueness by regularisation",
    checked: "one pair of potentials and multipliers proves two different flows optimal",
    expected: .refuted,
    correction: "On a layered network sum f = (L+2) val, so the term is vacuous: all maximum flows "
      + "are optimal for alpha < 1/(L+2), all feasible flows at equality, and 0 alone above it.",
    cases: ClaimCases(),
    judge: { examination in
      let layers = try examination.subject().layers
      let method = RegularisedMethod.l1(alpha: Rational(1, 2 * (layers + 2)))
      let second = try examination.undetermined.required()
      if second.isUnique { return .holds }
      let optimum = try examination.exactOptimum(method).required().claim
      let problem = optimum.circulation.problem
      for flow in [second.maximum.flow.amounts, second.second.amounts] {
        let other = try checkCirculation(flow, in: problem).required()
        _ = try checkOptimality(other, optimum.duals).required()
      }
      let alpha = Rational(1, 2 * (layers + 2))
      return .refuted(
        "with alpha = \(alpha) two flows are optimal, which differ on arcs "
          + "\(second.arcs.map(\.description).joined(separator: ", "))")
    }),
  Claim(
    "U/l1-vacuous",
    "With the term alpha sum f all maximum flows are optimal for alpha < 1/(L+2), all feasible "
      + "flows at equality, and 0 alone above it.",
    source: "this project, correction of U/l1-unique",
    checked: "the kernel accepts the flows named as optimal; the optimum above is 0 on every arc",
    cases: ClaimCases(), judge: judgeVacuous),
  Claim(
    "U/l2-unique", "A term lambda sum f^2 on all arcs but the return arc makes the flow unique.",
    source: "[U], uniqueness by regularisation",
    checked: "the kernel accepts the exact optimum as the only one",
    cases: ClaimCases(),
    judge: { examination in
      let optimum = try examination.exactOptimum(.l2(lambda: smallLambda)).required()
      return .test(optimum.claim.isUnique, "the optimum is not proved to be the only one")
    }),
  Claim(
    "U/l1l2-unique", "Terms alpha sum f + lambda sum f^2 make the flow unique.",
    source: "[U], uniqueness by regularisation",
    checked: "the kernel accepts the exact optimum as the only one",
    cases: ClaimCases(),
    judge: { examination in
      let method = RegularisedMethod.l1l2(alpha: Rational(1, 16), lambda: smallLambda)
      let optimum = try examination.exactOptimum(method).required()
      return .test(optimum.claim.isUnique, "the optimum is not proved to be the only one")
    }),
  Claim(
    "U/barrier-unique", "Logarithms of both slacks with weight mu > 0 make the flow unique.",
    source: "[U], uniqueness by regularisation",
    checked: "the kernel accepts a flow as within a radius of the only optimum",
    cases: ClaimCases(),
    judge: { examination in
      _ = try examination.nearOptimum(.barrier(mu: smallMu)).required()
      return .holds
    }),
  Claim(
    "U/l2-attention-arcs",
    "Squares on the attention arcs alone make the flow unique: the other arcs are a forest.",
    source: "this project, squares on some arcs",
    checked: "the kernel accepts the exact optimum as the only one",
    cases: ClaimCases(),
    judge: { examination in
      let problem = try RegularisedMethod.l2(lambda: smallLambda).problem(
        examination.network, termArcs: .attention)
      guard let optimum = exactRegularisedFlow(problem, limit: examination.limit).optimum else {
        return .skipped("no optimum")
      }
      let circulation = try checkCirculation(optimum.flow, in: problem).required()
      let claim = try checkOptimality(circulation, optimum.duals).required()
      return .test(claim.isUnique, "the optimum is not proved to be the only one")
    }),
  Claim(
    "U/l2-exact", "Where 2 lambda (L+2) V <= 1 the flow with squares is a maximum flow.",
    source: "this project, exact range of l2",
    checked: "the value of the exact optimum is V, at the end of the range",
    cases: ClaimCases(),
    judge: { examination in
      let value = try examination.value()
      try require(value.signum() > 0)
      let layers = try examination.subject().layers
      let lambda = (2 * Rational(layers + 2) * value).reciprocal
      let found = try examination.exactOptimum(.l2(lambda: lambda)).required()
      return .test(
        found.claim.circulation.value == value,
        "lambda = \(lambda): value \(found.claim.circulation.value), not \(value)")
    }),
  Claim(
    "U/l2-always-maximum", "The flow with squares is a maximum flow, whatever lambda.",
    source: "[U], uniqueness by regularisation",
    checked: "the value of the exact optimum for lambda = 1 against V",
    expected: .refuted,
    correction: "It is one where 2 lambda (L+2) V <= 1, and then it is the one of least norm.",
    cases: ClaimCases(),
    judge: { examination in
      let found = try examination.exactOptimum(.l2(lambda: 1)).required().claim.circulation.value
      let value = try examination.value()
      return .test(found == value, "lambda = 1: value \(found), and the maximum is \(value)")
    }),
  Claim(
    "U/ill-defined", "Where there are infinitely many maximum flows the attribution is ambiguous.",
    source: "[U], 'therefore ill-defined'",
    checked: "the set of undetermined arcs against the intervals of all bottom tokens",
    expected: .refuted,
    correction: "Intervals decide: flows may differ inside and agree on every bottom token.",
    cases: ClaimCases(),
    judge: { examination in
      let undetermined = try examination.undetermined.required()
      try require(!undetermined.isUnique)
      let intervals = try examination.attributions.required()
      return .test(
        !intervals.isUnique,
        "\(undetermined.arcs.count) arcs are undetermined, and every maximum flow has the "
          + "attribution \(text(intervals.minima))")
    }),
  Claim(
    "U/flows-differ-at-ends", "In mode all two maximum flows differ at the top or at the bottom.",
    source: "[U], 'therefore ill-defined'",
    checked: "whether the flow is unique once its top and bottom attributions are prescribed",
    expected: .refuted,
    correction: "Two maximum flows may have equal attributions at both ends and other arcs.",
    cases: ClaimCases(
      modes: .all,
      shapes: [
        TensorShape(1, 2), TensorShape(1, 3), TensorShape(2, 1), TensorShape(2, 2),
        TensorShape(2, 3), TensorShape(3, 2),
      ], denominator: 2, each: 800),
    judge: judgeEndsDetermine),
  Claim(
    "U/free-arcs", "An arc with 0 < f < u, so inside a residual component, is undetermined.",
    source: "this project, undetermined arcs",
    checked: "arcs strictly between their bounds against the set of undetermined arcs",
    expected: .refuted,
    correction: "Bridges of a component's undirected multigraph are determined.",
    cases: ClaimCases(),
    judge: { examination in
      let undetermined = try examination.undetermined.required()
      let flow = undetermined.maximum.flow
      let known = Set(undetermined.arcs)
      for arc in 0..<flow.amounts.count {
        let (amount, capacity) = (flow.amounts[arc], flow.network.capacities[arc])
        if amount.signum() > 0 && amount < capacity && !known.contains(arc) {
          return .refuted("arc \(arc) carries \(amount) of \(capacity) in every maximum flow")
        }
      }
      return .holds
    }),
  Claim(
    "U/combinations", "Every combination a f + (1 - a) g of two maximum flows is one.",
    source: "[U], convexity of the set of maximum flows",
    checked: "the kernel's opinion of a = 2, -1, 4, -3, ..., up to 64",
    expected: .refuted, correction: "The weight a lies in [0, 1].",
    cases: ClaimCases(),
    judge: { examination in
      let undetermined = try examination.undetermined.required()
      try require(!undetermined.isUnique)
      let (first, second) = (undetermined.maximum.flow.amounts, undetermined.second.amounts)
      for weight in [2, -1, 4, -3, 16, -15, 64] {
        let flow = first.combined(Rational(weight), second, Rational(1 - weight))
        if let rejection = checkFeasible(flow, in: examination.network).rejection {
          return .refuted("a = \(weight): \(rejection.first.summary)")
        }
      }
      return .holds
    }),
  Claim(
    "U/convex-combinations", "Combinations with a weight in [0, 1] of maximum flows are some.",
    source: "this project, correction of U/combinations",
    checked: "the kernel accepts a = 0, 1/3, 1/2, 1 as maximum, by the same cut",
    cases: ClaimCases(),
    judge: { examination in
      let undetermined = try examination.undetermined.required()
      try require(!undetermined.isUnique)
      let maximum = undetermined.maximum
      for weight in [Rational(0), Rational(1, 3), Rational(1, 2), Rational(1)] {
        let flow = maximum.flow.amounts.combined(
          weight, undetermined.second.amounts, 1 - weight)
        guard let feasible = checkFeasible(flow, in: examination.network).claim,
          checkMaximum(feasible, cut: maximum.cut).claim != nil
        else { return .refuted("not for a = \(weight)") }
      }
      return .holds
    }),
]

/// The weight of squares in claims that do not depend on it.
let smallLambda = Rational(1, 128)
/// The weight of logarithms in claims that do not depend on it.
let smallMu = Rational(1, 64)

private let judgeVacuous: @Sendable (Examination) throws -> Outcome = { examination in
  let tensor = try examination.subject()
  let end = Rational(1, tensor.layers + 2)
  let undetermined = try examination.undetermined.required()
  let empty = undetermined.maximum.flow.amounts.combined(
    0, undetermined.second.amounts, 0)
  let half = undetermined.maximum.flow.amounts.combined(
    Rational(1, 2), undetermined.second.amounts, 0)
  let maxima = [undetermined.maximum.flow.amounts, undetermined.second.amounts]
  for (alpha, flows) in [
    (end / 2, maxima), (end, maxima + [half, empty]), (2 * end, [empty]),
  ] {
    let optimum = try examination.exactOptimum(.l1(alpha: alpha)).required().claim
    for flow in flows {
      let other = try checkCirculation(flow, in: optimum.circulation.problem).required()
      if let rejection = checkOptimality(other, optimum.duals).rejection {
        return .refuted("alpha = \(alpha): \(rejection.first.summary)")
      }
    }
    if alpha > end, optimum.circulation.amounts.list.contains(where: { !$0.isZero }) {
      return .refuted("alpha = \(alpha): the optimum is not 0")
    }
  }
  return .holds
}

/// Prescribes the attributions of a flow halfway between two that differ wherever any do, so that
/// it is at a bound nowhere else than all maximum flows are.
private let judgeEndsDetermine: @Sendable (Examination) throws -> Outcome = { examination in
  let undetermined = try examination.undetermined.required()
  try require(!undetermined.isUnique)
  let half = Rational(1, 2)
  let middle = undetermined.maximum.flow.amounts.combined(half, undetermined.second.amounts, half)
  let network = examination.network
  let capped = try network.replacing { capacities in
    for arc in network.sourceArcs + network.sinkArcs { capacities[arc] = middle[arc] }
  }
  let inside = try Examination(network: capped, limit: examination.limit).undetermined.required()
  guard inside.maximum.value == undetermined.maximum.value else {
    throw Unsettled(outcome: .contradiction("the middle of two maximum flows is not one"))
  }
  return .test(
    inside.isUnique,
    "top \(middle.picking(network.sourceArcs).text) and bottom "
      + "\(middle.picking(network.sinkArcs).text) leave \(inside.arcs.count) arcs undetermined")
}

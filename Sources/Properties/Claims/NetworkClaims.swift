// What [U] says of its networks and its optimality conditions.
import Checker
import ExactArithmetic
import Generators
import Networks
import SolverInterface
import Solvers
import Z3Bridge

let networkClaims: [Claim] = [
  Claim(
    "U/same-flows",
    "Algorithm 2 builds the reversal of Algorithm 1's network: same value, same maximum flows.",
    source: "this project, correction of U/two-algorithms",
    checked: "value, undetermined arcs, and intervals of top and bottom tokens of both networks",
    cases: ClaimCases(),
    judge: { examination in
      let reversed = Examination(network: examination.network.reversed, limit: examination.limit)
      let (here, there) = (
        try examination.undetermined.required(), try reversed.undetermined.required()
      )
      let (bottom, top) = (
        try examination.attributions.required(), try examination.topAttributions.required()
      )
      let (turnedBottom, turnedTop) = (
        try reversed.topAttributions.required(), try reversed.attributions.required()
      )
      return .test(
        here.maximum.value == there.maximum.value && here.arcs == there.arcs
          && bottom.minima == turnedBottom.minima && bottom.maxima == turnedBottom.maxima
          && top.minima == turnedTop.minima && top.maxima == turnedTop.maxima,
        "value \(here.maximum.value), then \(there.maximum.value)")
    }),
  Claim(
    "U/two-algorithms", "Where Algorithms 1 and 2 return two flows, they solve two problems.",
    source: "[U], Algorithms 1 and 2",
    checked: "Dinic's algorithm on both networks: the two flows differ, and each is a maximum flow "
      + "of the other's network",
    expected: .refuted,
    correction: "Both return some maximum flow of one network; which one is a matter of ties.",
    cases: ClaimCases(modes: .all, each: 700),
    judge: { examination in
      let first = try examination.maximum.required()
      let turned = try Examination(
        network: examination.network.reversed, limit: examination.limit
      ).maximum.required()
      let (forward, backward) = (turned.flow.amounts, first.flow.amounts)
      try require(forward.list != backward.list)
      for (flow, network, cut) in [
        (forward, examination.network, first.cut),
        (backward, examination.network.reversed, turned.cut),
      ] {
        let feasible = try checkFeasible(flow, in: network).required()
        guard checkMaximum(feasible, cut: cut).claim != nil else { return .holds }
      }
      let arcs = examination.network.sinkArcs
      return .refuted(
        "attributions \(backward.picking(arcs).text) and \(forward.picking(arcs).text), both of "
          + "maximum flows of both networks")
    }),
  Claim(
    "U/val-into-source", "The value of a flow is the net flow into s.",
    source: "[U], definition of val(f)",
    checked: "inflow of the source of a maximum flow against its value", expected: .refuted,
    correction: "It is the net flow out of s; nothing flows into s.",
    cases: ClaimCases(),
    judge: { examination in
      let maximum = try examination.maximum.required()
      let network = examination.network
      var net = Rational(0)
      network.arcs.forEach { arc, tail, head in
        if head == network.source { net += maximum.flow.amounts[arc] }
        if tail == network.source { net -= maximum.flow.amounts[arc] }
      }
      return .test(
        net == maximum.value, "the net flow into s is \(net), the value is \(maximum.value)")
    }),
  Claim(
    "U/multi-commodity",
    "The maximum flow with super source and super sink is the maximum multi-commodity flow of the "
      + "pairs (i, i).",
    source: "[U], reduction of several sources and sinks",
    checked: "the exact linear programme, its value proved by multipliers, against V",
    expected: .refuted, correction: "It is that of all pairs of a top and a bottom token.",
    cases: ClaimCases(
      modes: .all, each: 20, random: 6, limit: TensorShape(2, 2)),
    judge: { examination in
      try judgeCommodities(examination) { tokens in (0..<tokens).map { ($0, $0) } }
    }),
  Claim(
    "U/multi-commodity-all-pairs",
    "The maximum flow with super source and super sink is the maximum multi-commodity flow of all "
      + "pairs of a top and a bottom token.",
    source: "this project, correction of U/multi-commodity",
    checked: "the exact linear programme, its value proved by multipliers, against V",
    cases: ClaimCases(
      modes: .all, shapes: [TensorShape(1, 1), TensorShape(1, 2), TensorShape(2, 2)], each: 12,
      random: 8, limit: TensorShape(3, 2)),
    judge: { examination in
      try judgeCommodities(examination) { tokens in
        (0..<tokens).flatMap { top in (0..<tokens).map { (top, $0) } }
      }
    }),
  Claim(
    "U/residual-cycles",
    "A maximum flow is unique iff no residual cycle has more than two arcs.",
    source: "[U], test of uniqueness",
    generated: "s -> a -> b -> t of capacity 1, but a -> b and b -> a of capacity 2",
    checked: "the undetermined arcs, and the nodes of the residual components",
    expected: .refuted,
    correction: "It is so without antiparallel arcs; two of them make a residual cycle of two arcs "
      + "on which flow can be pushed.",
    judge: { _ in try judgeResidualCycles() }),
  Claim(
    "U/lagrangian",
    "A maximum flow satisfies the conditions of c'f + y'B'f - s_u'(f - u) - s_l'(l - f), s >= 0.",
    source: "[U], Lagrangian as printed",
    checked: "these conditions prove c'f = -val(f) largest, but the kernel accepts the flow 0",
    expected: .refuted,
    correction: "The Lagrangian is c'f - y'B'f + s_u'(f - u) + s_l'(l - f).",
    cases: ClaimCases(),
    judge: { examination in
      let maximum = try examination.maximum.required()
      let nothing = maximum.flow.amounts.combined(0, maximum.flow.amounts, 0)
      let empty = try checkFeasible(nothing, in: examination.network).required()
      return .test(
        -empty.value <= -maximum.value,
        "the flow 0 has c'f = 0 and a maximum flow has \(-maximum.value), which would be largest")
    }),
  Claim(
    "U/optimality-conditions",
    "A maximum flow satisfies c - By + s_u - s_l = 0 with complementary slackness, s >= 0.",
    source: "this project, correction of U/lagrangian",
    checked: "potentials 0 and 1 beside the cut, multipliers by them; the kernel accepts them",
    cases: ClaimCases(), judge: judgeOptimalityConditions),
  Claim(
    "U/barrier-sign", "-val + mu sum (log f + log(u - f)) has a minimum.",
    source: "[U], barrier problem as printed",
    checked: "an interior flow that the kernel accepts, against its own fractions 2^-k",
    expected: .refuted,
    correction: "The logarithms are subtracted; added, they fall below any bound near f = 0.",
    cases: ClaimCases(), judge: judgeBarrierSign),
  Claim(
    "U/eps-2m", "With mu = eps/(2m), m arcs with a term, the barrier flow loses at most eps.",
    source: "[U], choice of mu", checked: "V - val within the certified radius, eps = 1/8",
    cases: ClaimCases(), judge: { try judgeLoss($0, Rational(1, 2)) }),
  Claim(
    "U/eps-m", "With mu = eps/m, m arcs with a term, the barrier flow loses at most eps.",
    source: "this project, bound of the loss",
    checked: "V - val within the certified radius, eps = 1/8",
    cases: ClaimCases(), judge: { try judgeLoss($0, 1) }),
  Claim(
    "U/eps-2m-needed", "With mu > eps/(2m) the barrier flow can lose more than eps.",
    source: "[U], choice of mu", checked: "V - val within the certified radius, mu = eps/m",
    expected: .refuted, correction: "mu <= eps/m suffices: the bound is loose by a factor 2.",
    cases: ClaimCases(),
    judge: { examination in
      let outcome = try judgeLoss(examination, 1)
      guard outcome.verdict == .holds else { return .holds }
      return .refuted("mu = eps/m = 2 eps/(2m), and less than eps = 1/8 is lost")
    }),
]

/// Compares a multi-commodity maximum with the maximum flow.
private func judgeCommodities(
  _ examination: Examination, _ pairs: (_ tokens: Int) -> [(top: Int, bottom: Int)]
) throws -> Outcome {
  let tensor = try examination.subject()
  try require(tensor.entries.denominator < 1_000, "long numbers")
  let top = tensor.layers * tensor.tokens + 1
  let commodities = pairs(tensor.tokens).map {
    CommodityPair(from: top + $0.top, to: $0.bottom + 1)
  }
  let value = try examination.value()
  switch try multiCommodityMaximum(examination.network, pairs: commodities) {
  case .unknown(let reason): throw Unsettled(outcome: .skipped(reason))
  case .maximum(let found):
    return .test(
      found.value == value,
      "the maximum flow is \(value), the multi-commodity maximum \(found.value)")
  }
}

/// Judges a network with an antiparallel pair, in which two nodes are never more than a pair.
private func judgeResidualCycles() throws -> Outcome {
  let network = try FlowNetwork(
    nodeCount: 4, source: 0, sink: 3, tails: [0, 1, 2, 2], heads: [1, 2, 1, 3],
    capacities: ExactVector([1, 2, 2, 1] as [Rational]))
  let undetermined = try Examination(network: network).undetermined.required()
  let maximum = undetermined.maximum
  // The arcs from s and to t are saturated, so that residual cycles stay on a and b.
  let isShort = maximum.flow.amounts[0] == 1 && maximum.flow.amounts[3] == 1
  return undetermined.isUnique || !isShort
    ? .holds
    : .refuted(
      "residual cycles stay on a and b, and arcs "
        + undetermined.arcs.map(\.description).joined(separator: ", ") + " are undetermined")
}

/// Builds the multipliers from a minimum cut: y = 0 on the source side, 1 on the other.
private let judgeOptimalityConditions: @Sendable (Examination) throws -> Outcome = { examination in
  let maximum = try examination.maximum.required()
  let network = examination.network
  let problem = try CirculationProblem(network: network)
  let potentials = (0..<network.nodeCount).map { maximum.cut.contains($0) ? Rational(0) : 1 }
  var (lower, upper) = (
    [Rational](repeating: 0, count: network.arcCount),
    [Rational](repeating: 0, count: network.arcCount)
  )
  network.arcs.forEach { arc, tail, head in
    let difference = potentials[head] - potentials[tail]
    // s_u - s_l = (By)_e where c = 0
    if difference.signum() > 0 { upper[arc] = difference } else { lower[arc] = -difference }
  }
  let duals = CirculationDuals(
    potentials: ExactVector(potentials), lowerMultipliers: ExactVector(lower),
    upperMultipliers: ExactVector(upper))
  let circulation = try checkCirculation(maximum.flow.amounts, in: problem).required()
  let judgement = checkOptimality(circulation, duals)
  return .test(judgement.claim != nil, judgement.rejection?.first.summary ?? "")
}

/// Halves an interior flow until the printed objective is below that of the flow itself.
///
/// With `P_k` the product of `f (u - f)` at `f / 2^k`, the difference of the objectives is
/// `val (1 - 2^-k) - mu log(P_0 / P_k)`, which is negative if `val <= mu 2/3 b` for a `b` with
/// `P_0 >= 2^b P_k`, since `log 2 > 2/3`. Every further halving doubles the ratio and more.
private let judgeBarrierSign: @Sendable (Examination) throws -> Outcome = { examination in
  let near = try examination.nearOptimum(.barrier(mu: smallMu)).required()
  let value = near.claim.circulation.value
  let carrying = (0..<near.amounts.count).filter { !near.amounts[$0].isZero }
  try require(!carrying.isEmpty, "no arc has a logarithm")
  // Each halving takes at least a factor 1/2 * (u - f) / u > 0 off; so many suffice.
  let halvings = 64
  let share = Rational(BigInteger.one, BigInteger.powerOfTwo(halvings))
  let needed = value / smallMu * Rational(3, 2)
  var powers = 0
  for arc in carrying {
    let (amount, capacity) = (near.amounts[arc], examination.network.capacities[arc])
    try require(amount < capacity, "a saturated arc has no logarithm")
    // One factor of P_0 / P_k, rounded down to a power of two.
    let ratio = (capacity - amount) / (share * (capacity - share * amount))
    try require(ratio >= 1, "the flow is too near a bound")
    powers += ratio.floor.magnitudeBitCount - 1
  }
  guard Rational(powers) >= needed else { return .holds }
  return .refuted(
    "at 2^-\(halvings) times an interior flow, value \(value.nearestDouble), the objective is "
      + "lower, and every halving lowers it by mu log 2 and more for each of \(carrying.count) arcs"
  )
}

/// Tests that no more than `eps` is lost with `mu = factor eps / m`.
private func judgeLoss(_ examination: Examination, _ factor: Rational) throws -> Outcome {
  let (epsilon, arcs) = (Rational(1, 8), examination.network.arcCount)
  let mu = factor * epsilon / Rational(arcs)
  let value = try examination.value()
  try require(value.signum() > 0)
  let near = try examination.nearOptimum(.barrier(mu: mu)).required()
  let lost = value - near.claim.circulation.value
  let unknown = Rational(examination.network.sourceArcs.count) * near.claim.radius
  try require((lost - epsilon).magnitude > unknown, "the radius is too large")
  return .test(lost < epsilon, "\(lost.nearestDouble) is lost with mu = \(mu)")
}

// That the answer of a problem with squares is its only one, in steps that SMT solvers decide.
//
// Problem: `f` with potentials `y` and multipliers satisfies the conditions of optimality exactly.
// Show that every other feasible flow `g` is worse.
// Idea: on each arc let `excess = cost(g) - cost(f) - (By)_e (g - f)`. By stationarity it is
// `lambda (g - f)^2 + (s_l - s_u)(g - f)`, and never negative: one symbolic lemma. Over all arcs,
// the return arc included, `(By)(g - f)` sums up to 0, as `g - f` is a circulation. So the
// objective rises by the sum of the excesses. It is positive if the flows differ on an arc with a
// square, or with a positive multiplier; and if they agree on all those, the arcs that remain
// carry a circulation of their own, which a linear step excludes.
// This compares `f` with every feasible flow, so that nothing is assumed about optimal flows: the
// argument proves that `f` is optimal, too. The usual one, which subtracts the conditions of two
// optimal flows, needs the theorem that optimal flows satisfy them; on small networks it is asked
// as well, as a disjunction.
// What remains to a reader: the facts of the first step are the premises of the lemmas, arc by arc.
// Source: the conditions are those of [F]; the excess is the usual measure of strict convexity.
public import Checker
public import ExactArithmetic

/// The number of arcs up to which a second solution of the conditions of optimality is looked for.
///
/// Its two alternatives on every arc make that step exponential.
public let secondPointArcLimit = 50

/// Proves that a circulation is the only optimum of a problem without logarithms.
///
/// Steps, in this order: `conditions` (all conditions of optimality, as facts about numbers), the
/// lemmas about one arc, `node-...` and `circulation`, `sum`, `optimum`, then `remaining-arcs` if
/// some arc can change without an excess, and `second-point` on problems with squares and at most
/// ``secondPointArcLimit`` arcs.
///
/// The flow and its duals are not trusted: if they are wrong, `conditions` fails. If the optimum is
/// not unique, `remaining-arcs` fails.
///
/// - Parameters:
///   - problem: the problem; its term is `squares` or `none`.
///   - flow: one rational per arc, in arc order.
///   - duals: potentials and multipliers.
///   - budget: the work to spend on each step.
/// - Returns: the steps as far as they are confirmed, and the first one that is not.
/// - Throws: ``Z3Error/wrongCount(field:expected:found:)``, ``Z3Error/unsuitableTerm``, or an
///   error of the library.
public func proveUniqueness(
  of problem: CirculationProblem, flow: ExactVector, duals: CirculationDuals,
  budget: Z3Budget = .proof
) throws(Z3Error) -> UniquenessProof {
  try requireCounts(problem.network, [("flow", flow)], nodes: [("potentials", duals.potentials)])
  try requireCounts(
    problem.network,
    [
      ("lowerMultipliers", duals.lowerMultipliers), ("upperMultipliers", duals.upperMultipliers),
    ], nodes: [])
  if case .logarithms = problem.term { throw .unsuitableTerm(problem.term) }
  let writer = SquaresWriter(problem: problem, flow: flow, duals: duals)
  return try UniquenessProof(running: writer.steps, budget: budget)
}

/// Refuses vectors of the wrong length.
func requireCounts(
  _ network: FlowNetwork, _ perArc: [(String, ExactVector)], nodes: [(String, ExactVector)]
) throws(Z3Error) {
  for (field, vector) in perArc where vector.count != network.arcCount {
    throw .wrongCount(field: field, expected: network.arcCount, found: vector.count)
  }
  for (field, vector) in nodes where vector.count != network.nodeCount {
    throw .wrongCount(field: field, expected: network.nodeCount, found: vector.count)
  }
}

private struct SquaresWriter {
  let problem: CirculationProblem
  let flow: ExactVector
  let duals: CirculationDuals

  private var network: FlowNetwork { problem.network }

  /// The weight of the squares; 0 if there are none.
  private var weight: Rational {
    if case .squares(let lambda) = problem.term { return lambda }
    return .zero
  }

  var steps: [ProposedStep] {
    var isFree = false
    if case .free = problem.returnArc { isFree = true }
    var steps = [conditionsStep] + weakOptimalArcSteps
    if problem.term != .none { steps += squareArcSteps }
    let kinds = (0..<network.arcCount).map(kind)
    if kinds.contains(.multiplier) { steps += multiplierArcSteps }
    steps += circulationSteps(network, hasReturnArc: isFree)
    steps += [sumStep(network), optimumStep(problem.returnArc)]
    let remaining = kinds.indices.filter { kinds[$0] == .remaining }
    if !remaining.isEmpty {
      steps.append(remainingStep(problem, arcs: remaining, around: flow))
    }
    if problem.term != .none && network.arcCount <= secondPointArcLimit {
      steps.append(secondPointStep(problem, differingFrom: flow))
    }
    return steps
  }

  /// Why the flow cannot change on an arc, if there is a reason.
  private enum Kind {
    case fixed
    case square
    case multiplier
    case remaining
  }

  private func kind(_ arc: Int) -> Kind {
    if problem.lowerBounds[arc] == network.capacities[arc] { return .fixed }
    if problem.carriesTerm(arc) { return .square }
    let isHeld =
      duals.lowerMultipliers[arc].signum() > 0 || duals.upperMultipliers[arc].signum() > 0
    return isHeld ? .multiplier : .remaining
  }

  private var conditionsStep: ProposedStep {
    let claim = "The flow is feasible and satisfies the conditions of optimality."
    var script = SMTLibScript(
      logic: .linearReal,
      about: [
        "conditions: \(claim)", "Per arc: l <= f <= u; s_l >= 0; s_u >= 0; s_l = 0 or f = l;",
        "s_u = 0 or f = u; c + 2 lambda f - s_l + s_u = y_head - y_tail.",
      ])
    var facts: [String] = []
    network.arcs.forEach { arc, tail, head in facts += arcFacts(arc, tail, head) }
    facts += conservationFacts(problem, flow)
    if case .free(let gain) = problem.returnArc {
      let ends = [network.sink, network.source].map { literal(duals.potentials[$0]) }
      facts.append("(= (- \(ends[0]) \(ends[1])) \(literal(gain)))")
    }
    script.assertNotAll(facts)
    return ProposedStep(
      name: "conditions", claim: claim, logic: .linearReal, smtlib: script.text)
  }

  private func arcFacts(_ arc: Int, _ tail: Int, _ head: Int) -> [String] {
    let amount = literal(flow[arc])
    let (lower, upper) = (literal(problem.lowerBounds[arc]), literal(network.capacities[arc]))
    let (below, above) = (
      literal(duals.lowerMultipliers[arc]), literal(duals.upperMultipliers[arc])
    )
    let square = problem.carriesTerm(arc) ? " (* 2 \(literal(weight)) \(amount))" : ""
    let ends = [head, tail].map { literal(duals.potentials[$0]) }
    return [
      "(<= \(lower) \(amount) \(upper)) (>= \(below) 0) (>= \(above) 0)",
      "(or (= \(below) 0) (= \(amount) \(lower))) (or (= \(above) 0) (= \(amount) \(upper)))",
      "(= (+ \(literal(problem.costs[arc]))\(square) (- \(below)) \(above))"
        + " (- \(ends[0]) \(ends[1])))",
    ]
  }
}

/// The facts that a flow is conserved and has the value that is required.
func conservationFacts(_ problem: CirculationProblem, _ flow: ExactVector) -> [String] {
  let network = problem.network
  let arcs = NodeArcs(network)
  var facts: [String] = []
  for node in 0..<network.nodeCount where node != network.source && node != network.sink {
    let (inflow, outflow) = (arcs.entering[node], arcs.leaving[node])
    guard !inflow.isEmpty || !outflow.isEmpty else { continue }
    let sums = [inflow, outflow].map { sum($0.map { literal(flow[$0]) }) }
    facts.append("(= \(sums[0]) \(sums[1]))")
  }
  if case .fixed(let value) = problem.returnArc {
    let sums = [arcs.leaving[network.source], arcs.entering[network.source]].map {
      sum($0.map { literal(flow[$0]) })
    }
    facts.append("(= (- \(sums[0]) \(sums[1])) \(literal(value)))")
  }
  return facts
}

/// The step that nothing can change on some arcs while the flow on all others stays.
///
/// - Parameters:
///   - problem: the problem.
///   - arcs: the arcs that may change, at least one.
///   - flow: a feasible flow; with it the bounds are respected, without it they are forgotten.
/// - Returns: the step; `sat` would be another flow.
func remainingStep(
  _ problem: CirculationProblem, arcs: [Int], around flow: ExactVector?
) -> ProposedStep {
  let network = problem.network
  let claim = "No circulation consists of arcs without an excess alone."
  var script = SMTLibScript(
    logic: .linearReal,
    about: ["remaining-arcs: \(claim)", "d<e> is the change on arc e; all other arcs stay."])
  var entering = [[String]](repeating: [], count: network.nodeCount)
  var leaving = entering
  for arc in arcs {
    script.declare("d\(arc)")
    if let flow {
      let least = problem.lowerBounds[arc] - flow[arc]
      let most = network.capacities[arc] - flow[arc]
      script.assert("(<= \(literal(least)) d\(arc) \(literal(most)))")
    }
    let (tail, head) = network.arcs.ends(of: arc)
    guard tail != head else { continue }
    leaving[tail].append("d\(arc)")
    entering[head].append("d\(arc)")
  }
  if case .free = problem.returnArc {
    script.declare("r")
    entering[network.source].append("r")
    leaving[network.sink].append("r")
  }
  for node in 0..<network.nodeCount where !entering[node].isEmpty || !leaving[node].isEmpty {
    script.assert("(= \(sum(entering[node])) \(sum(leaving[node])))")
  }
  script.assert(joined(arcs.map { "(not (= d\($0) 0))" }, "or", empty: "false"))
  return ProposedStep(
    name: "remaining-arcs", claim: claim, logic: .linearReal, smtlib: script.text)
}

/// The step that the conditions of optimality have no solution with another flow.
private func secondPointStep(
  _ problem: CirculationProblem, differingFrom flow: ExactVector
) -> ProposedStep {
  let network = problem.network
  let claim = "No other flow satisfies the conditions of optimality, with any multipliers."
  var script = SMTLibScript(
    logic: .linearReal,
    about: ["second-point: \(claim)", "g<e> is the flow on arc e, y<v> the potential of node v."])
  (0..<network.nodeCount).forEach { script.declare("y\($0)") }
  network.arcs.forEach { arc, tail, head in
    let (lower, upper) = (literal(problem.lowerBounds[arc]), literal(network.capacities[arc]))
    script.declare("g\(arc)", "sl\(arc)", "su\(arc)")
    script.assert(
      "(<= \(lower) g\(arc) \(upper))", "(>= sl\(arc) 0)", "(>= su\(arc) 0)",
      "(or (= sl\(arc) 0) (= g\(arc) \(lower)))", "(or (= su\(arc) 0) (= g\(arc) \(upper)))")
    var square = ""
    if case .squares(let lambda) = problem.term, problem.carriesTerm(arc) {
      square = " (* \(literal(2 * lambda)) g\(arc))"
    }
    script.assert(
      "(= (+ \(literal(problem.costs[arc]))\(square) (- sl\(arc)) su\(arc))"
        + " (- y\(head) y\(tail)))")
  }
  let arcs = NodeArcs(network)
  for node in 0..<network.nodeCount where node != network.source && node != network.sink {
    let sums = [arcs.entering[node], arcs.leaving[node]].map { sum($0.map { "g\($0)" }) }
    script.assert("(= \(sums[0]) \(sums[1]))")
  }
  switch problem.returnArc {
  case .free(let gain):
    script.assert("(= (- y\(network.sink) y\(network.source)) \(literal(gain)))")
  case .fixed(let value):
    let sums = [arcs.leaving[network.source], arcs.entering[network.source]].map {
      sum($0.map { "g\($0)" })
    }
    script.assert("(= (- \(sums[0]) \(sums[1])) \(literal(value)))")
  }
  let differences = (0..<network.arcCount).map { "(not (= g\($0) \(literal(flow[$0]))))" }
  script.assert(joined(differences, "or", empty: "false"))
  return ProposedStep(name: "second-point", claim: claim, logic: .linearReal, smtlib: script.text)
}

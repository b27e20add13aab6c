// That a problem with logarithms has exactly one answer, without knowing it.
//
// Problem: the optimum is irrational, so no step can name it. Show that there is at most one
// stationary flow; one flow strictly inside the bounds shows that there is an optimum at all.
// Idea: first, which arcs are frozen. Levels are given to the nodes such that no arc that could
// take more flow leads down and none that could give flow back leads up. For any other feasible
// flow, `sum (g - f)(level_head - level_tail)` over a circulation is 0, and no term is negative:
// an arc between different levels is the same in all feasible flows. The others carry their
// logarithms.
// Then let `f` and `g` be stationary, with potentials `y` and `z`: on each arc
// `slope(f) - slope(g) = (By - Bz)_e`. Multiplied by `f - g` and summed, the right side is 0; on
// the left no term is negative, and one is positive if the flows differ on an arc with logarithms.
// Arcs without a term are left to the step `remaining-arcs`.
// What remains to a reader: an optimum of a convex problem with linear constraints is stationary;
// there is one, as the flow given here has a finite objective and the feasible flows are bounded.
// Source: [U], with the sign corrected; the levels are those of `DistanceCertificate`.
public import Checker
public import ExactArithmetic
import Networks

/// Proves that a problem with logarithms has exactly one optimum.
///
/// Steps, in this order: `interior` (the flow is feasible, and strictly inside on all arcs that are
/// not frozen, as facts about numbers), `node-...` and `circulation`, `sum`, then for the frozen
/// arcs, if there are any, the lemmas about levels and `frozen`, then the lemmas about one arc,
/// `stationary`, and `remaining-arcs` if some arc can change and carries no logarithm.
///
/// The flow is not trusted: if it is wrong, `interior` fails.
///
/// - Parameters:
///   - problem: the problem; its term is `logarithms`.
///   - interior: a feasible flow, one rational per arc, in arc order; strictly inside the bounds on
///     every arc where some feasible flow is.
///   - budget: the work to spend on each step.
/// - Returns: the steps as far as they are confirmed, and the first one that is not.
/// - Throws: ``Z3Error/wrongCount(field:expected:found:)``, ``Z3Error/unsuitableTerm``, or an
///   error of the library.
public func proveBarrierUniqueness(
  of problem: CirculationProblem, interior: ExactVector, budget: Z3Budget = .proof
) throws(Z3Error) -> UniquenessProof {
  try requireCounts(problem.network, [("interior", interior)], nodes: [])
  guard case .logarithms = problem.term else { throw .unsuitableTerm(problem.term) }
  let writer = BarrierWriter(problem: problem, flow: interior)
  return try UniquenessProof(running: writer.steps, budget: budget)
}

private struct BarrierWriter {
  let problem: CirculationProblem
  let flow: ExactVector
  let levels: [Int32]

  private var network: FlowNetwork { problem.network }

  init(problem: CirculationProblem, flow: ExactVector) {
    self.problem = problem
    self.flow = flow
    levels = Self.levels(problem, flow)
  }

  /// The strong components of the arcs on which the flow can change, in an order that they respect.
  private static func levels(_ problem: CirculationProblem, _ flow: ExactVector) -> [Int32] {
    let network = problem.network
    var (tails, heads): ([Int32], [Int32]) = ([], [])
    var isOpen: [Bool] = []
    network.arcs.forEach { arc, tail, head in
      tails.append(Int32(truncatingIfNeeded: tail))
      heads.append(Int32(truncatingIfNeeded: head))
      isOpen += [flow[arc] < network.capacities[arc], flow[arc] > problem.lowerBounds[arc]]
    }
    if case .free = problem.returnArc {
      tails.append(Int32(truncatingIfNeeded: network.sink))
      heads.append(Int32(truncatingIfNeeded: network.source))
      isOpen += [true, true]
    }
    let adjacency = Adjacency(
      nodeCount: network.nodeCount, arcs: .listed(tails: tails, heads: heads))
    // Open half-arcs lead to components with equal or smaller numbers; levels shall not fall.
    return StrongComponents(adjacency, isOpen: isOpen).component.map { -$0 }
  }

  var steps: [ProposedStep] {
    var isFree = false
    if case .free = problem.returnArc { isFree = true }
    var steps = [interiorStep] + circulationSteps(network, hasReturnArc: isFree)
    steps.append(sumStep(network))
    if Set(levels).count > 1 {
      steps += levelArcSteps + [balanceStep("frozen", problem.returnArc)]
    }
    var remaining: [Int] = []
    network.arcs.forEach { arc, tail, head in
      guard levels[tail] == levels[head], !problem.carriesTerm(arc),
        problem.lowerBounds[arc] < network.capacities[arc]
      else { return }
      remaining.append(arc)
    }
    steps += logarithmArcSteps
    if !remaining.isEmpty { steps += boundedArcSteps }
    steps.append(balanceStep("stationary", problem.returnArc))
    if !remaining.isEmpty { steps.append(remainingStep(problem, arcs: remaining, around: nil)) }
    return steps
  }

  private var interiorStep: ProposedStep {
    let claim = "The flow is feasible, and strictly inside the bounds where it is not frozen."
    var script = SMTLibScript(
      logic: .linearReal,
      about: [
        "interior: \(claim)", "Per arc between levels: l <= f <= u; f = u or tail <= head;",
        "f = l or head <= tail. Per other arc: l = u or l < f < u; l <= f <= u without a term.",
      ])
    var facts: [String] = []
    network.arcs.forEach { arc, tail, head in
      let amount = literal(flow[arc])
      let (lower, upper) = (literal(problem.lowerBounds[arc]), literal(network.capacities[arc]))
      facts.append("(<= \(lower) \(amount) \(upper))")
      if levels[tail] != levels[head] {
        let (below, above) = (literal(Rational(levels[tail])), literal(Rational(levels[head])))
        facts.append("(or (= \(amount) \(upper)) (<= \(below) \(above)))")
        facts.append("(or (= \(amount) \(lower)) (<= \(above) \(below)))")
      } else if problem.carriesTerm(arc) {
        facts.append("(or (= \(lower) \(upper)) (< \(lower) \(amount) \(upper)))")
      }
    }
    facts += conservationFacts(problem, flow)
    if case .free = problem.returnArc {
      let ends = [network.source, network.sink].map { literal(Rational(levels[$0])) }
      facts.append("(= \(ends[0]) \(ends[1]))")
    }
    script.assertNotAll(facts)
    return ProposedStep(name: "interior", claim: claim, logic: .linearReal, smtlib: script.text)
  }
}

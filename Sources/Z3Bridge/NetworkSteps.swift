// The steps about the network as a whole, which sum up what holds on each arc.
//
// Problem: for a circulation `d` and potentials `y`, `sum_e d_e (y_head - y_tail) = 0`, the return
// arc included. It is the only place where the arcs meet, and a question of degree two with as many
// products as arcs: asked in one piece, Z3 needs minutes at 24,704 arcs, and cvc5 at 1,568.
// Idea: every product has an end, `d_e y_tail` or `d_e y_head`. At one node, conservation times the
// potential is an equation between its products: one small nonlinear step for each number of
// arcs in and out, of which layered networks have four. With the products for unknowns the rest is
// linear, and no unknown is in two equations: adding them up is the proof.
// Cost: linear in the arcs; at 24,704 arcs 2 s for Z3 and 6 s for cvc5.
import Checker

/// Which arcs enter and leave each node; self loops, which contribute 0 to every sum, are left out.
struct NodeArcs {
  /// The arcs into each node.
  let entering: [[Int]]
  /// The arcs out of each node.
  let leaving: [[Int]]
  /// The arcs that join different nodes.
  let joining: [Int]

  init(_ network: FlowNetwork) {
    var entering = [[Int]](repeating: [], count: network.nodeCount)
    var leaving = entering
    var joining: [Int] = []
    network.arcs.forEach { arc, tail, head in
      guard tail != head else { return }
      joining.append(arc)
      entering[head].append(arc)
      leaving[tail].append(arc)
    }
    (self.joining, self.entering, self.leaving) = (joining, entering, leaving)
  }
}

/// A number of arcs into a node and a number of arcs out of it.
private struct NodeDegrees: Hashable, Comparable {
  let entering: Int
  let leaving: Int

  static func < (lhs: NodeDegrees, rhs: NodeDegrees) -> Bool {
    (lhs.entering, lhs.leaving) < (rhs.entering, rhs.leaving)
  }
}

/// The steps that prove `sum_e d_e (y_head - y_tail) = 0` for all circulations and potentials.
///
/// - Parameters:
///   - network: the network.
///   - hasReturnArc: whether the circulation may use the return arc, from sink to source.
/// - Returns: a step for each pair of degrees, and the linear step.
func circulationSteps(_ network: FlowNetwork, hasReturnArc: Bool) -> [ProposedStep] {
  let arcs = NodeArcs(network)
  var entering: [[String]] = arcs.entering.map { $0.map { "h\($0)" } }
  var leaving: [[String]] = arcs.leaving.map { $0.map { "t\($0)" } }
  if hasReturnArc {
    entering[network.source].append("hr")
    leaving[network.sink].append("tr")
  }
  let nodes = entering.indices.filter { !entering[$0].isEmpty || !leaving[$0].isEmpty }
  let degrees = Set(
    nodes.map { NodeDegrees(entering: entering[$0].count, leaving: leaving[$0].count) })
  let claim = "For a circulation d and potentials y, the sum of d_e (y_head - y_tail) is 0."
  var script = SMTLibScript(
    logic: .linearReal,
    about: [
      "circulation: \(claim)", "t<e> is d_e y_tail and h<e> is d_e y_head of arc e.",
      hasReturnArc ? "tr and hr belong to the return arc." : "The value is fixed: d_r = 0.",
      "The equation of each node is a step node-<in>-<out>.",
    ])
  for name in arcs.joining.flatMap({ ["t\($0)", "h\($0)"] }) { script.declare(name) }
  if hasReturnArc { script.declare("tr", "hr") }
  for node in nodes { script.assert("(= \(sum(entering[node])) \(sum(leaving[node])))") }
  let heads = arcs.joining.map { "h\($0)" } + (hasReturnArc ? ["hr"] : [])
  let tails = arcs.joining.map { "t\($0)" } + (hasReturnArc ? ["tr"] : [])
  script.assert("(not (= \(sum(heads)) \(sum(tails))))")
  return degrees.sorted().map(nodeStep) + [
    ProposedStep(name: "circulation", claim: claim, logic: .linearReal, smtlib: script.text)
  ]
}

/// The step that multiplies the equation of a node with its potential.
private func nodeStep(_ degrees: NodeDegrees) -> ProposedStep {
  let name = "node-\(degrees.entering)-\(degrees.leaving)"
  let claim =
    "Where \(degrees.entering) arcs enter and \(degrees.leaving) leave a node with potential y, "
    + "their products with y balance if they do."
  var script = SMTLibScript(logic: .nonlinearReal, about: ["\(name): \(claim)"])
  let entering = (0..<degrees.entering).map { "i\($0)" }
  let leaving = (0..<degrees.leaving).map { "o\($0)" }
  (["y"] + entering + leaving).forEach { script.declare($0) }
  script.assert("(= \(sum(entering)) \(sum(leaving)))")
  let products = [entering, leaving].map { sum($0.map { "(* y \($0))" }) }
  script.assert("(not (= \(products[0]) \(products[1])))")
  return ProposedStep(name: name, claim: claim, logic: .nonlinearReal, smtlib: script.text)
}

/// The step that a sum with one term per arc is not negative if no term is.
///
/// A proof uses it for all arcs but one, whose term is positive. To ask at once that some term is
/// positive and the sum is not costs a disjunction: 35 s at 24,704 arcs, where this takes half.
func sumStep(_ network: FlowNetwork) -> ProposedStep {
  let claim = "A sum with one term for each arc is not negative if no term is."
  var script = SMTLibScript(logic: .linearReal, about: ["sum: \(claim)"])
  let terms = (0..<network.arcCount).map { "x\($0)" }
  for term in terms {
    script.declare(term)
    script.assert("(>= \(term) 0)")
  }
  script.assert("(< \(sum(terms)) 0)")
  return ProposedStep(name: "sum", claim: claim, logic: .linearReal, smtlib: script.text)
}

/// The last step: no other flow is as good as `f`.
///
/// - Parameter returnArc: what is asked of it.
/// - Returns: a step about the excess `x` of one arc, that of all others, `rest`, the sum of
///   `slope (g - f)`, and the change of the objective.
func optimumStep(_ returnArc: CirculationProblem.ReturnArc) -> ProposedStep {
  let claim =
    "If the excess is positive on one arc and not negative on the others, the objective rises."
  var script = SMTLibScript(
    logic: .nonlinearReal,
    about: [
      "optimum: \(claim)",
      "slopes is the sum of d_e (y_head - y_tail), costs what the costs rise by",
    ])
  script.declare("x", "rest", "slopes", "costs")
  script.assert("(> x 0)", "(>= rest 0)", "(= costs (+ slopes x rest))")
  switch returnArc {
  case .free:
    script.comment("r is the change of the value, on the return arc from the sink to the source")
    script.declare("r", "ysource", "ysink", "gain")
    script.assert("(= (+ slopes (* r (- ysource ysink))) 0)", "(= (- ysink ysource) gain)")
    script.assert("(<= (- costs (* gain r)) 0)")
  case .fixed:
    script.comment("the value does not change: nothing flows on the return arc")
    script.assert("(= slopes 0)", "(<= costs 0)")
  }
  return ProposedStep(name: "optimum", claim: claim, logic: .nonlinearReal, smtlib: script.text)
}

/// The last step of arguments by potentials: the sum over all arcs cannot be both 0 and positive.
///
/// - Parameters:
///   - name: the name of the step.
///   - returnArc: what is asked of it; if it is free, the potentials of its ends agree.
/// - Returns: the step.
func balanceStep(_ name: String, _ returnArc: CirculationProblem.ReturnArc) -> ProposedStep {
  let claim =
    "If a term is positive on one arc and not negative on the others, the sum is not 0."
  var script = SMTLibScript(
    logic: .nonlinearReal,
    about: ["\(name): \(claim)", "slopes is the sum of d_e (w_head - w_tail)"])
  script.declare("x", "rest", "slopes")
  script.assert("(> x 0)", "(>= rest 0)", "(= slopes (+ x rest))")
  switch returnArc {
  case .free:
    script.comment("w is equal at the ends of the return arc, on which d is r")
    script.declare("r", "wsource", "wsink")
    script.assert("(= (+ slopes (* r (- wsource wsink))) 0)", "(= wsource wsink)")
  case .fixed:
    script.comment("nothing flows on the return arc")
    script.assert("(= slopes 0)")
  }
  return ProposedStep(name: name, claim: claim, logic: .nonlinearReal, smtlib: script.text)
}

// What holds on one arc, for all numbers: the symbolic steps. Each text asserts the premises and
// the opposite of the conclusion. Names: l, u the bounds, f the flow at hand, g another flow, d
// their difference, which has a name so that cvc5, too, finds the products that matter.

/// The premises and the negated conclusion of a lemma about one arc.
private struct ArcLemma {
  let name: String
  let claim: String
  let unknowns: [String]
  let premises: [String]
  let opposite: String

  /// The lemma itself: its opposite does not hold.
  var step: ProposedStep { proposed(name, claim, asserting: premises + [opposite]) }

  /// That the premises hold together: the lemma says something.
  var premisesStep: ProposedStep {
    var step = proposed(
      name + "-premises", "The premises of the step before hold together.", asserting: premises)
    step.expected = .satisfiable
    return step
  }

  private func proposed(
    _ name: String, _ claim: String, asserting formulas: [String]
  ) -> ProposedStep {
    var script = SMTLibScript(logic: .nonlinearReal, about: ["\(name): \(claim)"])
    unknowns.forEach { script.declare($0) }
    formulas.forEach { script.assert($0) }
    return ProposedStep(name: name, claim: claim, logic: .nonlinearReal, smtlib: script.text)
  }
}

/// An arc of a circulation whose conditions of optimality hold at `f`: `slope` is `(By)_e`.
///
/// Its cost is `c x + lambda x^2`. The excess is `cost(g) - cost(f) - slope (g - f)`, which equals
/// `lambda (g - f)^2 + (s_l - s_u) (g - f)`.
private let optimalArc = (
  unknowns: ["l", "u", "c", "lambda", "f", "g", "d", "sl", "su", "slope"],
  premises: [
    "(= d (- g f))",
    "(<= l f u)", "(<= l g u)", "(>= sl 0)", "(>= su 0)", "(or (= sl 0) (= f l))",
    "(or (= su 0) (= f u))", "(= (+ c (* 2 lambda f) (- sl) su) slope)",
  ],
  rise: "(- (+ (* c g) (* lambda g g)) (+ (* c f) (* lambda f f)))"
)

/// No arc's excess is negative.
let weakOptimalArcSteps: [ProposedStep] = {
  let lemma = ArcLemma(
    name: "arc-excess",
    claim: "On an optimal arc, cost(g) - cost(f) - slope (g - f) is not negative.",
    unknowns: optimalArc.unknowns, premises: ["(>= lambda 0)"] + optimalArc.premises,
    opposite: "(< \(optimalArc.rise) (* slope d))")
  return [lemma.step]
}()

/// The excess of an arc with a square is positive where the flows differ.
let squareArcSteps: [ProposedStep] = {
  let lemma = ArcLemma(
    name: "arc-excess-squares",
    claim: "With a square, the excess is positive where the flows differ.",
    unknowns: optimalArc.unknowns,
    premises: ["(> lambda 0)"] + optimalArc.premises + ["(not (= d 0))"],
    opposite: "(<= \(optimalArc.rise) (* slope d))")
  return [lemma.step, lemma.premisesStep]
}()

/// The excess of an arc with a positive multiplier is positive where the flows differ.
let multiplierArcSteps: [ProposedStep] = {
  let lemma = ArcLemma(
    name: "arc-excess-multiplier",
    claim: "With a positive multiplier, the excess is positive where the flows differ.",
    unknowns: optimalArc.unknowns,
    premises: ["(>= lambda 0)"] + optimalArc.premises
      + ["(or (> sl 0) (> su 0))", "(not (= d 0))"],
    opposite: "(<= \(optimalArc.rise) (* slope d))")
  return [lemma.step, lemma.premisesStep]
}()

/// Two stationary flows `f` and `g` strictly inside an arc: what the logarithms' slopes do.
///
/// The derivative of `-mu (log(x - l) + log(u - x))` is `-mu p + mu q` with `p (x - l) = 1` and
/// `q (u - x) = 1`. The first lemma is used twice, for `x - l` and for `u - x`; its conclusions are
/// premises of the second. Together they are what [U]'s per-arc inequality says,
/// `(f-g)^2 ((u-f)(u-g) + (f-l)(g-l)) > 0`, in a form that other solvers decide too.
let logarithmArcSteps: [ProposedStep] = {
  let reciprocals = ArcLemma(
    name: "arc-reciprocals",
    claim: "Of two positive numbers the larger one has the smaller reciprocal.",
    unknowns: ["x", "y", "p", "q"],
    premises: ["(< 0 x y)", "(= (* p x) 1)", "(= (* q y) 1)"], opposite: "(<= p q)")
  let slopes = ArcLemma(
    name: "arc-slopes-logarithms",
    claim: "The slope of the logarithms rises: d (slope(f) - slope(g)) > 0 for d = f - g.",
    unknowns: ["mu", "d", "pf", "qf", "pg", "qg", "p", "q"],
    premises: [
      "(> mu 0)", "(not (= d 0))", "(=> (< d 0) (and (> pf pg) (< qf qg)))",
      "(=> (> d 0) (and (< pf pg) (> qf qg)))", "(= p (- pf pg))", "(= q (- qf qg))",
    ], opposite: "(<= (* d (+ (- (* mu p)) (* mu q))) 0)")
  return [reciprocals.step, reciprocals.premisesStep, slopes.step, slopes.premisesStep]
}()

/// Multipliers of two flows on an arc without a term: `s_u - s_l` never falls as the flow rises.
let boundedArcSteps: [ProposedStep] = {
  let lemma = ArcLemma(
    name: "arc-slopes-bounds",
    claim: "Without a term, (f - g) (slope(f) - slope(g)) is not negative.",
    unknowns: ["l", "u", "c", "f", "g", "slf", "suf", "slg", "sug"],
    premises: [
      "(<= l f u)", "(<= l g u)", "(>= slf 0)", "(>= suf 0)", "(>= slg 0)", "(>= sug 0)",
      "(or (= slf 0) (= f l))", "(or (= suf 0) (= f u))", "(or (= slg 0) (= g l))",
      "(or (= sug 0) (= g u))",
    ], opposite: "(< (* (- f g) (- (+ c (- slf) suf) (+ c (- slg) sug))) 0)")
  return [lemma.step]
}()

/// Levels that never fall along an arc with room, nor rise along one that can give flow back.
///
/// `a` is the level of the tail and `b` that of the head.
let levelArcSteps: [ProposedStep] = {
  let unknowns = ["l", "u", "f", "g", "d", "a", "b", "h"]
  let premises = [
    "(= d (- g f))", "(= h (- b a))", "(<= l f u)", "(<= l g u)", "(or (= f u) (<= a b))",
    "(or (= f l) (<= b a))",
  ]
  let weak = ArcLemma(
    name: "arc-levels", claim: "With such levels, d h = (g - f) (b - a) is not negative.",
    unknowns: unknowns, premises: premises, opposite: "(< (* d h) 0)")
  let strict = ArcLemma(
    name: "arc-levels-frozen",
    claim: "Between different levels, d h = (g - f) (b - a) is positive where the flows differ.",
    unknowns: unknowns, premises: premises + ["(not (= h 0))", "(not (= d 0))"],
    opposite: "(<= (* d h) 0)")
  return [weak.step, strict.step, strict.premisesStep]
}()

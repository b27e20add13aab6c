// The residuals of the duals, arc by arc. With the slacks p = f - l and q = u - f, the residual is
//
//     rho(e) = c(e) + phi'(f(e)) - s_l(e) + s_u(e) - (y(head) - y(tail)),
//     phi'(x) = 2 lambda x    or    -mu / p + mu / q    or    0.
//
// Multipliers are multiplied by slacks, and costs by both slacks. The head room of `ExactVector`
// does not cover products, so this part of the kernel calculates with integers of any size: flow
// and bounds over one denominator D, costs, potentials and multipliers over another, E.
import ExactArithmetic

/// A fraction that is not brought into lowest terms; the denominator is positive.
struct Fraction {
  var numerator: BigInteger
  var denominator: BigInteger

  var rational: Rational { Rational(numerator, denominator) }

  /// Whether the absolute value is the larger one.
  func exceeds(_ other: Fraction) -> Bool {
    numerator.magnitude * other.denominator > other.numerator.magnitude * denominator
  }
}

/// What the rules ask of one arc.
struct ArcResidual {
  /// The slacks `p = f - l` and `q = u - f`, times `D`.
  let below: BigInteger
  let above: BigInteger
  /// The multipliers `s_l` and `s_u`, times `E`.
  let lowerMultiplier: BigInteger
  let upperMultiplier: BigInteger
  /// The potential difference `y(head) - y(tail)`, times `E`.
  let potentialDifference: BigInteger
  /// Whether the arc carries the convex term.
  let hasTerm: Bool
  /// The residual; nil for a logarithm at a bound or beyond, which has no gradient.
  let residual: Fraction?

  /// The gap `s_l p + s_u q`, times `D E`.
  var gap: BigInteger {
    let (lower, upper) = (lowerMultiplier, upperMultiplier)
    if lower.isZero && upper.isZero { return .zero }
    return lower * below + upper * above
  }
}

/// A flow and duals of a circulation problem over two denominators.
struct DualResiduals {
  let problem: CirculationProblem
  /// The denominator of flow and bounds, `D`.
  let flowDenominator: BigInteger
  /// The denominator of costs, potentials and multipliers, `E`.
  let dualDenominator: BigInteger
  private let primal: [ExactVector]
  private let dual: [ExactVector]
  private let gradient: TermGradient

  /// Brings the vectors over their denominators; counts are checked by the caller.
  init(_ problem: CirculationProblem, flow: ExactVector, duals: CirculationDuals) {
    self.problem = problem
    let network = problem.network
    (primal, flowDenominator) = overOneDenominator(
      [flow, problem.lowerBounds, network.capacities])
    (dual, dualDenominator) = overOneDenominator(
      [problem.costs, duals.lowerMultipliers, duals.upperMultipliers, duals.potentials])
    gradient = TermGradient(problem.term, flowDenominator, dualDenominator)
  }

  /// Calls `body` with every arc that is not frozen, in arc order.
  func forEach(notIn isFrozen: [Bool], _ body: (_ arc: Int, ArcResidual) -> Void) {
    let (flow, lower, upper) = (primal[0], primal[1], primal[2])
    let (costs, lowers, uppers, potentials) = (dual[0], dual[1], dual[2], dual[3])
    let termArcCount = problem.termArcCount
    problem.network.arcs.forEach { arc, tail, head in
      guard !isFrozen[arc] else { return }
      let amount = flow.numerator(arc)
      let below = amount - lower.numerator(arc)
      let above = upper.numerator(arc) - amount
      let (lowerMultiplier, upperMultiplier) = (lowers.numerator(arc), uppers.numerator(arc))
      let difference = potentials.numerator(head) - potentials.numerator(tail)
      let linear = costs.numerator(arc) - lowerMultiplier + upperMultiplier - difference
      let hasTerm = arc < termArcCount
      body(
        arc,
        ArcResidual(
          below: below, above: above, lowerMultiplier: lowerMultiplier,
          upperMultiplier: upperMultiplier, potentialDifference: difference, hasTerm: hasTerm,
          residual: hasTerm
            ? gradient.added(to: linear, amount, below, above)
            : Fraction(numerator: linear, denominator: dualDenominator)))
    }
  }
}

/// Adds the gradient of the convex term to a fraction over `E`.
private enum TermGradient {
  case none(denominator: BigInteger)
  /// `x / E + 2 lambda F / D = (x k + F j) / M`.
  case squares(k: BigInteger, j: BigInteger, denominator: BigInteger)
  /// With `mu = a / b`, `P = D p` and `Q = D q`: `x / E - (a/b) D / P + (a/b) D / Q`, which is
  /// `(x b P Q + E a D (P - Q)) / (E b P Q)`.
  case logarithms(b: BigInteger, aDE: BigInteger, bE: BigInteger)

  init(
    _ term: CirculationProblem.Term, _ flowDenominator: BigInteger, _ dualDenominator: BigInteger
  ) {
    switch term {
    case .none: self = .none(denominator: dualDenominator)
    case .squares(let lambda):
      let slope = (lambda + lambda) / Rational(flowDenominator)
      let common = BigInteger.leastCommonMultiple(dualDenominator, slope.denominator)
      self = .squares(
        k: common.floorDivided(by: dualDenominator),
        j: slope.numerator * common.floorDivided(by: slope.denominator), denominator: common)
    case .logarithms(let mu):
      self = .logarithms(
        b: mu.denominator, aDE: mu.numerator * flowDenominator * dualDenominator,
        bE: mu.denominator * dualDenominator)
    }
  }

  func added(
    to linear: BigInteger, _ amount: BigInteger, _ below: BigInteger, _ above: BigInteger
  ) -> Fraction? {
    switch self {
    case .none(let denominator): return Fraction(numerator: linear, denominator: denominator)
    case .squares(let k, let j, let denominator):
      return Fraction(numerator: linear * k + amount * j, denominator: denominator)
    case .logarithms(let b, let aDE, let bE):
      guard below.signum() > 0, above.signum() > 0 else { return nil }
      let product = below * above
      return Fraction(
        numerator: linear * b * product + aDE * (below - above), denominator: bE * product)
    }
  }
}

// The bounds of `CheckDistance.swift` calculated once more, in fractions, by their formulas.
import Checker
import ExactArithmetic
import TestSupport

/// A certificate for a circulation whose norm and radius are the best that its duals allow, up to
/// rounding; nil for logarithms if the norm is 1 or more.
func bestDistance(
  _ problem: CirculationProblem, _ flow: [Rational], _ duals: CirculationDuals
) -> DistanceCertificate? {
  let network = problem.network
  var (squares, gap, leastCurvature) = (Rational(0), Rational(0), Rational?.none)
  for arc in flow.indices where problem.lowerBounds[arc] < network.capacities[arc] {
    let (tail, head) = network.arcs.ends(of: arc)
    let (below, above) = (flow[arc] - problem.lowerBounds[arc], network.capacities[arc] - flow[arc])
    let residual =
      problem.costs[arc] + termGradient(problem, arc, flow[arc]) - duals.lowerMultipliers[arc]
      + duals.upperMultipliers[arc] - duals.potentials[head] + duals.potentials[tail]
    gap += duals.lowerMultipliers[arc] * below + duals.upperMultipliers[arc] * above
    guard problem.carriesTerm(arc) else { continue }
    if case .logarithms(let mu) = problem.term {
      let curvature = 1 / (below * below) + 1 / (above * above)
      squares += residual * residual / (mu * mu * curvature)
      leastCurvature = min(leastCurvature ?? curvature, curvature)
    } else {
      squares += residual * residual
    }
  }
  let norm = squares == 0 ? 0 : squareRootAbove(squares)
  var radius = Rational(0)
  switch problem.term {
  case .none: break
  case .squares(let lambda):
    radius = (norm + squareRootAbove(norm * norm + 8 * lambda * gap)) / (4 * lambda)
    if norm == 0 && gap == 0 { radius = 0 }
  case .logarithms:
    guard norm < 1 else { return nil }
    if norm > 0, let leastCurvature {
      radius = norm / (1 - norm) * squareRootAbove(1 / leastCurvature)
    }
  }
  return DistanceCertificate(
    duals: duals, levels: [Int32](repeating: 0, count: network.nodeCount), norm: norm,
    radius: radius)
}

/// A number above the square root, by at most 2^-60.
func squareRootAbove(_ square: Rational) -> Rational {
  let target = (square * Rational(BigInteger.powerOfTwo(122))).floor
  var root = BigInteger.zero
  // The largest integer whose square is at most the target, bit by bit.
  for bit in stride(from: target.magnitudeBitCount / 2 + 1, through: 0, by: -1) {
    let next = root + BigInteger.powerOfTwo(bit)
    if next * next <= target { root = next }
  }
  return Rational(root + 1, BigInteger.powerOfTwo(61))
}

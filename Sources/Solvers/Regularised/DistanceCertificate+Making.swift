// The certificate of a refined point: multipliers, and bounds that the kernel will find to hold.
//
// The kernel computes every residual exactly. Here it is known up to the rounding of the term's
// derivative, so each residual is enlarged by a bound on that, sums are enlarged by more than what
// adding up can lose, and square roots by more than what they can: what is stated is an upper
// bound, and if it were not, the kernel would refuse it.
import Checker
import ExactArithmetic
import Networks

/// A relative allowance for the rounding of sums over all arcs, and of a few operations after.
private let allowance = 1 + 1e-8

/// A bound on the relative rounding error of a term's derivative and what goes into it.
private let derivativeError = 0x1p-49

extension GridPoint {
  /// A certificate for this point with squares, and the multipliers; nil if no bound is finite.
  func squaresCertificate(_ working: WorkingProblem) -> DistanceCertificate? {
    let sigma = working.curvature
    var differences = [Int128](repeating: 0, count: flow.count)
    reducedDifferences(working, into: &differences)
    var lowerMultipliers = [Int128](repeating: 0, count: flow.count)
    var upperMultipliers = lowerMultipliers
    let (unit, perUnit) = (potentialUnit, 1 / working.unitsPerFlow)
    var (squares, gap) = (0.0, 0.0)
    for arc in flow.indices where working.isActive[arc] {
      let derivative = sigma * FixedPoint.double(flow[arc]) * perUnit
      let residual = FixedPoint.integer(derivative / unit) - differences[arc]
      let size = abs(FixedPoint.double(residual)) * unit
      let slack =
        residual > 0 ? flow[arc] - working.lower[arc] : working.upper[arc] - flow[arc]
      let room = FixedPoint.double(slack) * perUnit
      var error = derivativeError * abs(derivative) + 4 * unit
      // Whichever costs less: a residual, or a multiplier beside a slack.
      if sigma * room < size {
        if residual > 0 { lowerMultipliers[arc] = residual }
        if residual < 0 { upperMultipliers[arc] = -residual }
        gap += size * room
      } else {
        error += size
      }
      squares += error * error
    }
    // All of it back in the units of the problem.
    let norm = squares.squareRoot() * working.costScale * allowance
    let exactGap = gap * working.costScale * working.flowScale * allowance
    let modulus = sigma * working.costScale / working.flowScale
    let radius = (norm + (norm * norm + 4 * modulus * exactGap).squareRoot()) / (2 * modulus)
    return certificate(
      working, lowerMultipliers, upperMultipliers, norm: norm, radius: radius * allowance)
  }

  /// A certificate for this point with logarithms; nil if it is not near enough to the optimum.
  func logarithmsCertificate(_ working: WorkingProblem) -> DistanceCertificate? {
    var differences = [Int128](repeating: 0, count: flow.count)
    reducedDifferences(working, into: &differences)
    let zeros = [Int128](repeating: 0, count: flow.count)
    let (unit, perUnit, weight) = (potentialUnit, 1 / working.unitsPerFlow, working.weight)
    var (squares, widest) = (0.0, 0.0)
    for arc in flow.indices where working.isActive[arc] {
      let p = FixedPoint.double(flow[arc] - working.lower[arc]) * perUnit
      let q = FixedPoint.double(working.upper[arc] - flow[arc]) * perUnit
      let difference = FixedPoint.double(differences[arc]) * unit
      let residual = abs(weight / q - weight / p - difference)
      let size = residual + derivativeError * (weight / p + weight / q) + 4 * unit
      // 1 / h = p^2 q^2 / (p^2 + q^2), without leaving the range of doubles.
      let (small, large) = (min(p, q), max(p, q))
      let width = small / (1 + (small / large) * (small / large)).squareRoot()
      squares += (size / weight * width) * (size / weight * width)
      widest = max(widest, width)
    }
    let norm = squares.squareRoot() * allowance
    guard norm < 0.5 else { return nil }
    let radius = norm / (1 - norm) * widest * working.flowScale
    return certificate(working, zeros, zeros, norm: norm, radius: radius * allowance)
  }

  private func certificate(
    _ working: WorkingProblem, _ lower: [Int128], _ upper: [Int128], norm: Double, radius: Double
  ) -> DistanceCertificate? {
    guard let norm = Rational(exactly: norm), let radius = Rational(exactly: radius) else {
      return nil
    }
    let scale = working.exactCostScale / Rational(BigInteger.powerOfTwo(potentialBits))
    func vector(_ values: [Int128]) -> ExactVector {
      if scale.numerator == .one { return ExactVector(values, denominator: scale.denominator) }
      return ExactVector(
        values.map { BigInteger($0) * scale.numerator }, denominator: scale.denominator)
    }
    return DistanceCertificate(
      duals: CirculationDuals(
        potentials: vector(potentials), lowerMultipliers: vector(lower),
        upperMultipliers: vector(upper)),
      levels: working.presolve.levels, norm: norm, radius: radius)
  }

  /// The flow as the kernel reads it.
  func exactFlow(_ working: WorkingProblem) -> ExactVector {
    ExactVector(flow, denominator: working.denominator)
  }
}

import Checker
import ExactArithmetic

/// The bounds of a problem as multiples of one small unit.
struct FlowGrid {
  /// Lower bounds, rounded up; at dropped arcs the amount.
  var lower: [Int128]
  /// Upper bounds, rounded down; at dropped arcs the amount.
  var upper: [Int128]
  /// The demand of each node.
  var demand: [Int128]
  /// What the integers are divided by.
  let denominator: BigInteger

  /// The number of bits that sums of amounts may take.
  private static let bitLimit = 122

  /// The grid of a problem; nil if a dropped arc, or the fixed value, is not on any grid of 128
  /// bits.
  init?(_ problem: CirculationProblem, isActive: [Bool], feasibleFlow: ExactVector) {
    let network = problem.network
    var fixedValue = Rational.zero
    if case .fixed(let value) = problem.returnArc { fixedValue = value }
    // Dropped arcs have the amount that they have in any feasible flow.
    let vectors = [problem.lowerBounds, network.capacities, feasibleFlow]
    let common = (vectors.map(\.denominator) + [fixedValue.denominator])
      .reduce(BigInteger.one) { BigInteger.leastCommonMultiple($0, $1) }
    let restated = vectors.map { $0.restated(over: common) }
    let valueNumerator = (fixedValue * Rational(common)).numerator
    let sumBits = restated.map { magnitudeSum($0).magnitudeBitCount }.reduce(0, max)
    let shift = Self.bitLimit - 1 - max(sumBits, valueNumerator.magnitudeBitCount)
    if shift >= 0 {
      let wide = restated.map { shifted($0, by: shift) }
      lower = wide[0]
      upper = wide[1]
      for arc in isActive.indices where !isActive[arc] {
        lower[arc] = wide[2][arc]
        upper[arc] = wide[2][arc]
      }
      denominator = common.shifted(left: shift)
    } else {
      // Too many bits: bounds are rounded inwards to a multiple of a power of two.
      let total = restated.map { Rational(magnitudeSum($0), common) }
        .reduce(fixedValue.magnitude) { max($0, $1) }
      let totalBits =
        total.numerator.magnitudeBitCount - total.denominator.magnitudeBitCount + 1
      let exponent = Self.bitLimit - 1 - totalBits
      guard exponent >= 0 else { return nil }
      let scale = Rational(BigInteger.powerOfTwo(exponent))
      guard (fixedValue * scale).isInteger else { return nil }
      denominator = BigInteger.powerOfTwo(exponent)
      lower = []
      upper = []
      for arc in isActive.indices {
        var below = -(-(restated[0][arc] * scale)).floor
        var above = (restated[1][arc] * scale).floor
        if !isActive[arc] {
          let amount = restated[2][arc] * scale
          guard amount.isInteger else { return nil }
          below = amount.numerator
          above = below
        }
        guard let low = below.asInt128, let high = above.asInt128, low <= high else { return nil }
        lower.append(low)
        upper.append(high)
      }
    }
    demand = [Int128](repeating: 0, count: network.nodeCount)
    guard let value = (fixedValue * Rational(denominator)).numerator.asInt128 else { return nil }
    demand[network.source] = -value
    demand[network.sink] = value
  }
}

/// The sum of the absolute values of the numerators.
private func magnitudeSum(_ vector: ExactVector) -> BigInteger {
  switch vector.elements {
  case .int64(let values): BigInteger(values.reduce(into: Int128(0)) { $0 += Int128($1.magnitude) })
  case .int128(let values): BigInteger(values.reduce(into: Int128(0)) { $0 += abs($1) })
  case .big(let values): values.reduce(into: BigInteger.zero) { $0 += $1.magnitude }
  }
}

/// The numerators times a power of two; their sum fits 128 bits.
private func shifted(_ vector: ExactVector, by shift: Int) -> [Int128] {
  let places = Int128(shift)
  return switch vector.elements {
  case .int64(let values): values.map { Int128($0) << places }
  case .int128(let values): values.map { $0 << places }
  case .big(let values): values.map { ($0.asInt128 ?? 0) << places }
  }
}

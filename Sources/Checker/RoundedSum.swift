import ExactArithmetic

/// An upper bound of a sum of fractions with many denominators.
///
/// Every term is rounded up to a multiple of 2^-200, so that the sum of a million terms stays
/// short; it exceeds the exact sum by less than 2^-200 a term.
struct RoundedSum {
  private let factor: Rational
  private var units = BigInteger.zero

  /// The sum 0, of terms that share a positive divisor.
  init(dividedBy divisor: BigInteger) {
    factor = Rational(BigInteger.powerOfTwo(200), divisor)
  }

  /// Adds `numerator / (denominator * divisor)`, rounded up; the denominator is positive.
  mutating func add(_ numerator: BigInteger, over denominator: BigInteger) {
    // ceil(x / y) = -floor(-x / y).
    units -= (-(numerator * factor.numerator)).floorDivided(by: denominator * factor.denominator)
  }

  /// The sum so far.
  var value: Rational { Rational(units, BigInteger.powerOfTwo(200)) }
}

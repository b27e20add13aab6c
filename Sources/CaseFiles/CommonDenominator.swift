import ExactArithmetic

/// Limits against fractions that are small one by one and huge over one denominator.
///
/// A million entries with distinct prime denominators would need a million integers of millions
/// of digits. Doubles need no limit: their denominators divide 2^1074.
enum CommonDenominator {
  /// The most bits of all numerators together: one gigabyte.
  static let bitLimit = 1 << 33

  /// The fractions over their least common denominator; nil beyond the limit.
  static func vector(_ fractions: [Rational]) -> ExactVector? {
    let entryLimit = bitLimit / max(fractions.count, 1)
    var common = BigInteger.one
    var largest = 0
    var previous = BigInteger.one
    for fraction in fractions {
      let denominator = fraction.denominator
      if denominator != previous {
        common = .leastCommonMultiple(common, denominator)
        previous = denominator
      }
      largest = max(largest, fraction.numerator.magnitudeBitCount)
      guard common.magnitudeBitCount + largest <= entryLimit else { return nil }
    }
    return ExactVector(fractions)
  }
}

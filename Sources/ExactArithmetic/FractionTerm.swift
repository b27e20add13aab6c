// The arithmetic of fractions in lowest terms, written once for the three tiers. An operation that
// could overflow gives nothing, and the caller repeats it in the next tier.
//
// Common divisors are removed before multiplying, not after ("gcd first"): the numbers stay small
// and the result is in lowest terms by construction.
// Source: Donald E. Knuth, "The Art of Computer Programming", volume 2, section 4.5.1.

/// What the numerator and denominator of a fraction must be able to do.
protocol FractionTerm: SignedNumeric, Comparable {
  /// The sum, or nothing on overflow.
  func checkedSum(_ other: Self) -> Self?

  /// The product, or nothing on overflow.
  func checkedProduct(_ other: Self) -> Self?

  /// The greatest common divisor of this number, of any sign, and a positive one.
  func commonDivisor(withPositive other: Self) -> Self

  /// The quotient by a positive number that is known to be a divisor.
  func dividedExactly(by divisor: Self) -> Self
}

/// A fraction of one tier in lowest terms with a positive denominator.
struct Terms<Term: FractionTerm> {
  var numerator: Term
  var denominator: Term

  /// Brings a fraction with a positive denominator to lowest terms.
  static func reduced(_ numerator: Term, _ denominator: Term) -> Terms {
    if denominator == 1 { return Terms(numerator: numerator, denominator: denominator) }
    let divisor = numerator.commonDivisor(withPositive: denominator)
    return Terms(
      numerator: numerator.dividedExactly(by: divisor),
      denominator: denominator.dividedExactly(by: divisor))
  }

  /// The sum in lowest terms, or nothing on overflow.
  ///
  /// With g = gcd(b, d), a/b + c/d = (a (d/g) + c (b/g)) / ((b/g) d), and only divisors of g can
  /// still be common to both sides.
  func sum(_ other: Terms) -> Terms? {
    if denominator == other.denominator {
      guard let total = numerator.checkedSum(other.numerator) else { return nil }
      return .reduced(total, denominator)
    }
    let common = denominator.commonDivisor(withPositive: other.denominator)
    let factor = other.denominator.dividedExactly(by: common)
    let otherFactor = denominator.dividedExactly(by: common)
    guard let left = numerator.checkedProduct(factor),
      let right = other.numerator.checkedProduct(otherFactor),
      let total = left.checkedSum(right)
    else { return nil }
    let divisor = common == 1 ? common : total.commonDivisor(withPositive: common)
    let rest = other.denominator.dividedExactly(by: divisor)
    guard let product = otherFactor.checkedProduct(rest) else { return nil }
    return Terms(numerator: total.dividedExactly(by: divisor), denominator: product)
  }

  /// The product in lowest terms, or nothing on overflow.
  ///
  /// (a/b)(c/d) with gcd(a, d) and gcd(c, b) removed crosswise is in lowest terms.
  func product(_ other: Terms) -> Terms? {
    let first = numerator.commonDivisor(withPositive: other.denominator)
    let second = other.numerator.commonDivisor(withPositive: denominator)
    guard
      let upper = numerator.dividedExactly(by: first)
        .checkedProduct(other.numerator.dividedExactly(by: second)),
      let lower = denominator.dividedExactly(by: second)
        .checkedProduct(other.denominator.dividedExactly(by: first))
    else { return nil }
    return Terms(numerator: upper, denominator: lower)
  }

  /// Whether this fraction is the smaller one, or nothing on overflow.
  ///
  /// a/b < c/d iff a d < c b, as both denominators are positive.
  func isLess(than other: Terms) -> Bool? {
    if denominator == other.denominator { return numerator < other.numerator }
    guard let left = numerator.checkedProduct(other.denominator),
      let right = other.numerator.checkedProduct(denominator)
    else { return nil }
    return left < right
  }
}

extension FractionTerm where Self: FixedWidthInteger {
  func checkedSum(_ other: Self) -> Self? {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? nil : sum
  }

  func checkedProduct(_ other: Self) -> Self? {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? nil : product
  }

  func dividedExactly(by divisor: Self) -> Self {
    divisor == 1 ? self : self / divisor
  }
}

extension Int64: FractionTerm {
  func commonDivisor(withPositive other: Int64) -> Int64 {
    if other == 1 { return 1 }
    // A divisor of a positive Int64 is no larger than it.
    return Int64(
      truncatingIfNeeded: MachineDivisor.greatestCommon(magnitude, other.magnitude))
  }
}

extension Int128: FractionTerm {
  func commonDivisor(withPositive other: Int128) -> Int128 {
    if other == 1 { return 1 }
    // A divisor of a positive Int128 is no larger than it.
    return Int128(
      truncatingIfNeeded: MachineDivisor.greatestCommon(magnitude, other.magnitude))
  }
}

extension BigInteger: FractionTerm {
  func checkedSum(_ other: BigInteger) -> BigInteger? { self + other }

  func checkedProduct(_ other: BigInteger) -> BigInteger? { self * other }

  func commonDivisor(withPositive other: BigInteger) -> BigInteger {
    BigInteger.greatestCommonDivisor(self, other)
  }
}

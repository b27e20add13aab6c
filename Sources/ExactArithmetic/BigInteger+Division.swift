import CGMP

// Division with remainder, exact division, and the greatest common divisor.

extension BigInteger {
  /// Divides, rounding the quotient towards zero; the remainder has the sign of the dividend.
  ///
  /// `self == quotient * divisor + remainder` and `|remainder| < |divisor|`.
  /// Precondition: the divisor is not 0.
  public func quotientAndRemainder(
    dividingBy divisor: BigInteger
  ) -> (quotient: BigInteger, remainder: BigInteger) {
    precondition(!divisor.isZero, "\(self) cannot be divided by 0.")
    // Int128.min / -1 is the one machine quotient that overflows.
    if case .inline(let left) = storage, case .inline(let right) = divisor.storage,
      !(left == .min && right == -1)
    {
      let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
      return (BigInteger(inline: quotient), BigInteger(inline: remainder))
    }
    let quotient = GMPInteger()
    let remainder = GMPInteger()
    withGMP { left in
      divisor.withGMP { right in
        __gmpz_tdiv_qr(quotient.pointer, remainder.pointer, left, right)
      }
    }
    return (BigInteger(canonical: quotient), BigInteger(canonical: remainder))
  }

  /// Divides, rounding towards minus infinity.
  ///
  /// Precondition: the divisor is not 0.
  public func floorDivided(by divisor: BigInteger) -> BigInteger {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    let isBelow = !remainder.isZero && (remainder.signum() < 0) != (divisor.signum() < 0)
    return isBelow ? quotient - 1 : quotient
  }

  /// Divides by a number known to be a divisor; faster than division with remainder.
  ///
  /// Precondition, not checked: the remainder is 0.
  func dividedExactly(by divisor: BigInteger) -> BigInteger {
    if case .inline(let right) = divisor.storage {
      if right == 1 { return self }
      if case .inline(let left) = storage, right != -1 { return BigInteger(inline: left / right) }
    }
    return BigInteger.combine(self, divisor) { __gmpz_divexact($0, $1, $2) }
  }

  /// The greatest integer that divides both; never negative, and 0 only for two zeros.
  public static func greatestCommonDivisor(_ lhs: BigInteger, _ rhs: BigInteger) -> BigInteger {
    if case .inline(let left) = lhs.storage, case .inline(let right) = rhs.storage {
      let divisor = MachineDivisor.greatestCommon(left.magnitude, right.magnitude)
      // It exceeds Int128 only for two numbers out of {0, Int128.min}.
      if let narrow = Int128(exactly: divisor) { return BigInteger(inline: narrow) }
    }
    return combine(lhs, rhs) { __gmpz_gcd($0, $1, $2) }
  }

  /// The least positive integer that both divide, or 0 if one of them is 0.
  public static func leastCommonMultiple(_ lhs: BigInteger, _ rhs: BigInteger) -> BigInteger {
    if lhs.isZero || rhs.isZero { return .zero }
    let divisor = greatestCommonDivisor(lhs, rhs)
    return (lhs.dividedExactly(by: divisor) * rhs).magnitude
  }
}

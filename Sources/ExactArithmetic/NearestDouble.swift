// The double nearest to a fraction, correctly rounded in every case.
//
// The fraction n/d is divided to at least 64 significant bits, the last of which also says whether
// anything was cut off ("sticky"). Rounding that integer once, to 53 bits or to the multiple of
// 2^-1074 where doubles are denser than 53 bits allow, is rounding n/d itself: the sticky bit lies
// below the rounding position, so it tells a tie from what is just above it. Ties go to even.

/// The power of two that is the smallest positive double.
private let leastExponent = -1074

/// Rounds fractions to doubles.
enum NearestDouble {
  /// The double nearest to `numerator / denominator`; overflow gives an infinity.
  ///
  /// Precondition: the denominator is positive. The fraction need not be in lowest terms.
  static func of(_ numerator: BigInteger, _ denominator: BigInteger) -> Double {
    if let n = numerator.asInt64, let d = denominator.asInt64, let quotient = of(n, d) {
      return quotient
    }
    if numerator.isZero { return 0 }
    let magnitude = numerator.magnitude
    // A shift after which the quotient has 64 or 65 bits.
    let shift = 64 + denominator.magnitudeBitCount - magnitude.magnitudeBitCount
    let scaled = shift > 0 ? magnitude.shifted(left: shift) : magnitude
    let divisor = shift < 0 ? denominator.shifted(left: -shift) : denominator
    let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: divisor)
    guard let bits = quotient.asInt128 else {
      preconditionFailure("A quotient of 65 bits does not fit 128: \(quotient).")
    }
    let sticky: UInt128 = remainder.isZero ? 0 : 1
    let rounded = of(bits.magnitude | sticky, exponent: -shift)
    return numerator.signum() < 0 ? -rounded : rounded
  }

  /// The double nearest to a fraction of two integers that are doubles; otherwise nothing.
  static func of(_ numerator: Int64, _ denominator: Int64) -> Double? {
    guard numerator.magnitude <= 1 << 53, denominator <= 1 << 53 else { return nil }
    // IEEE division of doubles rounds correctly.
    return Double(numerator) / Double(denominator)
  }

  /// The double nearest to `significand * 2^exponent`; overflow gives an infinity.
  ///
  /// The last bit may be a sticky one if the significand has at least 55 bits.
  static func of(_ significand: UInt128, exponent: Int) -> Double {
    if significand == 0 { return 0 }
    let bitCount = UInt128.bitWidth - significand.leadingZeroBitCount
    // The exponent of the last bit that the result keeps.
    let last = max(exponent + bitCount - 53, leastExponent)
    let excess = last - exponent
    var kept: UInt64
    if excess <= 0 {
      // Fewer than 53 bits, so nothing is lost by moving them up.
      kept = UInt64(truncatingIfNeeded: significand) << UInt64(-excess)
    } else if excess > bitCount {
      kept = 0
    } else {
      kept = UInt64(truncatingIfNeeded: significand >> UInt128(excess))
      let half = (1 as UInt128) << UInt128(excess - 1)
      let rest = significand & (half | (half - 1))
      if rest > half || (rest == half && kept & 1 == 1) { kept += 1 }
    }
    // A significand of 2^53 carries into the exponent field, which is what is wanted; so does a
    // subnormal one that has become normal.
    let steps = last - leastExponent
    return steps > 2045 ? .infinity : Double(bitPattern: UInt64(steps) << 52 + kept)
  }
}

extension Rational {
  /// The nearest double, ties to even.
  ///
  /// Correct in every case: `|self - nearestDouble|` is least among all doubles; numbers at or
  /// beyond `2^1024 - 2^970` give infinity, numbers at or below `2^-1075` in absolute value give 0.
  public var nearestDouble: Double {
    if case .small(let numerator, let denominator) = storage,
      let quotient = NearestDouble.of(numerator, denominator)
    {
      return quotient
    }
    return NearestDouble.of(numerator, denominator)
  }
}

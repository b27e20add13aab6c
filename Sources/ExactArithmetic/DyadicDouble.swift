/// A finite double taken apart: `significand * 2^exponent`, the significand odd or 0.
struct DyadicDouble {
  /// The signed significand without its factors of two; below 2^53 in absolute value.
  let significand: Int64

  /// The power of two of the last significant bit, -1074...1023; 0 for the number 0.
  let exponent: Int

  /// Takes a double apart, or gives nothing for infinities and what is not a number.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    let magnitude = DyadicDouble.magnitude(value.bitPattern)
    guard magnitude != 0 else {
      (significand, exponent) = (0, 0)
      return
    }
    let zeros = magnitude.trailingZeroBitCount
    let odd = Int64(truncatingIfNeeded: magnitude &>> UInt64(zeros))
    significand = value < 0 ? -odd : odd
    exponent = DyadicDouble.exponent(value.bitPattern) + zeros
  }

  /// The significand of a finite double as an integer, with the hidden bit of normal numbers.
  static func magnitude(_ bits: UInt64) -> UInt64 {
    let fraction = bits & 0x000F_FFFF_FFFF_FFFF
    let isNormal = bits & 0x7FF0_0000_0000_0000 != 0
    return isNormal ? fraction | 0x0010_0000_0000_0000 : fraction
  }

  /// The power of two by which the significand of a finite double is to be multiplied.
  static func exponent(_ bits: UInt64) -> Int {
    // Subnormal numbers (field 0) have the exponent of the smallest normal ones (field 1).
    let field = Int(truncatingIfNeeded: bits &>> 52) & 0x7FF
    return max(field, 1) - 1075
  }
}

extension Rational {
  /// The exact value of a double, or nothing for infinities and what is not a number.
  ///
  /// Every finite double is an integer times a power of two; minus zero becomes 0.
  public init?(exactly value: Double) {
    guard let dyadic = DyadicDouble(value) else { return nil }
    let significand = BigInteger(inline: Int128(dyadic.significand))
    // An odd significand over a power of two is in lowest terms.
    if dyadic.exponent >= 0 {
      self.init(significand.shifted(left: dyadic.exponent))
    } else {
      self.init(
        Terms(numerator: significand, denominator: BigInteger.powerOfTwo(-dyadic.exponent)))
    }
  }

  /// The exact value of a float, or nothing for infinities and what is not a number.
  public init?(exactly value: Float) {
    self.init(exactly: Double(value))
  }

  /// The exact value of a half-precision float, or nothing for infinities and what is not a number.
  public init?(exactly value: Float16) {
    self.init(exactly: Double(value))
  }

  /// The exact value of a bfloat16, or nothing for infinities and what is not a number.
  ///
  /// `bits`: sign, 8 bits of exponent, 7 of fraction: the upper half of a binary32.
  public init?(bfloat16 bits: UInt16) {
    self.init(exactly: Float(bitPattern: UInt32(bits) << 16))
  }
}

import CGMP

// Powers of two: shifts and bit counts.

extension BigInteger {
  /// Two multiplied with itself so many times.
  ///
  /// Precondition: `exponent >= 0`.
  public static func powerOfTwo(_ exponent: Int) -> BigInteger {
    one.shifted(left: exponent)
  }

  /// Multiplies by a power of two.
  ///
  /// Precondition: `count >= 0`.
  public func shifted(left count: Int) -> BigInteger {
    precondition(count >= 0, "A shift must not be negative, but is \(count).")
    if case .inline(let value) = storage {
      if value == 0 { return self }
      // Shifting keeps the value if as many copies of the sign bit are dropped and one stays.
      let copies = (value < 0 ? ~value : value).leadingZeroBitCount
      if count < copies { return BigInteger(inline: value << count) }
    }
    return BigInteger(computed: { result in
      withGMP { __gmpz_mul_2exp(result, $0, UInt(count)) }
    })
  }

  /// Divides by a power of two, rounding towards minus infinity.
  ///
  /// Precondition: `count >= 0`.
  public func shifted(right count: Int) -> BigInteger {
    precondition(count >= 0, "A shift must not be negative, but is \(count).")
    // The standard library's smart shift fills with copies of the sign beyond the width.
    if case .inline(let value) = storage { return BigInteger(inline: value >> count) }
    return BigInteger(computed: { result in
      withGMP { __gmpz_fdiv_q_2exp(result, $0, UInt(count)) }
    })
  }

  /// How many binary digits the absolute value has; 0 for the number 0.
  ///
  /// `2^(n-1) <= |self| < 2^n` for a number other than 0 with n binary digits.
  public var magnitudeBitCount: Int {
    switch storage {
    case .inline(let value): UInt128.bitWidth - value.magnitude.leadingZeroBitCount
    case .heap(let value): __gmpz_sizeinbase(value.pointer, 2)
    }
  }

  /// How often the number can be halved without remainder.
  ///
  /// Precondition: the number is not 0.
  public var trailingZeroBitCount: Int {
    precondition(!isZero, "Zero can be halved without end.")
    return switch storage {
    case .inline(let value): value.trailingZeroBitCount
    case .heap(let value): Int(__gmpz_scan1(value.pointer, 0))
    }
  }

  /// The exponent, if the number is a power of two.
  public var powerOfTwoExponent: Int? {
    guard signum() > 0 else { return nil }
    let zeros = trailingZeroBitCount
    return zeros + 1 == magnitudeBitCount ? zeros : nil
  }
}

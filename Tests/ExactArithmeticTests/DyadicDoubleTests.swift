import ExactArithmetic
import Testing

@Suite struct DyadicDoubleTests {
  /// The value of a float by the definition of the format: `fraction` and `exponent` are the bit
  /// fields, `bias` and `fractionBits` those of the format.
  private func definition(
    negative: Bool, exponent: Int, fraction: Int, bias: Int, fractionBits: Int
  ) -> Rational {
    let hidden = exponent == 0 ? 0 : 1 << fractionBits
    let power = max(exponent, 1) - bias - fractionBits
    let magnitude =
      power >= 0
      ? Rational(BigInteger(hidden + fraction).shifted(left: power))
      : Rational(BigInteger(hidden + fraction), BigInteger.powerOfTwo(-power))
    return negative ? -magnitude : magnitude
  }

  @Test func `every pattern of half precision has the value of its definition`() {
    var mismatches = 0
    for bits in UInt16.min...UInt16.max {
      let value = Rational(exactly: Float16(bitPattern: bits))
      let exponent = Int(bits >> 10) & 0x1F
      let expected =
        exponent == 0x1F
        ? nil
        : definition(
          negative: bits >> 15 == 1, exponent: exponent, fraction: Int(bits & 0x3FF), bias: 15,
          fractionBits: 10)
      if value != expected { mismatches += 1 }
      if let value, value.nearestDouble != Double(Float16(bitPattern: bits)) { mismatches += 1 }
    }
    #expect(mismatches == 0)
  }

  @Test func `every pattern of bfloat16 has the value of its definition`() {
    var mismatches = 0
    for bits in UInt16.min...UInt16.max {
      let exponent = Int(bits >> 7) & 0xFF
      let expected =
        exponent == 0xFF
        ? nil
        : definition(
          negative: bits >> 15 == 1, exponent: exponent, fraction: Int(bits & 0x7F), bias: 127,
          fractionBits: 7)
      if Rational(bfloat16: bits) != expected { mismatches += 1 }
    }
    #expect(mismatches == 0)
  }

  @Test func `doubles and floats have the value of their definition`() {
    var generator = SeededGenerator(seed: 8)
    let random = (0..<2_000).map { _ in Samples.double(using: &generator) }
    for value in Samples.boundaryDoubles + random {
      let expected = definition(
        negative: value.sign == .minus, exponent: Int(value.exponentBitPattern),
        fraction: Int(value.significandBitPattern), bias: 1023, fractionBits: 52)
      #expect(Rational(exactly: value) == expected)
      let float = Float(value)
      if float.isFinite {
        let expectedFloat = definition(
          negative: float.sign == .minus, exponent: Int(float.exponentBitPattern),
          fraction: Int(float.significandBitPattern), bias: 127, fractionBits: 23)
        #expect(Rational(exactly: float) == expectedFloat)
      }
    }
  }

  @Test func `what is not a finite number is refused`() {
    #expect(Rational(exactly: Double.nan) == nil && Rational(exactly: Double.infinity) == nil)
    #expect(Rational(exactly: -Double.infinity) == nil)
    #expect(Rational(exactly: Float.nan) == nil && Rational(exactly: Float.infinity) == nil)
    #expect(Rational(exactly: Float16.nan) == nil && Rational(bfloat16: 0x7F80) == nil)
    #expect(Rational(exactly: -0.0) == 0)
  }
}

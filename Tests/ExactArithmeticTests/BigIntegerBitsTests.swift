import ExactArithmetic
import Testing

@Suite struct BigIntegerBitsTests {
  static let shifts = [0, 1, 2, 62, 63, 64, 65, 126, 127, 128, 129, 300]

  @Test func `a shift is a product with or a floored quotient by a power of two`() {
    for value in Samples.boundaryIntegers {
      for shift in Self.shifts {
        let power = BigInteger(2).raised(to: shift)
        #expect(BigInteger.powerOfTwo(shift) == power)
        #expect(value.shifted(left: shift) == value * power)
        #expect(value.shifted(right: shift) == value.floorDivided(by: power))
        #expect(value.shifted(left: shift).shifted(right: shift) == value)
      }
    }
  }

  @Test func `the bit count bounds the magnitude from both sides`() {
    #expect(BigInteger.zero.magnitudeBitCount == 0)
    for value in Samples.boundaryIntegers where !value.isZero {
      let count = value.magnitudeBitCount
      #expect(value.magnitude < BigInteger.powerOfTwo(count))
      #expect(value.magnitude >= BigInteger.powerOfTwo(count - 1))
    }
  }

  @Test func `trailing zeros are the powers of two that divide`() {
    for odd: BigInteger in [1, -1, 3, -12_345, BigInteger.powerOfTwo(150) + 1] {
      for shift in Self.shifts {
        #expect(odd.shifted(left: shift).trailingZeroBitCount == shift)
      }
    }
  }

  @Test func `powers of two are recognised`() {
    for shift in Self.shifts {
      let power = BigInteger.powerOfTwo(shift)
      #expect(power.powerOfTwoExponent == shift)
      #expect((-power).powerOfTwoExponent == nil)
      #expect((power * 3).powerOfTwoExponent == nil)
    }
    #expect(BigInteger.zero.powerOfTwoExponent == nil)
  }
}

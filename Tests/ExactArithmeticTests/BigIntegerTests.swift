import ExactArithmetic
import Testing

@Suite struct BigIntegerTests {
  @Test func `sums and products obey the laws of a ring at every boundary`() {
    let values = Samples.boundaryIntegers
    for a in values {
      #expect(a + 0 == a && a * 1 == a && a * 0 == 0)
      #expect(a - a == 0 && a + -a == 0 && -(-a) == a)
      for b in values {
        guard a + b == b + a, a * b == b * a, a + b - b == a, a - b == -(b - a) else {
          Issue.record("A law of two fails at \(a) and \(b).")
          continue
        }
        for c in values[..<12] where (a + b) + c != a + (b + c) || (a + b) * c != a * c + b * c {
          Issue.record("A law of three fails at \(a), \(b), \(c).")
        }
      }
    }
  }

  @Test func `the laws of a ring hold for random integers of up to 400 bits`() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      let a = Samples.integer(bits: 400, using: &generator)
      let b = Samples.integer(bits: 400, using: &generator)
      let c = Samples.integer(bits: 400, using: &generator)
      #expect((a + b) + c == a + (b + c))
      #expect((a * b) * c == a * (b * c))
      #expect((a - b) * c == a * c - b * c)
      #expect((a + b) * (a - b) == a * a - b * b)
    }
  }

  @Test func `sums and products agree with their remainders modulo a prime`() {
    // The remainder is computed from the decimal digits, without division of big integers.
    let prime = 1_000_000_007
    func remainder(_ value: BigInteger) -> Int {
      let digits = value.magnitude.description.utf8
      let rest = digits.reduce(0) { ($0 * 10 + Int($1 - UInt8(ascii: "0"))) % prime }
      return value.signum() < 0 ? (prime - rest) % prime : rest
    }
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<2_000 {
      let a = Samples.integer(bits: 300, using: &generator)
      let b = Samples.integer(bits: 300, using: &generator)
      #expect(remainder(a + b) == (remainder(a) + remainder(b)) % prime)
      #expect(remainder(a - b) == (remainder(a) - remainder(b) + prime) % prime)
      #expect(remainder(a * b) == remainder(a) * remainder(b) % prime)
    }
  }

  @Test func `operations in place give the same as others and leave copies alone`() {
    for a in Samples.boundaryIntegers {
      for b in Samples.boundaryIntegers {
        var sum = a
        var difference = a
        var product = a
        sum += b
        difference -= b
        product *= b
        let copy = sum
        sum += sum
        #expect(copy == a + b && sum == copy * 2)
        #expect(difference == a - b && product == a * b)
      }
    }
    var own = BigInteger.powerOfTwo(500)
    let shared = own
    own -= own
    #expect(own == 0 && shared == BigInteger.powerOfTwo(500))
  }

  @Test func `a number that returns into the machine range equals the machine number`() {
    let large = BigInteger.powerOfTwo(300)
    for value in [Int128.min, .min + 1, -1, 0, 1, .max - 1, .max] {
      let returned = (BigInteger(value) + large) - large
      #expect(returned == BigInteger(value))
      #expect(returned.hashValue == BigInteger(value).hashValue)
      #expect(returned.asInt128 == value && Int128(returned) == value)
    }
    #expect(-BigInteger(Int128.min) == BigInteger(Int128.max) + 1)
    #expect((-BigInteger(Int128.min)).asInt128 == nil)
    #expect(-(-BigInteger(Int128.min)) == BigInteger(Int128.min))
    #expect(Set([large, large + 1 - 1, large + 1]).count == 2)
  }

  @Test func `order agrees with the sign of the difference`() {
    let values = Samples.boundaryIntegers
    for a in values {
      for b in values {
        let sign = (a - b).signum()
        #expect((a < b) == (sign < 0) && (a == b) == (sign == 0) && (a > b) == (sign > 0))
      }
      #expect(a.magnitude.signum() >= 0 && (a.magnitude == a || a.magnitude == -a))
      #expect(a.isZero == (a == 0))
    }
  }

  @Test func `machine integers of every type are taken over`() {
    #expect(BigInteger(UInt128.max) == BigInteger.powerOfTwo(128) - 1)
    #expect(BigInteger(UInt64.max) == BigInteger.powerOfTwo(64) - 1)
    #expect(BigInteger(Int8.min) == -128)
    #expect(BigInteger(exactly: -3) == -3)
    #expect(BigInteger(Int64.min).asInt64 == .min)
    #expect((BigInteger(Int64.min) - 1).asInt64 == nil)
    #expect((BigInteger(Int64.max) + 1).asInt64 == nil && Int64(BigInteger(Int64.max) + 1) == nil)
    #expect(BigInteger(Int.max).asInt == .max && BigInteger.powerOfTwo(63).asInt == nil)
    #expect(Int64.min.asBigInteger == BigInteger(Int64.min))
    #expect(Int128.min.asBigInteger == -BigInteger.powerOfTwo(127))
  }

  @Test func `a power is a repeated product`() {
    for base: BigInteger in [-3, -1, 0, 1, 2, 10, 12_345_678_901_234_567_890] {
      var expected = BigInteger.one
      for exponent in 0...30 {
        #expect(base.raised(to: exponent) == expected)
        expected *= base
      }
    }
  }
}

import ExactArithmetic
import Testing

@Suite struct BigIntegerDivisionTests {
  /// Pairs of boundary integers and of random ones, with a divisor that is not 0.
  static let pairs: [(BigInteger, BigInteger)] = {
    var pairs: [(BigInteger, BigInteger)] = []
    for a in Samples.boundaryIntegers {
      for b in Samples.boundaryIntegers where !b.isZero { pairs.append((a, b)) }
    }
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<1_000 {
      let a = Samples.integer(bits: 400, using: &generator)
      let b = Samples.integer(bits: 200, using: &generator)
      if !b.isZero { pairs.append((a, b)) }
    }
    return pairs
  }()

  @Test func `quotient times divisor plus remainder is the dividend`() {
    for (a, b) in Self.pairs {
      let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
      #expect(quotient * b + remainder == a)
      #expect(remainder.magnitude < b.magnitude)
      #expect(remainder.isZero || remainder.signum() == a.signum())
    }
  }

  @Test func `a floored quotient is the largest integer below the fraction`() {
    for (a, b) in Self.pairs {
      let floored = a.floorDivided(by: b)
      let rest = a - floored * b
      #expect(rest.isZero || rest.signum() == b.signum())
      #expect(rest.magnitude < b.magnitude)
      #expect(Rational(a, b).floor == floored)
    }
  }

  @Test func `the one machine quotient that overflows is right`() {
    let (quotient, remainder) = BigInteger(Int128.min).quotientAndRemainder(dividingBy: -1)
    #expect(quotient == BigInteger.powerOfTwo(127) && remainder == 0)
  }

  @Test func `the greatest common divisor is that of Euclid`() {
    func euclid(_ first: BigInteger, _ second: BigInteger) -> BigInteger {
      var (a, b) = (first.magnitude, second.magnitude)
      // Bound: b decreases with every pass.
      while !b.isZero { (a, b) = (b, a.quotientAndRemainder(dividingBy: b).remainder) }
      return a
    }
    for (a, b) in Self.pairs {
      #expect(BigInteger.greatestCommonDivisor(a, b) == euclid(a, b))
      #expect(BigInteger.greatestCommonDivisor(b, a) == euclid(a, b))
    }
    // Numbers made to have a divisor, of all sizes from one word to beyond two.
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<3_000 {
      let common = Samples.integer(bits: 70, using: &generator)
      let a = Samples.integer(bits: 70, using: &generator) * common
      let b = Samples.integer(bits: 50, using: &generator) * common
      #expect(BigInteger.greatestCommonDivisor(a, b) == euclid(a, b))
    }
    #expect(BigInteger.greatestCommonDivisor(0, 0) == 0)
    let least = BigInteger(Int128.min)
    #expect(BigInteger.greatestCommonDivisor(least, least) == BigInteger.powerOfTwo(127))
    #expect(BigInteger.greatestCommonDivisor(least, 0) == BigInteger.powerOfTwo(127))
  }

  @Test func `the least common multiple times the divisor is the product`() {
    for (a, b) in Self.pairs {
      let multiple = BigInteger.leastCommonMultiple(a, b)
      #expect(multiple * BigInteger.greatestCommonDivisor(a, b) == (a * b).magnitude)
    }
    #expect(BigInteger.leastCommonMultiple(0, 5) == 0)
    #expect(BigInteger.leastCommonMultiple(-4, 6) == 12)
  }
}

import ExactArithmetic
import Testing

@Suite struct RationalTests {
  /// Fractions of boundary integers, at the ends of every tier.
  static let boundaryRationals: [Rational] = {
    let terms = [0, 31, 62, 63, 64, 126, 127, 128].flatMap { exponent in
      [BigInteger.powerOfTwo(exponent) - 1, BigInteger.powerOfTwo(exponent)]
    }
    var values: Set<Rational> = []
    for numerator in terms {
      for denominator in terms where !denominator.isZero {
        values.insert(Rational(numerator, denominator))
        values.insert(Rational(-numerator, denominator))
      }
    }
    return values.sorted()
  }()

  @Test func `a fraction is in lowest terms with a positive denominator`() {
    for value in Self.boundaryRationals {
      #expect(value.denominator > 0)
      #expect(BigInteger.greatestCommonDivisor(value.numerator, value.denominator) == 1)
      #expect(Rational(value.numerator * -6, value.denominator * -6) == value)
      #expect(value.isInteger == (value.denominator == 1) && value.isZero == (value == 0))
      #expect(value.signum() == value.numerator.signum())
    }
    #expect(Rational(0, -5) == 0 && Rational(0, -5).denominator == 1)
    #expect(Rational(Int64.min, Int64.min) == 1)
    #expect(Rational(1, Int64.min) == -Rational(1, BigInteger.powerOfTwo(63)))
    #expect(Rational(Int128.min, -1) == Rational(BigInteger.powerOfTwo(127)))
  }

  @Test func `sums and products of boundary fractions are those of the definition`() {
    let values = Self.boundaryRationals
    for (index, a) in values.enumerated() {
      for b in values[index...].prefix(40) {
        let (n, d) = (a.numerator, a.denominator)
        let (m, e) = (b.numerator, b.denominator)
        #expect(a + b == Rational(n * e + m * d, d * e))
        #expect(b - a == Rational(m * d - n * e, d * e))
        #expect(a * b == Rational(n * m, d * e))
        if !b.isZero { #expect(a / b == Rational(n * e, d * m)) }
        #expect((a < b) == (n * e < m * d) && (a == b) == (n * e == m * d))
      }
    }
  }

  @Test(arguments: [8, 31, 62, 66, 126, 130, 300])
  func `the laws of a field hold for random fractions`(bits: Int) {
    var generator = SeededGenerator(seed: UInt64(bits))
    for _ in 0..<500 {
      let a = Samples.rational(bits: bits, using: &generator)
      let b = Samples.rational(bits: bits, using: &generator)
      let c = Samples.rational(bits: bits, using: &generator)
      #expect((a + b) + c == a + (b + c))
      #expect((a * b) * c == a * (b * c))
      #expect((a + b) * c == a * c + b * c)
      #expect(a + b - b == a && a - a == 0)
      #expect(((a + b) - b).hashValue == a.hashValue)
      if !b.isZero {
        #expect(a * b / b == a && a / b * b == a)
        #expect(b * b.reciprocal == 1 && b.reciprocal.reciprocal == b)
      }
      #expect((a < b) == ((a - b).signum() < 0) && (a < b) == (-b < -a))
    }
  }

  @Test func `operations in place give the same as the others`() {
    var value: Rational = 1
    value += Rational(1, 2)
    #expect(value == Rational(3, 2))
    value -= Rational(1, 3)
    #expect(value == Rational(7, 6))
    value *= Rational(2, 7)
    #expect(value == Rational(1, 3))
    value /= Rational(-2, 3)
    #expect(value == Rational(-1, 2))
    value.negate()
    #expect(value == Rational(1, 2) && (-value).magnitude == value)
  }

  @Test func `a harmonic sum that leaves the machine range comes back`() {
    let terms = (1...200).map { Rational(1, $0) }
    let sum = terms.reduce(0, +)
    #expect(sum.denominator > BigInteger.powerOfTwo(128))
    #expect(terms.reduce(sum, -) == 0)
    let telescope = (1...200).map { Rational(1, $0 * ($0 + 1)) }.reduce(0, +)
    #expect(telescope == Rational(200, 201))
  }

  @Test func `the floor is at most the number and less than one below it`() {
    for value in Self.boundaryRationals {
      let floor = Rational(value.floor)
      #expect(floor <= value && value < floor + 1)
    }
    #expect(Rational(-1, 3).floor == -1 && Rational(7, 2).floor == 3 && Rational(-4).floor == -4)
  }
}

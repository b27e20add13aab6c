import ExactArithmetic
import Testing

@Suite struct ExactVectorTests {
  private func tier(_ vector: ExactVector) -> String {
    switch vector.elements {
    case .int64: "int64"
    case .int128: "int128"
    case .big: "big"
    }
  }

  /// Numerators whose absolute values add up to the limit plus an offset, with mixed signs.
  private func numerators(limit: Int, offset: BigInteger) -> [BigInteger] {
    let half = BigInteger.powerOfTwo(limit - 1)
    return [half, 0, 7 - half, 7 + offset]
  }

  @Test func `the tier changes exactly where the sum of magnitudes reaches its limit`() {
    for (limit, below, above) in [(62, "int64", "int128"), (126, "int128", "big")] {
      for (offset, expected) in [(-1, below), (0, above), (1, above)] as [(BigInteger, String)] {
        let values = numerators(limit: limit, offset: offset)
        let vector = ExactVector(values, denominator: 3)
        #expect(tier(vector) == expected)
        #expect(ExactVector(values.map { -$0 }, denominator: 3).count == 4)
        #expect((0..<4).map { vector.numerator($0) } == values)
        #expect(vector.sum == Rational(values.reduce(0, +), 3))
        #expect(vector[2] == Rational(values[2], 3))
        #expect(ExactVector((0..<4).map { Rational(values[$0], 3) }).sum == vector.sum)
      }
    }
  }

  @Test func `the tier does not depend on the type the numerators came in`() {
    var generator = SeededGenerator(seed: 12)
    for bits in [10, 58, 61, 62, 63] {
      for _ in 0..<50 {
        let wide = (0..<8).map { _ in Samples.integer(bits: bits, using: &generator) }
        let fromBig = ExactVector(wide, denominator: 5)
        #expect(ExactVector(wide.compactMap(\.asInt128), denominator: 5) == fromBig)
        #expect(ExactVector(wide.compactMap(\.asInt64), denominator: 5) == fromBig)
      }
    }
    let extreme: [Int64] = [.min, .max, .min]
    #expect(tier(ExactVector(extreme, denominator: 1)) == "int128")
    let widest = [Int128](repeating: .min, count: 5)
    #expect(tier(ExactVector(widest, denominator: 1)) == "big")
    #expect(ExactVector(widest, denominator: 1).sum == Rational(BigInteger(Int128.min) * 5))
    #expect(tier(ExactVector([BigInteger](), denominator: 1)) == "int64")
    #expect(ExactVector([Int64](), denominator: 1).sum == 0)
  }

  @Test func `fractions are stated over the least common multiple`() {
    let rationals = [Rational(1, 6), Rational(-3, 4), 2, 0, Rational(5, 12)]
    let vector = ExactVector(rationals)
    #expect(vector.denominator == 12)
    #expect(vector == ExactVector([2, -9, 24, 0, 5] as [Int64], denominator: 12))
    #expect((0..<5).map { vector[$0] } == rationals)
    #expect(ExactVector([Rational]()).count == 0)
    let primes = [Rational(1, BigInteger.powerOfTwo(127) - 1), Rational(1, 3)]
    #expect((0..<2).map { ExactVector(primes)[$0] } == primes)
  }

  @Test func `a vector restated keeps its values and finds its tier`() {
    for limit in [62, 126] {
      for offset: BigInteger in [-1, 0] {
        let vector = ExactVector(numerators(limit: limit, offset: offset), denominator: 6)
        for factor in [1, 2, 3, BigInteger.powerOfTwo(63), BigInteger.powerOfTwo(65) + 1] {
          let restated = vector.restated(over: 6 * factor)
          let expected = ExactVector(
            (0..<4).map { vector.numerator($0) * factor }, denominator: 6 * factor)
          #expect(restated == expected)
          #expect((0..<4).map { restated[$0] } == (0..<4).map { vector[$0] })
        }
      }
    }
    let small = ExactVector([1, -2] as [Int64], denominator: 1)
    #expect(tier(small.restated(over: BigInteger.powerOfTwo(60))) == "int64")
    #expect(tier(small.restated(over: BigInteger.powerOfTwo(61))) == "int128")
    #expect(tier(small.restated(over: BigInteger.powerOfTwo(125))) == "big")
    let even = ExactVector([1, -1] as [Int64], denominator: 1)
    #expect(tier(even.restated(over: BigInteger.powerOfTwo(61) - 1)) == "int64")
    #expect(tier(even.restated(over: BigInteger.powerOfTwo(61))) == "int128")
    #expect(tier(even.restated(over: BigInteger.powerOfTwo(125) - 1)) == "int128")
    #expect(tier(even.restated(over: BigInteger.powerOfTwo(125))) == "big")
    let zeros = ExactVector([0, 0] as [Int64], denominator: 1)
    #expect(tier(zeros.restated(over: BigInteger.powerOfTwo(100))) == "int64")
    #expect(tier(zeros.restated(over: BigInteger.powerOfTwo(500))) == "int64")
  }

  @Test func `equal values over different denominators are different vectors`() {
    let half = ExactVector([1] as [Int64], denominator: 2)
    let twoQuarters = ExactVector([2] as [Int64], denominator: 4)
    #expect(half != twoQuarters && half.restated(over: 4) == twoQuarters)
  }
}

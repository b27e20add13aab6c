import ExactArithmetic
import Generators
import Testing

@Suite("The simplest fraction of an interval")
struct SimplestFractionTests {
  @Test("agrees with a search over all denominators")
  func agreesWithSearch() throws {
    var ends: Set<Rational> = []
    for denominator in 1...9 {
      for numerator in 0...(2 * denominator) {
        ends.insert(Rational(BigInteger(numerator), BigInteger(denominator)))
      }
    }
    for low in ends {
      for high in ends where low <= high {
        #expect(simplestFraction(from: low, to: high) == searched(low, high), "\(low) \(high)")
      }
    }
  }

  /// The first fraction of the interval, by denominator, then by numerator.
  private func searched(_ low: Rational, _ high: Rational) -> Rational? {
    for denominator in 1...100 {
      for numerator in 0...(2 * denominator) {
        let value = Rational(BigInteger(numerator), BigInteger(denominator))
        if value >= low && value <= high { return value }
      }
    }
    return nil
  }

  @Test("the double nearest to a third is simplest itself, and has a third beside it")
  func doubles() throws {
    let third = try #require(Rational(exactly: 1.0 / 3))
    let tiny = Rational(1, .powerOfTwo(50))
    #expect(simplestFraction(from: third - tiny, to: third + tiny) == Rational(1, 3))
    #expect(simplestFraction(from: third, to: third) == third)
  }
}

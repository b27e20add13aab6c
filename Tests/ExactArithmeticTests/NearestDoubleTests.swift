import ExactArithmetic
import Testing

@Suite struct NearestDoubleTests {
  /// Checks by the definition: no neighbour is closer, and a neighbour as close has the odd
  /// significand. Infinity stands for 2^1024 here, as in IEEE 754.
  private func expectNearest(
    _ exact: Rational, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    func value(_ double: Double) -> Rational {
      if let rational = Rational(exactly: double) { return rational }
      let limit = Rational(BigInteger.powerOfTwo(1024))
      return double < 0 ? -limit : limit
    }
    let nearest = exact.nearestDouble
    let distance = (exact - value(nearest)).magnitude
    let isBeyond = nearest.isInfinite && exact.magnitude > value(.infinity)
    for neighbour in [nearest.nextUp, nearest.nextDown] where neighbour != nearest && !isBeyond {
      let other = (exact - value(neighbour)).magnitude
      let isEven = nearest.significandBitPattern & 1 == 0
      #expect(
        distance < other || (distance == other && isEven),
        "\(exact) was rounded to \(nearest).", sourceLocation: sourceLocation)
    }
    #expect(nearest == 0 || (nearest < 0) == (exact.signum() < 0), sourceLocation: sourceLocation)
  }

  @Test func `every double is its own nearest`() {
    var generator = SeededGenerator(seed: 9)
    let random = (0..<3_000).map { _ in Samples.double(using: &generator) }
    for double in Samples.boundaryDoubles + random {
      #expect(Rational(exactly: double)?.nearestDouble == double)
    }
  }

  @Test func `points between two doubles go to the closer one and ties to the even one`() throws {
    var generator = SeededGenerator(seed: 10)
    let random = (0..<300).map { _ in Samples.double(using: &generator) }
    for double in Samples.boundaryDoubles + random where double.nextUp.isFinite {
      let low = try #require(Rational(exactly: double))
      let high = try #require(Rational(exactly: double.nextUp))
      let middle = (low + high) / 2
      let even = double.significandBitPattern & 1 == 0 ? double : double.nextUp
      #expect(middle.nearestDouble == even)
      let tiny = (high - low) / Rational(BigInteger(3).raised(to: 60))
      #expect((middle - tiny).nearestDouble == double)
      #expect((middle + tiny).nearestDouble == double.nextUp)
      expectNearest(low + (high - low) / 3)
    }
  }

  @Test func `overflow begins half a step beyond the greatest double`() {
    let step = BigInteger.powerOfTwo(970)
    let limit = Rational(BigInteger.powerOfTwo(1024) - step)
    #expect(limit.nearestDouble == .infinity && (-limit).nearestDouble == -.infinity)
    #expect((limit - Rational(1, 7)).nearestDouble == .greatestFiniteMagnitude)
    #expect(Rational(BigInteger.powerOfTwo(5_000)).nearestDouble == .infinity)
    expectNearest(limit)
    expectNearest(Rational(BigInteger.powerOfTwo(1024)))
  }

  @Test func `underflow begins at half of the least double`() {
    let half = Rational(1, BigInteger.powerOfTwo(1075))
    #expect(half.nearestDouble == 0)
    #expect((half * Rational(1_000_001, 1_000_000)).nearestDouble == .leastNonzeroMagnitude)
    #expect((half * 3).nearestDouble == 2 * .leastNonzeroMagnitude)
    #expect((half * Rational(-299, 100)).nearestDouble == -.leastNonzeroMagnitude)
    #expect(Rational(1, BigInteger.powerOfTwo(5_000)).nearestDouble == 0)
  }

  @Test func `quarter steps among the smallest and the first normal doubles round right`() {
    let unit = Rational(1, BigInteger.powerOfTwo(1076))
    let normal = BigInteger.powerOfTwo(54)
    for offset in -40...40 {
      expectNearest(unit * Rational(BigInteger(offset)))
      expectNearest(unit * Rational(normal + BigInteger(offset)))
    }
  }

  @Test(arguments: [20, 53, 55, 64, 70, 120, 130, 700])
  func `random fractions are rounded to the nearest`(bits: Int) {
    var generator = SeededGenerator(seed: UInt64(100 + bits))
    for _ in 0..<400 {
      let value = Samples.rational(bits: bits, using: &generator)
      expectNearest(value)
      let power = BigInteger.powerOfTwo(Int.random(in: 0...1_100, using: &generator))
      expectNearest(value / Rational(power))
      expectNearest(value * Rational(power))
    }
  }

  @Test func `decimals are rounded like the standard library reads them`() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<3_000 {
      let digits = Samples.integer(bits: 100, using: &generator)
      let exponent = Int.random(in: -350...300, using: &generator)
      let text = "\(digits)e\(exponent)"
      #expect(Rational(text)?.nearestDouble == Double(text), "\(text)")
    }
  }
}

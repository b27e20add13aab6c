import ExactArithmetic
import Generators
import Testing

@Suite("The portable exponential")
struct ExponentialTests {
  /// The exponential of a fraction of magnitude at most 40, by 180 terms of its series.
  ///
  /// The remainder is below 40^180 / 180!, which is less than 1e-41.
  private func series(_ x: Rational) -> Rational {
    // Horner's rule from the innermost term: 1 + x/1 (1 + x/2 (1 + ...)).
    var sum: Rational = 1
    for n in (1...180).reversed() { sum = 1 + x * sum / Rational(n) }
    return sum
  }

  @Test("agrees with the series to a relative 2^-50, for arguments up to 40")
  func agreesWithSeries() throws {
    var choices = RandomChoices(seed: 8, stream: 0)
    var arguments: [Double] = [0, 1, -1, 40, -40, 0.5, -0.346, 0.347, 0x1p-30, -0x1p-50]
    for scale in [0.01, 1.0, 8, 30] {
      for _ in 0..<25 {
        // Short numbers keep the fractions of the series short.
        let numerator = choices.integer(in: -(1 << 20)...(1 << 20))
        arguments.append(Double(numerator) * 0x1p-20 * scale)
      }
    }
    let bound = Rational(1, .powerOfTwo(50))
    for argument in arguments {
      let exact = series(try #require(Rational(exactly: argument)))
      let found = try #require(Rational(exactly: portableExponential(argument)))
      #expect((found - exact).magnitude <= bound * exact, "exp(\(argument))")
    }
  }

  @Test("turns sums into products over the whole range", arguments: [-1, 1])
  func sumsAndProducts(sign: Int) {
    for tenth in 0..<70 {
      let x = Double(sign * tenth) * 10
      let product = portableExponential(x / 2) * portableExponential(x / 2)
      let whole = portableExponential(x)
      #expect((product - whole).magnitude <= 1e-14 * whole, "exp(\(x))")
    }
  }

  @Test("is 1 at 0, and ends in 0 and infinity")
  func ends() {
    #expect(portableExponential(0) == 1)
    #expect(portableExponential(-745) == .leastNonzeroMagnitude)
    #expect(portableExponential(-746) == 0)
    #expect(portableExponential(-.infinity) == 0)
    #expect(portableExponential(709.7).isFinite)
    #expect(portableExponential(709.9) == .infinity)
    #expect(portableExponential(.infinity) == .infinity)
  }

  @Test("never falls where the argument rises")
  func monotone() {
    var previous = 0.0
    for step in 0..<20_000 {
      let value = portableExponential(-50 + Double(step) * 0.005)
      #expect(value >= previous)
      previous = value
    }
  }
}

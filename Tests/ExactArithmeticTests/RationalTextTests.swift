import ExactArithmetic
import Testing

@Suite struct RationalTextTests {
  static let readable: [(String, Rational)] = [
    ("3", Rational(3)), ("-1/3", Rational(-1, 3)), ("0.1", Rational(1, 10)),
    ("1e-3", Rational(1, 1_000)), ("2.5E2", Rational(250)), ("+4/6", Rational(2, 3)),
    ("-0", 0), ("0/7", 0), ("-0.0", 0), ("00.50", Rational(1, 2)), ("-1.25e+1", Rational(-25, 2)),
    ("1e0", 1), ("123.456", Rational(123_456, 1_000)), ("0e10000", 0), ("6/003", 2),
    ("1.\(String(repeating: "0", count: 44))1e45", Rational(BigInteger(10).raised(to: 45) + 1)),
  ]

  @Test(arguments: readable)
  func `fractions and decimals are read exactly`(text: String, value: Rational) {
    #expect(Rational(text) == value)
    #expect(Rational(utf8: Array(text.utf8)) == value)
  }

  @Test(arguments: [
    "", "+", "-", "/", "1/", "/2", "1/0", "0/0", "1/-3", "1/+3", "1//2", "1/2/3", "1.5/2", "1/2.5",
    "1.", ".5", "-.5", ".", "1.2.3", "1e", "e5", "1e+", "1e1.5", "1e1/2", "1.e5", "1ee5", "1.-5",
    "1.+5", "1 /2", " 1", "1\n", "nan", "inf", "Infinity", "0x1p3", "1_0", "1,5",
  ])
  func `anything else is refused`(text: String) {
    #expect(Rational(text) == nil)
  }

  @Test func `an exponent is read up to its cap and refused beyond`() {
    let power = BigInteger(10).raised(to: 10_000)
    #expect(Rational("1e10000") == Rational(power))
    #expect(Rational("1e-10000") == Rational(1, power))
    #expect(Rational("1e10001") == nil && Rational("1e-10001") == nil)
    #expect(Rational("1e99999999999999999999999999") == nil)
    #expect(Rational("1e-9223372036854775808") == nil)
  }

  @Test func `a number is printed in lowest terms`() {
    #expect(Rational(3).description == "3")
    #expect(Rational(-2, 6).description == "-1/3")
    #expect(Rational(0).description == "0")
    #expect("\(Rational(1, BigInteger.powerOfTwo(70)))" == "1/1180591620717411303424")
  }

  @Test func `fractions survive printing and parsing`() {
    var generator = SeededGenerator(seed: 7)
    for bits in [10, 62, 126, 300] {
      for _ in 0..<300 {
        let value = Samples.rational(bits: bits, using: &generator)
        #expect(Rational(value.description) == value)
      }
    }
  }
}

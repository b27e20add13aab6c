import ExactArithmetic
import Testing

@Suite struct DecimalTests {
  @Test func `numbers beside every power of ten survive printing and parsing`() {
    var text = "1"
    var power = BigInteger.one
    for _ in 0...80 {
      #expect(power.description == text)
      #expect((-power).description == "-" + text)
      for value in [power - 1, power, power + 1, 1 - power, -power, -power - 1] {
        #expect(BigInteger(value.description) == value)
      }
      text += "0"
      power *= 10
    }
  }

  @Test func `boundary and random integers survive printing and parsing`() {
    var generator = SeededGenerator(seed: 5)
    let random = (0..<2_000).map { _ in Samples.integer(bits: 500, using: &generator) }
    for value in Samples.boundaryIntegers + random {
      var bytes = Array("x=".utf8)
      value.appendDecimal(to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == "x=" + value.description)
      #expect(BigInteger(utf8Digits: bytes[2...]) == value)
      #expect(BigInteger(value.description) == value)
    }
  }

  @Test func `machine integers print like the standard library`() {
    var generator = SeededGenerator(seed: 6)
    var narrow: [Int64] = [.min, .min + 1, -10, -9, -1, 0, 1, 9, 10, 99, 100, .max]
    var wide: [Int128] = [.min, .min + 1, -1, 0, 1, Int128(UInt64.max), .max]
    for _ in 0..<1_000 {
      let shift = Int.random(in: 0..<128, using: &generator)
      narrow.append(Int64(truncatingIfNeeded: generator.next()) >> Int64(shift / 2))
      wide.append(Int128.random(in: .min ... .max, using: &generator) >> Int128(shift))
    }
    for value in narrow {
      var bytes: [UInt8] = []
      value.appendDecimal(to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == String(value))
      #expect(Int64(utf8Digits: bytes) == value)
    }
    for value in wide {
      var bytes: [UInt8] = []
      value.appendDecimal(to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == String(value))
      #expect(Int128(utf8Digits: bytes) == value)
    }
  }

  @Test func `numbers that do not fit a machine integer are refused by it`() {
    #expect(Int64(utf8Digits: "9223372036854775807".utf8) == .max)
    #expect(Int64(utf8Digits: "9223372036854775808".utf8) == nil)
    #expect(Int64(utf8Digits: "-9223372036854775808".utf8) == .min)
    #expect(Int128(utf8Digits: "170141183460469231731687303715884105728".utf8) == nil)
    #expect(
      Int128(utf8Digits: "-170141183460469231731687303715884105728".utf8) == .min)
  }

  static let readable: [(String, BigInteger)] = [
    ("+7", 7), ("-0", 0), ("007", 7), ("-00000000000000000000", 0),
    (String(repeating: "0", count: 100) + "12", 12), (String(repeating: "0", count: 100), 0),
  ]

  @Test(arguments: readable)
  func `signs and leading zeros are read`(text: String, value: BigInteger) {
    #expect(BigInteger(text) == value)
    #expect(BigInteger(utf8Digits: Array(text.utf8).reversed().reversed()) == value)
  }

  @Test(arguments: [
    "", "+", "-", "--1", "+-1", " 1", "1 ", "1_000", "1.0", "0x10", "1e3", "\u{0661}",
    "12345678901234567890123456789012345678901234567890x",
    " 12345678901234567890123456789012345678901234567890",
    "123456789012345678901234567890 12345678901234567890",
  ])
  func `anything else is refused`(text: String) {
    #expect(BigInteger(text) == nil)
  }

  @Test func `a zero byte does not end a number`() {
    #expect(BigInteger("1\0") == nil)
    #expect(BigInteger("1234567890123456789012345678901234567890123456789\0") == nil)
  }
}

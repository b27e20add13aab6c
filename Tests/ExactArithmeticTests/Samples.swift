// Numbers to test with: the places where a tier ends, and seeded random ones of every size.

import ExactArithmetic

/// A small generator with a fixed seed (SplitMix64), so that every run sees the same numbers.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

enum Samples {
  /// Integers next to the powers of two where a representation ends, of both signs.
  static let boundaryIntegers: [BigInteger] = {
    var values: [BigInteger] = [0]
    for exponent in [0, 1, 31, 53, 62, 63, 64, 126, 127, 128, 200] {
      for offset: BigInteger in [-1, 0, 1] {
        let value = BigInteger.powerOfTwo(exponent) + offset
        values += [value, -value]
      }
    }
    return Array(Set(values)).sorted()
  }()

  /// A random integer of up to so many bits, every length equally likely.
  static func integer(
    bits: Int, using generator: inout SeededGenerator
  ) -> BigInteger {
    let length = Int.random(in: 0...bits, using: &generator)
    var value = BigInteger.zero
    for _ in 0..<(length / 32) {
      value = value.shifted(left: 32) + BigInteger(generator.next() >> 32)
    }
    let rest = length % 32
    value = value.shifted(left: rest) + BigInteger((generator.next() >> 32) & (1 << rest - 1))
    return Bool.random(using: &generator) ? value : -value
  }

  /// A random fraction with terms of up to so many bits.
  static func rational(bits: Int, using generator: inout SeededGenerator) -> Rational {
    let numerator = integer(bits: bits, using: &generator)
    var denominator = integer(bits: bits, using: &generator)
    if denominator.isZero { denominator = 1 }
    return Rational(numerator, denominator)
  }

  /// Doubles where the format changes its behaviour, of both signs.
  static let boundaryDoubles: [Double] = {
    let least = Double.leastNonzeroMagnitude
    let normal = Double.leastNormalMagnitude
    let greatest = Double.greatestFiniteMagnitude
    let magnitudes = [
      0, least, 2 * least, 3 * least, normal.nextDown, normal, normal.nextUp, 0x1p-1022 * 1.5,
      0x1p-54, 0x1p-53, 0.1, 0.5.nextDown, 0.5, 1.0.nextDown, 1, 1.0.nextUp, 3, 0x1p52, 0x1p53,
      0x1p53 - 1, 0x1p62, 0x1p63, 0x1p64, 0x1p126, 0x1p127, 0x1p128, 1e308, greatest.nextDown,
      greatest,
    ]
    return magnitudes + magnitudes.map { -$0 }
  }()

  /// A random finite double, every bit pattern equally likely.
  static func double(using generator: inout SeededGenerator) -> Double {
    // Bound: 2046 of 2048 exponents are finite, so a few draws suffice.
    while true {
      let value = Double(bitPattern: generator.next())
      if value.isFinite { return value }
    }
  }
}

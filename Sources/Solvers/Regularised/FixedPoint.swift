/// Conversions between doubles and 128-bit integers, each rounded once.
enum FixedPoint {
  /// The double nearest to an integer, up to one more rounding of its low half.
  @inline(__always)
  static func double(_ value: Int128) -> Double {
    let magnitude = value.magnitude
    let high = UInt64(truncatingIfNeeded: magnitude >> 64)
    let low = UInt64(truncatingIfNeeded: magnitude)
    let sum = high == 0 ? Double(low) : Double(high) * 0x1p64 + Double(low)
    return value < 0 ? -sum : sum
  }

  /// The integer nearest to a double below `2^126` in magnitude; others, and NaN, give 0.
  @inline(__always)
  static func integer(_ value: Double) -> Int128 {
    let magnitude = abs(value)
    if magnitude < 0x1p62 { return Int128(Int64(value.rounded())) }
    guard magnitude < 0x1p126 else { return 0 }
    // From 2^53 on a double is an integer: a significand of 53 bits, shifted.
    let bits = magnitude.bitPattern
    let significand = Int128(Int64(truncatingIfNeeded: (bits & 0xF_FFFF_FFFF_FFFF) | (1 << 52)))
    let shifted = significand << Int128(truncatingIfNeeded: Int(bits >> 52) - 1075)
    return value < 0 ? -shifted : shifted
  }
}

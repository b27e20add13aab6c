/// Sums of absolute values, which decide the tier of an `ExactVector`.
enum MagnitudeSum {
  /// Numerators whose absolute values add up to less than this are held as `Int64`.
  static let int64Limit: UInt128 = 1 << 62

  /// Numerators whose absolute values add up to less than this are held as `Int128`.
  static let int128Limit: UInt128 = 1 << 126

  /// The sum of absolute values; cannot overflow, as there are fewer than 2^62 entries.
  static func of(_ values: [Int64]) -> UInt128 {
    var sum: UInt128 = 0
    for value in values { sum &+= UInt128(value.magnitude) }
    return sum
  }

  /// The sum of absolute values, or nothing if it does not fit 128 bits.
  static func of(_ values: [Int128]) -> UInt128? {
    var sum: UInt128 = 0
    for value in values {
      let (next, overflow) = sum.addingReportingOverflow(value.magnitude)
      if overflow { return nil }
      sum = next
    }
    return sum
  }

  /// The sum of absolute values.
  static func of(_ values: [BigInteger]) -> BigInteger {
    values.reduce(into: .zero) { $0 += $1.magnitude }
  }
}

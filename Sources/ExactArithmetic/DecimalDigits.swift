// Decimal digits of machine words, written and read without a String per number.

/// The largest power of ten in 64 bits, 10^19: the base to which long numbers are cut.
private let chunkBase: UInt64 = 10_000_000_000_000_000_000

/// The number of decimal digits in one chunk.
private let chunkDigits = 19

/// Writes and reads decimal digits as ASCII bytes.
enum DecimalDigits {
  /// Appends a magnitude and, before it, a minus sign if asked.
  static func append(_ magnitude: UInt64, negative: Bool, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
      var start = write(magnitude, endingAt: buffer.count, of: buffer)
      if negative {
        start -= 1
        buffer[start] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: buffer[start...]))
    }
  }

  /// Appends a magnitude of at most 2^127 and, before it, a minus sign if asked.
  static func append(_ magnitude: UInt128, negative: Bool, to bytes: inout [UInt8]) {
    if let narrow = UInt64(exactly: magnitude) {
      append(narrow, negative: negative, to: &bytes)
      return
    }
    // 2^127 / 10^19 < 2^64, so one division of two words by one cuts it in two.
    let (high, low) = chunkBase.dividingFullWidth(
      (UInt64(truncatingIfNeeded: magnitude >> 64), UInt64(truncatingIfNeeded: magnitude)))
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { buffer in
      let boundary = buffer.count - chunkDigits
      let lowStart = write(low, endingAt: buffer.count, of: buffer)
      for index in boundary..<lowStart { buffer[index] = UInt8(ascii: "0") }
      var start = write(high, endingAt: boundary, of: buffer)
      if negative {
        start -= 1
        buffer[start] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: buffer[start...]))
    }
  }

  /// Reads a magnitude of 1 to 38 digits, or nothing if a byte is not a digit.
  ///
  /// Precondition: `digits` has 1 to 38 entries; then the value is below 10^38 < 2^127.
  static func read(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt128? {
    let boundary = Swift.max(digits.startIndex, digits.endIndex - chunkDigits)
    guard let low = readChunk(digits[boundary...]) else { return nil }
    if boundary == digits.startIndex { return UInt128(low) }
    guard let high = readChunk(digits[..<boundary]) else { return nil }
    let (upper, lower) = high.multipliedFullWidth(by: chunkBase)
    return (UInt128(upper) << 64 | UInt128(lower)) + UInt128(low)
  }

  /// Writes a number so that its last digit precedes `end`; returns where its first digit is.
  private static func write(
    _ value: UInt64, endingAt end: Int, of buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var rest = value
    var start = end
    // Bound: a 64-bit number has at most 20 digits, two of which go per pass.
    while rest >= 10 {
      let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
      rest = quotient
      let (tens, units) = UInt8(truncatingIfNeeded: pair).quotientAndRemainder(dividingBy: 10)
      start -= 2
      buffer[start] = UInt8(ascii: "0") &+ tens
      buffer[start + 1] = UInt8(ascii: "0") &+ units
    }
    if rest > 0 || start == end {
      start -= 1
      buffer[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest)
    }
    return start
  }

  /// Reads at most 19 digits, which cannot overflow.
  private static func readChunk(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
    var value: UInt64 = 0
    for byte in digits {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt64(digit)
    }
    return value
  }
}

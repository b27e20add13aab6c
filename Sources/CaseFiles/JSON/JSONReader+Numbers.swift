extension JSONReader {
  /// Where a number starts and ends, and what its text looks like.
  struct NumberSpan {
    var start: Int
    var end: Int
    var isIntegerLiteral: Bool
  }

  /// Reads a number and keeps its text.
  public mutating func readNumber() throws(InputError) -> JSONNumber {
    let span = try scanNumber()
    return JSONNumber(grammatical: text(of: span), isIntegerLiteral: span.isIntegerLiteral)
  }

  /// Reads an integer literal.
  ///
  /// `range`: the values that the field allows.
  public mutating func readInt(
    in range: ClosedRange<Int> = Int.min...Int.max
  ) throws(InputError) -> Int {
    let span = try scanNumber()
    guard span.isIntegerLiteral else {
      throw error(.notInteger(text: text(of: span)), at: span.start)
    }
    guard let value = Int(text(of: span)), range.contains(value) else {
      throw error(.outOfRange(text: text(of: span), range: describe(range)), at: span.start)
    }
    return value
  }

  /// Reads a number as its nearest double.
  ///
  /// A number beyond the largest double is an error, never an infinity.
  public mutating func readDouble() throws(InputError) -> Double {
    let span = try scanNumber()
    let value = nearestDouble(of: span)
    guard value.isFinite else { throw beyondDouble(span) }
    return value
  }

  func beyondDouble(_ span: NumberSpan) -> InputError {
    error(.outOfRange(text: text(of: span), range: "a number within binary64"), at: span.start)
  }

  func describe(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound)...\(range.upperBound)" }

  /// The characters of a number.
  func text(of span: NumberSpan) -> String {
    String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }

  /// Moves past a number: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
  mutating func scanNumber() throws(InputError) -> NumberSpan {
    skipSpace()
    let bytes = self.bytes
    let start = position
    var offset = start
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    if bytes[offset] == UInt8(ascii: "0") {
      offset += 1
      if Self.isDigit(bytes[offset]) { throw numberError("no digit after a leading 0", offset) }
    } else {
      offset = try passDigits(from: offset, expected: offset == start ? "a number" : "a digit")
    }
    var span = NumberSpan(start: start, end: offset, isIntegerLiteral: true)
    if bytes[offset] == UInt8(ascii: ".") {
      offset = try passDigits(from: offset + 1, expected: "a digit")
      span.isIntegerLiteral = false
    }
    if bytes[offset] == UInt8(ascii: "e") || bytes[offset] == UInt8(ascii: "E") {
      offset += 1
      if bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") { offset += 1 }
      offset = try passDigits(from: offset, expected: "a digit")
      span.isIntegerLiteral = false
    }
    span.end = offset
    position = offset
    return span
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private mutating func passDigits(from start: Int, expected: String) throws(InputError) -> Int {
    let bytes = self.bytes
    var offset = start
    // Ends at the zero byte at the latest.
    while Self.isDigit(bytes[offset]) { offset += 1 }
    guard offset > start else { throw numberError(expected, start) }
    return offset
  }

  private mutating func numberError(_ expected: String, _ offset: Int) -> InputError {
    position = offset
    return unexpected(expected)
  }

  /// The nearest double of a number, infinite beyond the largest.
  func nearestDouble(of span: NumberSpan) -> Double {
    exactDouble(of: span) ?? Double(text(of: span)) ?? .nan
  }

  /// The value of a short number, by one exact multiplication or division.
  ///
  /// With an integer m <= 2^53 and a power 10^k, k <= 22, both are doubles without error, so that
  /// m * 10^k and m / 10^k are rounded once and therefore correctly.
  private func exactDouble(of span: NumberSpan) -> Double? {
    guard span.end - span.start <= 18 else { return nil }
    var mantissa: UInt64 = 0
    var fractionDigits = 0
    var isFraction = false
    for byte in bytes[span.start..<span.end] {
      if Self.isDigit(byte) {
        mantissa = mantissa &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
        if isFraction { fractionDigits += 1 }
      } else if byte == UInt8(ascii: ".") {
        isFraction = true
      } else if byte != UInt8(ascii: "-") {
        return nil
      }
    }
    guard mantissa <= 1 << 53 else { return nil }
    let magnitude = Double(mantissa) / powersOfTen[fractionDigits]
    return bytes[span.start] == UInt8(ascii: "-") ? -magnitude : magnitude
  }
}

/// The powers of ten 10^0...10^22, each an exact double.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

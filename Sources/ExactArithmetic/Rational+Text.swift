// Fractions and decimals as text.

/// The largest power of ten that a text may ask for, in absolute value: binary64 ends near 10^308
/// and nobody writes more digits by hand, while "1e999999999" must not become a gigabyte.
private let decimalExponentMaximum = 10_000

extension Rational: CustomStringConvertible {
  /// The number in lowest terms, like Python's `str(Fraction)`: "3", "-1/3".
  public var description: String {
    var bytes: [UInt8] = []
    appendFraction(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the number in lowest terms as ASCII: "3", "-1/3".
  public func appendFraction(to bytes: inout [UInt8]) {
    numerator.appendDecimal(to: &bytes)
    if isInteger { return }
    bytes.append(UInt8(ascii: "/"))
    denominator.appendDecimal(to: &bytes)
  }

  /// Reads a fraction or a decimal, or nothing if the text is neither.
  ///
  /// The syntax is `[+-]?[0-9]+(/[0-9]+)?` or `[+-]?[0-9]+(.[0-9]+)?([eE][+-]?[0-9]+)?`: "3",
  /// "-1/3", "0.1", "1e-3", "2.5E2". A decimal means exactly itself: "0.1" is 1/10. A denominator
  /// of 0 and an exponent beyond 10,000 in absolute value are refused.
  public init?(_ text: some StringProtocol) {
    self.init(utf8: text.utf8)
  }

  /// Reads a fraction or a decimal in ASCII, or nothing if the bytes are neither.
  ///
  /// The syntax is that of the initializer from text.
  public init?(utf8: some Collection<UInt8>) {
    if let slash = utf8.firstIndex(of: UInt8(ascii: "/")) {
      let lower = utf8[utf8.index(after: slash)...]
      guard let first = lower.first, isDigit(first),
        let numerator = BigInteger(utf8Digits: utf8[..<slash]),
        let denominator = BigInteger(utf8Digits: lower), !denominator.isZero
      else { return nil }
      self.init(numerator, denominator)
    } else {
      self.init(decimal: Array(utf8))
    }
  }

  private init?(decimal bytes: [UInt8]) {
    let exponentMark = bytes.firstIndex { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    let mantissa = bytes[..<(exponentMark ?? bytes.endIndex)]
    var exponent = 0
    if let exponentMark {
      guard let written = BigInteger(utf8Digits: bytes[(exponentMark + 1)...])?.asInt,
        abs(Int128(written)) <= decimalExponentMaximum
      else { return nil }
      exponent = written
    }
    var digits = mantissa
    if let point = mantissa.firstIndex(of: UInt8(ascii: ".")) {
      // "1." and ".5" are refused: digits on both sides of the point.
      guard point > mantissa.startIndex, isDigit(mantissa[point - 1]),
        point + 1 < mantissa.endIndex, isDigit(mantissa[point + 1])
      else { return nil }
      digits.remove(at: point)
      exponent -= mantissa.endIndex - (point + 1)
    }
    guard let significand = BigInteger(utf8Digits: digits) else { return nil }
    let power = BigInteger(10).raised(to: abs(exponent))
    if exponent < 0 {
      self.init(significand, power)
    } else {
      self.init(significand * power)
    }
  }
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte &- UInt8(ascii: "0") < 10
}

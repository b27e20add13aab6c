import CGMP

// Decimal reading and writing of integers of any size.

/// The most decimal digits that surely fit `Int128`.
private let inlineDigitCountMaximum = 38

extension BigInteger {
  /// Reads an optional sign followed by decimal digits, or nothing if the text is anything else.
  ///
  /// The syntax is `[+-]?[0-9]+`: leading zeros are allowed, spaces and separators are not.
  public init?(_ decimal: some StringProtocol) {
    self.init(utf8Digits: decimal.utf8)
  }

  /// Reads an optional sign followed by decimal digits in ASCII, or nothing for anything else.
  ///
  /// Cost: no allocation up to 38 digits, then GMP's subquadratic conversion.
  public init?(utf8Digits: some Collection<UInt8>) {
    let direct = utf8Digits.withContiguousStorageIfAvailable { BigInteger.read($0) }
    let parsed = direct ?? Array(utf8Digits).withUnsafeBufferPointer { BigInteger.read($0) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// The decimal digits, after a minus sign if the number is negative.
  public var description: String {
    var bytes: [UInt8] = []
    appendDecimal(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the decimal digits, after a minus sign if the number is negative.
  public func appendDecimal(to bytes: inout [UInt8]) {
    switch storage {
    case .inline(let value):
      DecimalDigits.append(value.magnitude, negative: value < 0, to: &bytes)
    case .heap(let value):
      // GMP asks for the digits (it may overestimate by one), a sign and the final zero byte.
      let capacity = __gmpz_sizeinbase(value.pointer, 10) + 2
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
        __gmpz_get_str(buffer.baseAddress, 10, value.pointer)
        let end = buffer.firstIndex(of: 0) ?? buffer.endIndex
        let written = UnsafeMutableBufferPointer(rebasing: buffer[..<end])
        bytes.append(contentsOf: UnsafeMutableRawBufferPointer(written))
      }
    }
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> BigInteger? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let isSigned = isNegative || bytes.first == UInt8(ascii: "+")
    var digits = bytes[(isSigned ? 1 : 0)...]
    guard !digits.isEmpty else { return nil }
    if digits.count > inlineDigitCountMaximum {
      let significant = digits.firstIndex { $0 != UInt8(ascii: "0") } ?? digits.endIndex - 1
      digits = digits[significant...]
    }
    guard digits.count > inlineDigitCountMaximum else {
      guard let magnitude = DecimalDigits.read(digits) else { return nil }
      let value = Int128(truncatingIfNeeded: magnitude)
      return BigInteger(inline: isNegative ? -value : value)
    }
    // GMP would skip white space and stop at a zero byte, so every byte is looked at before.
    guard digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
    var characters = digits.map { CChar(bitPattern: $0) }
    characters.append(0)
    return BigInteger(computed: { result in
      __gmpz_set_str(result, characters, 10)
      if isNegative { __gmpz_neg(result, result) }
    })
  }
}

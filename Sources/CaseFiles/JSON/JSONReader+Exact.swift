public import ExactArithmetic

// Exact numbers: integers of any size, and fractions in strings.

extension JSONReader {
  /// The most characters of a number that is converted exactly; more are an error.
  ///
  /// The doubles of greatest denominator, 2^1074, have 324 + 751 digits.
  public static let exactDigitLimit = 1_000_000

  /// Reads an integer of any size: an integer literal, or a string of digits.
  public mutating func readBigInteger() throws(InputError) -> BigInteger {
    if try peek() == .string {
      let start = position
      let text = try readString()
      guard text.utf8.count <= Self.exactDigitLimit, let value = BigInteger(text) else {
        throw error(.notInteger(text: quoted(text)), at: start)
      }
      return value
    }
    return try bigInteger(of: try scanNumber())
  }

  /// Reads an exact number: an integer literal, or a string such as "1/3", "0.1" or "-2".
  ///
  /// A number with a point or an exponent is refused, since it stands for its nearest double.
  public mutating func readRational() throws(InputError) -> Rational {
    if try peek() == .string { return try readFractionString() }
    return Rational(try bigInteger(of: try scanNumber()))
  }

  /// Reads a capacity: a string or an integer literal exactly, any other number as its nearest
  /// double.
  public mutating func readExactOrDouble() throws(InputError) -> Rational {
    if try peek() == .string { return try readFractionString() }
    let span = try scanNumber()
    if span.isIntegerLiteral { return Rational(try bigInteger(of: span)) }
    guard let value = Rational(exactly: nearestDouble(of: span)) else { throw beyondDouble(span) }
    return value
  }

  /// Reads an array of integers of any size, in the narrowest of three types that holds them all.
  ///
  /// The result is not summed up yet; `ExactVector(_:denominator:)` chooses the final tier. Strings
  /// of digits are accepted too.
  public mutating func readIntegers() throws(InputError) -> ExactVector.Elements {
    var list = IntegerList()
    try readNumbers { reader throws(InputError) in
      reader.skipSpace()
      if let (value, next) = reader.smallInteger() {
        reader.position = next
        list.append(value)
      } else {
        list.append(try reader.readBigInteger())
      }
    }
    return list.elements
  }

  /// Reads an array of exact numbers, each as `readRational` does.
  public mutating func readRationals() throws(InputError) -> [Rational] {
    var values: [Rational] = []
    try readNumbers { reader throws(InputError) in values.append(try reader.readRational()) }
    return values
  }

  mutating func readFractionString() throws(InputError) -> Rational {
    let start = position
    let text = try readString()
    guard text.utf8.count <= Self.exactDigitLimit, let value = Rational(text) else {
      throw error(.notNumber(text: quoted(text)), at: start)
    }
    return value
  }

  func bigInteger(of span: NumberSpan) throws(InputError) -> BigInteger {
    let digits = bytes[span.start..<span.end]
    guard span.isIntegerLiteral, digits.count <= Self.exactDigitLimit,
      let value = BigInteger(utf8Digits: digits)
    else { throw error(.notInteger(text: quoted(text(of: span))), at: span.start) }
    return value
  }

  /// A text for an error message, cut when it is long.
  func quoted(_ text: String) -> String {
    let shown = text.prefix(40)
    return shown.endIndex == text.endIndex ? "'\(shown)'" : "'\(shown)...'"
  }
}

extension JSONNumber {
  /// The value when it is an integer literal.
  public var asBigInteger: BigInteger? {
    isIntegerLiteral ? BigInteger(text) : nil
  }
}

extension ExactVector {
  /// States integers of any of the three types over a denominator.
  ///
  /// `elements`: the numerators; the tier is chosen anew.
  /// `denominator`: positive.
  public init(_ elements: Elements, denominator: BigInteger) {
    switch elements {
    case .int64(let values): self.init(values, denominator: denominator)
    case .int128(let values): self.init(values, denominator: denominator)
    case .big(let values): self.init(values, denominator: denominator)
    }
  }
}

/// A list that starts with machine words and widens when an integer does not fit.
private struct IntegerList {
  private var small: [Int64] = []
  private var medium: [Int128] = []
  private var large: [BigInteger] = []
  private var width = 64

  var elements: ExactVector.Elements {
    switch width {
    case 64: .int64(small)
    case 128: .int128(medium)
    default: .big(large)
    }
  }

  mutating func append(_ value: Int64) {
    switch width {
    case 64: small.append(value)
    case 128: medium.append(Int128(value))
    default: large.append(BigInteger(value))
    }
  }

  mutating func append(_ value: BigInteger) {
    if let value = value.asInt64 { return append(value) }
    if width == 64 {
      width = 128
      medium = small.map { Int128($0) }
      small = []
    }
    if width == 128, let value = value.asInt128 { return medium.append(value) }
    if width == 128 {
      width = 0
      large = medium.map { BigInteger($0) }
      medium = []
    }
    large.append(value)
  }
}

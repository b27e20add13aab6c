extension JSONReader {
  /// Reads one of a few words.
  public mutating func readWord<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type
  ) throws(InputError) -> Word where Word.RawValue == String {
    let text = try readString()
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw error(.outOfRange(text: "'\(text)'", range: "one of \(words)"))
    }
    return word
  }

  /// Reads a string.
  public mutating func readString() throws(InputError) -> String {
    skipSpace()
    guard bytes[position] == UInt8(ascii: "\"") else { throw unexpected("a string") }
    return try scanString()
  }

  /// Reads an array of strings.
  public mutating func readStrings() throws(InputError) -> [String] {
    var values: [String] = []
    try readArray { reader, _ throws(InputError) in values.append(try reader.readString()) }
    return values
  }

  /// Reads true or false.
  public mutating func readBool() throws(InputError) -> Bool {
    switch try peek() {
    case .bool where bytes[position] == UInt8(ascii: "t"):
      try readLiteral("true")
      return true
    case .bool:
      try readLiteral("false")
      return false
    default: throw unexpected("true or false")
    }
  }

  /// Reads null.
  public mutating func readNull() throws(InputError) {
    guard try peek() == .null else { throw unexpected("null") }
    try readLiteral("null")
  }

  /// Reads null if it comes next, and tells whether it did.
  public mutating func skipNull() throws(InputError) -> Bool {
    guard try peek() == .null else { return false }
    try readLiteral("null")
    return true
  }

  private mutating func readLiteral(_ literal: StaticString) throws(InputError) {
    for offset in 0..<literal.utf8CodeUnitCount {
      guard bytes[position] == literal.utf8Start[offset] else {
        throw unexpected("the literal \(literal)")
      }
      position += 1
    }
  }

  /// Reads a string whose opening quote is at the position.
  mutating func scanString() throws(InputError) -> String {
    let start = position + 1
    var offset = start
    // Ends at a quote, at an escape, or at the zero byte after the text.
    while bytes[offset] >= 0x20 && bytes[offset] != UInt8(ascii: "\"")
      && bytes[offset] != UInt8(ascii: "\\")
    {
      offset += 1
    }
    if bytes[offset] == UInt8(ascii: "\"") {
      position = offset + 1
      return try decode(bytes[start..<offset], at: start)
    }
    return try scanEscapedString(plain: bytes[start..<offset])
  }

  private mutating func scanEscapedString(
    plain: ArraySlice<UInt8>
  ) throws(InputError) -> String {
    let start = position
    var text = Array(plain)
    position = plain.endIndex
    // Every turn moves on by a byte or more, up to the zero byte after the text.
    while true {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return try decode(text[...], at: start)
      case UInt8(ascii: "\\"):
        position += 1
        try scanEscape(into: &text)
      case 0..<0x20:
        throw position == end ? unexpected("'\"'") : error(.controlCharacter(code: byte))
      default:
        text.append(byte)
        position += 1
      }
    }
  }

  private func decode(_ slice: ArraySlice<UInt8>, at start: Int) throws(InputError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw error(.invalidUTF8, at: start)
    }
    return text
  }

  /// Reads what follows a backslash.
  private mutating func scanEscape(into text: inout [UInt8]) throws(InputError) {
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try scanUnicode()).utf8)
    default: throw error(.badEscape, at: position - 1)
    }
  }

  /// Reads the digits after `\u`, and the second half when they are the first of a pair.
  private mutating func scanUnicode() throws(InputError) -> Character {
    let start = position
    var code = try scanHexadecimal()
    if code >> 10 == 0xD800 >> 10 {
      guard bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") else {
        throw error(.badEscape, at: start)
      }
      position += 2
      let second = try scanHexadecimal()
      guard second >> 10 == 0xDC00 >> 10 else { throw error(.badEscape, at: start) }
      code = 0x10000 + (code & 0x3FF) << 10 + second & 0x3FF
    }
    guard let scalar = UnicodeScalar(code) else { throw error(.badEscape, at: start) }
    return Character(scalar)
  }

  private mutating func scanHexadecimal() throws(InputError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch bytes[position] {
      case let byte where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"):
        digit = byte - UInt8(ascii: "0")
      case let byte where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"):
        digit = byte - UInt8(ascii: "a") + 10
      case let byte where byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "F"):
        digit = byte - UInt8(ascii: "A") + 10
      default: throw error(.badEscape)
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }
}

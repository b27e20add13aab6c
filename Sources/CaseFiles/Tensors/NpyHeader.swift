/// What the header of a .npy file says.
struct NpyHeader {
  /// The element type with its byte order, such as `<f4`.
  var elementType: String
  var isFortranOrder: Bool
  var shape: [Int]
}

/// A parser of the one Python dictionary that a .npy header is.
///
/// Grammar: `{'descr': STRING, 'fortran_order': True|False, 'shape': (INTEGER, ...), }`, the keys
/// in any order, each exactly once, then white space.
struct NpyHeaderParser {
  let text: [UInt8]
  let origin: TensorOrigin
  private var position = 0

  init(text: [UInt8], origin: TensorOrigin) {
    self.text = text
    self.origin = origin
  }

  mutating func parse() throws(InputError) -> NpyHeader {
    var type: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try expect("{")
    // Every turn reads a key, of which there are three.
    while !take("}") {
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where type == nil: type = try elementType()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try bool()
      case "shape" where shape == nil: shape = try tuple()
      case "descr", "fortran_order", "shape": throw origin.error(.duplicateKey(key))
      default: throw malformed("the header has the unknown key '\(key)'")
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == text.count else { throw malformed("text follows the header's dictionary") }
    guard let type else { throw missing("descr") }
    guard let isFortranOrder else { throw missing("fortran_order") }
    guard let shape else { throw missing("shape") }
    return NpyHeader(elementType: type, isFortranOrder: isFortranOrder, shape: shape)
  }

  private mutating func elementType() throws(InputError) -> String {
    skipSpace()
    if byte == UInt8(ascii: "[") {
      throw origin.error(.unsupportedElements(type: "of a structured array"))
    }
    return try string()
  }

  private mutating func bool() throws(InputError) -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)]
    where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw malformed("'fortran_order' is neither True nor False")
  }

  private mutating func tuple() throws(InputError) -> [Int] {
    var lengths: [Int] = []
    try expect("(")
    // Every turn reads an integer, so the text ends the loop.
    while !take(")") {
      lengths.append(try integer())
      if !take(",") {
        try expect(")")
        break
      }
    }
    return lengths
  }

  private mutating func integer() throws(InputError) -> Int {
    skipSpace()
    let start = position
    if byte == UInt8(ascii: "-") { position += 1 }
    while let byte, byte &- UInt8(ascii: "0") < 10 { position += 1 }
    let digits = String(decoding: text[start..<position], as: UTF8.self)
    // Python 2 wrote long integers with an L.
    if byte == UInt8(ascii: "L") { position += 1 }
    guard !digits.isEmpty && digits != "-" else {
      throw malformed("the shape is not a tuple of integers")
    }
    guard let value = Int(digits) else { throw origin.error(.sizeOverflow) }
    return value
  }

  private mutating func string() throws(InputError) -> String {
    skipSpace()
    guard let quote = byte, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      let end = text[(position + 1)...].firstIndex(of: quote)
    else { throw malformed("a string is missing in the header") }
    defer { position = end + 1 }
    return String(decoding: text[(position + 1)..<end], as: UTF8.self)
  }

  private var byte: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let byte, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard byte == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(InputError) {
    guard take(mark) else { throw malformed("the header lacks '\(mark)' at byte \(position)") }
  }

  private func missing(_ key: String) -> InputError {
    malformed("the header lacks the key '\(key)'")
  }

  private func malformed(_ reason: String) -> InputError { NpyReader.malformed(reason, origin) }
}

extension JSONReader {
  /// The path of the value that is being read, such as `tensor[0][2][1]`.
  public var place: String {
    var text = ""
    for step in path {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key) where key.isEmpty: break
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      }
    }
    return text
  }

  /// An error at the present position of the text.
  public func error(_ problem: InputProblem) -> InputError { error(problem, at: position) }

  /// An error that something is missing in the object that was just read.
  ///
  /// `key`: the key that every such object must have.
  public func missing(_ key: String) -> InputError {
    error(.missingKey(key: key, available: []))
  }

  /// Returns the value, or throws that its key is missing.
  ///
  /// Call it after `readObject`, for each field that must be there.
  public func require<Value>(_ value: Value?, _ key: String) throws(InputError) -> Value {
    guard let value else { throw missing(key) }
    return value
  }

  /// An error that a key is not known, for formats that refuse such keys.
  public func unknown(_ key: String) -> InputError { error(.unknownKey(key)) }

  func error(_ problem: InputProblem, at offset: Int) -> InputError {
    InputError(file: name, place: place, position: textPosition(of: offset), problem: problem)
  }

  func unexpected(_ expected: String) -> InputError {
    if position == 0 && FileFormat.hasByteOrderMark(bytes) { return error(.byteOrderMark) }
    return error(.unexpected(found: describe(position), expected: expected))
  }

  /// Words for the byte at an offset.
  private func describe(_ offset: Int) -> String {
    guard offset < end else { return "the end of the text" }
    let byte = bytes[offset]
    if byte == UInt8(ascii: "\"") { return "a string" }
    if byte > 0x20 && byte < 0x7F { return "'\(Character(UnicodeScalar(byte)))'" }
    return "the byte \(byte)"
  }

  /// The line and column of an offset, found by reading the text again: errors are rare.
  private func textPosition(of offset: Int) -> TextPosition {
    var position = TextPosition(line: 1, column: 1)
    for byte in bytes[..<min(offset, end)] {
      if byte == 0x0A {
        position.line += 1
        position.column = 1
      } else if byte & 0xC0 != 0x80 {
        position.column += 1
      }
    }
    return position
  }
}

/// A writer of one JSON text: keys appear in the order in which the caller writes them.
///
/// Pretty texts are indented by two spaces; an inline container, such as a list of numbers, stays
/// on one line. A double that is not finite has no JSON text: the first one is remembered with its
/// place and `finish` throws it, so that no caller can get hold of a text with a hole.
///
/// Example:
/// ```swift
/// var writer = JSONWriter()
/// writer.object { writer in
///   writer.field("format", "flowcheck-case/1")
///   writer.field("cut", [0, 3, 4])
/// }
/// let bytes = try writer.finish()
/// ```
public struct JSONWriter: Sendable {
  /// How a text is laid out.
  public enum Layout: Sendable {
    /// One field or element a line, indented by two spaces, with a final newline.
    case pretty
    /// No white space at all, as JSON Lines wants it.
    case compact
  }

  /// Why a text could not be written.
  public enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// A double that is not a number or is infinite was written under the last key named.
    case notFinite(value: String, key: String)

    /// One plain sentence.
    public var description: String {
      switch self {
      case .notFinite(let value, let key): "the number \(value) under '\(key)' has no JSON text."
      }
    }
  }

  private enum Scope: Sendable { case object, array, inline }

  var bytes: [UInt8] = []
  var failure: Failure?
  private(set) var lastKey = ""
  private let layout: Layout
  private var scopes: [Scope] = []
  private var isFirst = true
  private var followsKey = false

  /// Starts an empty text.
  public init(_ layout: Layout = .pretty) { self.layout = layout }

  /// Ends the text and returns its bytes.
  ///
  /// Throws `Failure` when some number had no JSON text.
  public func finish() throws(Failure) -> [UInt8] {
    if let failure { throw failure }
    precondition(scopes.isEmpty && !bytes.isEmpty, "a JSON text is one whole value")
    return layout == .pretty ? bytes + [0x0A] : bytes
  }

  /// Writes a key; its value must follow.
  public mutating func key(_ key: String) {
    precondition(!followsKey && scopes.last != .array, "a key stands in an object, before a value")
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    if layout == .pretty { bytes.append(0x20) }
    lastKey = key
    followsKey = true
  }

  /// Writes an object; the closure writes its keys and values.
  ///
  /// `isInline`: whether a pretty text keeps the object on one line.
  /// `body`: writes the fields.
  public mutating func object(
    isInline: Bool = false, _ body: (inout JSONWriter) -> Void
  ) {
    container(isInline ? .inline : .object, "{", "}", body)
  }

  /// Writes an array; the closure writes its elements.
  ///
  /// `isInline`: whether a pretty text keeps the array on one line.
  /// `body`: writes the elements.
  public mutating func array(
    isInline: Bool = false, _ body: (inout JSONWriter) -> Void
  ) {
    container(isInline ? .inline : .array, "[", "]", body)
  }

  /// Writes a string.
  public mutating func string(_ text: String) {
    beginValue()
    quote(text)
  }

  /// Writes true or false.
  public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  /// Writes null.
  public mutating func null() { raw("null") }

  /// Writes a tree.
  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let number): raw(number.text)
    case .string(let text): string(text)
    case .array(let elements): array { for element in elements { $0.value(element) } }
    case .object(let members):
      object {
        for member in members {
          $0.key(member.key)
          $0.value(member.value)
        }
      }
    }
  }

  /// Writes characters that are known to be one JSON value.
  mutating func raw(_ text: String) {
    beginValue()
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes what stands between the value before and this one.
  mutating func beginValue() {
    if followsKey { followsKey = false } else { separate() }
  }
}

extension JSONWriter {
  private mutating func container(
    _ scope: Scope, _ open: Unicode.Scalar, _ close: Unicode.Scalar,
    _ body: (inout JSONWriter) -> Void
  ) {
    beginValue()
    bytes.append(UInt8(ascii: open))
    // Whatever an inline container holds is inline too.
    scopes.append(scopes.last == .inline ? .inline : scope)
    isFirst = true
    body(&self)
    precondition(!followsKey, "a key needs a value")
    let isEmpty = isFirst
    let isInline = scopes.removeLast() == .inline
    if !isEmpty && !isInline { newline() }
    bytes.append(UInt8(ascii: close))
    isFirst = false
  }

  private mutating func separate() {
    defer { isFirst = false }
    guard let scope = scopes.last else {
      precondition(bytes.isEmpty, "a JSON text is one value")
      return
    }
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    if scope != .inline { newline() } else if !isFirst && layout == .pretty { bytes.append(0x20) }
  }

  private mutating func newline() {
    guard layout == .pretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * scopes.count))
  }

  /// Writes a string in quotes, escaping what must be escaped and nothing else.
  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [0x5C, byte])
      case 0x08: bytes.append(contentsOf: "\\b".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0C: bytes.append(contentsOf: "\\f".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(contentsOf: [hexadecimal(byte >> 4), hexadecimal(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}

/// A JSON number as its text, from which any exact or rounded value can be had.
public struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
  /// The characters of the number, which obey the JSON grammar.
  public let text: String

  /// Whether the text is an integer literal: digits with an optional minus sign.
  public let isIntegerLiteral: Bool

  /// Keeps a text that is known to obey the grammar.
  init(grammatical text: String, isIntegerLiteral: Bool) {
    self.text = text
    self.isIntegerLiteral = isIntegerLiteral
  }

  /// An integer as a number.
  public init(_ value: some BinaryInteger) {
    text = String(value)
    isIntegerLiteral = true
  }

  /// A double as a number, by its shortest text that reads back as the same double.
  ///
  /// Nil for not-a-number and infinities, which JSON does not have.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = value.description
    isIntegerLiteral = false
  }

  /// The value when it is an integer literal in the range of `Int`.
  public var asInt: Int? { isIntegerLiteral ? Int(text) : nil }

  /// The nearest double; infinite when the number is beyond the largest double.
  public var nearestDouble: Double { Double(text) ?? .nan }

  /// The text.
  public var description: String { text }
}

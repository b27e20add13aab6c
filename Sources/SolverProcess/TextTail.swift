/// The end of a text that may be of any length.
struct TextTail: Sendable {
  /// The number of bytes that are kept.
  static let limit = 4_096

  private var bytes: [UInt8] = []

  /// Adds bytes and forgets the first ones when there are too many.
  mutating func append(_ new: ArraySlice<UInt8>) {
    bytes += new.suffix(Self.limit)
    // Up to twice the limit is held, so that the bytes are not moved each time.
    if bytes.count > 2 * Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
  }

  /// What is kept, on one line: lines joined by bars, what cannot be printed replaced.
  var line: String { Self.printable(bytes.suffix(Self.limit)) }

  /// Bytes from a stranger as one line that a terminal can be shown.
  static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    let lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    return lines.map { line in
      let text = String(decoding: line, as: UTF8.self)
      return String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }.joined(separator: " | ")
  }
}

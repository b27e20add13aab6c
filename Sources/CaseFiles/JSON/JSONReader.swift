/// A pull reader of one JSON text: the caller asks for what the format says comes next.
///
/// The grammar is RFC 8259, strictly: no comments, no trailing commas, no NaN, valid UTF-8, no key
/// twice in an object, nothing after the value. Containers are read with a closure for each
/// element, numbers keep their text until they are converted, and lists of numbers have fast
/// paths. Every error carries the field path, the line and the column.
///
/// After an error the reader must not be used again.
///
/// Example:
/// ```swift
/// var reader = JSONReader(bytes: Array(#"{"nodes": 4, "tails": [0, 1]}"#.utf8), name: "answer")
/// var nodes: Int?
/// try reader.readObject { reader, key throws(InputError) in
///   switch key {
///   case "nodes": nodes = try reader.readInt()
///   default: try reader.skipValue()
///   }
/// }
/// try reader.finish()
/// ```
public struct JSONReader: Sendable {
  /// The deepest nesting that is read: recursion of reader and caller stays within any stack.
  public static let depthLimit = 512

  /// The kinds of JSON values.
  public enum Kind: String, Sendable {
    /// The literal null.
    case null
    /// The literals true and false.
    case bool
    /// A number of any form.
    case number
    /// A string.
    case string
    /// A list of values.
    case array
    /// A list of keys with values.
    case object
  }

  enum Step: Sendable {
    case key(String)
    case index(Int)
  }

  /// What error messages call the text.
  public let name: String

  /// The text and one zero byte, which no rule of the grammar accepts, so that scans stop.
  let bytes: [UInt8]

  var position = 0
  var path: [Step] = []

  /// Starts at the beginning of a text.
  ///
  /// `bytes`: the text, in UTF-8.
  /// `name`: the file, or what error messages call the text.
  public init(bytes: [UInt8], name: String) {
    var bytes = bytes
    bytes.append(0)
    self.bytes = bytes
    self.name = name
  }

  /// Starts at the beginning of a file, whose bytes are copied.
  public init(_ file: InputFile) {
    name = file.name
    bytes = file.withBytes { source in
      [UInt8](unsafeUninitializedCapacity: source.count + 1) { buffer, count in
        _ = buffer.update(fromContentsOf: source.bindMemory(to: UInt8.self))
        buffer[source.count] = 0
        count = source.count + 1
      }
    }
  }

  /// The number of bytes of the text.
  var end: Int { bytes.count - 1 }

  /// Tells the kind of the next value without reading it.
  public mutating func peek() throws(InputError) -> Kind {
    skipSpace()
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw unexpected("a value")
    }
  }

  /// Reads an array, calling a closure once for each element.
  ///
  /// `element`: reads exactly one value; receives the index, counted from 0.
  public mutating func readArray(
    _ element: (inout JSONReader, Int) throws(InputError) -> Void
  ) throws(InputError) {
    try open(UInt8(ascii: "["), "an array", .index(0))
    var index = 0
    if try !closes(UInt8(ascii: "]")) {
      // Every turn reads one value, so the text ends the loop.
      while true {
        path[path.count - 1] = .index(index)
        let before = position
        try element(&self, index)
        precondition(position > before, "the closure must read one value for each element")
        if try !continues(UInt8(ascii: "]")) { break }
        index += 1
      }
    }
    path.removeLast()
  }

  /// Reads an object, calling a closure once for each field.
  ///
  /// `field`: reads exactly one value, or skips it; receives the key.
  public mutating func readObject(
    _ field: (inout JSONReader, String) throws(InputError) -> Void
  ) throws(InputError) {
    try open(UInt8(ascii: "{"), "an object", .key(""))
    var keys = SeenKeys()
    if try !closes(UInt8(ascii: "}")) {
      // Every turn reads one key and one value, so the text ends the loop.
      while true {
        skipSpace()
        let start = position
        guard bytes[position] == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
        let key = try scanString()
        path[path.count - 1] = .key(key)
        guard keys.insert(key) else { throw error(.duplicateKey(key), at: start) }
        skipSpace()
        guard bytes[position] == UInt8(ascii: ":") else { throw unexpected("':' after a key") }
        position += 1
        let before = position
        try field(&self, key)
        precondition(position > before, "the closure must read one value for each key")
        if try !continues(UInt8(ascii: "}")) { break }
      }
    }
    path.removeLast()
  }

  /// Checks that nothing but white space follows.
  public mutating func finish() throws(InputError) {
    skipSpace()
    guard position == end else { throw error(.trailingText) }
  }
}

extension JSONReader {
  /// Moves past white space.
  mutating func skipSpace() {
    let bytes = self.bytes
    var position = self.position
    // Ends at the zero byte at the latest.
    while Self.isSpace(bytes[position]) { position += 1 }
    self.position = position
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  mutating func open(_ bracket: UInt8, _ expected: String, _ step: Step) throws(InputError) {
    skipSpace()
    guard bytes[position] == bracket else { throw unexpected(expected) }
    guard path.count < Self.depthLimit else { throw error(.tooDeep(limit: Self.depthLimit)) }
    position += 1
    path.append(step)
  }

  /// Reads the closing bracket of an empty container, if it is there.
  mutating func closes(_ bracket: UInt8) throws(InputError) -> Bool {
    skipSpace()
    guard bytes[position] == bracket else { return false }
    position += 1
    return true
  }

  /// Reads the comma (true) or the closing bracket (false) after an element.
  mutating func continues(_ bracket: UInt8) throws(InputError) -> Bool {
    skipSpace()
    let byte = bytes[position]
    guard byte == UInt8(ascii: ",") || byte == bracket else {
      throw unexpected("',' or '\(Character(UnicodeScalar(bracket)))'")
    }
    position += 1
    return byte == UInt8(ascii: ",")
  }
}

/// The keys of one object, to notice a second one: a list while it is short, then a set.
private struct SeenKeys {
  private static let listLimit = 16
  private var list: [String] = []
  private var set: Set<String> = []

  /// Returns false when the key was there before.
  mutating func insert(_ key: String) -> Bool {
    if set.isEmpty {
      if list.contains(key) { return false }
      list.append(key)
      if list.count > Self.listLimit { set = Set(list) }
      return true
    }
    return set.insert(key).inserted
  }
}

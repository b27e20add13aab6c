/// A JSON value as a tree, for small things; big lists are better pulled.
public enum JSONValue: Equatable, Sendable {
  /// The literal null.
  case null
  /// The literals true and false.
  case bool(Bool)
  /// A number, with its text.
  case number(JSONNumber)
  /// A string.
  case string(String)
  /// A list of values.
  case array([JSONValue])
  /// A list of fields, in the order of the text.
  case object([Member])

  /// A field of an object.
  public struct Member: Equatable, Sendable {
    /// The key, which occurs once in its object.
    public var key: String

    /// The value of the key.
    public var value: JSONValue

    /// Creates a field.
    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value of a field; nil when this is no object or has no such key.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The elements when this is an array.
  public var asArray: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The text when this is a string.
  public var asString: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The truth value when this is true or false.
  public var asBool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The number, with its text, when this is one.
  public var asNumber: JSONNumber? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// The value when this is an integer literal in the range of `Int`.
  public var asInt: Int? { asNumber?.asInt }

  /// The nearest double when this is a number.
  public var asDouble: Double? { asNumber?.nearestDouble }
}

extension JSONReader {
  /// Reads any value as a tree.
  ///
  /// The recursion is bounded by `depthLimit`.
  public mutating func readValue() throws(InputError) -> JSONValue {
    switch try peek() {
    case .null:
      try readNull()
      return .null
    case .bool: return .bool(try readBool())
    case .number: return .number(try readNumber())
    case .string: return .string(try readString())
    case .array:
      var elements: [JSONValue] = []
      try readArray { reader, _ throws(InputError) in elements.append(try reader.readValue()) }
      return .array(elements)
    case .object:
      var members: [JSONValue.Member] = []
      try readObject { reader, key throws(InputError) in
        members.append(.init(key: key, value: try reader.readValue()))
      }
      return .object(members)
    }
  }

  /// Reads any value and forgets it; the grammar is checked all the same.
  ///
  /// The recursion is bounded by `depthLimit`.
  public mutating func skipValue() throws(InputError) {
    switch try peek() {
    case .null: try readNull()
    case .bool: _ = try readBool()
    case .number: _ = try scanNumber()
    case .string: _ = try readString()
    case .array: try readArray { reader, _ throws(InputError) in try reader.skipValue() }
    case .object: try readObject { reader, _ throws(InputError) in try reader.skipValue() }
    }
  }
}

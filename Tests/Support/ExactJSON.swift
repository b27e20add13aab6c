public import CaseFiles
public import ExactArithmetic

/// Reads a JSON text with correctly rounded doubles, which Foundation does not promise.
public func parsedJSON(_ text: String) throws -> JSONValue {
  var reader = JSONReader(bytes: Array(text.utf8), name: "output")
  let value = try reader.readValue()
  try reader.finish()
  return value
}

extension JSONValue {
  /// The keys of an object, in order; empty for anything else.
  public var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }

  /// The nearest doubles of a list of numbers; nil if this is anything else.
  public var asDoubles: [Double]? {
    guard let elements = asArray else { return nil }
    let doubles = elements.compactMap(\.asDouble)
    return doubles.count == elements.count ? doubles : nil
  }

  /// The exact number in a string; nil if this is anything else.
  public var asRational: Rational? { asString.flatMap { Rational($0) } }

  /// The numbers of nested lists, from left to right.
  public var flattened: [Double] {
    if let elements = asArray { return elements.flatMap(\.flattened) }
    return asDouble.map { [$0] } ?? []
  }
}

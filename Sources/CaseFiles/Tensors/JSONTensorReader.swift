import ExactArithmetic

// Tensors as nested JSON lists.
//
// A number is its nearest double; a string such as "1/3" or "0.1" is exact; integers are neutral.
// A tensor with a string is exact, unless its strings are all integers and some number is not one.

extension JSONReader {
  /// Reads a tensor as nested lists of numbers or exact strings.
  ///
  /// Throws `InputError`, with the place of the entry, for lists of unequal length, negative
  /// entries, and fractions in strings beside non-integer numbers.
  public mutating func readTensor() throws(InputError) -> RawTensor {
    let start = (position, path)
    var numbers: [Double] = []
    var hasExactEntries = false
    var lists = NestedList()
    try lists.read(&self) { reader throws(InputError) in
      guard !hasExactEntries, let value = try reader.readPlainEntry() else {
        hasExactEntries = true
        return try reader.skipValue()
      }
      numbers.append(value)
    }
    let origin = TensorOrigin(file: name, format: "JSON")
    if !hasExactEntries {
      return try RawTensor(
        shape: lists.shape, values: .doubles(numbers), elementFormat: .float64, origin: origin)
    }
    // Exact tensors are small: they are read a second time, entry by entry.
    (position, path) = start
    var exact = ExactEntries()
    lists = NestedList()
    try lists.read(&self) { reader throws(InputError) in try exact.read(&reader) }
    let values = try exact.values()
    var format = ElementFormat.fraction
    if case .doubles = values { format = .float64 }
    return try RawTensor(
      shape: lists.shape, values: values, elementFormat: format, origin: origin)
  }

  /// Reads a number as its nearest double; nil, with nothing read, for anything that needs care.
  private mutating func readPlainEntry() throws(InputError) -> Double? {
    guard try peek() == .number else { return nil }
    let span = try scanNumber()
    let value = nearestDouble(of: span)
    if value < 0 { throw error(.negative(text: text(of: span)), at: span.start) }
    guard value.isFinite else {
      position = span.start
      return nil
    }
    return value
  }
}

/// The entries of a tensor that holds strings, or integers beyond the largest double.
private struct ExactEntries {
  private var entries: [Rational] = []
  private var hasStrings = false
  private var fractionString: String?
  private var inexactNumber: String?
  /// The first entry that a tensor of doubles cannot hold.
  private var beyondDoubles: InputError?

  mutating func read(_ reader: inout JSONReader) throws(InputError) {
    let start = reader.position
    let isString = try reader.peek() == .string
    let value = try isString ? readString(&reader) : readNumber(&reader)
    if value.signum() < 0 { throw reader.error(.negative(text: value.description), at: start) }
    if let fractionString, let inexactNumber {
      throw reader.error(
        .mixedExactness(string: "\"\(fractionString)\"", number: inexactNumber), at: start)
    }
    entries.append(value)
  }

  /// The entries as fractions if a string is among them, unless some number is inexact.
  func values() throws(InputError) -> RawTensor.Values {
    if hasStrings && inexactNumber == nil { return .rationals(entries) }
    if let beyondDoubles { throw beyondDoubles }
    return .doubles(entries.map(\.nearestDouble))
  }

  private mutating func readString(_ reader: inout JSONReader) throws(InputError) -> Rational {
    let start = reader.position
    let value = try reader.readFractionString()
    hasStrings = true
    if !value.isInteger && fractionString == nil { fractionString = value.description }
    if beyondDoubles == nil, Rational(exactly: value.nearestDouble) != value {
      beyondDoubles = reader.error(
        .outOfRange(text: "'\(value)'", range: "a number that is exactly a double"), at: start)
    }
    return value
  }

  private mutating func readNumber(_ reader: inout JSONReader) throws(InputError) -> Rational {
    let span = try reader.scanNumber()
    if span.isIntegerLiteral {
      let value = Rational(try reader.bigInteger(of: span))
      if beyondDoubles == nil && !value.nearestDouble.isFinite {
        beyondDoubles = reader.beyondDouble(span)
      }
      return value
    }
    let text = reader.text(of: span)
    guard let value = Rational(exactly: reader.nearestDouble(of: span)) else {
      throw reader.beyondDouble(span)
    }
    if let written = Rational(text), written.isInteger { return written }
    inexactNumber = inexactNumber ?? text
    return value
  }
}

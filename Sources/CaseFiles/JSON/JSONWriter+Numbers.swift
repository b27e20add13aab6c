extension JSONWriter {
  /// Writes an integer.
  public mutating func integer(_ value: some BinaryInteger) {
    beginValue()
    appendDecimal(value)
  }

  /// Writes a double as its shortest text that reads back as the same double.
  ///
  /// A value that is not finite is remembered, and `finish` throws it.
  public mutating func double(_ value: Double) {
    guard value.isFinite else {
      failure = failure ?? .notFinite(value: value.description, key: lastKey)
      return null()
    }
    raw(value.description)
  }

  /// Writes an array of integers on one line.
  public mutating func integers(_ values: some Sequence<some BinaryInteger>) {
    array(isInline: true) { writer in for value in values { writer.integer(value) } }
  }

  /// Writes an array of doubles on one line.
  public mutating func doubles(_ values: some Sequence<Double>) {
    array(isInline: true) { writer in for value in values { writer.double(value) } }
  }

  /// Writes an array of strings, one a line in a pretty text.
  public mutating func strings(_ values: some Sequence<String>) {
    array { writer in for value in values { writer.string(value) } }
  }

  /// Appends the decimal digits of an integer.
  private mutating func appendDecimal(_ value: some BinaryInteger) {
    if let small = Int64(exactly: value) {
      appendDigits(small.magnitude, isNegative: small < 0)
    } else {
      bytes.append(contentsOf: String(value).utf8)
    }
  }

  private mutating func appendDigits(_ magnitude: UInt64, isNegative: Bool) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = magnitude
    // At most 20 turns: the quotient reaches 0.
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}

extension JSONWriter {
  /// Writes a key with a string.
  public mutating func field(_ key: String, _ text: String) {
    self.key(key)
    string(text)
  }

  /// Writes a key with true or false.
  public mutating func field(_ key: String, _ value: Bool) {
    self.key(key)
    bool(value)
  }

  /// Writes a key with an integer.
  public mutating func field(_ key: String, _ value: some BinaryInteger) {
    self.key(key)
    integer(value)
  }

  /// Writes a key with a double.
  public mutating func field(_ key: String, _ value: Double) {
    self.key(key)
    double(value)
  }

  /// Writes a key with a list of integers.
  public mutating func field(_ key: String, _ values: some Sequence<some BinaryInteger>) {
    self.key(key)
    integers(values)
  }

  /// Writes a key with a list of doubles.
  public mutating func field(_ key: String, _ values: some Sequence<Double>) {
    self.key(key)
    doubles(values)
  }

  /// Writes a key with a list of strings.
  public mutating func field(_ key: String, _ values: some Sequence<String>) {
    self.key(key)
    strings(values)
  }

  /// Writes a key with a tree.
  public mutating func field(_ key: String, _ value: JSONValue) {
    self.key(key)
    self.value(value)
  }

  /// Writes a key with an object that the closure fills.
  public mutating func objectField(
    _ key: String, isInline: Bool = false, _ body: (inout JSONWriter) -> Void
  ) {
    self.key(key)
    object(isInline: isInline, body)
  }

  /// Writes a key with an array that the closure fills.
  public mutating func arrayField(
    _ key: String, isInline: Bool = false, _ body: (inout JSONWriter) -> Void
  ) {
    self.key(key)
    array(isInline: isInline, body)
  }
}

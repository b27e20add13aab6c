public import ExactArithmetic

extension JSONWriter {
  /// Writes an integer of any size as an integer literal.
  public mutating func integer(_ value: BigInteger) {
    beginValue()
    value.appendDecimal(to: &bytes)
  }

  /// Writes a fraction as a string in lowest terms: "3", "-1/3".
  public mutating func fraction(_ value: Rational) {
    beginValue()
    bytes.append(UInt8(ascii: "\""))
    value.appendFraction(to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes the numerators of a vector as an array of integer literals on one line.
  public mutating func numerators(_ vector: ExactVector) {
    array(isInline: true) { writer in
      switch vector.elements {
      case .int64(let values): for value in values { writer.integer(value) }
      case .int128(let values): for value in values { writer.integer(BigInteger(value)) }
      case .big(let values): for value in values { writer.integer(value) }
      }
    }
  }

  /// Writes an array of fractions as strings on one line.
  public mutating func fractions(_ values: some Sequence<Rational>) {
    array(isInline: true) { writer in for value in values { writer.fraction(value) } }
  }

  /// Writes a key with an integer of any size.
  public mutating func field(_ key: String, _ value: BigInteger) {
    self.key(key)
    integer(value)
  }

  /// Writes a key with a fraction as a string.
  public mutating func field(_ key: String, _ value: Rational) {
    self.key(key)
    fraction(value)
  }

  /// Writes a key with a list of fractions as strings.
  public mutating func field(_ key: String, _ values: some Sequence<Rational>) {
    self.key(key)
    fractions(values)
  }
}

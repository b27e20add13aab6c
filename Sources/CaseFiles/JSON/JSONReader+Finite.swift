public import ExactArithmetic

// Numbers in answers of solvers: integer literals are exact, any other number is its nearest
// double, and nothing else is a number, whatever languages write for the result of 0/0.

extension JSONReader {
  /// Reads a number: an integer literal exactly, any other as its nearest double.
  ///
  /// Strings are refused, and so are `NaN`, `Infinity`, `null` and other words.
  public mutating func readFiniteNumber() throws(InputError) -> Rational {
    try refuseWord()
    if let double = try readUnroundedDouble(), let value = Rational(exactly: double) {
      return value
    }
    return try readExactOrDouble()
  }

  /// Reads an array of numbers, each as `readFiniteNumber` does.
  ///
  /// `count`: how many there must be; no more are kept.
  public mutating func readFiniteNumbers(count: Int) throws(InputError) -> ExactVector {
    // Doubles as long as all entries are doubles without error, fractions from then on.
    var doubles: [Double] = []
    var fractions: [Rational] = []
    var found = 0
    try readNumbers { reader throws(InputError) in
      found += 1
      try reader.refuseWord()
      if found > count {
        _ = try reader.scanNumber()
      } else if fractions.isEmpty, let value = try reader.readUnroundedDouble() {
        doubles.append(value)
      } else {
        if fractions.isEmpty { fractions = doubles.compactMap { Rational(exactly: $0) } }
        fractions.append(try reader.readExactOrDouble())
      }
    }
    guard found == count else {
      throw error(.countMismatch(what: "number", found: found, expected: count))
    }
    if fractions.isEmpty, let vector = ExactVector(exactly: doubles) { return vector }
    guard let vector = CommonDenominator.vector(fractions) else {
      throw error(.denominatorTooLarge(entries: fractions.count))
    }
    return vector
  }

  /// Throws if a string or a word stands where a number must.
  private mutating func refuseWord() throws(InputError) {
    skipSpace()
    var offset = position
    if bytes[offset] == UInt8(ascii: "\"") { throw unexpected("a number") }
    if bytes[offset] == UInt8(ascii: "-") || bytes[offset] == UInt8(ascii: "+") { offset += 1 }
    let isLetter = { (byte: UInt8) in byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    guard isLetter(bytes[offset]) else { return }
    let word = bytes[position..<offset] + bytes[offset...].prefix(16).prefix(while: isLetter)
    throw error(.notFinite(text: String(decoding: word, as: UTF8.self)))
  }
}

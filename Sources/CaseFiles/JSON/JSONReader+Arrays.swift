// Lists of numbers without a closure call for each element.

extension JSONReader {
  /// Reads an array of numbers as their nearest doubles.
  public mutating func readDoubles() throws(InputError) -> [Double] {
    var values: [Double] = []
    try readNumbers { reader throws(InputError) in values.append(try reader.readDouble()) }
    return values
  }

  /// Reads an array of integer literals that fit 32 bits.
  ///
  /// `range`: the values that the field allows, such as node numbers.
  public mutating func readInt32s(
    in range: ClosedRange<Int32> = Int32.min...Int32.max
  ) throws(InputError) -> [Int32] {
    var values: [Int32] = []
    let allowed = Int(range.lowerBound)...Int(range.upperBound)
    try readNumbers { reader throws(InputError) in
      values.append(Int32(try reader.readSmallInt(in: allowed)))
    }
    return values
  }

  /// Reads an array of integer literals that fit a machine word.
  ///
  /// `range`: the values that the field allows.
  public mutating func readInts(
    in range: ClosedRange<Int> = Int.min...Int.max
  ) throws(InputError) -> [Int] {
    var values: [Int] = []
    try readNumbers { reader throws(InputError) in
      values.append(try reader.readSmallInt(in: range))
    }
    return values
  }

  /// Reads an array; the closure reads one number and keeps the path as it is.
  @inline(__always)
  mutating func readNumbers(
    _ element: (inout JSONReader) throws(InputError) -> Void
  ) throws(InputError) {
    try open(UInt8(ascii: "["), "an array of numbers", .index(0))
    if try !closes(UInt8(ascii: "]")) {
      var index = 0
      // Every turn reads one value, so the text ends the loop.
      repeat {
        path[path.count - 1] = .index(index)
        try element(&self)
        index += 1
      } while try continues(UInt8(ascii: "]"))
    }
    path.removeLast()
  }

  /// Reads an integer literal, in one pass when it has at most 18 digits.
  mutating func readSmallInt(in range: ClosedRange<Int>) throws(InputError) -> Int {
    skipSpace()
    guard let (value, next) = smallInteger(), range.contains(Int(value)) else {
      return try readInt(in: range)
    }
    position = next
    return Int(value)
  }

  /// The integer literal at the position and the offset after it.
  ///
  /// Nil for anything else, or for more than 18 digits: 10^18 < 2^63.
  @inline(__always)
  func smallInteger() -> (value: Int64, next: Int)? {
    let bytes = self.bytes
    let isNegative = bytes[position] == UInt8(ascii: "-")
    let start = isNegative ? position + 1 : position
    var offset = start
    var value: Int64 = 0
    // Ends after 19 digits or at the zero byte at the latest.
    while Self.isDigit(bytes[offset]) && offset - start < 19 {
      value = value &* 10 &+ Int64(bytes[offset] &- UInt8(ascii: "0"))
      offset += 1
    }
    let count = offset - start
    let last = bytes[offset]
    guard count > 0 && count < 19, bytes[start] != UInt8(ascii: "0") || count == 1,
      last != UInt8(ascii: "."), last | 0x20 != UInt8(ascii: "e")
    else { return nil }
    return (isNegative ? -value : value, offset)
  }
}

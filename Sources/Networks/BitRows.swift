/// Rows of bits, all of one width, 64 to a word.
///
/// Bits beyond the width are 0. A row is a pointer to its words, good while the value lives: what
/// is asked of whole rows is a loop over a few words.
package struct BitRows: ~Copyable {
  /// The number of rows.
  package let count: Int
  /// The number of bits in a row.
  package let width: Int
  /// The number of words in a row.
  package let words: Int
  @usableFromInline let start: UnsafeMutablePointer<UInt64>

  /// Rows of zeros; at least one row and one bit.
  package init(count: Int, width: Int) {
    precondition(count >= 1 && width >= 1, "\(count) rows of \(width) bits")
    self.count = count
    self.width = width
    words = (width + 63) / 64
    start = .allocate(capacity: count * words)
    start.initialize(repeating: 0, count: count * words)
  }

  deinit { start.deallocate() }

  /// The words of a row; `row` is in `0 ..< count`.
  @inlinable @inline(__always)
  package subscript(row: Int) -> UnsafeMutablePointer<UInt64> {
    assert(row >= 0 && row < count)
    return start + row * words
  }

  /// Whether a bit is set.
  @inlinable @inline(__always)
  package func contains(_ row: Int, _ bit: Int) -> Bool {
    self[row][bit >> 6] & (1 << UInt64(bit & 63)) != 0
  }

  /// Sets a bit.
  @inlinable @inline(__always)
  package func insert(_ row: Int, _ bit: Int) { self[row][bit >> 6] |= 1 << UInt64(bit & 63) }

  /// Clears a bit.
  @inlinable @inline(__always)
  package func remove(_ row: Int, _ bit: Int) { self[row][bit >> 6] &= ~(1 << UInt64(bit & 63)) }

  /// Sets all bits of a row.
  package func fill(_ row: Int) {
    let words = self[row]
    for word in 0..<self.words { words[word] = ~0 }
    if width & 63 != 0 { words[self.words - 1] = 1 << UInt64(width & 63) - 1 }
  }

  /// Whether two rows of this width have a bit in common.
  @inlinable @inline(__always)
  package func meets(_ row: Int, _ other: UnsafeMutablePointer<UInt64>) -> Bool {
    let own = self[row]
    var common: UInt64 = 0
    for word in 0..<words { common |= own[word] & other[word] }
    return common != 0
  }
}

/// Calls `body` with the position of each bit of a word, lowest first.
@inlinable @inline(__always)
package func forEachBit(_ word: UInt64, offset: Int, _ body: (_ position: Int) -> Void) {
  var rest = word
  while rest != 0 {
    body(offset + rest.trailingZeroBitCount)
    rest &= rest - 1
  }
}

/// Exchanges rows and columns of a square of bits, `size` words of `size` bits each.
///
/// `size` is a power of two up to 64. In each round the squares off the diagonal of half the size
/// change places, in all squares at once. Cost: `size log(size)` operations on words.
package func transpose(_ square: UnsafeMutablePointer<UInt64>, size: Int) {
  var half = size / 2
  while half > 0 {
    // The lower positions of each square of twice this size: `half` ones, `half` zeros, and so on.
    let mask = ~0 / (1 << UInt64(half) + 1) as UInt64
    var row = 0
    while row < size {
      let swapped = ((square[row] >> UInt64(half)) ^ square[row + half]) & mask
      square[row] ^= swapped << UInt64(half)
      square[row + half] ^= swapped
      row = (row + half + 1) & ~half
    }
    half /= 2
  }
}

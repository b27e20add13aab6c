/// Rows of bits, all of one width, 64 to a word.
///
/// Bits beyond the width are 0. A row is a pointer to its words, good while the value lives: what
/// is asked of whole rows is a loop over a few words.
public struct BitRows: ~Copyable {
  /// The number of rows.
  public let count: Int
  /// The number of bits in a row.
  public let width: Int
  /// The number of words in a row.
  public let words: Int
  @usableFromInline
  let start: UnsafeMutablePointer<UInt64>

  /// Rows of zeros; at least one row and one bit.
  public init(count: Int, width: Int) {
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
  public subscript(row: Int) -> UnsafeMutablePointer<UInt64> {
    assert(row >= 0 && row < count)
    return start + row * words
  }

  /// Whether a bit is set.
  @inlinable @inline(__always)
  public func contains(_ row: Int, _ bit: Int) -> Bool {
    self[row][bit >> 6] & (1 << UInt64(bit & 63)) != 0
  }

  /// Sets a bit.
  @inlinable @inline(__always)
  public func insert(_ row: Int, _ bit: Int) { self[row][bit >> 6] |= 1 << UInt64(bit & 63) }

  /// Clears a bit.
  @inlinable @inline(__always)
  public func remove(_ row: Int, _ bit: Int) { self[row][bit >> 6] &= ~(1 << UInt64(bit & 63)) }

  /// Sets or clears a bit.
  @inlinable @inline(__always)
  public func set(_ row: Int, _ bit: Int, to value: Bool) {
    if value { insert(row, bit) } else { remove(row, bit) }
  }

  /// Sets all bits of a row.
  public func fill(_ row: Int) {
    let words = self[row]
    for word in 0..<self.words { words[word] = ~0 }
    if width & 63 != 0 { words[self.words - 1] = 1 << UInt64(width & 63) - 1 }
  }

  /// Sets `width` rows from `row` on to the transpose of as many rows of another matrix.
  ///
  /// Bit `i` of row `row + j` becomes bit `j` of row `otherRow + i`; both have the same width.
  public func setTransposed(at row: Int, from other: borrowing BitRows, at otherRow: Int) {
    // Squares no larger than the block needs: most networks of a campaign have a few tokens.
    var size = 1
    while size < min(width, 64) { size *= 2 }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: size) { buffer in
      guard let square = buffer.baseAddress else { return }
      for left in 0..<words {
        for top in 0..<words {
          // Word `left` of the rows from `64 * top` on becomes word `top` of the columns.
          for i in 0..<size {
            let line = 64 * top + i
            square[i] = line < width ? other[otherRow + line][left] : 0
          }
          transpose(square, size: size)
          for column in 0..<min(size, width - 64 * left) {
            self[row + 64 * left + column][top] = square[column]
          }
        }
      }
    }
  }

  /// Copies `count` rows of a matrix of the same width.
  public func copy(at row: Int, from other: borrowing BitRows, at otherRow: Int, count: Int) {
    self[row].update(from: other[otherRow], count: count * words)
  }

  /// Whether two rows of this width have a bit in common.
  @inlinable @inline(__always)
  public func meets(_ row: Int, _ other: UnsafeMutablePointer<UInt64>) -> Bool {
    let own = self[row]
    var common: UInt64 = 0
    for word in 0..<words { common |= own[word] & other[word] }
    return common != 0
  }
}

/// Calls `body` with the position of each bit of a word, lowest first.
@inlinable @inline(__always)
public func forEachBit(_ word: UInt64, offset: Int, _ body: (_ position: Int) -> Void) {
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
public func transpose(_ square: UnsafeMutablePointer<UInt64>, size: Int) {
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

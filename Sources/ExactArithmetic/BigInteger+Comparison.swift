import CGMP

// Order. Equality and hashing are synthesised from the canonical form.

extension BigInteger {
  /// Whether the first integer is less than the second.
  public static func < (lhs: BigInteger, rhs: BigInteger) -> Bool {
    if case .inline(let left) = lhs.storage, case .inline(let right) = rhs.storage {
      return left < right
    }
    return switch (lhs.storage, rhs.storage) {
    case (.inline(let left), .inline(let right)): left < right
    // A number on the heap is beyond every inline one, on the side that its sign says.
    case (.inline, .heap(let right)): !right.isNegative
    case (.heap(let left), .inline): left.isNegative
    case (.heap(let left), .heap(let right)): __gmpz_cmp(left.pointer, right.pointer) < 0
    }
  }
}

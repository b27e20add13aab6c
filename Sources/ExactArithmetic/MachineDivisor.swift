/// Greatest common divisors of machine words, by halving and subtracting.
///
/// Two odd numbers u <= v keep their divisors if v becomes (v - u) without its factors of two;
/// each step removes at least one bit, so 64-bit words need at most 127 steps of a few cycles,
/// where Euclid's remainders would cost a division each. A common power of two is set aside first.
/// Source: Josef Stein, "Computational problems associated with Racah algebra", 1967.
enum MachineDivisor {
  /// The greatest number that divides both; the other number if one is 0.
  static func greatestCommon(_ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
    if lhs == 0 { return rhs }
    if rhs == 0 { return lhs }
    let shift = (lhs | rhs).trailingZeroBitCount
    var u = lhs &>> UInt64(lhs.trailingZeroBitCount)
    var v = rhs &>> UInt64(rhs.trailingZeroBitCount)
    // Bound: u + v decreases with every pass, and bit by bit.
    while u != v {
      if u == 1 || v == 1 { return 1 &<< UInt64(shift) }
      let difference = v &- u
      let isLess = v < u
      u = isLess ? v : u
      v = (isLess ? 0 &- difference : difference) &>> UInt64(difference.trailingZeroBitCount)
    }
    return u &<< UInt64(shift)
  }

  /// The greatest number that divides both; the other number if one is 0.
  static func greatestCommon(_ lhs: UInt128, _ rhs: UInt128) -> UInt128 {
    if let left = UInt64(exactly: lhs), let right = UInt64(exactly: rhs) {
      return UInt128(greatestCommon(left, right))
    }
    if lhs == 0 { return rhs }
    if rhs == 0 { return lhs }
    let shift = UInt128(truncatingIfNeeded: (lhs | rhs).trailingZeroBitCount)
    var u = lhs &>> UInt128(truncatingIfNeeded: lhs.trailingZeroBitCount)
    var v = rhs &>> UInt128(truncatingIfNeeded: rhs.trailingZeroBitCount)
    // Bound: u + v decreases with every pass, and bit by bit.
    while u != v {
      if u == 1 || v == 1 { return 1 &<< shift }
      if u > v { (u, v) = (v, u) }
      if let right = UInt64(exactly: v) {
        return UInt128(greatestCommon(UInt64(truncatingIfNeeded: u), right)) &<< shift
      }
      // One division pays when the sizes differ by more than it costs in subtractions.
      let isFar = u.leadingZeroBitCount - v.leadingZeroBitCount > 24
      let rest = isFar ? v % u : v &- u
      if rest == 0 { return u &<< shift }
      v = rest &>> UInt128(truncatingIfNeeded: rest.trailingZeroBitCount)
    }
    return u &<< shift
  }
}

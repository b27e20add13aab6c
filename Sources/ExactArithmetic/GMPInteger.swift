import CGMP

/// An integer owned by GMP.
///
/// The number lives behind a pointer, so that one call may read and write it without two
/// overlapping accesses to a Swift variable. It is written only by its creator before it is
/// shared, or by a holder who has shown to be the only one (`isKnownUniquelyReferenced`): that is
/// why it may cross threads.
final class GMPInteger: @unchecked Sendable {
  /// The number itself; initialised by `init`, cleared by `deinit`.
  let pointer: UnsafeMutablePointer<__mpz_struct>

  /// Creates zero.
  init() {
    pointer = .allocate(capacity: 1)
    __gmpz_init(pointer)
  }

  deinit {
    __gmpz_clear(pointer)
    pointer.deallocate()
  }

  /// Creates zero and lets the body write the number it wants.
  convenience init(_ body: (UnsafeMutablePointer<__mpz_struct>) -> Void) {
    self.init()
    body(pointer)
  }

  /// Whether the number is below zero.
  var isNegative: Bool { cgmp_sign(pointer) < 0 }

  /// The number as a machine integer, or nothing if it does not fit.
  var asInt128: Int128? {
    guard __gmpz_size(pointer) <= 2 else { return nil }
    let low = UInt128(__gmpz_getlimbn(pointer, 0))
    let high = UInt128(__gmpz_getlimbn(pointer, 1))
    let magnitude = high << 64 | low
    if isNegative {
      return magnitude <= Int128.min.magnitude ? Int128(truncatingIfNeeded: 0 &- magnitude) : nil
    }
    return Int128(exactly: magnitude)
  }
}

extension GMPInteger: Hashable {
  static func == (lhs: GMPInteger, rhs: GMPInteger) -> Bool {
    lhs === rhs || __gmpz_cmp(lhs.pointer, rhs.pointer) == 0
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(isNegative)
    let limbs = UnsafeBufferPointer(
      start: __gmpz_limbs_read(pointer), count: Int(__gmpz_size(pointer)))
    hasher.combine(bytes: UnsafeRawBufferPointer(limbs))
  }
}

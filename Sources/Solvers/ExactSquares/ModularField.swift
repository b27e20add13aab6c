/// What symmetric elimination asks of its numbers.
protocol EliminationField {
  /// The numbers, as the field stores them.
  associatedtype Element

  /// The number of an integer.
  func element(_ integer: Int) -> Element

  /// `a - b`.
  func difference(_ a: Element, _ b: Element) -> Element

  /// `a b`.
  func product(_ a: Element, _ b: Element) -> Element

  /// `1 / pivot`, or nil for a pivot that cannot be divided by.
  func inverse(_ pivot: Element) -> Element?
}

/// Doubles as a field, up to rounding; a pivot must be positive.
struct DoubleField: EliminationField {
  func element(_ integer: Int) -> Double { Double(integer) }

  func difference(_ a: Double, _ b: Double) -> Double { a - b }

  func product(_ a: Double, _ b: Double) -> Double { a * b }

  func inverse(_ pivot: Double) -> Double? { pivot > 0 && pivot.isFinite ? 1 / pivot : nil }
}

/// The integers modulo an odd number below 2^62, in Montgomery's form: `x` is stored as `x 2^64`.
///
/// A product is then two multiplications and a shift, without division. The modulus need not be
/// prime: a number that shares a factor with it has no inverse, and whoever asked takes another
/// modulus. Source: [Mo].
struct ModularField: EliminationField {
  /// The modulus.
  let modulus: UInt64
  /// `-1 / modulus` modulo 2^64.
  private let negatedInverse: UInt64
  /// `2^128` modulo the modulus, which brings an integer into the stored form.
  private let square: UInt64

  /// Precondition: the modulus is odd, at least 3, and below 2^62.
  init(modulus: UInt64) {
    precondition(
      modulus & 1 == 1 && modulus >= 3 && modulus < 1 << 62, "the modulus \(modulus)")
    self.modulus = modulus
    // Newton's step doubles the number of right bits; an odd number is its own inverse modulo 8.
    var inverse = modulus
    for _ in 0..<5 { inverse = inverse &* (2 &- modulus &* inverse) }
    negatedInverse = 0 &- inverse
    let word = (UInt128(1) << 64) % UInt128(modulus)
    square = UInt64(truncatingIfNeeded: word * word % UInt128(modulus))
  }

  func element(_ integer: Int) -> UInt64 {
    let magnitude = UInt64(integer.magnitude) % modulus
    return stored(integer < 0 && magnitude > 0 ? modulus - magnitude : magnitude)
  }

  /// The stored form of a number below the modulus.
  func stored(_ residue: UInt64) -> UInt64 { product(residue, square) }

  /// The number below the modulus of a stored form.
  func residue(_ element: UInt64) -> UInt64 { reduced(high: 0, low: element) }

  func difference(_ a: UInt64, _ b: UInt64) -> UInt64 {
    a >= b ? a &- b : a &+ (modulus &- b)
  }

  func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let wide = a.multipliedFullWidth(by: b)
    return reduced(high: wide.high, low: wide.low)
  }

  /// `(high 2^64 + low) / 2^64`, for `high` below the modulus.
  private func reduced(high: UInt64, low: UInt64) -> UInt64 {
    let multiple = (low &* negatedInverse).multipliedFullWidth(by: modulus)
    // The low words add up to 0 modulo 2^64: they carry exactly if they are not both 0.
    let sum = high &+ multiple.high &+ (low == 0 ? 0 : 1)
    return sum >= modulus ? sum &- modulus : sum
  }

  func inverse(_ pivot: UInt64) -> UInt64? {
    var (previous, current) = (Int64(modulus), Int64(residue(pivot)))
    var (previousFactor, factor) = (Int64(0), Int64(1))
    // Euclid: `previous` and `current` stay multiples of the residue by their factors.
    while current != 0 {
      let quotient = previous / current
      (previous, current) = (current, previous - quotient * current)
      (previousFactor, factor) = (factor, previousFactor - quotient * factor)
    }
    guard previous == 1 else { return nil }
    return stored(UInt64(previousFactor < 0 ? previousFactor + Int64(modulus) : previousFactor))
  }
}

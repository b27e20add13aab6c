import CGMP

/// An integer of any size.
///
/// Numbers that fit `Int128` are held inline and never touch the heap; larger ones belong to GMP.
/// The form is canonical (GMP holds a number only if `Int128` cannot), so equality and hashing are
/// those of the number. Values are independent of each other, like every Swift number.
///
/// Memory is the only bound: an operation whose result does not fit in memory ends the process.
/// Code that takes a size from outside (an exponent, a shift) caps it first.
public struct BigInteger: ExactInteger, ExpressibleByIntegerLiteral {
  /// Where the number is held; the second case only for what the first cannot hold.
  enum Storage: Hashable, Sendable {
    case inline(Int128)
    case heap(GMPInteger)
  }

  /// The canonical form of the number.
  var storage: Storage

  /// Wraps a machine integer.
  init(inline value: Int128) {
    storage = .inline(value)
  }

  /// Takes over a number of GMP's, moving it inline if it fits.
  init(canonical value: GMPInteger) {
    if let narrow = value.asInt128 {
      storage = .inline(narrow)
    } else {
      storage = .heap(value)
    }
  }

  /// Computes a number with GMP: the body writes it into a fresh zero.
  init(computed body: (UnsafeMutablePointer<__mpz_struct>) -> Void) {
    self.init(canonical: GMPInteger(body))
  }

  /// Takes over an integer of any type of the standard library.
  public init(_ value: some BinaryInteger) {
    if let narrow = Int128(exactly: value) {
      self.init(inline: narrow)
      return
    }
    // The words of a magnitude are its digits to the base 2^64, the least significant first.
    let words = Array(value.magnitude.words)
    self.init(computed: { result in
      words.withUnsafeBytes {
        __gmpz_import(result, words.count, -1, MemoryLayout<UInt>.size, 0, 0, $0.baseAddress)
      }
      if value < 0 { __gmpz_neg(result, result) }
    })
  }

  /// Copies an integer of the same type.
  public init(_ value: BigInteger) {
    self = value
  }

  /// Takes over an integer of any type; never fails.
  public init?(exactly source: some BinaryInteger) {
    self.init(source)
  }

  /// Creates the number written in the source; literals beyond `Int128` do not compile.
  public init(integerLiteral value: Int128) {
    storage = .inline(value)
  }

  /// The number 0.
  public static var zero: BigInteger { BigInteger(inline: 0) }

  /// The number 1.
  public static var one: BigInteger { BigInteger(inline: 1) }

  /// The number itself.
  public var asBigInteger: BigInteger { self }

  /// The number as `Int128`, or nothing if it does not fit.
  public var asInt128: Int128? {
    guard case .inline(let value) = storage else { return nil }
    return value
  }

  /// The number as `Int64`, or nothing if it does not fit.
  public var asInt64: Int64? {
    guard case .inline(let value) = storage else { return nil }
    return Int64(exactly: value)
  }

  /// The number as `Int`, or nothing if it does not fit.
  public var asInt: Int? {
    guard case .inline(let value) = storage else { return nil }
    return Int(exactly: value)
  }

  /// Lends the number to GMP for reading; inline numbers are viewed in place, without allocation.
  func withGMP<Result>(_ body: (UnsafePointer<__mpz_struct>) -> Result) -> Result {
    switch storage {
    case .heap(let value):
      return withExtendedLifetime(value) { body(value.pointer) }
    case .inline(let value):
      let magnitude = value.magnitude
      let words = (
        mp_limb_t(truncatingIfNeeded: magnitude), mp_limb_t(truncatingIfNeeded: magnitude >> 64)
      )
      return withUnsafeBytes(of: words) { bytes in
        let limbs = bytes.assumingMemoryBound(to: mp_limb_t.self)
        var view = cgmp_view(limbs.baseAddress, value < 0 ? 1 : 0)
        return body(&view)
      }
    }
  }
}

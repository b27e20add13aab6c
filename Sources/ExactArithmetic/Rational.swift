/// An exact fraction in lowest terms with a positive denominator.
///
/// It is held in the smallest of three tiers that can: two `Int64`, two `Int128`, two
/// `BigInteger`. Results that overflow move up, results that fit move down, so equal numbers have
/// equal forms, and equality and hashing are those of the number.
///
/// Cost: 30 to 100 ns an operation in the first tier, 150 to 300 in the second, most of it greatest
/// common divisors; no allocation in either. Up to a microsecond and a few allocations in the
/// third.
public struct Rational: Hashable, Sendable, SignedNumeric, ExpressibleByIntegerLiteral {
  /// Numerator and denominator in the smallest tier that holds both.
  enum Storage: Hashable, Sendable {
    case small(Int64, Int64)
    case medium(Int128, Int128)
    indirect case big(BigInteger, BigInteger)
  }

  /// The canonical form of the number.
  let storage: Storage

  /// Takes over a form that is canonical already.
  private init(storage: Storage) {
    self.storage = storage
  }

  /// Takes over a fraction in lowest terms.
  init(_ terms: Terms<Int64>) {
    storage = .small(terms.numerator, terms.denominator)
  }

  /// Takes over a fraction in lowest terms, moving it to the tier where it belongs.
  init(_ terms: Terms<Int128>) {
    if let numerator = Int64(exactly: terms.numerator),
      let denominator = Int64(exactly: terms.denominator)
    {
      storage = .small(numerator, denominator)
    } else {
      storage = .medium(terms.numerator, terms.denominator)
    }
  }

  /// Takes over a fraction in lowest terms, moving it to the tier where it belongs.
  init(_ terms: Terms<BigInteger>) {
    if let numerator = terms.numerator.asInt128, let denominator = terms.denominator.asInt128 {
      self.init(Terms(numerator: numerator, denominator: denominator))
    } else {
      self.init(storage: .big(terms.numerator, terms.denominator))
    }
  }

  /// Divides two integers exactly.
  ///
  /// Precondition: the denominator is not 0. Its sign moves to the numerator.
  public init(_ numerator: BigInteger, _ denominator: BigInteger) {
    precondition(!denominator.isZero, "The fraction \(numerator)/0 has no value.")
    let isNegated = denominator.signum() < 0
    let upper = isNegated ? -numerator : numerator
    let lower = isNegated ? -denominator : denominator
    if let a = upper.asInt128, let b = lower.asInt128 {
      if let a = Int64(exactly: a), let b = Int64(exactly: b) {
        self.init(Terms.reduced(a, b))
      } else {
        self.init(Terms.reduced(a, b))
      }
    } else {
      self.init(Terms.reduced(upper, lower))
    }
  }

  /// Divides two integers exactly.
  ///
  /// Precondition: the denominator is not 0. Its sign moves to the numerator.
  public init(_ numerator: some BinaryInteger, _ denominator: some BinaryInteger) {
    self.init(BigInteger(numerator), BigInteger(denominator))
  }

  /// Takes over an integer.
  public init(_ integer: BigInteger) {
    self.init(Terms(numerator: integer, denominator: 1))
  }

  /// Takes over an integer.
  public init(_ integer: some BinaryInteger) {
    self.init(BigInteger(integer))
  }

  /// Takes over an integer; never fails.
  public init?(exactly source: some BinaryInteger) {
    self.init(source)
  }

  /// Creates the integer written in the source; literals beyond `Int128` do not compile.
  public init(integerLiteral value: Int128) {
    self.init(Terms<Int128>(numerator: value, denominator: 1))
  }

  /// The number 0.
  public static var zero: Rational { 0 }

  /// The number 1.
  public static var one: Rational { 1 }

  /// The upper number of the fraction in lowest terms; carries the sign.
  public var numerator: BigInteger {
    switch storage {
    case .small(let numerator, _): BigInteger(inline: Int128(numerator))
    case .medium(let numerator, _): BigInteger(inline: numerator)
    case .big(let numerator, _): numerator
    }
  }

  /// The lower number of the fraction in lowest terms; positive.
  public var denominator: BigInteger {
    switch storage {
    case .small(_, let denominator): BigInteger(inline: Int128(denominator))
    case .medium(_, let denominator): BigInteger(inline: denominator)
    case .big(_, let denominator): denominator
    }
  }

  /// Numerator and denominator as machine integers, or nothing if one does not fit.
  var medium: Terms<Int128>? {
    switch storage {
    case .small(let numerator, let denominator):
      Terms(numerator: Int128(numerator), denominator: Int128(denominator))
    case .medium(let numerator, let denominator):
      Terms(numerator: numerator, denominator: denominator)
    case .big: nil
    }
  }

  /// Numerator and denominator without a bound on their size.
  var big: Terms<BigInteger> {
    Terms(numerator: numerator, denominator: denominator)
  }

  /// The sign: -1, 0 or 1.
  public func signum() -> Int {
    switch storage {
    case .small(let numerator, _): Int(numerator.signum())
    case .medium(let numerator, _): Int(numerator.signum())
    case .big(let numerator, _): numerator.signum()
    }
  }

  /// Whether the number is 0.
  public var isZero: Bool { signum() == 0 }

  /// Whether the number has no fractional part.
  public var isInteger: Bool {
    switch storage {
    case .small(_, let denominator): denominator == 1
    case .medium(_, let denominator): denominator == 1
    case .big(_, let denominator): denominator == 1
    }
  }

  /// The largest integer that is not above the number.
  public var floor: BigInteger {
    isInteger ? numerator : numerator.floorDivided(by: denominator)
  }
}

/// Integers over one positive common denominator, held in the smallest tier that is safe.
///
/// The tier promises head room: every sum of entries, with any signs and each entry taken at most
/// once, stays below 2^62 in `int64` and below 2^126 in `int128`. Two such sums can be added
/// without overflow. The initializers choose the tier, so it is a function of the numerators.
///
/// The denominator is kept as it is given, so `==` compares numerators and denominator, not
/// values: vectors of equal values over different denominators differ. `restated(over:)` brings
/// them together.
public struct ExactVector: Sendable, Hashable {
  /// The numerators, in one of three integer types.
  public enum Elements: Sendable, Hashable {
    /// The absolute values add up to less than 2^62.
    case int64([Int64])
    /// The absolute values add up to 2^62 or more, and less than 2^126.
    case int128([Int128])
    /// The absolute values add up to 2^126 or more.
    case big([BigInteger])
  }

  /// The numerators, in the tier that they require.
  public let elements: Elements

  /// The common denominator; positive, not necessarily the smallest.
  public let denominator: BigInteger

  /// Takes over elements that are in the right tier already.
  init(elements: Elements, over denominator: BigInteger) {
    precondition(
      denominator.signum() > 0, "A denominator must be positive, but is \(denominator).")
    self.elements = elements
    self.denominator = denominator
  }

  /// Takes over numerators, in a wider tier if their sum is too large for this one.
  ///
  /// Precondition: `denominator > 0`. Cost: one pass to add up, no copy if the tier stays.
  public init(_ numerators: [Int64], denominator: BigInteger) {
    if MagnitudeSum.of(numerators) < MagnitudeSum.int64Limit {
      self.init(elements: .int64(numerators), over: denominator)
    } else {
      // Fewer than 2^62 entries of at most 2^63 each stay below 2^126.
      self.init(elements: .int128(numerators.map { Int128($0) }), over: denominator)
    }
  }

  /// Takes over numerators, in a narrower or wider tier if their sum asks for it.
  ///
  /// Precondition: `denominator > 0`. Cost: one pass to add up, no copy if the tier stays.
  public init(_ numerators: [Int128], denominator: BigInteger) {
    let sum = MagnitudeSum.of(numerators)
    if let sum, sum < MagnitudeSum.int64Limit {
      let narrow = numerators.map { Int64(truncatingIfNeeded: $0) }
      self.init(elements: .int64(narrow), over: denominator)
    } else if let sum, sum < MagnitudeSum.int128Limit {
      self.init(elements: .int128(numerators), over: denominator)
    } else {
      self.init(elements: .big(numerators.map { BigInteger(inline: $0) }), over: denominator)
    }
  }

  /// Takes over numerators, in a narrower tier if their sum allows it.
  ///
  /// Precondition: `denominator > 0`.
  public init(_ numerators: [BigInteger], denominator: BigInteger) {
    var narrow: [Int128] = []
    narrow.reserveCapacity(numerators.count)
    for numerator in numerators {
      guard let value = numerator.asInt128 else {
        self.init(elements: .big(numerators), over: denominator)
        return
      }
      narrow.append(value)
    }
    self.init(narrow, denominator: denominator)
  }

  /// States fractions over the least common multiple of their denominators.
  ///
  /// Cost: a division and a multiplication an entry, more where the denominators vary.
  public init(_ rationals: [Rational]) {
    if let narrow = ExactVector(narrow: rationals) {
      self = narrow
      return
    }
    var common = BigInteger.one
    for rational in rationals where !rational.isInteger {
      let denominator = rational.denominator
      if denominator != common {
        common = .leastCommonMultiple(common, denominator)
      }
    }
    let numerators = rationals.map { rational in
      rational.numerator * common.dividedExactly(by: rational.denominator)
    }
    self.init(numerators, denominator: common)
  }

  /// The same where everything fits 64 bits, as it mostly does; nothing where something does not.
  private init?(narrow rationals: [Rational]) {
    var common: Int64 = 1
    for rational in rationals {
      guard case .small(_, let denominator) = rational.storage else { return nil }
      if denominator == 1 || denominator == common { continue }
      let divisor = common.commonDivisor(withPositive: denominator)
      guard let multiple = denominator.checkedProduct(common.dividedExactly(by: divisor)) else {
        return nil
      }
      common = multiple
    }
    var numerators: [Int64] = []
    numerators.reserveCapacity(rationals.count)
    for rational in rationals {
      guard case .small(let numerator, let denominator) = rational.storage,
        let multiple = numerator.checkedProduct(common.dividedExactly(by: denominator))
      else { return nil }
      numerators.append(multiple)
    }
    self.init(numerators, denominator: BigInteger(inline: Int128(common)))
  }

  /// The number of entries.
  public var count: Int {
    switch elements {
    case .int64(let numerators): numerators.count
    case .int128(let numerators): numerators.count
    case .big(let numerators): numerators.count
    }
  }

  /// An entry as a fraction in lowest terms.
  public subscript(index: Int) -> Rational {
    if case .int64(let numerators) = elements, let narrow = denominator.asInt64 {
      return Rational(Terms.reduced(numerators[index], narrow))
    }
    return Rational(numerator(index), denominator)
  }

  /// The numerator of an entry over the common denominator.
  public func numerator(_ index: Int) -> BigInteger {
    switch elements {
    case .int64(let numerators): BigInteger(inline: Int128(numerators[index]))
    case .int128(let numerators): BigInteger(inline: numerators[index])
    case .big(let numerators): numerators[index]
    }
  }

  /// All entries added up; 0 if there are none.
  public var sum: Rational {
    let total =
      switch elements {
      case .int64(let numerators): BigInteger(numerators.reduce(0, +))
      case .int128(let numerators): BigInteger(inline: numerators.reduce(0, +))
      case .big(let numerators): numerators.reduce(into: BigInteger.zero) { $0 += $1 }
      }
    return Rational(total, denominator)
  }
}

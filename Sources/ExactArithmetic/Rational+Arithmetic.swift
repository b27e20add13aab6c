// Sums, products, quotients and order: tried in the tier of the larger operand, then above it.

extension Rational {
  /// Adds two fractions.
  public static func + (lhs: Rational, rhs: Rational) -> Rational {
    if case .small(let a, let b) = lhs.storage, case .small(let c, let d) = rhs.storage,
      let sum = Terms(numerator: a, denominator: b).sum(Terms(numerator: c, denominator: d))
    {
      return Rational(sum)
    }
    if let left = lhs.medium, let right = rhs.medium, let sum = left.sum(right) {
      return Rational(sum)
    }
    return lhs.inBigTier(rhs) { $0.sum($1) }
  }

  /// Subtracts the second fraction from the first.
  public static func - (lhs: Rational, rhs: Rational) -> Rational {
    lhs + (-rhs)
  }

  /// Multiplies two fractions.
  public static func * (lhs: Rational, rhs: Rational) -> Rational {
    if case .small(let a, let b) = lhs.storage, case .small(let c, let d) = rhs.storage,
      let product = Terms(numerator: a, denominator: b)
        .product(Terms(numerator: c, denominator: d))
    {
      return Rational(product)
    }
    if let left = lhs.medium, let right = rhs.medium, let product = left.product(right) {
      return Rational(product)
    }
    return lhs.inBigTier(rhs) { $0.product($1) }
  }

  /// Divides the first fraction by the second.
  ///
  /// Precondition: the divisor is not 0.
  public static func / (lhs: Rational, rhs: Rational) -> Rational {
    precondition(!rhs.isZero, "\(lhs) cannot be divided by 0.")
    return lhs * rhs.reciprocal
  }

  /// Adds a fraction in place.
  public static func += (lhs: inout Rational, rhs: Rational) { lhs = lhs + rhs }

  /// Subtracts a fraction in place.
  public static func -= (lhs: inout Rational, rhs: Rational) { lhs = lhs - rhs }

  /// Multiplies by a fraction in place.
  public static func *= (lhs: inout Rational, rhs: Rational) { lhs = lhs * rhs }

  /// Divides by a fraction in place.
  ///
  /// Precondition: the divisor is not 0.
  public static func /= (lhs: inout Rational, rhs: Rational) { lhs = lhs / rhs }

  /// The number with the opposite sign.
  public static prefix func - (operand: Rational) -> Rational {
    switch operand.storage {
    case .small(let numerator, let denominator) where numerator != .min:
      return Rational(Terms(numerator: -numerator, denominator: denominator))
    case .medium(let numerator, let denominator) where numerator != .min:
      return Rational(Terms(numerator: -numerator, denominator: denominator))
    default:
      return Rational(Terms(numerator: -operand.numerator, denominator: operand.denominator))
    }
  }

  /// Changes the sign in place.
  public mutating func negate() { self = -self }

  /// The absolute value.
  public var magnitude: Rational { signum() < 0 ? -self : self }

  /// One divided by the number.
  ///
  /// Precondition: the number is not 0.
  public var reciprocal: Rational {
    precondition(!isZero, "Zero has no reciprocal.")
    switch storage {
    case .small(let numerator, let denominator) where numerator > 0:
      return Rational(Terms(numerator: denominator, denominator: numerator))
    case .small(let numerator, let denominator) where numerator != .min:
      return Rational(Terms(numerator: -denominator, denominator: -numerator))
    default:
      let isNegative = signum() < 0
      return Rational(
        Terms(
          numerator: isNegative ? -denominator : denominator,
          denominator: isNegative ? -numerator : numerator))
    }
  }

  /// Computes in the tier that cannot overflow.
  private func inBigTier(
    _ other: Rational, _ operation: (Terms<BigInteger>, Terms<BigInteger>) -> Terms<BigInteger>?
  ) -> Rational {
    guard let result = operation(big, other.big) else {
      preconditionFailure("The big tier overflowed at \(self) and \(other).")
    }
    return Rational(result)
  }
}

extension Rational: Comparable {
  /// Whether the first fraction is less than the second.
  public static func < (lhs: Rational, rhs: Rational) -> Bool {
    if case .small(let a, let b) = lhs.storage, case .small(let c, let d) = rhs.storage {
      if b == d { return a < c }
      // Products of two Int64 fit Int128.
      return Int128(a) * Int128(d) < Int128(c) * Int128(b)
    }
    if let left = lhs.medium, let right = rhs.medium, let answer = left.isLess(than: right) {
      return answer
    }
    return lhs.numerator * rhs.denominator < rhs.numerator * lhs.denominator
  }
}

import CGMP

// Sums, differences and products: machine arithmetic while it does not overflow, then GMP.

extension BigInteger {
  /// Adds two integers.
  public static func + (lhs: BigInteger, rhs: BigInteger) -> BigInteger {
    if case .inline(let left) = lhs.storage, case .inline(let right) = rhs.storage {
      let (sum, overflow) = left.addingReportingOverflow(right)
      if !overflow { return BigInteger(inline: sum) }
    }
    return combine(lhs, rhs) { __gmpz_add($0, $1, $2) }
  }

  /// Subtracts the second integer from the first.
  public static func - (lhs: BigInteger, rhs: BigInteger) -> BigInteger {
    if case .inline(let left) = lhs.storage, case .inline(let right) = rhs.storage {
      let (difference, overflow) = left.subtractingReportingOverflow(right)
      if !overflow { return BigInteger(inline: difference) }
    }
    return combine(lhs, rhs) { __gmpz_sub($0, $1, $2) }
  }

  /// Multiplies two integers.
  public static func * (lhs: BigInteger, rhs: BigInteger) -> BigInteger {
    if case .inline(let left) = lhs.storage, case .inline(let right) = rhs.storage {
      let (product, overflow) = left.multipliedReportingOverflow(by: right)
      if !overflow { return BigInteger(inline: product) }
    }
    return combine(lhs, rhs) { __gmpz_mul($0, $1, $2) }
  }

  /// Adds an integer in place, without allocation if the number is large and not shared.
  public static func += (lhs: inout BigInteger, rhs: BigInteger) {
    if case .inline(let left) = lhs.storage, case .inline(let right) = rhs.storage {
      let (sum, overflow) = left.addingReportingOverflow(right)
      if !overflow {
        lhs.storage = .inline(sum)
        return
      }
    }
    // Sums begin at 0: it takes over the first number, and needs no memory of its own.
    if lhs.isZero {
      lhs = rhs
    } else if !rhs.isZero {
      lhs.update(with: rhs) { __gmpz_add($0, $0, $1) }
    }
  }

  /// Subtracts an integer in place, without allocation if the number is large and not shared.
  public static func -= (lhs: inout BigInteger, rhs: BigInteger) {
    if case .inline(let left) = lhs.storage, case .inline(let right) = rhs.storage {
      let (difference, overflow) = left.subtractingReportingOverflow(right)
      if !overflow {
        lhs.storage = .inline(difference)
        return
      }
    }
    if !rhs.isZero { lhs.update(with: rhs) { __gmpz_sub($0, $0, $1) } }
  }

  /// Multiplies by an integer in place.
  public static func *= (lhs: inout BigInteger, rhs: BigInteger) {
    lhs = lhs * rhs
  }

  /// The number with the opposite sign.
  public static prefix func - (operand: BigInteger) -> BigInteger {
    if case .inline(let value) = operand.storage, value != .min {
      return BigInteger(inline: -value)
    }
    return BigInteger(computed: { result in operand.withGMP { __gmpz_neg(result, $0) } })
  }

  /// Changes the sign in place.
  public mutating func negate() {
    self = -self
  }

  /// The absolute value.
  public var magnitude: BigInteger {
    signum() < 0 ? -self : self
  }

  /// The sign: -1, 0 or 1.
  public func signum() -> Int {
    switch storage {
    case .inline(let value): value > 0 ? 1 : (value < 0 ? -1 : 0)
    case .heap(let value): value.isNegative ? -1 : 1
    }
  }

  /// Whether the number is 0.
  public var isZero: Bool {
    guard case .inline(let value) = storage else { return false }
    return value == 0
  }

  /// Multiplies the number with itself so many times; anything to the power 0 is 1.
  ///
  /// Precondition: `exponent >= 0`.
  public func raised(to exponent: Int) -> BigInteger {
    precondition(exponent >= 0, "An exponent must not be negative, but is \(exponent).")
    return BigInteger(computed: { result in
      withGMP { __gmpz_pow_ui(result, $0, UInt(exponent)) }
    })
  }

  /// Computes a new number from two with a function of GMP's.
  static func combine(
    _ lhs: BigInteger, _ rhs: BigInteger,
    _ operation: (
      UnsafeMutablePointer<__mpz_struct>, UnsafePointer<__mpz_struct>, UnsafePointer<__mpz_struct>
    ) -> Void
  ) -> BigInteger {
    BigInteger(computed: { result in
      lhs.withGMP { left in rhs.withGMP { right in operation(result, left, right) } }
    })
  }

  /// Lets GMP change the number: in place if it is GMP's already and nobody else holds it, in a
  /// copy otherwise.
  private mutating func update(
    with other: BigInteger,
    _ operation: (UnsafeMutablePointer<__mpz_struct>, UnsafePointer<__mpz_struct>) -> Void
  ) {
    if case .heap(var value) = storage {
      storage = .inline(0)  // Gives up our own reference, so that the test below can succeed.
      if isKnownUniquelyReferenced(&value) {
        other.withGMP { operation(value.pointer, $0) }
        self = BigInteger(canonical: value)
        return
      }
      storage = .heap(value)
    }
    let copy = GMPInteger { target in withGMP { __gmpz_set(target, $0) } }
    other.withGMP { operation(copy.pointer, $0) }
    self = BigInteger(canonical: copy)
  }
}

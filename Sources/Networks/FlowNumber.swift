public import ExactArithmetic

/// A number that capacities and flows can be made of.
///
/// The algorithms use order, addition and subtraction only, and of these only what also holds for
/// doubles: `x - x` is exactly zero, and `x - y` is not negative for `y <= x`.
public protocol FlowNumber: Comparable, AdditiveArithmetic, Sendable {
  /// The sum, for loops over rows: without a test for overflow where head room rules it out.
  ///
  /// A loop with such tests is not vectorised.
  func plus(_ other: Self) -> Self
  /// The difference, on the same terms.
  func minus(_ other: Self) -> Self
}

extension FlowNumber {
  /// The sum.
  @inlinable
  public func plus(_ other: Self) -> Self { self + other }
  /// The difference.
  @inlinable
  public func minus(_ other: Self) -> Self { self - other }
}

extension FlowNumber where Self: FixedWidthInteger {
  /// The sum, which the caller knows to fit.
  @inlinable
  public func plus(_ other: Self) -> Self { self &+ other }
  /// The difference, which the caller knows to fit.
  @inlinable
  public func minus(_ other: Self) -> Self { self &- other }
}

extension Double: FlowNumber {}

/// A flow number without rounding; the numerators of exact vectors have these types.
public protocol ExactFlowNumber: FlowNumber, ExactInteger {
  /// Numerators over one denominator as an exact vector.
  static func vector(_ numerators: [Self], over denominator: BigInteger) -> ExactVector
}

extension Int64: ExactFlowNumber {
  /// Numerators over one denominator as an exact vector.
  public static func vector(_ numerators: [Int64], over denominator: BigInteger) -> ExactVector {
    ExactVector(numerators, denominator: denominator)
  }
}

extension Int128: ExactFlowNumber {
  /// Numerators over one denominator as an exact vector.
  public static func vector(_ numerators: [Int128], over denominator: BigInteger) -> ExactVector {
    ExactVector(numerators, denominator: denominator)
  }
}

extension BigInteger: ExactFlowNumber {
  /// Numerators over one denominator as an exact vector.
  public static func vector(
    _ numerators: [BigInteger], over denominator: BigInteger
  ) -> ExactVector {
    ExactVector(numerators, denominator: denominator)
  }
}

public import ExactArithmetic

extension ExactVector {
  /// Whether doubles can carry these capacities and their sums to full relative precision.
  ///
  /// Sums must stay far below the largest double. Small capacities must either be doubles as they
  /// are, when they are multiples of the least subnormal, or be far above it.
  public var fitsDoubleSums: Bool {
    let exponent = denominator.powerOfTwoExponent
    let isFine = exponent.map { $0 <= 1_074 } ?? (denominator.magnitudeBitCount <= 900)
    guard case .big = elements else { return isFine }
    return isFine && sum.floor.magnitudeBitCount <= 1_000
  }
}

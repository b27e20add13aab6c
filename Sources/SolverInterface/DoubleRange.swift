public import ExactArithmetic

extension ExactVector {
  /// Whether doubles can carry these capacities and their sums to full relative precision.
  ///
  /// Sums must stay far below the largest double. Small capacities must either be doubles as they
  /// are, when they are multiples of the least subnormal, or be far above it.
  public var fitsDoubleSums: Bool {
    let exponent = denominator.powerOfTwoExponent
    let isFine = exponent.map { $0 <= 1_074 } ?? (denominator.magnitudeBitCount <= 900)
    guard isFine, case .big(let numerators) = elements else { return isFine }
    let total = numerators.reduce(into: BigInteger.zero) { $0 += $1 }
    return total.floorDivided(by: denominator).magnitudeBitCount <= 1_000
  }
}

// The same values over another denominator.

extension ExactVector {
  /// The same values over a multiple of the denominator.
  ///
  /// Precondition: the new denominator is positive and a multiple of the present one. Cost: a
  /// multiplication an entry; nothing if the denominator stays.
  public func restated(over denominator: BigInteger) -> ExactVector {
    if denominator == self.denominator { return self }
    let (factor, remainder) = denominator.quotientAndRemainder(dividingBy: self.denominator)
    precondition(
      remainder.isZero && factor.signum() > 0,
      "\(denominator) is not a positive multiple of the denominator \(self.denominator).")
    // Every numerator is multiplied by the factor, and so is the sum that decides the tier.
    guard let factor = factor.asInt128, let sum = magnitudeSum,
      case let (newSum, overflow) = sum.multipliedReportingOverflow(by: factor.magnitude),
      !overflow, newSum < MagnitudeSum.int128Limit
    else {
      let numerators = (0..<count).map { numerator($0) * factor }
      return ExactVector(numerators, denominator: denominator)
    }
    let elements: Elements
    switch self.elements {
    case .int64(let numerators) where newSum < MagnitudeSum.int64Limit:
      let narrow = Int64(truncatingIfNeeded: factor)
      elements = newSum == 0 ? self.elements : .int64(numerators.map { $0 &* narrow })
    case .int64(let numerators):
      elements = .int128(numerators.map { Int128($0) &* factor })
    case .int128(let numerators):
      elements = .int128(numerators.map { $0 &* factor })
    case .big(let numerators):
      // Unreachable while the factor is at least 1, and right all the same.
      let multiples = numerators.map { $0 * BigInteger(inline: factor) }
      return ExactVector(multiples, denominator: denominator)
    }
    return ExactVector(elements: elements, over: denominator)
  }

  /// The sum of the numerators' absolute values, or nothing in the big tier.
  private var magnitudeSum: UInt128? {
    switch elements {
    case .int64(let numerators): MagnitudeSum.of(numerators)
    case .int128(let numerators): MagnitudeSum.of(numerators)
    case .big: nil
    }
  }
}

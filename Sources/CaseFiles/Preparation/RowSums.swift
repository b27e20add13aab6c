public import ExactArithmetic

/// How far the rows of a tensor are from summing to 1, exactly.
public struct RowSums: Sendable, Equatable {
  /// The largest absolute difference of a row sum from 1.
  public let largestDeviation: Rational

  /// The layer of the first row with that difference.
  public let layer: Int

  /// The token of the first row with that difference.
  public let token: Int

  /// Whether every row sums to 1 exactly.
  public var isExactlyOne: Bool { largestDeviation.isZero }

  /// Adds up the rows of a tensor.
  ///
  /// `entries`: the entries in row-major order, `L * T * T` of them.
  /// `tokens`: the number of tokens, `T`, at least 1.
  public init(_ entries: ExactVector, tokens: Int) {
    // The deviation |sum - 1| is largest at the smallest or at the largest sum.
    let extremes: (low: (BigInteger, Int), high: (BigInteger, Int))
    switch entries.elements {
    case .int64(let values): extremes = Self.extremes(values, tokens)
    case .int128(let values): extremes = Self.extremes(values, tokens)
    case .big(let values): extremes = Self.extremes(values, tokens)
    }
    let low = (Rational(extremes.low.0, entries.denominator) - 1).magnitude
    let high = (Rational(extremes.high.0, entries.denominator) - 1).magnitude
    let row: Int
    if low == high {
      row = min(extremes.low.1, extremes.high.1)
    } else {
      row = low > high ? extremes.low.1 : extremes.high.1
    }
    largestDeviation = max(low, high)
    layer = row / tokens
    token = row % tokens
  }

  /// The smallest and the largest row sum, each with its first row.
  private static func extremes<Integer: ExactInteger>(
    _ values: [Integer], _ tokens: Int
  ) -> (low: (BigInteger, Int), high: (BigInteger, Int)) {
    var low: (sum: Integer, row: Int)?
    var high: (sum: Integer, row: Int)?
    for row in 0..<values.count / tokens {
      var sum: Integer = 0
      // No overflow: the tier of the vector holds the sum of all entries.
      for value in values[row * tokens..<(row + 1) * tokens] { sum += value }
      if low.map({ sum < $0.sum }) ?? true { low = (sum, row) }
      if high.map({ sum > $0.sum }) ?? true { high = (sum, row) }
    }
    let zero = (BigInteger.zero, 0)
    return (
      low.map { ($0.sum.asBigInteger, $0.row) } ?? zero,
      high.map { ($0.sum.asBigInteger, $0.row) } ?? zero
    )
  }
}

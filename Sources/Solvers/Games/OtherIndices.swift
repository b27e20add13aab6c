// What is called an attribution and is not the Shapley value, or is it in disguise.
public import Checker
public import ExactArithmetic

extension CooperativeGame {
  /// What each player brings to a coalition on average, all coalitions being equally likely.
  ///
  ///     b_i = 2^-(n-1) sum over S without i of (v(S + i) - v(S))
  ///
  /// Its entries do not add up to `v(N)` in general. Source: [B].
  public var banzhafValue: ExactVector {
    let sums = (0..<playerCount).map { player in
      (0..<values.count).reduce(into: BigInteger.zero) { sum, mask in
        if mask >> player & 1 == 1 {
          sum += values.numerator(mask)
        } else {
          sum -= values.numerator(mask)
        }
      }
    }
    return ExactVector(
      sums, denominator: values.denominator * BigInteger.powerOfTwo(playerCount - 1))
  }

  /// What everybody loses without each player: `v(N) - v(N - i)`.
  public var leaveOneOut: ExactVector {
    let last = values.count - 1
    let differences = (0..<playerCount).map { player in
      values.numerator(last) - values.numerator(last ^ 1 << player)
    }
    return ExactVector(differences, denominator: values.denominator)
  }

  /// The additive game that is nearest to this one in weighted least squares.
  ///
  ///     minimise    sum over S of w(|S|) (v(S) - x(S))^2
  ///     subject to  x(N) = v(N), and x(empty) = 0 by definition
  ///
  /// With the Shapley kernel `w(s) = (n-1) / (C(n, s) s (n-s))`, the default, the answer is the
  /// Shapley value: there both ends have infinite weight, so they are constraints. With `w = 1` it
  /// is the least-squares value of Ruiz, Valenciano and Zarzuelo. Source: [LL], theorem 2.
  ///
  /// The optimality conditions are solved by elimination, in fractions: with multiplier `m`,
  /// `sum_j G(i, j) x_j + m = h_i` for each player and `sum_j x_j = v(N)`, where `G(i, j)` adds up
  /// the weights of the coalitions with `i` and `j`, and `h_i` their values with `i`.
  ///
  /// - Parameter weights: the weight of each size `1 ..< n`, all positive; nil for the kernel.
  /// - Returns: the vector `x`.
  /// - Throws: ``GameError/wrongCount(field:expected:found:)`` if there are not `n - 1` weights.
  public func leastSquaresValue(weights: [Rational]? = nil) throws(GameError) -> ExactVector {
    let count = playerCount
    let weights =
      weights
      ?? (1..<max(count, 1)).map { size in
        Rational(BigInteger(count - 1), binomial(count, size) * BigInteger(size * (count - size)))
      }
    guard weights.count == count - 1 else {
      throw .wrongCount(field: "weights", expected: count - 1, found: weights.count)
    }
    // Coalitions with i: C(n-1, s-1) of size s; with i and j: C(n-2, s-2).
    var (diagonal, other) = (Rational(0), Rational(0))
    for size in 1..<max(count, 1) {
      diagonal += weights[size - 1] * Rational(binomial(count - 1, size - 1))
      if size >= 2 { other += weights[size - 1] * Rational(binomial(count - 2, size - 2)) }
    }
    var sums = [[BigInteger]](
      repeating: [BigInteger](repeating: .zero, count: count + 1), count: count)
    for mask in 0..<values.count {
      for player in 0..<count where mask >> player & 1 == 1 {
        sums[player][mask.nonzeroBitCount] += values.numerator(mask)
      }
    }
    var rows = (0..<count).map { player in
      let right = (1..<max(count, 1)).reduce(Rational(0)) { sum, size in
        sum + weights[size - 1] * Rational(sums[player][size], values.denominator)
      }
      return (0..<count).map { $0 == player ? diagonal : other } + [1, right]
    }
    rows.append([Rational](repeating: 1, count: count) + [0, self[everyone]])
    return ExactVector(Array(solvedByElimination(rows).prefix(count)))
  }
}

/// The solution of a square linear system that has exactly one, each row with its right side last.
///
/// - Complexity: about `n^3 / 3` multiplications of fractions.
func solvedByElimination(_ system: [[Rational]]) -> [Rational] {
  var rows = system
  for column in rows.indices {
    guard let pivot = rows.indices.dropFirst(column).first(where: { !rows[$0][column].isZero })
    else { preconditionFailure("the system is singular in column \(column)") }
    rows.swapAt(column, pivot)
    let scale = rows[column][column].reciprocal
    for position in column...rows.count { rows[column][position] *= scale }
    for row in rows.indices where row != column && !rows[row][column].isZero {
      let factor = rows[row][column]
      for position in column...rows.count {
        rows[row][position] -= factor * rows[column][position]
      }
    }
  }
  return rows.map { $0[rows.count] }
}

// The Shapley value by five routes.
//
// Each route sums integers: the values are numerators over one denominator, and every weight is an
// integer over a common multiple. Sums of values of one table, each taken once, fit its number
// type; wherever a route weights, or takes a value twice, the sum goes on in integers of any size.
// Sources: [S] for the value; [H] for dividends.
public import Checker
public import ExactArithmetic
import Networks

/// The routes to the Shapley value, which must agree exactly.
///
/// With `n` players, `N` all of them, `S` a coalition without the players named, `s = |S|`:
public enum ShapleyRoute: String, Sendable, Hashable, CaseIterable {
  /// The mean over all `n!` orders of what a player brings to those before it.
  case permutations
  /// `x_i = sum_S s! (n-s-1)! / n! (v(S + i) - v(S))`.
  case subsets
  /// The mean over the sizes of the mean over the coalitions of that size: the fast one.
  case sizes
  /// Each coalition's dividend is shared out equally among its members.
  case dividends
  /// `x_i - x_j = 1/(n-1) sum_S (v(S + i) - v(S + j)) / C(n-2, s)`, and the sum is `v(N)`.
  case differences

  /// The largest number of players for which all orders are gone through: 9! = 362,880.
  public static let permutationPlayerLimit = 9
}

extension CooperativeGame {
  /// The Shapley value.
  ///
  /// - Parameter route: how it is computed; the result does not depend on it.
  /// - Returns: one value per player, over one denominator.
  /// - Throws: ``GameError/tooManyPlayers(count:limit:)`` for more than
  ///   ``ShapleyRoute/permutationPlayerLimit`` players by permutations.
  /// - Complexity: `n 2^n / 2` additions by sizes, `n^2 2^n / 8` by differences, `n! n` by
  ///   permutations.
  public func shapleyValue(by route: ShapleyRoute = .sizes) throws(GameError) -> ExactVector {
    let limit = ShapleyRoute.permutationPlayerLimit
    if route == .permutations && playerCount > limit {
      throw .tooManyPlayers(count: playerCount, limit: limit)
    }
    return RouteTask(route: route, playerCount: playerCount).run(on: values)
  }
}

/// The factorials of `0 ... count`.
func factorials(to count: Int) -> [BigInteger] {
  var products = [BigInteger.one]
  for factor in 1...max(count, 1) { products.append(products[factor - 1] * BigInteger(factor)) }
  return products
}

/// The binomial coefficient `C(n, k)`, exact for `n <= 64`.
func binomial(_ n: Int, _ k: Int) -> BigInteger {
  var result = BigInteger.one
  for step in 0..<k {
    let product = result * BigInteger(n - step)
    result = product.quotientAndRemainder(dividingBy: BigInteger(step + 1)).quotient
  }
  return result
}

private struct RouteTask: ExactTask {
  let route: ShapleyRoute
  let playerCount: Int

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    let values = numerators[0]
    let (sums, divisor) =
      switch route {
      case .permutations: permutations(values)
      case .subsets: subsets(values)
      case .sizes: sizes(values)
      case .dividends: dividends(values)
      case .differences: differences(values)
      }
    return ExactVector(sums, denominator: denominator * divisor)
  }

  /// All orders, each from the one before by a swap, in the way of Heap.
  private func permutations<Number: ExactFlowNumber>(
    _ values: [Number]
  ) -> ([BigInteger], BigInteger) {
    let count = playerCount
    var sums = [BigInteger](repeating: .zero, count: count)
    var order = Array(0..<count)
    func addMarginals() {
      var mask = 0
      for player in order {
        let joined = mask | 1 << player
        sums[player] += (values[joined] - values[mask]).asBigInteger
        mask = joined
      }
    }
    addMarginals()
    var turns = [Int](repeating: 0, count: count)
    var position = 1
    // Every pass makes the next order, or resets a counter; each counter runs as often as orders
    // of fewer players exist.
    while position < count {
      if turns[position] < position {
        order.swapAt(position % 2 == 0 ? 0 : turns[position], position)
        addMarginals()
        turns[position] += 1
        position = 1
      } else {
        turns[position] = 0
        position += 1
      }
    }
    return (sums, factorials(to: count)[count])
  }

  /// The weighted sum of all marginals, one at a time.
  private func subsets<Number: ExactFlowNumber>(
    _ values: [Number]
  ) -> ([BigInteger], BigInteger) {
    let count = playerCount
    let factorial = factorials(to: count)
    let weights = (0..<count).map { factorial[$0] * factorial[count - 1 - $0] }
    let sums = (0..<count).map { player in
      var sum = BigInteger.zero
      for mask in values.indices where mask >> player & 1 == 0 {
        let marginal = values[mask | 1 << player] - values[mask]
        sum += weights[mask.nonzeroBitCount] * marginal.asBigInteger
      }
      return sum
    }
    return (sums, factorial[count])
  }

  /// The marginals of one size are added up first: each value enters a sum at most once.
  ///
  ///     sum_S (v(S + i) - v(S)), |S| = s  =  P(i, s+1) - (A(s) - P(i, s))
  ///
  /// with `A(s)` the sum over all coalitions of size `s`, and `P(i, s)` over those with `i`.
  private func sizes<Number: ExactFlowNumber>(_ values: [Number]) -> ([BigInteger], BigInteger) {
    let count = playerCount
    let width = count + 1
    var all = [Number](repeating: .zero, count: width)
    var present = [Number](repeating: .zero, count: count * width)
    for mask in values.indices {
      let (size, value) = (mask.nonzeroBitCount, values[mask])
      all[size] += value
      var members = mask
      // Every turn takes out the smallest member.
      while members != 0 {
        present[members.trailingZeroBitCount * width + size] += value
        members &= members - 1
      }
    }
    let factorial = factorials(to: count)
    let sums = (0..<count).map { player in
      (0..<count).reduce(into: BigInteger.zero) { sum, size in
        let withPlayer = present[player * width + size + 1].asBigInteger
        let without = (all[size] - present[player * width + size]).asBigInteger
        sum += factorial[size] * factorial[count - 1 - size] * (withPlayer - without)
      }
    }
    return (sums, factorial[count])
  }

  /// Dividends by the Moebius transform: `d(S)` is an alternating sum of the values of its parts.
  private func dividends<Number: ExactFlowNumber>(
    _ values: [Number]
  ) -> ([BigInteger], BigInteger) {
    let count = playerCount
    let dividends = moebiusTransform(values, playerCount: count)
    var common = BigInteger.one
    for size in 1...count { common = .leastCommonMultiple(common, BigInteger(size)) }
    let shares = (0...count).map { size in
      size == 0
        ? BigInteger.zero : common.quotientAndRemainder(dividingBy: BigInteger(size)).quotient
    }
    let sums = (0..<count).map { player in
      values.indices.reduce(into: BigInteger.zero) { sum, mask in
        guard mask >> player & 1 == 1 else { return }
        sum += shares[mask.nonzeroBitCount] * dividends[mask].asBigInteger
      }
    }
    return (sums, common)
  }

  /// Differences of two players, then their mean: `x_i = v(N)/n + 1/n sum_j (x_i - x_j)`.
  private func differences<Number: ExactFlowNumber>(
    _ values: [Number]
  ) -> ([BigInteger], BigInteger) {
    let count = playerCount
    guard count > 1 else { return ([values[1].asBigInteger], .one) }
    // (n-1) C(n-2, s) divides (n-1)!, which turns 1/C(n-2, s) into s! (n-2-s)!.
    let factorial = factorials(to: count)
    let weights = (0...(count - 2)).map { factorial[$0] * factorial[count - 2 - $0] }
    let divisor = factorial[count - 1] * BigInteger(count)
    let anchor = values[values.count - 1].asBigInteger * factorial[count - 1]
    var sums = [BigInteger](repeating: anchor, count: count)
    for j in 0..<count {
      for i in 0..<j {
        let (bitI, bitJ) = (1 << i, 1 << j)
        var bySize = [Number](repeating: .zero, count: count - 1)
        for mask in values.indices where mask & (bitI | bitJ) == 0 {
          bySize[mask.nonzeroBitCount] += values[mask | bitI] - values[mask | bitJ]
        }
        let difference = bySize.indices.reduce(into: BigInteger.zero) { sum, size in
          sum += weights[size] * bySize[size].asBigInteger
        }
        sums[i] += difference
        sums[j] -= difference
      }
    }
    return (sums, divisor)
  }
}

/// The dividends of all coalitions: `d(S) = sum over R in S of (-1)^(|S| - |R|) v(R)`.
///
/// - Complexity: `n 2^n / 2` subtractions; on the way there are alternating sums only.
func moebiusTransform<Number: ExactFlowNumber>(_ values: [Number], playerCount: Int) -> [Number] {
  var dividends = values
  for player in 0..<playerCount {
    let bit = 1 << player
    for mask in dividends.indices where mask & bit != 0 { dividends[mask] -= dividends[mask ^ bit] }
  }
  return dividends
}

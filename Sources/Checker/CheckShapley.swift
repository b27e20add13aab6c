public import ExactArithmetic

/// The Shapley value of a game. Only the kernel constructs one.
public struct ShapleyValue: Sendable, Equatable {
  /// The game.
  public let game: CooperativeGame
  /// The value of each player.
  public let values: ExactVector
}

/// Accepts a vector as the Shapley value of a game.
///
/// With `n` players and `s` members of `S`:
///
///     n! x_i = sum_{S with i} (s-1)! (n-s)! v(S) - sum_{S without i} s! (n-s-1)! v(S)
///
/// The sums over coalitions of one size are taken first; each takes every value at most once, so
/// they fit the number type of the table. Source: [S].
///
/// - Parameters:
///   - vector: one rational per player.
///   - game: the game.
/// - Returns: the value, or the players who get something else.
/// - Complexity: `n 2^n / 2` additions.
public func checkShapley(
  _ vector: ExactVector, of game: CooperativeGame
) -> Judgement<ShapleyValue> {
  let count = game.playerCount
  guard vector.count == count else {
    return .rejected(rejection(.shape, .field("vector"), vector.count, count))
  }
  let sums = aligned([game.values], SumsBySize(playerCount: count))
  var factorials = [BigInteger.one]
  for factor in 1...count { factorials.append(factorials[factor - 1] * BigInteger(factor)) }
  var broken: Rejection?
  for player in 0..<count {
    var numerator = BigInteger.zero
    for size in 1...count {
      let withPlayer = sums.withPlayer[player * (count + 1) + size]
      numerator += withPlayer * factorials[size - 1] * factorials[count - size]
      guard size < count else { continue }
      let without = sums.all[size] - withPlayer
      numerator -= without * factorials[size] * factorials[count - size - 1]
    }
    let value = Rational(numerator, factorials[count] * game.values.denominator)
    guard value != vector[player] else { continue }
    let violation = Violation(
      rule: .shapley, place: .players([Player(player)]), leftSide: vector[player],
      rightSide: value)
    broken = Rejection.joined(broken, Rejection(violation))
  }
  if let broken { return .rejected(broken) }
  return .accepted(ShapleyValue(game: game, values: vector))
}

/// The sums of the values of all coalitions of one size, and of those with a given player.
private struct SumsBySize: AlignedCheck {
  let playerCount: Int

  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> (all: [BigInteger], withPlayer: [BigInteger]) {
    let values = vectors[0]
    var all = [Number](repeating: .zero, count: playerCount + 1)
    var withPlayer = [Number](repeating: .zero, count: playerCount * (playerCount + 1))
    for mask in 0..<values.count {
      let size = mask.nonzeroBitCount
      all[size] += values[mask]
      var members = mask
      // Every turn takes out the smallest member.
      while members != 0 {
        let player = members.trailingZeroBitCount
        withPlayer[player * (playerCount + 1) + size] += values[mask]
        members &= members - 1
      }
    }
    return (all.map(\.asBigInteger), withPlayer.map(\.asBigInteger))
  }
}

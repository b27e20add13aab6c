// Games given by a formula, and games made of games.
public import Checker
public import ExactArithmetic
import Networks

extension CooperativeGame {
  /// The game with the given values, one per coalition in the order of the masks.
  ///
  /// - Throws: ``GameError`` if the number of values is not a power of two with players in the
  ///   limits, or if the empty coalition has a value.
  public init(table: [Rational]) throws(GameError) {
    let playerCount = max(table.count, 1).trailingZeroBitCount
    try Self.testPlayerCount(playerCount)
    try self.init(playerCount: playerCount, values: ExactVector(table))
  }

  /// The unanimity game: `weight` for the coalitions that contain `carrier`, 0 for others.
  ///
  /// - Throws: ``GameError`` if there are no players or too many, or if the carrier is empty, so
  ///   that the empty coalition has a value.
  public static func unanimity(
    of carrier: Coalition, playerCount: Int, weight: Rational = 1
  ) throws(GameError) -> CooperativeGame {
    try make(playerCount) { $0.mask & carrier.mask == carrier.mask ? weight : 0 }
  }

  /// The additive game: the value of a coalition is the sum of the weights of its members.
  ///
  /// - Throws: ``GameError`` if there are no players or too many.
  public static func additive(_ weights: ExactVector) throws(GameError) -> CooperativeGame {
    try testPlayerCount(weights.count)
    return try CooperativeGame(
      playerCount: weights.count, values: AdditiveValues().run(on: weights))
  }

  /// The game of a function.
  ///
  /// - Parameters:
  ///   - playerCount: the number of players.
  ///   - value: the value of a coalition, called once for each in the order of the masks.
  /// - Returns: the game with the table of these values.
  /// - Throws: ``GameError`` if there are no players or too many, or if the empty coalition has a
  ///   value.
  public static func make(
    _ playerCount: Int, value: (Coalition) -> Rational
  ) throws(GameError) -> CooperativeGame {
    try testPlayerCount(playerCount)
    let values = (0..<(1 << playerCount)).map { value(Coalition(mask: UInt64($0))) }
    return try CooperativeGame(playerCount: playerCount, values: ExactVector(values))
  }

  /// The sum of this game and another one of the same players, coalition by coalition.
  ///
  /// - Throws: ``GameError/wrongCount(field:expected:found:)`` if they have different numbers of
  ///   players.
  public func adding(_ other: CooperativeGame) throws(GameError) -> CooperativeGame {
    guard other.playerCount == playerCount else {
      throw .wrongCount(field: "players", expected: playerCount, found: other.playerCount)
    }
    let sum = SumOfVectors().run(on: values, other.values)
    return try CooperativeGame(playerCount: playerCount, values: sum)
  }

  /// The game with all values multiplied by a factor.
  public func scaled(by factor: Rational) -> CooperativeGame {
    let numerators = (0..<values.count).map { values.numerator($0) * factor.numerator }
    return trusted(
      playerCount, ExactVector(numerators, denominator: values.denominator * factor.denominator))
  }

  /// The quotient game: groups act as one player, and a coalition of groups is worth what all
  /// their members are.
  ///
  /// - Parameter groups: the players in each group; every player is in exactly one.
  /// - Returns: the game whose players are the groups.
  /// - Throws: ``GameError`` if a player is in two groups, in none or does not exist, or if there
  ///   are no groups or too many.
  public func quotient(by groups: [[Player]]) throws(GameError) -> CooperativeGame {
    try Self.testPlayerCount(groups.count)
    var owners = [Player?](repeating: nil, count: playerCount)
    for (index, group) in groups.enumerated() {
      for player in group {
        guard player.index < playerCount else {
          throw .tokenOutOfRange(token: player.index, tokens: playerCount)
        }
        if let first = owners[player.index] {
          throw .overlap(member: player.index, first: first, second: Player(index))
        }
        owners[player.index] = Player(index)
      }
    }
    if let player = owners.firstIndex(of: nil) { throw .ungrouped(token: player) }
    let masks = groups.map { Coalition($0).mask }
    return try Self.make(groups.count) { coalition in
      self[Coalition(mask: coalition.players.reduce(0) { $0 | masks[$1.index] })]
    }
  }

  /// The dividends of all coalitions, in the order of the masks: the game is the sum of the
  /// unanimity games with these weights. Source: [H].
  public var dividends: ExactVector { Dividends(playerCount: playerCount).run(on: values) }

  /// A game whose table is known to fit.
  private func trusted(_ playerCount: Int, _ values: ExactVector) -> CooperativeGame {
    guard let game = try? CooperativeGame(playerCount: playerCount, values: values) else {
      preconditionFailure("\(values.count) values for \(playerCount) players, first \(values[0])")
    }
    return game
  }
}

/// The sums of a vector over all sets of positions, in the order of the masks.
private struct AdditiveValues: ExactTask {
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    var sums: [Number] = [.zero]
    sums.reserveCapacity(1 << numerators[0].count)
    for entry in numerators[0] {
      for mask in 0..<sums.count { sums.append(sums[mask] + entry) }
    }
    return Number.vector(sums, over: denominator)
  }
}

/// The entrywise sum of two vectors.
private struct SumOfVectors: ExactTask {
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    let sums = zip(numerators[0], numerators[1]).map { $0 + $1 }
    return Number.vector(sums, over: denominator)
  }
}

private struct Dividends: ExactTask {
  let playerCount: Int

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    let dividends = moebiusTransform(numerators[0], playerCount: playerCount)
    return Number.vector(dividends, over: denominator)
  }
}

public import ExactArithmetic

/// A player of a game, by its number.
public struct Player: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The number of the player, from 0 on.
  public let index: Int

  /// The player of a number that is not negative.
  public init(_ index: Int) {
    precondition(index >= 0, "there is no player \(index)")
    self.index = index
  }

  /// Whether the left player has the smaller number.
  public static func < (left: Player, right: Player) -> Bool { left.index < right.index }

  /// The number.
  public var description: String { "\(index)" }
}

/// A set of players with numbers below 64.
public struct Coalition: Sendable, Hashable, CustomStringConvertible {
  /// Bit `i` is set iff player `i` is a member.
  public let mask: UInt64

  /// The coalition of a bit mask.
  public init(mask: UInt64) { self.mask = mask }

  /// The coalition of the given players, whose numbers are below 64.
  public init(_ players: some Sequence<Player>) {
    var mask: UInt64 = 0
    for player in players {
      precondition(player.index < 64, "player \(player) has no bit in a mask of 64")
      mask |= 1 << UInt64(player.index)
    }
    self.mask = mask
  }

  /// The coalition of the players `0 ..< count`; `count` is in `0 ... 64`.
  public init(allOf count: Int) {
    mask = count >= 64 ? .max : (1 << UInt64(count)) - 1
  }

  /// The number of members.
  public var count: Int { mask.nonzeroBitCount }

  /// Whether a player is a member.
  @inline(__always)
  public func contains(_ player: Player) -> Bool {
    player.index < 64 && mask >> UInt64(player.index) & 1 == 1
  }

  /// The members in increasing order.
  public var players: [Player] {
    (0..<64).lazy.map { Player($0) }.filter { contains($0) }
  }

  /// The members in braces.
  public var description: String {
    "{" + players.map(\.description).joined(separator: ", ") + "}"
  }
}

/// A cooperative game with a table of values: `v(S)` for every coalition `S`, `v(empty) = 0`.
public struct CooperativeGame: Sendable, Equatable {
  /// The largest number of players of a table, which has 2^24 = 16,777,216 values.
  public static let playerLimit = 24

  /// The number of players, in `1 ... playerLimit`.
  public let playerCount: Int
  /// The values, that of coalition `S` at its bit mask, over one denominator.
  public let values: ExactVector

  /// A game from its table.
  ///
  /// - Parameters:
  ///   - playerCount: the number of players.
  ///   - values: `2^playerCount` values, in the order of the masks.
  /// - Throws: ``GameError`` if there are no players or too many, if the number of values is
  ///   another, or if the empty coalition has a value.
  public init(playerCount: Int, values: ExactVector) throws(GameError) {
    try Self.testPlayerCount(playerCount)
    guard values.count == 1 << playerCount else {
      throw .wrongCount(field: "values", expected: 1 << playerCount, found: values.count)
    }
    guard values[0].isZero else { throw .emptyCoalition(value: values[0]) }
    self.playerCount = playerCount
    self.values = values
  }

  /// The number of coalitions.
  public var coalitionCount: Int { 1 << playerCount }
  /// The coalition of all players, `N`.
  public var everyone: Coalition { Coalition(allOf: playerCount) }
  /// The players in order.
  public var players: [Player] { (0..<playerCount).map { Player($0) } }

  /// The value of a coalition, whose members are players of this game.
  public subscript(coalition: Coalition) -> Rational { values[Int(coalition.mask)] }

  /// Tests that a table can have so many players.
  ///
  /// - Throws: ``GameError/noPlayers`` or ``GameError/tooManyPlayers(count:limit:)``.
  public static func testPlayerCount(_ count: Int) throws(GameError) {
    guard count >= 1 else { throw .noPlayers }
    guard count <= playerLimit else { throw .tooManyPlayers(count: count, limit: playerLimit) }
  }
}

/// A reason why data does not describe a game.
public enum GameError: Error, Sendable, Hashable {
  /// A game has at least one player.
  case noPlayers
  /// A game has more players than can be gone through; see ``coalitionCount``.
  case tooManyPlayers(count: Int, limit: Int)
  /// An array has the wrong number of entries.
  case wrongCount(field: String, expected: Int, found: Int)
  /// The empty coalition has a value that is not 0.
  case emptyCoalition(value: Rational)
  /// A layer of nodes lies outside `0 ... layers`.
  case layerOutOfRange(layer: Int, layers: Int)
  /// A token lies outside `0 ..< tokens`.
  case tokenOutOfRange(token: Int, tokens: Int)
  /// An arc lies outside `0 ..< arcs`.
  case arcOutOfRange(arc: Int, arcs: Int)
  /// A token or an arc belongs to two players.
  case overlap(member: Int, first: Player, second: Player)
  /// A token belongs to no group.
  case ungrouped(token: Int)
  /// Layers are asked of a network that has none.
  case notLayered
  /// The arcs of a player do not meet in one node, so no arc can carry all that passes through.
  case scattered(player: Player)
  /// A computation needs more memory than it may take.
  case memory(bytes: Int, limit: Int)

  /// The number of values that the game would have, `2^count`: each takes a maximum flow in a flow
  /// game, and a place in memory in any; nil if the error is another.
  public var coalitionCount: BigInteger? {
    guard case .tooManyPlayers(let count, _) = self else { return nil }
    return BigInteger.powerOfTwo(count)
  }
}

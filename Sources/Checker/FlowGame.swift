import ExactArithmetic

/// The flow game of a network: `v'(S)` is the maximum-flow value when only the players of `S` may
/// carry flow.
///
/// Every player owns arcs that nobody else owns. In the network of a coalition the arcs of players
/// outside have capacity 0, and all others keep theirs. A token of the bottom layer owns its sink
/// arc, one of the top layer its source arc, and one between the arcs that join it to the layer
/// above: nothing can pass through a token whose arcs are closed. A group owns what its tokens own.
/// Source: [EJ], Proposition 2, read as the game of maximum flows.
public struct FlowGame: Sendable, Equatable {
  /// The network of all players.
  public let network: FlowNetwork
  /// The arcs of each player, in increasing order.
  public let playerArcs: [[Int]]
  /// Where the players are, if they are tokens.
  public let tokens: PlayerTokens?

  /// The players of a flow game that are tokens.
  public struct PlayerTokens: Sendable, Equatable {
    /// The layer of nodes, 0 at the bottom, `L` at the top.
    public let layer: Int
    /// The tokens of each player.
    public let groups: [[Int]]
  }

  /// The game of the tokens of one layer, each a player, or in groups.
  ///
  /// - Parameters:
  ///   - network: the network of a tensor, in either direction.
  ///   - layer: the layer of nodes, `0 ... L`.
  ///   - groups: the tokens of each player; every token belongs to exactly one. Nil for one each.
  /// - Throws: ``GameError`` if the network has no layers or not this one, if a token is in two
  ///   groups, in none or does not exist, or if there are no players or more than
  ///   ``CooperativeGame/playerLimit``.
  public init(network: FlowNetwork, layer: Int, groups: [[Int]]? = nil) throws(GameError) {
    let (layers, tokens): (Int, Int)
    switch network.arcs {
    case .layered(let count, let width), .layeredForward(let count, let width):
      (layers, tokens) = (count, width)
    case .listed: throw .notLayered
    }
    guard layer >= 0 && layer <= layers else {
      throw .layerOutOfRange(layer: layer, layers: layers)
    }
    let groups = groups ?? (0..<tokens).map { [$0] }
    try CooperativeGame.testPlayerCount(groups.count)
    if let token = groups.joined().first(where: { $0 < 0 || $0 >= tokens }) {
      throw .tokenOutOfRange(token: token, tokens: tokens)
    }
    let owners = try Self.owners(groups, count: tokens)
    if let token = owners.firstIndex(of: nil) { throw .ungrouped(token: token) }
    let attention = layers * tokens * tokens
    self.network = network
    self.tokens = PlayerTokens(layer: layer, groups: groups)
    playerArcs = groups.map { group in
      group.flatMap { token in
        switch layer {
        case 0: [attention + tokens + token]
        case layers: [attention + token]
        default: (0..<tokens).map { (layer * tokens + $0) * tokens + token }
        }
      }.sorted()
    }
  }

  /// The game of players who own the given arcs; arcs without an owner are always open.
  ///
  /// - Throws: ``GameError`` if an arc has two owners or does not exist, or if there are no players
  ///   or more than ``CooperativeGame/playerLimit``.
  public init(network: FlowNetwork, playerArcs: [[Int]]) throws(GameError) {
    try CooperativeGame.testPlayerCount(playerArcs.count)
    let arcs = network.arcCount
    if let arc = playerArcs.joined().first(where: { $0 < 0 || $0 >= arcs }) {
      throw .arcOutOfRange(arc: arc, arcs: arcs)
    }
    _ = try Self.owners(playerArcs, count: arcs)
    self.network = network
    self.playerArcs = playerArcs.map { $0.sorted() }
    tokens = nil
  }

  /// The number of players.
  public var playerCount: Int { playerArcs.count }

  /// The network of a coalition.
  public func network(of coalition: Coalition) -> FlowNetwork {
    let closed = playerArcs.indices.filter { !coalition.contains(Player($0)) }
      .flatMap { playerArcs[$0] }
    return FlowNetwork(
      nodeCount: network.nodeCount, source: network.source, sink: network.sink,
      arcs: network.arcs, capacities: network.capacities.withZeros(at: closed))
  }

  /// The player that each of `count` things belongs to.
  private static func owners(_ owned: [[Int]], count: Int) throws(GameError) -> [Player?] {
    var owners = [Player?](repeating: nil, count: count)
    for (index, things) in owned.enumerated() {
      for thing in things {
        if let first = owners[thing] {
          throw .overlap(member: thing, first: first, second: Player(index))
        }
        owners[thing] = Player(index)
      }
    }
    return owners
  }
}

extension ExactVector {
  /// The vector with 0 at some positions.
  func withZeros(at positions: [Int]) -> ExactVector {
    func cleared<Number: ExactInteger>(_ values: [Number]) -> [Number] {
      var values = values
      for position in positions { values[position] = .zero }
      return values
    }
    switch elements {
    case .int64(let values): return ExactVector(cleared(values), denominator: denominator)
    case .int128(let values): return ExactVector(cleared(values), denominator: denominator)
    case .big(let values): return ExactVector(cleared(values), denominator: denominator)
    }
  }
}

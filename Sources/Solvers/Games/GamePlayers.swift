public import Checker
import Networks

/// Who plays in a flow game, in the words of a network.
public enum GamePlayers: Sendable, Hashable {
  /// The arcs into the sink, in arc order: of a tensor, the bottom tokens.
  case bottom
  /// The arcs out of the source, in arc order: of a tensor, the top tokens.
  case top
  /// The tokens of a layer of nodes, 0 at the bottom.
  case layer(Int)

  /// The players of a word: `bottom`, `top` or `layer:K`.
  public init?(_ text: String) {
    switch text {
    case "bottom": self = .bottom
    case "top": self = .top
    default:
      let prefix = "layer:"
      guard text.hasPrefix(prefix), let layer = Int(text.dropFirst(prefix.count)), layer >= 0
      else { return nil }
      self = .layer(layer)
    }
  }

  /// The flow game of these players.
  ///
  /// - Parameters:
  ///   - network: the network of all players.
  ///   - groups: which of them play as one; each belongs to exactly one group. Nil for one each.
  /// - Returns: the game.
  /// - Throws: ``GameError`` as `FlowGame` does.
  public func game(
    on network: FlowNetwork, groups: [[Int]]? = nil
  ) throws(GameError) -> FlowGame {
    if let layer = layerNumber(network) {
      return try FlowGame(network: network, layer: layer, groups: groups)
    }
    return try FlowGame(network: network, playerArcs: playerArcs(network, groups))
  }

  /// The flow game of these players with its coalitions solved when they are drawn.
  ///
  /// - Parameters:
  ///   - network: the network of all players.
  ///   - groups: which of them play as one. Nil for one each.
  /// - Returns: the game of up to 64 players.
  /// - Throws: ``GameError`` as ``SampledGame`` and `FlowGame` do.
  public func sampledGame(
    on network: FlowNetwork, groups: [[Int]]? = nil
  ) throws(GameError) -> SampledGame {
    try SampledGame(
      network: network, playerArcs: playerArcs(network, groups), isTerminal: isTerminal(network))
  }

  /// Whether the players are at an end of the network, where the game is submodular.
  public func isTerminal(_ network: FlowNetwork) -> Bool {
    guard case .layer(let layer) = self else { return true }
    return LayeredLayout(network.arcs).map { layer == 0 || layer == $0.layers } ?? false
  }

  /// The layer of nodes in a network that has layers.
  private func layerNumber(_ network: FlowNetwork) -> Int? {
    if case .layer(let layer) = self { return layer }
    guard let layout = LayeredLayout(network.arcs) else { return nil }
    // Flow runs down, or up from layer 0; the bottom tokens are those that it ends at.
    let isForward = network.source != layout.source
    return (self == .bottom) == isForward ? layout.layers : 0
  }

  /// The arcs of each player; it has to be tested only what `FlowGame` tests of its players.
  private func playerArcs(
    _ network: FlowNetwork, _ groups: [[Int]]?
  ) throws(GameError) -> [[Int]] {
    let single: [[Int]]
    switch self {
    case .bottom: single = network.sinkArcs.map { [$0] }
    case .top: single = network.sourceArcs.map { [$0] }
    case .layer(let layer):
      guard let layout = LayeredLayout(network.arcs) else { throw .notLayered }
      guard (0...layout.layers).contains(layer) else {
        throw .layerOutOfRange(layer: layer, layers: layout.layers)
      }
      single = (0..<layout.tokens).map { token in
        switch layer {
        case 0: [layout.sinkArc(token)]
        case layout.layers: [layout.sourceArc(token)]
        default: (0..<layout.tokens).map { layout.entry(layer, $0, token) }
        }
      }
    }
    guard let groups else { return single }
    var owners = [Player?](repeating: nil, count: single.count)
    for (index, group) in groups.enumerated() {
      for member in group {
        guard single.indices.contains(member) else {
          throw .tokenOutOfRange(token: member, tokens: single.count)
        }
        if let first = owners[member] {
          throw .overlap(member: member, first: first, second: Player(index))
        }
        owners[member] = Player(index)
      }
    }
    if let token = owners.firstIndex(of: nil) { throw .ungrouped(token: token) }
    return groups.map { $0.flatMap { single[$0] } }
  }
}

extension GamePlayers: CustomStringConvertible {
  /// The word: `bottom`, `top` or `layer:K`.
  public var description: String {
    switch self {
    case .bottom: "bottom"
    case .top: "top"
    case .layer(let layer): "layer:\(layer)"
    }
  }
}

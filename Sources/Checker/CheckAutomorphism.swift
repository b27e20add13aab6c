public import ExactArithmetic

/// A map of nodes and arcs that turns a flow game into itself, and so permutes its players.
///
/// Only the kernel constructs one.
public struct GameAutomorphism: Sendable, Equatable {
  /// The game.
  public let game: FlowGame
  /// The image of each player.
  public let players: [Player]
}

/// Accepts a map of nodes and arcs as an automorphism of a flow game.
///
/// - Parameters:
///   - nodes: the image of each node; source and sink are their own.
///   - arcs: the image of each arc: it joins the images of the ends, with the same capacity. The
///     images of the arcs of one player are the arcs of one player.
///   - game: the game.
/// - Returns: what it does to the players, or where it is not an automorphism.
public func checkAutomorphism(
  nodes: [Int], arcs: [Int], of game: FlowGame
) -> Judgement<GameAutomorphism> {
  let network = game.network
  let fields = [("nodes", nodes, network.nodeCount), ("arcs", arcs, network.arcCount)]
  for (field, images, count) in fields {
    guard images.count == count else {
      return .rejected(rejection(.shape, .field(field), images.count, count))
    }
    var isImage = [Bool](repeating: false, count: count)
    for image in images {
      guard image >= 0 && image < count && !isImage[image] else {
        return .rejected(rejection(.range, .field(field), image, count))
      }
      isImage[image] = true
    }
  }
  for node in [network.source, network.sink] where nodes[node] != node {
    return .rejected(rejection(.automorphism, .node(node), nodes[node], node))
  }
  var broken: Rejection?
  for (arc, image) in arcs.enumerated() {
    let (from, to) = (network.arcs.ends(of: arc), network.arcs.ends(of: image))
    for (found, required) in [(to.tail, nodes[from.tail]), (to.head, nodes[from.head])]
    where found != required {
      let rejected = rejection(.automorphism, .arc(arc), found, required)
      broken = Rejection.joined(broken, rejected)
    }
    let (left, right) = (network.capacities[image], network.capacities[arc])
    guard left != right else { continue }
    let violation = Violation(
      rule: .automorphism, place: .arc(arc), leftSide: left, rightSide: right)
    broken = Rejection.joined(broken, Rejection(violation))
  }
  if let broken { return .rejected(broken) }
  var players: [Player] = []
  for (player, owned) in game.playerArcs.enumerated() {
    let moved = owned.map { arcs[$0] }.sorted()
    guard let image = game.playerArcs.firstIndex(of: moved) else {
      return .rejected(rejection(.automorphism, .players([Player(player)]), 0, 1))
    }
    players.append(Player(image))
  }
  return .accepted(GameAutomorphism(game: game, players: players))
}

/// Tests symmetry by an automorphism: a player gets what its image gets.
public func checkSymmetry(
  _ vector: ExactVector, under automorphism: GameAutomorphism
) -> Rejection? {
  let players = automorphism.players
  guard vector.count == players.count else {
    return rejection(.shape, .field("vector"), vector.count, players.count)
  }
  var broken: Rejection?
  for (player, image) in players.enumerated() where vector[player] != vector[image.index] {
    let violation = Violation(
      rule: .symmetry, place: .players([Player(player), image]), leftSide: vector[player],
      rightSide: vector[image.index])
    broken = Rejection.joined(broken, Rejection(violation))
  }
  return broken
}

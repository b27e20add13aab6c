// A maximum flow that gives every player a given amount.
//
// Idea: cap what passes through each player at its amount x_i. If the amounts add up to the value V
// of a maximum flow, a flow of the capped network has value V iff it saturates every cap, and then
// it is a maximum flow that gives each player x_i.
//
// If the capped maximum is smaller, let P be the players whose caps a minimum cut crosses, and S
// the others. The cut without those caps costs less than V - x(P) = x(S), and it is a cut of the
// network of S, so v'(S) < x(S): the vector is outside the base polytope, and the cut proves it.
// Conversely a vector outside cannot be realised. So in every layer the attributions of maximum
// flows are the non-negative vectors with x(N) = V and x(S) <= v'(S); that the Shapley value is
// one of them is a fact about terminal layers, and can fail further in.
//
// The caps: where the arcs of a player enter one node, they are led to a new node, from which an
// arc with the cap goes on to the old one; where they leave one node, the mirror image.
// Cost: two maximum flows.
public import Checker
public import ExactArithmetic

/// The answer to whether a vector is the attribution of a maximum flow.
public enum Realisation: Sendable, Equatable {
  /// It is: of this flow, one rational per arc, which the cut proves to be maximum.
  case realised(flow: ExactVector, cut: NodeSet)
  /// The vector does not add up to the value of a maximum flow.
  case inefficient(sum: Rational, value: Rational)
  /// A coalition of the game at this position would get more than `v'(S)`; the cut, in the network
  /// of the coalition, costs less than its amounts.
  case violated(game: Int, Coalition, cut: NodeSet)
  /// Each vector can be realised by itself, but not all by one flow.
  case notTogether
}

extension FlowGame {
  /// A maximum flow that gives every player a given amount.
  ///
  /// - Parameter vector: one rational per player.
  /// - Returns: the flow, or why there is none.
  /// - Throws: ``GameError/wrongCount(field:expected:found:)`` for a vector of another length, and
  ///   ``GameError/scattered(player:)`` if a player is a group of tokens of an inner layer.
  public func realise(_ vector: ExactVector) throws(GameError) -> Realisation {
    try FlowGame.realise([(self, vector)])
  }

  /// A maximum flow that gives the players of several games on one network given amounts.
  ///
  /// - Parameter demands: the games, at least one, all of the same network, with their vectors.
  /// - Returns: the flow, or why there is none.
  /// - Throws: as ``realise(_:)``.
  public static func realise(
    _ demands: [(game: FlowGame, vector: ExactVector)]
  ) throws(GameError) -> Realisation {
    precondition(!demands.isEmpty, "nothing is asked for")
    let network = demands[0].game.network
    precondition(
      demands.allSatisfy { $0.game.network == network }, "the games have different networks")
    for (game, vector) in demands where vector.count != game.playerCount {
      throw .wrongCount(field: "vector", expected: game.playerCount, found: vector.count)
    }
    let maximum = MaximumFlowSolver.dinic.solve(network)
    for (position, demand) in demands.enumerated() {
      let sum = demand.vector.sum
      if sum != maximum.value { return .inefficient(sum: sum, value: maximum.value) }
      // The others then get more than the value of a maximum flow.
      if let player = (0..<demand.vector.count).first(where: { demand.vector[$0].signum() < 0 }) {
        let everyone = Coalition(allOf: demand.game.playerCount)
        let others = Coalition(mask: everyone.mask & ~(1 << UInt64(player)))
        return .violated(game: position, others, cut: maximum.cut)
      }
    }
    let capped = try CappedNetwork(network, demands)
    let solved = MaximumFlowSolver.dinic.solve(capped.network)
    if solved.value == maximum.value {
      return .realised(flow: solved.flow.prefix(network.arcCount), cut: maximum.cut)
    }
    guard demands.count == 1 else {
      for (position, demand) in demands.enumerated() {
        let alone = try demand.game.realise(demand.vector)
        if case .violated(_, let coalition, let cut) = alone {
          return .violated(game: position, coalition, cut: cut)
        }
      }
      return .notTogether
    }
    let members = demands[0].game.playerArcs.indices.filter { player in
      let (tail, head) = capped.network.arcs.ends(of: network.arcCount + player)
      return !(solved.cut.contains(tail) && !solved.cut.contains(head))
    }
    let cut = NodeSet(
      nodeCount: network.nodeCount,
      members: (0..<network.nodeCount).lazy.filter { solved.cut.contains($0) })
    return .violated(game: 0, Coalition(members.map { Player($0) }), cut: cut)
  }
}

/// A network with one more arc for each player, which carries all that passes through it.
private struct CappedNetwork {
  /// The network; the added arcs come last, in the order of the games and players.
  let network: FlowNetwork

  init(
    _ base: FlowNetwork, _ demands: [(game: FlowGame, vector: ExactVector)]
  ) throws(GameError) {
    var (tails, heads): ([Int32], [Int32]) = ([], [])
    base.arcs.forEach { _, tail, head in
      tails.append(Int32(truncatingIfNeeded: tail))
      heads.append(Int32(truncatingIfNeeded: head))
    }
    var capacities = (0..<base.arcCount).map { base.capacities[$0] }
    var nodeCount = base.nodeCount
    for (game, vector) in demands {
      for (player, arcs) in game.playerArcs.enumerated() {
        let node = Int32(truncatingIfNeeded: nodeCount)
        nodeCount += 1
        let ends = (tails: Set(arcs.map { tails[$0] }), heads: Set(arcs.map { heads[$0] }))
        if ends.heads.count <= 1 {
          for arc in arcs { heads[arc] = node }
          tails.append(node)
          heads.append(ends.heads.first ?? Int32(truncatingIfNeeded: base.sink))
        } else if let tail = ends.tails.first, ends.tails.count == 1 {
          for arc in arcs { tails[arc] = node }
          tails.append(tail)
          heads.append(node)
        } else {
          throw .scattered(player: Player(player))
        }
        capacities.append(vector[player])
      }
    }
    let made = try? FlowNetwork(
      nodeCount: nodeCount, source: base.source, sink: base.sink, tails: tails, heads: heads,
      capacities: ExactVector(capacities))
    guard let made else {
      preconditionFailure("\(nodeCount) nodes and \(tails.count) arcs do not make a network")
    }
    network = made
  }
}

extension ExactVector {
  /// The first entries.
  fileprivate func prefix(_ count: Int) -> ExactVector {
    switch elements {
    case .int64(let values):
      ExactVector(Array(values.prefix(count)), denominator: denominator)
    case .int128(let values):
      ExactVector(Array(values.prefix(count)), denominator: denominator)
    case .big(let values):
      ExactVector(Array(values.prefix(count)), denominator: denominator)
    }
  }
}

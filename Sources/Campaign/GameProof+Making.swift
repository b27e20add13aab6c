public import CaseFiles
public import Checker
import ExactArithmetic
public import Solvers

extension GameProof {
  /// The proof of a Shapley flow whose coalitions were kept; nil if they were not.
  ///
  /// - Parameters:
  ///   - found: the Shapley values and the flow, if there is one.
  ///   - games: the games that it is about.
  public init?(_ found: ShapleyFlow, of games: [FlowGame]) {
    var parts: [Game] = []
    for (index, game) in games.enumerated() {
      guard let coalitions = found.solutions[index].certificate else { return nil }
      parts.append(Game(game: game, coalitions: coalitions, shapley: found.vectors[index]))
    }
    guard case .realised(let flow, let cut) = found.realisation else {
      self.init(games: parts)
      return
    }
    self.init(games: parts, shapleyFlow: GameProof.CommonFlow(flow: flow, cut: cut))
  }

  /// The proof of the Shapley values of the flow games of some players, a game each, and of the
  /// flow that has them all, if there is one; nil without games, and for more players than are kept
  /// whole.
  init?(of players: [GamePlayers], in network: FlowNetwork) {
    let games = players.compactMap { try? $0.game(on: network) }
    guard !games.isEmpty, games.count == players.count,
      case .solved(let found)? = try? findShapleyFlow(of: games, proof: .stored)
    else { return nil }
    self.init(found, of: games)
  }
}

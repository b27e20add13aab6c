import CaseFiles
import Checker
import ExactArithmetic
import SolverInterface

/// What the kernel accepts of a proof about games.
struct CertifiedGames {
  /// The Shapley value of each game.
  var values: [ShapleyValue] = []
  /// The Shapley flow, as the attribution of each game; empty if none is claimed.
  var realised: [RealisedAttribution] = []
}

/// Why the kernel refuses a proof about games.
struct GameRefusal: Error {
  /// The part of the proof, such as `games[0].shapley`.
  let field: String
  /// What is wrong with it.
  let reason: String
}

extension GameProof {
  /// What the kernel says of the proof; no solver runs.
  ///
  /// - Throws: ``GameRefusal`` for the first part that is refused.
  func checked() throws(GameRefusal) -> CertifiedGames {
    var certified = CertifiedGames()
    for (index, part) in games.enumerated() {
      let judgement: Judgement<CertifiedFlowGame>
      do throws(GameError) {
        judgement = try checkFlowGame(part.coalitions, of: part.game)
      } catch {
        throw GameRefusal(field: "games[\(index)]", reason: error.sentence)
      }
      let game = try accepted(judgement, "games[\(index)].coalitions")
      certified.values.append(
        try accepted(checkShapley(part.shapley, of: game.table), "games[\(index)].shapley"))
    }
    guard let shapleyFlow else { return certified }
    let feasible = try accepted(checkFeasible(shapleyFlow.flow, in: games[0].game.network), "flow")
    let maximum = try accepted(checkMaximum(feasible, cut: shapleyFlow.cut), "cut")
    for part in games {
      certified.realised.append(
        try accepted(checkAttribution(part.shapley, by: maximum, of: part.game), "flow"))
    }
    return certified
  }

  private func accepted<Claim>(
    _ judgement: Judgement<Claim>, _ field: String
  ) throws(GameRefusal) -> Claim {
    switch judgement {
    case .accepted(let claim): return claim
    case .rejected(let rejection):
      throw GameRefusal(field: field, reason: rejection.first.summary)
    }
  }

  /// The accepted Shapley value of the game of the arcs into the sink; nil if it is not among them.
  func valueOfSinkArcs(_ certified: CertifiedGames) -> ExactVector? {
    for (part, value) in zip(games, certified.values)
    where part.game.playerArcs == part.game.network.sinkArcs.map({ [$0] }) {
      return value.values
    }
    return nil
  }
}

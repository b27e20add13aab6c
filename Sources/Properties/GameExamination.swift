import Checker
import ExactArithmetic
import SolverInterface
import Solvers

/// A flow game whose values and Shapley value the kernel accepted.
struct ProvedGame {
  /// The game.
  let game: FlowGame
  /// The value of every coalition.
  let table: CooperativeGame
  /// Its Shapley value.
  let shapley: ExactVector
}

extension Examination {
  /// Whether the coalitions of some players of this case are gone through quickly.
  ///
  /// Flow through the far end of the network, such as an arc out of the sink, would add to what the
  /// players carry without adding to the value: then attributions are not those of the game.
  func isWithinGameReach(_ players: GamePlayers) -> Bool {
    let count: Int
    switch players {
    case .bottom: count = network.sinkArcs.count
    case .top: count = network.sourceArcs.count
    case .layer: count = tensor?.tokens ?? 0
    }
    return (1...gamePlayerLimit).contains(count) && network.arcCount <= regularisedArcLimit
  }

  /// Whether nothing flows out of the sink or into the source.
  var hasPlainEnds: Bool {
    var isPlain = true
    network.arcs.forEach { _, tail, head in
      if tail == network.sink || head == network.source { isPlain = false }
    }
    return isPlain
  }

  /// The flow game of some players of this case, with its Shapley value.
  func game(_ players: GamePlayers) -> Proof<ProvedGame> {
    if let known = games[players] { return known }
    let proof = provedGame(players, network)
    games[players] = proof
    return proof
  }

  /// A maximum flow that gives each player of some games what it is to get, or why there is none.
  func realised(_ players: [GamePlayers]) -> Outcome {
    var demands: [(game: FlowGame, vector: ExactVector)] = []
    for group in players {
      switch game(group) {
      case .accepted(let proved): demands.append((proved.game, proved.shapley))
      case let other: return other.outcome { _ in .inconclusive("") }
      }
    }
    do throws(GameError) {
      switch try FlowGame.realise(demands) {
      case .violated(_, let coalition, _):
        return .refuted("players \(coalition) would get more than they are worth")
      case .inefficient(let sum, let value): return .refuted("sum \(sum), value \(value)")
      case .notTogether: return .refuted("each alone is realised, and not all together")
      case .realised(let flow, let cut):
        return Proof(checkFeasible(flow, in: network)).then { feasible in
          Proof(checkMaximum(feasible, cut: cut))
        }.outcome { maximum in
          for (game, vector) in demands {
            if let rejection = checkAttribution(vector, by: maximum, of: game).rejection {
              return .refuted("rejected by the kernel: \(rejection.first.summary)")
            }
          }
          return .holds
        }
      }
    } catch {
      return .skipped("\(error)")
    }
  }
}

/// The flow game of some players of a network, accepted by the kernel with its Shapley value.
func provedGame(_ players: GamePlayers, _ network: FlowNetwork) -> Proof<ProvedGame> {
  do throws(GameError) {
    let game = try players.game(on: network)
    switch try game.solve(proof: .checked) {
    case .refused(_, let rejection): return .rejected(rejection)
    case .stopped: return .stopped
    case .solved(let solution):
      guard let table = solution.certified?.table else { return .stopped }
      return Proof(checkShapley(try table.shapleyValue(), of: table)).then { value in
        .accepted(ProvedGame(game: game, table: table, shapley: value.values))
      }
    }
  } catch {
    return .gaveUp("\(error)")
  }
}

extension Outcome {
  /// `refuted` with the first violation, or `holds` without one.
  init(refutedBy rejection: Rejection?) {
    self = rejection.map { .refuted($0.first.summary) } ?? .holds
  }
}

// The theorem that four axioms single out the Shapley value, and that no three of them do: for each
// one dropped there is a method that keeps the others and gives something else.
import Checker
import ExactArithmetic
import Generators
import SolverInterface
import Solvers

let axiomClaims: [Claim] = [
  Claim(
    "axioms/four-suffice",
    "Efficiency, symmetry, null players and additivity leave no vector but the Shapley value.",
    source: "[S], uniqueness", generated: "games of 1 to 5 players with small integers",
    checked: "on each unanimity game of the decomposition the first three leave one vector, which "
      + "the kernel's rules accept; their sum is the vector that it accepts as the value",
    count: 60, judge: judgeDecomposition),
  Claim(
    "axioms/shapley-satisfies", "The Shapley value satisfies all four axioms.",
    source: "[S]", generated: "pairs of games of 1 to 5 players with small integers",
    checked: "the kernel's rule for each axiom", count: 60,
    judge: { choices in
      let players = choices.integer(in: 1...5)
      let game = try smallGame(&choices, players: players)
      let other = try smallGame(&choices, players: players)
      let broken = try brokenAxioms(game, other) { try $0.provedShapleyValue() }
      return .test(broken.isEmpty, "\(broken) for v = \(game.values.text)")
    }),
  dropping(
    .efficiency, "Leave-one-out", "v(N) - v(N - i)", { $0.leaveOneOut }),
  dropping(
    .symmetry, "What each player adds to those before it", "v(0..i) - v(0..i-1)",
    { game in
      ExactVector(
        (0..<game.playerCount).map { player in
          game.values[(2 << player) - 1] - game.values[(1 << player) - 1]
        })
    }),
  dropping(
    .nullPlayer, "An equal share", "v(N) / n",
    { game in
      let share = game[game.everyone] / Rational(game.playerCount)
      return ExactVector([Rational](repeating: share, count: game.playerCount))
    }),
  dropping(
    .additivity, "An equal share for all who are no null players", "v(N) over their number",
    { game in
      let active = (0..<game.playerCount).map { player in
        game.values.list.indices.contains {
          game.values[$0 | 1 << player] != game.values[$0 & ~(1 << player)]
        }
      }
      let count = max(1, active.count { $0 })
      let share = game[game.everyone] / Rational(count)
      return ExactVector(active.map { $0 ? share : 0 })
    }),
]

/// The rules that the four axioms are.
private let axioms: [Rule] = [.efficiency, .symmetry, .nullPlayer, .additivity]

/// The axioms that a method breaks on a game and, for additivity, its sum with another.
private func brokenAxioms(
  _ game: CooperativeGame, _ other: CooperativeGame,
  _ method: (CooperativeGame) throws -> ExactVector
) throws -> [Rule] {
  let vector = try method(game)
  let sum = try game.adding(other)
  let rejections: [Rejection?] = [
    checkEfficiency(vector, of: game), checkSymmetry(vector, of: game),
    checkNullPlayers(vector, of: game),
    checkAdditivity(
      (game, vector), (other, try method(other)), sum: (sum, try method(sum))),
  ]
  return zip(axioms, rejections).compactMap { $1 == nil ? nil : $0 }
}

/// The false claim that the axioms but one leave no other method, with a method that refutes it on
/// the flow game of the bottom tokens.
///
/// The method keeps the others on that game, and on its sum with the game of the mirror image. The
/// axiom dropped must fail too, since all four leave the Shapley value alone; additivity may fail
/// on another sum, and is not asked for then.
private func dropping(
  _ axiom: Rule, _ name: String, _ formula: String,
  _ method: @escaping @Sendable (CooperativeGame) -> ExactVector
) -> Claim {
  let kept = axioms.filter { $0 != axiom }.map(\.rawValue).joined(separator: ", ")
  return Claim(
    "axioms/without-\(axiom.rawValue)",
    "Three criteria suffice: \(kept) leave no method but the Shapley value.",
    source: axiom == .additivity
      ? "[EJ], the criteria of the Shapley value" : "[S], independence of the axioms",
    checked: "the method \(formula) on v': the kernel's rules for the three accept it, and the one "
      + "for the Shapley value does not",
    expected: .refuted, correction: "\(name), \(formula), satisfies these three and is another.",
    cases: ClaimCases(modes: .all, random: 60),
    judge: { examination in
      let game = try examination.flowGame(0).table
      let turned = try game.renumbered()
      let broken = try brokenAxioms(game, turned) { method($0) }
      if let other = broken.first(where: { $0 != axiom }) {
        throw Unsettled(outcome: .contradiction("\(name) breaks \(other.rawValue)"))
      }
      let vector = method(game)
      guard checkShapley(vector, of: game).claim == nil else { return .holds }
      let value = try game.provedShapleyValue()
      return .refuted("\(vector.text) for v' = \(game.values.text), and not \(value.text)")
    })
}

extension CooperativeGame {
  /// The game with its players numbered from the last one on.
  fileprivate func renumbered() throws -> CooperativeGame {
    try .make(playerCount) { coalition in
      self[Coalition(coalition.players.map { Player(playerCount - 1 - $0.index) })]
    }
  }
}

/// Follows the proof of uniqueness on one game.
private let judgeDecomposition: @Sendable (inout ClaimChoices) throws -> Outcome = { choices in
  let game = try smallGame(&choices, players: choices.integer(in: 1...5))
  let dividends = game.dividends
  var sum = try CooperativeGame.make(game.playerCount) { _ in 0 }
  var total = ExactVector([Rational](repeating: 0, count: game.playerCount))
  for mask in 1..<game.coalitionCount where !dividends[mask].isZero {
    let carrier = Coalition(mask: UInt64(mask))
    let unanimity = try CooperativeGame.unanimity(
      of: carrier, playerCount: game.playerCount, weight: dividends[mask])
    // Players outside the carrier are null, those inside are alike, and together they get it all.
    let share = dividends[mask] / Rational(carrier.count)
    let vector = ExactVector(
      (0..<game.playerCount).map { carrier.contains(Player($0)) ? share : 0 })
    for rejection in [
      checkEfficiency(vector, of: unanimity), checkSymmetry(vector, of: unanimity),
      checkNullPlayers(vector, of: unanimity),
    ] {
      if let rejection { return .refuted(rejection.first.summary) }
    }
    // The rules alone force it: every player outside is null, any two inside are symmetric.
    let isForced = unanimity.forces(carrier)
    if !isForced { return .refuted("the axioms leave more than one vector for \(carrier)") }
    sum = try sum.adding(unanimity)
    total = total.combined(1, vector, 1)
  }
  guard sum.values.list == game.values.list else {
    throw Unsettled(outcome: .contradiction("the unanimity games do not add up"))
  }
  return .test(checkShapley(total, of: game).claim != nil, "\(total.text) is not the value")
}

extension CooperativeGame {
  /// Whether all players outside a carrier are null and all inside are alike.
  fileprivate func forces(_ carrier: Coalition) -> Bool {
    let alike = Set(symmetricPlayers(self).map { [$0.0, $0.1] })
    let members = carrier.players.map(\.index)
    let isAlike = members.allSatisfy { second in
      members.allSatisfy { $0 >= second || alike.contains([$0, second]) }
    }
    return isAlike
      && players.filter { !carrier.contains($0) }.allSatisfy { player in
        (0..<coalitionCount).allSatisfy {
          values[$0 | 1 << player.index] == values[$0 & ~(1 << player.index)]
        }
      }
  }
}

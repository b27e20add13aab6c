// Worked examples of [U], and routes to the Shapley value that must agree.
import Checker
import ExactArithmetic
import Generators
import SolverInterface
import Solvers

let shapleyClaims: [Claim] = [
  example(
    "shapley/two-players", "For v = 5, 3, 10 the Shapley value is (6, 4).",
    [0, 5, 3, 10], [6, 4]),
  example(
    "shapley/three-data-sets",
    "For data sets with U = 50, 20, 25, 75, 80, 90, 100 it is (115/3, 85/3, 100/3).",
    [0, 50, 20, 75, 25, 80, 90, 100],
    [Rational(115, 3), Rational(85, 3), Rational(100, 3)]),
  example(
    "shapley/corner-detector",
    "For a detector that needs three of four pixels it is (1/3, 1/3, 1/3, 0).",
    (0..<16).map { $0 & 7 == 7 ? 1 : 0 },
    [Rational(1, 3), Rational(1, 3), Rational(1, 3), 0]),
  Claim(
    "shapley/differences",
    "s_i - s_j = 1/(N-1) sum over S without i, j of (U(S+i) - U(S+j)) / C(N-2, |S|).",
    source: "[U], data valuation", generated: "games of 2 to 6 players with small integers",
    checked: "all five routes against the vector that the kernel accepts", count: 40,
    judge: { choices in
      let game = try smallGame(&choices, players: choices.integer(in: 2...6))
      let value = try game.provedShapleyValue()
      for route in ShapleyRoute.allCases
      where try game.shapleyValue(by: route).list != value.list {
        return .refuted("\(route.rawValue) for v = \(game.values.text)")
      }
      return .holds
    }),
  Claim(
    "shapley/banzhaf-efficient", "The Banzhaf value adds up to v(N).",
    source: "[B]", checked: "the kernel's rule of efficiency on the flow game of the bottom tokens",
    expected: .refuted,
    correction: "It does for two players, and for more only in special games.",
    cases: ClaimCases(modes: .all, each: 120),
    judge: { examination in
      let game = try examination.flowGame(0).table
      let vector = game.banzhafValue
      return .test(
        checkEfficiency(vector, of: game) == nil,
        "\(vector.text) adds up to \(vector.sum), and v'(N) is \(game[game.everyone])")
    }),
]

/// A worked example: a table in the order of the masks and its Shapley value.
private func example(
  _ id: String, _ statement: String, _ table: [Rational], _ value: [Rational]
) -> Claim {
  Claim(
    id, statement, source: "[U], worked example", generated: "this game",
    checked: "the kernel's Shapley rule, and all five routes",
    judge: { _ in
      let game = try CooperativeGame(table: table)
      for route in ShapleyRoute.allCases {
        let found = try game.shapleyValue(by: route)
        if found.list != value { return .refuted("\(route.rawValue): \(found.text)") }
      }
      let judgement = checkShapley(ExactVector(value), of: game)
      return .test(judgement.claim != nil, judgement.rejection?.first.summary ?? "")
    })
}

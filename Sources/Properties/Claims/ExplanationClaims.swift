// What [EJ] says of attention flow and the Shapley value: each proposition as it is written, and in
// the reading that can be tested.
import Checker
import ExactArithmetic
import Generators
import Networks
import Solvers

let explanationClaims: [Claim] = [
  Claim(
    "EJ/P1-literal",
    "Save for a degenerate case, there is no game whose Shapley value the attention weights are.",
    source: "[EJ], Proposition 1, read literally",
    checked: "the kernel accepts the column sums of A[0] as the Shapley value of their additive "
      + "game",
    expected: .refuted, correction: "Any vector is the Shapley value of an additive game.",
    cases: ClaimCases(),
    judge: { examination in
      let sums = try examination.subject().columnSums
      try require(sums.list.contains { $0 != 1 }, "the degenerate case")
      return refutedByAdditiveGame(sums, "the column sums of A[0]")
    }),
  Claim(
    "EJ/P1-counting",
    "The attention that tokens get is the Shapley value of v(S) = |S| iff all column sums are 1.",
    source: "[EJ], Proposition 1, as it can be tested",
    checked: "the column sums of A[0] by the kernel's Shapley rule for v(S) = |S|",
    cases: ClaimCases(),
    judge: { examination in
      let sums = try examination.subject().columnSums
      let game = try CooperativeGame.make(sums.count) { Rational($0.count) }
      let isValue = checkShapley(sums, of: game).claim != nil
      return .test(
        isValue == sums.list.allSatisfy { $0 == 1 }, "column sums \(sums.text): \(isValue)")
    }),
  Claim(
    "EJ/P2-fixed-flow",
    "With one flow fixed, coalitions blocking players only, its attribution is the Shapley value.",
    source: "[EJ], Proposition 2, as argued",
    checked: "the additive game of a maximum flow and of a flow between two, in every layer",
    cases: ClaimCases(),
    judge: { examination in
      let undetermined = try examination.undetermined.required()
      let half = Rational(1, 2)
      let flows = [
        undetermined.maximum.flow.amounts,
        undetermined.maximum.flow.amounts.combined(half, undetermined.second.amounts, half),
      ]
      for layer in 0...(try examination.subject().layers) {
        let game = try FlowGame(network: examination.network, layer: layer)
        for flow in flows {
          let vector = game.attribution(of: flow)
          guard checkShapley(vector, of: try game.fixedFlowGame(flow)).claim != nil else {
            return .refuted("not for \(vector.text) in layer \(layer)")
          }
        }
      }
      return .holds
    }),
  Claim(
    "EJ/P2-top", "The top attribution of a maximum flow is the Shapley value of v'.",
    source: "[EJ], Proposition 2",
    checked: "Dinic's flow, and both values, which the kernel accepts",
    expected: .refuted,
    correction: "It is so for every maximum flow iff v' is additive; for one flow it always is.",
    cases: ClaimCases(modes: .all),
    judge: { try judgeOneFlow($0, layer: try $0.subject().layers) }),
  Claim(
    "EJ/P2-bottom", "The bottom attribution of a maximum flow is the Shapley value of v'.",
    source: "[EJ], Proposition 2",
    checked: "Dinic's flow, and both values, which the kernel accepts",
    expected: .refuted,
    correction: "It is so for every maximum flow iff v' is additive; for one flow it always is.",
    cases: ClaimCases(modes: .all), judge: { try judgeOneFlow($0, layer: 0) }),
  Claim(
    "EJ/P2-additive",
    "Every maximum flow has the Shapley value of v' as its attribution iff v' is additive, iff "
      + "attributions are unique, at the bottom and at the top.",
    source: "this project, correction of EJ/P2",
    checked: "the kernel's rules for additive games and Shapley values, and its intervals",
    cases: ClaimCases(isStochastic: false),
    judge: { examination in
      for (layer, intervals, game) in try examination.ends() {
        let value = try game.provedShapleyValue().list
        let isAlways = intervals.minima == value && intervals.maxima == value
        if game.isModular != intervals.isUnique || isAlways != intervals.isUnique {
          return .refuted("layer \(layer): additive \(game.isModular), always \(isAlways)")
        }
      }
      return .holds
    }),
  Claim(
    "EJ/P3-literal",
    "Save for a degenerate case, there is no game whose Shapley value leave-one-out values are.",
    source: "[EJ], Proposition 3, read literally",
    checked: "the kernel accepts them as the Shapley value of their additive game",
    expected: .refuted, correction: "Any vector is the Shapley value of an additive game.",
    cases: ClaimCases(),
    judge: { examination in
      let game = try examination.flowGame(0).table
      try require(!game.isModular, "the degenerate case")
      return refutedByAdditiveGame(game.leaveOneOut, "leave-one-out")
    }),
  Claim(
    "EJ/P3-flow-game",
    "Leave-one-out is the Shapley value of v', at the bottom or the top, iff v' is additive.",
    source: "[EJ], Proposition 3, as it can be tested",
    checked: "both by the kernel's rules, in the bottom and the top layer",
    cases: ClaimCases(isStochastic: false),
    judge: { examination in
      for layer in [0, try examination.subject().layers] {
        let game = try examination.flowGame(layer).table
        let isValue = checkShapley(game.leaveOneOut, of: game).claim != nil
        if isValue != game.isModular {
          return .refuted("layer \(layer): \(isValue), additive: \(game.isModular)")
        }
      }
      return .holds
    }),
  Claim(
    "EJ/P3-two-players", "For two players leave-one-out is the Shapley value iff v is additive.",
    source: "[EJ], Proposition 3, as it can be tested", generated: "games of small integers",
    checked: "both by the kernel's rules", count: 100,
    judge: { choices in
      let game = try smallGame(&choices, players: 2)
      let isValue = checkShapley(game.leaveOneOut, of: game).claim != nil
      return .test(isValue == game.isModular, "v = \(game.values.text)")
    }),
  Claim(
    "EJ/P3-additive-only", "Leave-one-out is the Shapley value of a game only if it is additive.",
    source: "[EJ], Proposition 3", expectedTokens: 3,
    checked: "the renormalised attention game of A[0], in which v(S) counts the tokens of S that "
      + "pay anything to S"),
  Claim(
    "EJ/rollout-literal", "Rollout cannot be the Shapley value of a game.",
    source: "[EJ], rollout, read literally",
    checked: "the kernel accepts row k as the Shapley value of its additive game",
    expected: .refuted, correction: "Any vector is the Shapley value of an additive game.",
    cases: ClaimCases(modes: .singles),
    judge: { examination in
      let rollout = try examination.rollout()
      try require(rollout.count > 1, "one token")
      return refutedByAdditiveGame(rollout, "rollout")
    }),
  Claim(
    "EJ/rollout-flow-game", "Rollout is never the Shapley value of the flow game v'.",
    source: "[EJ], rollout", checked: "row k in mode single:k by the kernel's Shapley rule",
    expected: .refuted,
    correction: "It is the attribution of a maximum flow, and can be the Shapley value too.",
    cases: ClaimCases(modes: .singles),
    judge: { examination in
      let rollout = try examination.rollout()
      let game = try examination.flowGame(0).table
      return checkShapley(rollout, of: game).claim == nil
        ? .holds : .refuted("rollout and Shapley value are \(rollout.text)")
    }),
  Claim(
    "EJ/rollout-always-flow-game", "In mode single:k rollout is the Shapley value of v'.",
    source: "[EJ], rollout", checked: "row k by the kernel's Shapley rule",
    expected: .refuted, correction: "It is one point of the base polytope of v', not always that.",
    cases: ClaimCases(modes: .singles),
    judge: { examination in
      let rollout = try examination.rollout()
      let value = try examination.flowGame(0).table.provedShapleyValue()
      return .test(
        rollout.list == value.list, "rollout \(rollout.text), Shapley value \(value.text)")
    }),
  Claim(
    "EJ/zero-flow-used-before",
    "A token with zero flow in layer k has flow below: its information was used before.",
    source: "[EJ], reading of zero flow in a layer",
    checked: "arcs into the token in layer k >= 1 "
      + "and in all layers below: no maximum flow uses any of them",
    expected: .refuted,
    correction: "Zero flow in a layer says nothing of the layers below it.",
    cases: ClaimCases(modes: .all, each: 200), judge: judgeZeroFlow),
]

extension EffectiveTensor {
  /// The attention that the bottom tokens get: the column sums of `A[0]`.
  fileprivate var columnSums: ExactVector {
    ExactVector(
      (0..<tokens).map { j in (0..<tokens).reduce(Rational(0)) { $0 + self[0, $1, j] } })
  }
}

extension Examination {
  /// The row of attention rollout of the one top token that is fed.
  fileprivate func rollout() throws -> ExactVector {
    guard case .single(let top) = mode else { throw Unsettled(outcome: .skipped("mode all")) }
    return ExactVector(exactRolloutRow(try subject(), top: top))
  }
}

/// Refutes that there is no game with a vector as its Shapley value.
private func refutedByAdditiveGame(_ vector: ExactVector, _ name: String) -> Outcome {
  settled {
    let value = try checkShapley(vector, of: try CooperativeGame.additive(vector)).required()
    return .refuted("\(name), \(value.values.text), is that of the additive game of its entries")
  }
}

/// Compares the attribution of Dinic's flow with the Shapley value.
private func judgeOneFlow(_ examination: Examination, layer: Int) throws -> Outcome {
  let certified = try examination.flowGame(layer)
  let value = try certified.table.provedShapleyValue()
  let found = certified.game.attribution(of: try examination.maximum.required().flow.amounts)
  return .test(
    found.list == value.list,
    "a maximum flow has \(found.text), and the Shapley value is \(value.text)")
}

/// A game of small integers.
func smallGame(_ choices: inout ClaimChoices, players: Int) throws -> CooperativeGame {
  let values = (0..<(1 << players)).map { Rational($0 == 0 ? 0 : choices.below(9) - 4) }
  return try CooperativeGame(table: values)
}

extension Claim {
  /// The claim about renormalised attention games, on tensors of at least so many tokens.
  fileprivate init(
    _ id: String, _ statement: String, source: String, expectedTokens: Int, checked: String
  ) {
    self.init(
      id, statement, source: source, checked: checked, expected: .refuted,
      correction: "For three players v = 0, 0, 1, 3/2 by size is not additive, and both are 1/2.",
      cases: ClaimCases(
        modes: .all,
        shapes: [TensorShape(1, 1), TensorShape(1, 2), TensorShape(1, expectedTokens)], each: 400),
      judge: { examination in
        let game = try examination.subject().renormalisedGame(layer: 0)
        try require(!game.isModular)
        let leaveOneOut = game.leaveOneOut
        return checkShapley(leaveOneOut, of: game).claim == nil
          ? .holds
          : .refuted("v = \(game.values.text) by masks, and both are \(leaveOneOut.text)")
      })
  }
}

/// Looks for a token through which nothing flows in a layer above the bottom and in none below it.
private let judgeZeroFlow: @Sendable (Examination) throws -> Outcome = { examination in
  let tensor = try examination.subject()
  let undetermined = try examination.undetermined.required()
  let flow = undetermined.maximum.flow.amounts
  let open = Set(undetermined.arcs)
  for token in 0..<tensor.tokens {
    // Passing through the token at the bottom: its sink arc; above: the arcs to the layer below.
    var isUnused = true
    for layer in 0...tensor.layers {
      let arcs =
        layer == 0
        ? [examination.network.sinkArcs[token]]
        : (0..<tensor.tokens).map { ((layer - 1) * tensor.tokens + token) * tensor.tokens + $0 }
      isUnused = isUnused && arcs.allSatisfy { flow[$0].isZero && !open.contains($0) }
      if isUnused && layer >= 1 {
        return .refuted(
          "nothing flows through token \(token) in layer \(layer), nor in any layer below")
      }
    }
  }
  return .holds
}

// The flow game as a polymatroid, and the layers where it stops being one.
import Checker
import ExactArithmetic
import Generators
import SolverInterface
import Solvers

let polymatroidClaims: [Claim] = [
  Claim(
    "polymatroid/terminal",
    "For players at the bottom or the top v' is monotone and submodular.",
    source: "this project, theorem on flow games", checked: "the kernel's rules, in both layers",
    cases: ClaimCases(isStochastic: false),
    judge: { examination in
      for layer in [0, try examination.subject().layers] {
        let game = try examination.flowGame(layer).table
        if let rejection = checkMonotone(game) ?? checkSubmodular(game) {
          return .refuted("layer \(layer): \(rejection.first.summary)")
        }
      }
      return .holds
    }),
  Claim(
    "polymatroid/base-polytope",
    "The attributions of maximum flows are exactly the base polytope of v', at both ends.",
    source: "this project, theorem on flow games",
    checked: "attributions of two maximum flows lie in it; every corner, one for each order of the "
      + "players, is realised by a maximum flow that the kernel accepts",
    cases: ClaimCases(isStochastic: false, each: 20, random: 20), judge: judgeBasePolytope),
  Claim(
    "polymatroid/shapley-flow",
    "The Shapley value of v' is the attribution of a maximum flow, at the bottom and at the top.",
    source: "this project, theorem on flow games",
    checked: "a maximum flow with these attributions, which the kernel accepts",
    cases: ClaimCases(isStochastic: false),
    judge: { try judgeTogether($0, [[0], [try $0.subject().layers]]) }),
  Claim(
    "polymatroid/shapley-flow-both",
    "One maximum flow has the Shapley values of bottom and top together as its attributions.",
    source: "this project, theorem on flow games",
    checked: "a maximum flow with both attributions, which the kernel accepts",
    cases: ClaimCases(isStochastic: false),
    judge: { try judgeTogether($0, [[0, try $0.subject().layers]]) }),
  Claim(
    "polymatroid/next-to-terminal",
    "Rows sum to 1, mode all: in each of the layers 0, 1, L-1, L v' is submodular and its Shapley "
      + "value is the attribution of a maximum flow.",
    source: "this project, theorem on flow games",
    checked: "the kernel's rule, and a maximum flow that it accepts, layer by layer",
    cases: ClaimCases(modes: .all, random: 60, limit: TensorShape(5, 3)),
    judge: { examination in
      let layers = try examination.subject().layers
      for layer in Set([0, 1, layers - 1, layers]).sorted() {
        if let outcome = try judgeLayer(examination, layer) { return outcome }
      }
      return .holds
    }),
  Claim(
    "polymatroid/single-all-layers",
    "Rows sum to 1, mode single:k: in every layer v' is submodular and its Shapley value is the "
      + "attribution of a maximum flow.",
    source: "this project, theorem on flow games",
    checked: "the kernel's rule, and a maximum flow that it accepts, layer by layer",
    cases: ClaimCases(modes: .singles, random: 60, limit: TensorShape(5, 3)),
    judge: { examination in
      for layer in 0...(try examination.subject().layers) {
        if let outcome = try judgeLayer(examination, layer) { return outcome }
      }
      return .holds
    }),
  Claim(
    "polymatroid/four-layers-together",
    "Rows sum to 1, mode all: one maximum flow has the Shapley values of the layers 0, 1, L-1, L "
      + "together.",
    source: "this project, theorem on flow games",
    checked: "each layer alone is realised, and the largest flow with all their caps is below V",
    expected: .refuted, correction: "It does for layers 0 and L together, and for each alone.",
    cases: ClaimCases(
      modes: .all,
      shapes: [TensorShape(2, 2), TensorShape(3, 2), TensorShape(2, 3), TensorShape(3, 3)],
      each: 3_000, random: 0),
    judge: { examination in
      let layers = try examination.subject().layers
      return try judgeTogether(examination, [Set([0, 1, layers - 1, layers]).sorted()])
    }),
  Claim(
    "polymatroid/inner-submodular", "Rows sum to 1, mode all: in every layer v' is submodular.",
    source: "this project, theorem on flow games",
    checked: "the kernel's rule in the layers 2 to L-2", expected: .refuted,
    correction: "It is in the layers 0, 1, L-1 and L.", isKept: true, cases: deepCases,
    players: innerPlayers,
    judge: { examination in
      for layer in try examination.innerLayers() {
        let game = try examination.flowGame(layer).table
        if let rejection = checkSubmodular(game) {
          return .refuted("layer \(layer): \(rejection.first.summary)")
        }
      }
      return .holds
    }),
  Claim(
    "polymatroid/inner-shapley-flow",
    "Rows sum to 1, mode all: in every layer the Shapley value of v' is the attribution of a "
      + "maximum flow.",
    source: "this project, theorem on flow games",
    checked: "the Shapley value lies outside the base polytope, in the layers 2 to L-2",
    expected: .refuted, correction: "It is in the layers 0, 1, L-1 and L.", isKept: true,
    cases: deepCases,
    players: innerPlayers,
    judge: { examination in
      for layer in try examination.innerLayers() {
        let certified = try examination.flowGame(layer)
        let value = try certified.table.provedShapleyValue()
        if try !certified.realises(value) {
          let coalition = checkBasePolytope(value, of: certified.table)?.first.summary ?? ""
          return .refuted("layer \(layer): Shapley value \(value.text): \(coalition)")
        }
      }
      return .holds
    }),
]

/// The tensors with a layer that is neither at an end nor next to one, small ones first.
let deepCases = ClaimCases(
  modes: .all, shapes: [TensorShape(4, 2), TensorShape(4, 3)], denominator: 2, each: 30_000,
  random: 0)

extension Examination {
  /// The layers that are neither at an end nor next to one; there are some from four layers on.
  func innerLayers() throws -> [Int] {
    let layers = try subject().layers
    try require(layers >= 4)
    return Array(2...(layers - 2))
  }
}

/// The tokens of each layer that is neither at an end nor next to one.
let innerPlayers: @Sendable (Examination) -> [GamePlayers] = { examination in
  let last = (examination.tensor?.layers ?? 0) - 2
  return last < 2 ? [] : (2...last).map { .layer($0) }
}

/// Tests submodularity and the Shapley flow in one layer; nil if both are so.
private func judgeLayer(_ examination: Examination, _ layer: Int) throws -> Outcome? {
  let certified = try examination.flowGame(layer)
  if let rejection = checkSubmodular(certified.table) {
    return .refuted("layer \(layer): \(rejection.first.summary)")
  }
  let value = try certified.table.provedShapleyValue()
  return try certified.realises(value)
    ? nil : .refuted("layer \(layer): no maximum flow has \(value.text)")
}

/// Tests whether one maximum flow has the Shapley values of several layers, for each list of them.
private func judgeTogether(_ examination: Examination, _ lists: [[Int]]) throws -> Outcome {
  for layers in lists {
    let games = try layers.map { try examination.flowGame($0) }
    let values = try games.map { try $0.table.provedShapleyValue() }
    let demands = zip(games, values).map { ($0.game, $1) }
    switch try FlowGame.realise(demands) {
    case .realised(let flow, let cut):
      let feasible = try checkFeasible(flow, in: examination.network).required()
      let maximum = try checkMaximum(feasible, cut: cut).required()
      for (game, vector) in demands {
        _ = try checkAttribution(vector, by: maximum, of: game).required()
      }
    case .notTogether:
      let text = zip(layers, values).map { "layer \($0) \($1.text)" }.joined(separator: ", ")
      return .refuted("each alone, and not together: \(text)")
    case .violated(let game, _, _):
      guard checkBasePolytope(values[game], of: games[game].table) != nil else {
        throw Unsettled(outcome: .contradiction("in the base polytope and not realised"))
      }
      return .refuted("layer \(layers[game]): no maximum flow has \(values[game].text)")
    case .inefficient:
      throw Unsettled(outcome: .contradiction("a Shapley value that is not efficient"))
    }
  }
  return .holds
}

/// Tests both inclusions, at the bottom and at the top.
private let judgeBasePolytope: @Sendable (Examination) throws -> Outcome = { examination in
  let tensor = try examination.subject()
  try require(tensor.tokens <= 3)
  let undetermined = try examination.undetermined.required()
  for layer in [0, tensor.layers] {
    let certified = try examination.flowGame(layer)
    for flow in [undetermined.maximum.flow.amounts, undetermined.second.amounts] {
      let vector = certified.game.attribution(of: flow)
      if let rejection = checkBasePolytope(vector, of: certified.table) {
        return .refuted("layer \(layer): \(rejection.first.summary)")
      }
    }
    for order in permutations(tensor.tokens) {
      // The corner of an order: what each player adds to those before it.
      var corner = [Rational](repeating: 0, count: tensor.tokens)
      var mask = 0
      for player in order {
        corner[player] = certified.table.values[mask | 1 << player] - certified.table.values[mask]
        mask |= 1 << player
      }
      if try !certified.realises(ExactVector(corner)) {
        return .refuted("layer \(layer): no maximum flow has the corner \(text(corner))")
      }
    }
  }
  return .holds
}

/// All orders of `0 ..< count`; meant for a handful.
private func permutations(_ count: Int) -> [[Int]] {
  guard count > 0 else { return [[]] }
  return permutations(count - 1).flatMap { shorter in
    (0...shorter.count).map { place in
      Array(shorter[..<place]) + [count - 1] + Array(shorter[place...])
    }
  }
}

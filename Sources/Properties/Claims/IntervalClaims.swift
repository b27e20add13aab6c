// Attribution intervals by values of coalitions.
import Checker
import ExactArithmetic
import Generators
import Networks

let intervalClaims: [Claim] = [
  Claim(
    "intervals/terminal",
    "A terminal token's interval runs from v'(N) - v'(N - j) to v'({j}).",
    source: "this project, intervals",
    checked: "both ends, by extremal flows and cuts, against the game's values",
    cases: ClaimCases(isStochastic: false),
    judge: { examination in
      for (layer, intervals, game) in try examination.ends() {
        let found = zip(intervals.minima, intervals.maxima).map { [$0, $1] }
        let formula = game.singleBounds
        if found != formula { return .refuted("layer \(layer): \(found), by formula \(formula)") }
      }
      return .holds
    }),
  Claim(
    "intervals/terminal-unique",
    "Terminal attributions are unique iff v'(N) is the sum of the v'({j}).",
    source: "this project, intervals", checked: "the intervals of both ends against the values",
    cases: ClaimCases(isStochastic: false),
    judge: { examination in
      for (layer, intervals, game) in try examination.ends() {
        let sum = (0..<game.playerCount).reduce(Rational(0)) { $0 + game.values[1 << $1] }
        if intervals.isUnique != (sum == game[game.everyone]) {
          return .refuted("layer \(layer): unique \(intervals.isUnique), sum \(sum)")
        }
      }
      return .holds
    }),
  Claim(
    "intervals/minimum-everywhere",
    "In every layer the least throughput of a token is v'(N) - v'(N - j).",
    source: "this project, intervals",
    checked: "the least flow through the token, its node split, against the game's values",
    cases: ClaimCases(random: 30),
    judge: { examination in
      for layer in 0...(try examination.subject().layers) {
        let found = try examination.throughputs(layer)
        let formula = try examination.flowGame(layer).table.singleBounds
        if found.map({ $0[0] }) != formula.map({ $0[0] }) {
          return .refuted("layer \(layer): \(found), by formula \(formula)")
        }
      }
      return .holds
    }),
  Claim(
    "intervals/maximum-near-ends",
    "Rows sum to 1, mode all: in the layers 0, 1, L-1, L the most throughput is v'({j}).",
    source: "this project, intervals",
    checked: "the most flow through the token, its node split, against the game's values",
    cases: ClaimCases(modes: .all, random: 40, limit: TensorShape(5, 3)),
    judge: { examination in
      let layers = try examination.subject().layers
      for layer in Set([0, 1, layers - 1, layers]).sorted() {
        let found = try examination.throughputs(layer)
        let formula = try examination.flowGame(layer).table.singleBounds
        if found.map({ $0[1] }) != formula.map({ $0[1] }) {
          return .refuted("layer \(layer): \(found), by formula \(formula)")
        }
      }
      return .holds
    }),
  Claim(
    "intervals/maximum-everywhere",
    "Rows sum to 1, mode all: in every layer the most throughput of a token is v'({j}).",
    source: "this project, intervals",
    checked: "the most flow through the token, its node split, in the layers 2 to L-2",
    expected: .refuted, correction: "It is in the layers 0, 1, L-1 and L.", isKept: true,
    cases: deepCases,
    players: innerPlayers,
    judge: { examination in
      for layer in try examination.innerLayers() {
        let game = try examination.flowGame(layer).table
        // Where the game is submodular its corners are realised, and with them v'({j}).
        if checkSubmodular(game) == nil { continue }
        let found = try examination.throughputs(layer)
        let formula = game.singleBounds
        for token in found.indices where found[token][1] != formula[token][1] {
          return .refuted(
            "layer \(layer), token \(token): at most \(found[token][1]) in a maximum flow, and "
              + "alone \(formula[token][1])")
        }
      }
      return .holds
    }),
]

extension CooperativeGame {
  /// For each player `v(N) - v(N - j)` and `v({j})`.
  fileprivate var singleBounds: [[Rational]] {
    let last = coalitionCount - 1
    return (0..<playerCount).map { [values[last] - values[last ^ 1 << $0], values[1 << $0]] }
  }
}

extension Examination {
  /// The interval of what passes through each token of a layer, over all maximum flows.
  ///
  /// Each node of the layer is split in two, joined by an arc that takes whatever comes.
  fileprivate func throughputs(_ layer: Int) throws -> [[Rational]] {
    let tokens = try subject().tokens
    var (tails, heads): ([Int32], [Int32]) = ([], [])
    var capacities = (0..<network.arcCount).map { network.capacities[$0] }
    let first = layer * tokens + 1
    let added = network.nodeCount
    network.arcs.forEach { _, tail, head in
      // What enters a node of the layer enters its new half, and goes on to the old one.
      let isInside = head >= first && head < first + tokens
      tails.append(Int32(tail))
      heads.append(Int32(isInside ? added + head - first : head))
    }
    let all = capacities.reduce(0, +)
    let arcs = (0..<tokens).map { network.arcCount + $0 }
    for token in 0..<tokens {
      tails.append(Int32(added + token))
      heads.append(Int32(first + token))
      capacities.append(all)
    }
    let split = try FlowNetwork(
      nodeCount: added + tokens, source: network.source, sink: network.sink, tails: tails,
      heads: heads, capacities: ExactVector(capacities))
    return try solved(split, intervalsOf: arcs).required().intervals
  }
}

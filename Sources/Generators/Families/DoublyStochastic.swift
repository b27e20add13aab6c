// Tensors whose columns sum to 1 as well: where a maximum flow in mode `all` is unique.

import Checker

extension CaseFamily {
  /// Doubly stochastic families, exact and approximate.
  static let doublyStochasticFamilies: [CaseFamily] = [
    CaseFamily(
      name: "uniform", about: "Every entry is 1/T.",
      promises: [.uniform, .doublyStochastic, .rowStochastic], weight: 1,
      tensors: { _, layers, tokens in
        let ones = [Int64](repeating: 1, count: layers * tokens * tokens)
        return .made(layers, tokens, ones, over: Int64(tokens))
      }),
    CaseFamily(
      name: "doubly-stochastic", about: "Rational mixtures of a few permutations.",
      promises: [.doublyStochastic, .rowStochastic], weight: 4,
      tensors: { choices, layers, tokens in
        let total = choices.integer(in: 2...12)
        var numbers = [Int64](repeating: 0, count: layers * tokens * tokens)
        for l in 0..<layers {
          mixPermutations(&choices, total, into: &numbers, layer: l, tokens: tokens)
        }
        return .made(layers, tokens, numbers, over: Int64(total))
      }),
    CaseFamily(
      name: "doubly-stochastic-above",
      about: "Rational mixtures of permutations above a bottom layer of any exact rows.",
      promises: [.rowStochastic], weight: 2,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.fractions(&choices)
        var numbers = rows.tensor(&choices, layers, tokens)
        for l in 1..<layers {
          for index in (l * tokens * tokens)..<((l + 1) * tokens * tokens) { numbers[index] = 0 }
          mixPermutations(&choices, Int(rows.total), into: &numbers, layer: l, tokens: tokens)
        }
        return .made(layers, tokens, numbers, over: rows.total)
      }),
    CaseFamily(
      name: "sinkhorn", about: "Random doubles made nearly doubly stochastic by Sinkhorn's method.",
      promises: [.nearlyDoublyStochastic], weight: 2,
      tensors: { choices, layers, tokens in
        var entries = filled(layers, tokens) { _ in choices.double(from: 0.125, to: 1) }
        for l in 0..<layers { balance(&entries, layer: l, tokens: tokens) }
        return .made(layers, tokens, entries)
      }),
  ]
}

/// Adds permutation matrices to a layer that is zero, with weights that sum to `total`.
private func mixPermutations(
  _ choices: inout RandomChoices, _ total: Int, into numbers: inout [Int64], layer: Int,
  tokens: Int
) {
  var rest = total
  // Every round takes at least 1 off the rest, so there are at most `total` of them.
  while rest > 0 {
    let weight = choices.integer(in: 1...rest)
    let order = choices.permutation(tokens)
    for i in 0..<tokens { numbers[(layer * tokens + i) * tokens + order[i]] += Int64(weight) }
    rest -= weight
  }
}

/// Divides columns and rows by their sums in turn, until both are nearly 1.
///
/// Entries within a factor of 8 of each other converge geometrically; small matrices take 10 to 20
/// rounds. Source: [Sinkhorn1964].
private func balance(_ entries: inout [Double], layer: Int, tokens: Int) {
  let start = layer * tokens * tokens
  for _ in 0..<balanceRoundLimit {
    var deviation = 0.0
    for j in 0..<tokens {
      var sum = 0.0
      for i in 0..<tokens { sum += entries[start + i * tokens + j] }
      deviation = max(deviation, (sum - 1).magnitude)
      for i in 0..<tokens { entries[start + i * tokens + j] /= sum }
    }
    for i in 0..<tokens {
      var sum = 0.0
      for j in 0..<tokens { sum += entries[start + i * tokens + j] }
      for j in 0..<tokens { entries[start + i * tokens + j] /= sum }
    }
    if deviation < 0x1p-48 { return }
  }
}

/// More rounds than a matrix with entries within a factor of 8 ever needs.
private let balanceRoundLimit = 1000

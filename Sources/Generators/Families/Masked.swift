// Attention of which some places are masked: decoders, prefixes, windows.

import Checker

extension CaseFamily {
  /// Families whose tokens may attend to some places only.
  static let maskedFamilies: [CaseFamily] = [
    CaseFamily(
      name: "causal", about: "Causal softmax: no token attends to a later one.",
      promises: [.causal, .rowStochasticToBinary32], weight: 4,
      tensors: { choices, layers, tokens in
        maskedSoftmax(&choices, layers, tokens) { _, i, j in j <= i }
      }),
    CaseFamily(
      name: "causal-exact", about: "Causal attention whose rows sum to exactly 1.",
      promises: [.causal, .rowStochastic], weight: 3,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.either(&choices)
        let numbers = rows.tensor(&choices, layers, tokens) { _, i, j in j <= i }
        return .made(layers, tokens, numbers, over: rows.total)
      }),
    CaseFamily(
      name: "prefix-lm", about: "Softmax over a common prefix and the earlier tokens.",
      promises: [.rowStochasticToBinary32], weight: 3,
      tensors: { choices, layers, tokens in
        let prefix = choices.integer(in: 1...tokens)
        return maskedSoftmax(&choices, layers, tokens) { _, i, j in j <= i || j < prefix }
      }),
    CaseFamily(
      name: "sliding-window", about: "Softmax over the tokens at most a few places away.",
      promises: [.rowStochasticToBinary32], weight: 3,
      tensors: { choices, layers, tokens in
        let reach = choices.integer(in: 1...max(1, tokens / 2))
        return maskedSoftmax(&choices, layers, tokens) { _, i, j in abs(i - j) <= reach }
      }),
  ]
}

/// Softmax with a mask, rounded to binary32 or not.
private func maskedSoftmax(
  _ choices: inout RandomChoices, _ layers: Int, _ tokens: Int,
  allowed: (_ l: Int, _ i: Int, _ j: Int) -> Bool
) -> EffectiveTensor {
  let scale = choices.choose(ordinaryScales)
  let isBinary32 = choices.chance(1, in: 2)
  let entries = softmax(&choices, layers, tokens, scale: scale, allowed: allowed)
  return .made(layers, tokens, isBinary32 ? entries.map(roundedToBinary32) : entries)
}

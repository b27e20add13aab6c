// Rows that sum to exactly 1, so that the closed forms for row-stochastic tensors apply.

import Checker

extension CaseFamily {
  /// Exactly row-stochastic families with rows drawn independently.
  static let exactFamilies: [CaseFamily] = [
    CaseFamily(
      name: "lattice", about: "Softmax-like rows of multiples of 2^-24 that sum to exactly 1.",
      promises: [.rowStochastic, .binary24], weight: 12,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.lattice(&choices)
        return .made(layers, tokens, rows.tensor(&choices, layers, tokens), over: rows.total)
      }),
    CaseFamily(
      name: "fractions", about: "Rows of small fractions with zeros and many ties.",
      promises: [.rowStochastic], weight: 12,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.fractions(&choices)
        return .made(layers, tokens, rows.tensor(&choices, layers, tokens), over: rows.total)
      }),
    CaseFamily(
      name: "residual-exact", about: "Half exact rows, half identity.",
      promises: [.rowStochastic], weight: 4,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.either(&choices)
        let numbers = rows.tensor(&choices, layers, tokens)
        let mixed = filled(layers, tokens) { place in
          numbers[(place.l * tokens + place.i) * tokens + place.j]
            + (place.i == place.j ? rows.total : 0)
        }
        return .made(layers, tokens, mixed, over: 2 * rows.total)
      }),
    CaseFamily(
      name: "sink", about: "Attention sink: one column holds 0.6 to 0.99 of every row.",
      promises: [.rowStochastic, .binary24], weight: 4,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.lattice(&choices)
        let column = choices.chance(1, in: 2) ? 0 : choices.below(tokens)
        var numbers = rows.tensor(&choices, layers, tokens)
        for start in stride(from: 0, to: numbers.count, by: tokens) {
          let share = choices.double(from: 0.6, to: 0.99)
          var rest = rows.total
          for j in 0..<tokens where j != column {
            numbers[start + j] = Int64(Double(numbers[start + j]) * (1 - share))
            rest -= numbers[start + j]
          }
          numbers[start + column] = rest
        }
        return .made(layers, tokens, numbers, over: rows.total)
      }),
  ]
}

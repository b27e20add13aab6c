// Tensors where flow can end: zero rows and padding. The closed forms do not apply to them.

import Checker

extension CaseFamily {
  /// Families with zero rows.
  static let deadEndFamilies: [CaseFamily] = [
    CaseFamily(
      name: "dead-ends", about: "Some rows are zero, the others sum to exactly 1.",
      promises: [.zeroRow], weight: 4,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.either(&choices)
        var numbers = rows.tensor(&choices, layers, tokens)
        let rowCount = layers * tokens
        let size = choices.integer(in: 1...max(1, rowCount / 2))
        for row in choices.subset(size, of: rowCount) {
          for index in (row * tokens)..<((row + 1) * tokens) { numbers[index] = 0 }
        }
        return .made(layers, tokens, numbers, over: rows.total)
      }),
    CaseFamily(
      name: "padding", about: "The last tokens are padding: their rows and columns are zero.",
      promises: [.zeroRow, .zeroColumn, .unreachableNode], weight: 3, tokensMinimum: 2,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.either(&choices)
        let length = choices.integer(in: 1...(tokens - 1))
        var numbers = [Int64](repeating: 0, count: layers * tokens * tokens)
        let columns = Array(0..<length)
        for l in 0..<layers {
          for i in 0..<length {
            rows.draw(
              &choices, into: &numbers, at: (l * tokens + i) * tokens, columns: columns)
          }
        }
        return .made(layers, tokens, numbers, over: rows.total)
      }),
    CaseFamily(
      name: "sparse", about: "Exact rows of which every other entry is removed at random.",
      weight: 2,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.either(&choices)
        let numbers = rows.tensor(&choices, layers, tokens)
        let kept = numbers.map { choices.chance(1, in: 2) ? $0 : 0 }
        return .made(layers, tokens, kept, over: rows.total)
      }),
  ]
}

// Tensors with tokens that the game cannot tell apart, or that nobody attends to.

import Checker

extension CaseFamily {
  /// Families for the axioms of symmetry and of the null player.
  static let symmetricFamilies: [CaseFamily] = [
    CaseFamily(
      name: "duplicated-tokens", about: "Some tokens have copies, which may be exchanged.",
      promises: [.duplicatedTokens, .rowStochastic], weight: 4, tokensMinimum: 2,
      tensors: { choices, layers, tokens in
        duplicated(&choices, layers, tokens)
      }),
    CaseFamily(
      name: "null-tokens", about: "Some tokens are attended to by nobody, in every layer.",
      promises: [.zeroColumn, .rowStochastic], weight: 3, tokensMinimum: 2,
      tensors: { choices, layers, tokens in
        let rows = ExactRows.either(&choices)
        let size = choices.integer(in: 1...(tokens - 1))
        var isNull = [Bool](repeating: false, count: tokens)
        for token in choices.subset(size, of: tokens) { isNull[token] = true }
        let numbers = rows.tensor(&choices, layers, tokens) { _, _, j in !isNull[j] }
        return .made(layers, tokens, numbers, over: rows.total)
      }),
  ]
}

/// A tensor in which tokens of the same kind have equal rows and equal columns.
///
/// There are fewer kinds than tokens. A row over the kinds is divided evenly among the tokens of a
/// kind: `A[l][i][j] = B[l][kind i][kind j] / size of kind j`.
private func duplicated(
  _ choices: inout RandomChoices, _ layers: Int, _ tokens: Int
) -> EffectiveTensor {
  // At most three tokens are of one kind, so that the denominator grows by a factor of 6 only.
  let kindCount = choices.integer(in: ((tokens + 2) / 3)...(tokens - 1))
  var kinds: [Int] = []
  for token in 0..<tokens { kinds.append(token % kindCount) }
  choices.shuffle(&kinds)
  var sizes = [Int64](repeating: 0, count: kindCount)
  for kind in kinds { sizes[kind] += 1 }
  let rows = ExactRows.either(&choices)
  let base = rows.tensor(&choices, layers, kindCount)
  let numbers = filled(layers, tokens) { place in
    base[(place.l * kindCount + kinds[place.i]) * kindCount + kinds[place.j]]
      * (6 / sizes[kinds[place.j]])
  }
  return .made(layers, tokens, numbers, over: 6 * rows.total)
}

// Tensors with entries 0 and 1 only.

import Checker

extension CaseFamily {
  /// Families of one-hot rows.
  static let combinatorialFamilies: [CaseFamily] = [
    CaseFamily(
      name: "one-hot", about: "Every token attends to one token, drawn at random.",
      promises: [.oneHot, .rowStochastic], weight: 4,
      tensors: { choices, layers, tokens in
        var numbers = [Int64](repeating: 0, count: layers * tokens * tokens)
        for row in 0..<(layers * tokens) { numbers[row * tokens + choices.below(tokens)] = 1 }
        return .made(layers, tokens, numbers, over: 1)
      }),
    CaseFamily(
      name: "permutation", about: "Every layer is a permutation.",
      promises: [.permutation, .oneHot, .doublyStochastic], weight: 2,
      tensors: { choices, layers, tokens in
        var numbers = [Int64](repeating: 0, count: layers * tokens * tokens)
        for l in 0..<layers {
          for (i, j) in choices.permutation(tokens).enumerated() {
            numbers[(l * tokens + i) * tokens + j] = 1
          }
        }
        return .made(layers, tokens, numbers, over: 1)
      }),
  ]
}

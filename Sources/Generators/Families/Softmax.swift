// Softmax rows with random logits, as models compute them.

import Checker

extension CaseFamily {
  /// Softmax at several temperatures and precisions, with residuals, heads and scaling.
  static let softmaxFamilies: [CaseFamily] = [
    CaseFamily(
      name: "softmax32", about: "Softmax at several temperatures, rounded to binary32.",
      promises: [.rowStochasticToBinary32], weight: 8,
      tensors: { choices, layers, tokens in
        let scale = choices.choose(ordinaryScales)
        let entries = softmax(&choices, layers, tokens, scale: scale)
        return .made(layers, tokens, entries.map(roundedToBinary32))
      }),
    CaseFamily(
      name: "softmax64", about: "Softmax at several temperatures in binary64.",
      promises: [.rowStochasticToBinary64], weight: 6,
      tensors: { choices, layers, tokens in
        let scale = choices.choose(ordinaryScales)
        return .made(layers, tokens, softmax(&choices, layers, tokens, scale: scale))
      }),
    CaseFamily(
      name: "sharp", about: "Softmax with logits 6 to 30 times as large, in binary32 or binary64.",
      promises: [.rowStochasticToBinary32], weight: 5,
      tensors: { choices, layers, tokens in
        let scale = choices.double(from: 6, to: 30)
        let isBinary32 = choices.chance(1, in: 2)
        let entries = softmax(&choices, layers, tokens, scale: scale)
        return .made(layers, tokens, isBinary32 ? entries.map(roundedToBinary32) : entries)
      }),
    CaseFamily(
      name: "residual", about: "Half softmax, half identity, rows renormalised, in binary64.",
      promises: [.rowStochasticToBinary64], weight: 4,
      tensors: { choices, layers, tokens in
        let scale = choices.choose(ordinaryScales)
        let entries = softmax(&choices, layers, tokens, scale: scale)
        return .made(layers, tokens, withResidual(entries, layers, tokens))
      }),
    CaseFamily(
      name: "heads", about: "The mean of one to four softmax heads in binary32, as in a dump.",
      promises: [.rowStochasticToBinary32], weight: 3,
      tensors: { choices, layers, tokens in
        let heads = choices.integer(in: 1...4)
        var sums = [Double](repeating: 0, count: layers * tokens * tokens)
        for _ in 0..<heads {
          let scale = choices.choose(ordinaryScales)
          let head = softmax(&choices, layers, tokens, scale: scale)
          for index in sums.indices { sums[index] += roundedToBinary32(head[index]) }
        }
        return .made(layers, tokens, sums.map { $0 / Double(heads) })
      }),
    CaseFamily(
      name: "scaled", about: "Softmax of which every entry is multiplied by 1e-12 or 1e6.",
      weight: 2,
      tensors: { choices, layers, tokens in
        let factor = choices.choose([1e-12, 1e6])
        let scale = choices.choose(ordinaryScales)
        let entries = softmax(&choices, layers, tokens, scale: scale)
        return .made(layers, tokens, entries.map { $0 * factor })
      }),
  ]
}

/// How large the logits of an ordinary softmax are: the inverses of temperatures.
let ordinaryScales = [0.25, 0.5, 1, 2, 4]

/// The nearest number of binary32, as a binary64 number.
func roundedToBinary32(_ value: Double) -> Double { Double(Float(value)) }

/// Softmax rows with random logits of a scale; no token is masked.
func softmax(
  _ choices: inout RandomChoices, _ layers: Int, _ tokens: Int, scale: Double
) -> [Double] {
  softmax(&choices, layers, tokens, scale: scale) { _, _, _ in true }
}

/// Softmax rows with random logits of a scale, computed as models do, in binary64.
///
/// Masked entries are 0. Precondition: `allowed` leaves an entry in every row.
@inline(__always)
func softmax(
  _ choices: inout RandomChoices, _ layers: Int, _ tokens: Int, scale: Double,
  allowed: (_ l: Int, _ i: Int, _ j: Int) -> Bool
) -> [Double] {
  var entries = filled(layers, tokens) { place in
    allowed(place.l, place.i, place.j) ? scale * choices.bell() : -Double.infinity
  }
  for start in stride(from: 0, to: entries.count, by: tokens) {
    let row = start..<(start + tokens)
    var largest = -Double.infinity
    for index in row { largest = max(largest, entries[index]) }
    var sum = 0.0
    for index in row {
      // exp(x_j - max x) / sum exp(x - max x)
      entries[index] = portableExponential(entries[index] - largest)
      sum += entries[index]
    }
    for index in row { entries[index] /= sum }
  }
  return entries
}

/// `0.5 * A + 0.5 * I` in binary64, each row divided by its sum from left to right.
func withResidual(_ entries: [Double], _ layers: Int, _ tokens: Int) -> [Double] {
  var mixed = filled(layers, tokens) { place in
    0.5 * entries[(place.l * tokens + place.i) * tokens + place.j] + (place.i == place.j ? 0.5 : 0)
  }
  for start in stride(from: 0, to: mixed.count, by: tokens) {
    var sum = 0.0
    for index in start..<(start + tokens) { sum += mixed[index] }
    for index in start..<(start + tokens) { mixed[index] /= sum }
  }
  return mixed
}

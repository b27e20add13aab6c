// Exact questions about the entries of a tensor, over its common denominator.

import Checker
import ExactArithmetic

/// The numerators of a tensor with what labels ask about them.
struct TensorReader {
  /// The number of layers, `L`.
  let layers: Int
  /// The number of tokens, `T`.
  let tokens: Int
  /// The numerators in row-major order.
  let entries: [BigInteger]
  /// The common denominator, which is the number 1.
  let one: BigInteger

  /// Reads every entry of a tensor.
  init(_ tensor: EffectiveTensor) {
    layers = tensor.layers
    tokens = tensor.tokens
    entries = (0..<tensor.entries.count).map { tensor.entries.numerator($0) }
    one = tensor.entries.denominator
  }

  /// The numerator of `A[l][i][j]`.
  func entry(_ l: Int, _ i: Int, _ j: Int) -> BigInteger { entries[(l * tokens + i) * tokens + j] }

  /// The sums of all rows, layer by layer.
  var rowSums: [BigInteger] {
    (0..<layers * tokens).map { row in
      (0..<tokens).reduce(into: BigInteger.zero) { $0 += entries[row * tokens + $1] }
    }
  }

  /// The sums of all columns, layer by layer.
  var columnSums: [BigInteger] {
    (0..<layers * tokens).map { column in
      let (l, j) = column.quotientAndRemainder(dividingBy: tokens)
      return (0..<tokens).reduce(into: BigInteger.zero) { $0 += entry(l, $1, j) }
    }
  }

  /// Whether all sums are within `factor * 2^-bits` of 1.
  func areNearOne(_ sums: [BigInteger], _ factor: Int, _ bits: Int) -> Bool {
    let bound = one * BigInteger(factor)
    let scale = BigInteger.powerOfTwo(bits)
    return sums.allSatisfy { ($0 - one).magnitude * scale <= bound }
  }

  /// Whether every row has one entry 1 and the others 0.
  var isOneHot: Bool {
    entries.allSatisfy { $0.isZero || $0 == one } && rowSums.allSatisfy { $0 == one }
  }

  /// Whether `A[l][i][j]` is zero for every `j > i`.
  var isCausal: Bool {
    entries.indices.allSatisfy { index in
      let (row, j) = index.quotientAndRemainder(dividingBy: tokens)
      return j <= row % tokens || entries[index].isZero
    }
  }

  /// Whether some row has two equal entries that are not 0.
  var hasTie: Bool {
    (0..<layers * tokens).contains { row in
      let positive = entries[(row * tokens)..<((row + 1) * tokens)].filter { !$0.isZero }
      return Set(positive).count < positive.count
    }
  }

  /// Whether exchanging some two tokens in every layer leaves the tensor as it is.
  var hasDuplicatedTokens: Bool {
    (0..<tokens).contains { u in
      ((u + 1)..<max(tokens, u + 1)).contains { v in
        func exchanged(_ token: Int) -> Int { token == u ? v : token == v ? u : token }
        return entries.indices.allSatisfy { index in
          let (row, j) = index.quotientAndRemainder(dividingBy: tokens)
          let (l, i) = row.quotientAndRemainder(dividingBy: tokens)
          return entries[index] == entry(l, exchanged(i), exchanged(j))
        }
      }
    }
  }

  /// Whether some two different entries are neighbours among the binary64 numbers.
  var hasNeighbours: Bool {
    // Different entries are at least 1/D apart, normal neighbours at most 2^-52 of the larger one.
    guard let largest = entries.max(),
      largest.magnitudeBitCount > 52 || one.magnitudeBitCount > 1000
    else { return false }
    let doubles = ExactVector(entries, denominator: one).nearestDoubles.sorted()
    return zip(doubles, doubles.dropFirst()).contains { $0.nextUp == $1 }
  }

  /// Whether the largest entry is at least 2^1000 times the smallest positive one.
  var hasWideRange: Bool {
    guard let least = entries.filter({ !$0.isZero }).min(), let largest = entries.max(),
      largest.magnitudeBitCount > 1000
    else { return false }
    return least.shifted(left: 1000) <= largest
  }

  /// Whether some entry is positive and below 2^-1022.
  var hasDenormal: Bool {
    // An entry is a positive multiple of 1/D.
    guard one.magnitudeBitCount > 1022 else { return false }
    return entries.contains { !$0.isZero && $0.shifted(left: 1022) < one }
  }
}

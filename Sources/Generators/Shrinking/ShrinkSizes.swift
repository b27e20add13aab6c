// Passes that make a tensor smaller: fewer layers, fewer tokens, tokens merged.

import Checker
import ExactArithmetic

extension ShrinkState {
  /// Drops runs of layers: the upper half, the lower half, quarters, single ones.
  static let dropLayers = ShrinkPass<ShrinkState>(
    count: { shrinkingRuns($0.layers).count },
    step: { state, number in
      let dropped = shrinkingRuns(state.layers)[number]
      let size = state.tokens * state.tokens
      var kept = state
      kept.entries.removeSubrange((dropped.lowerBound * size)..<(dropped.upperBound * size))
      kept.layers -= dropped.count
      return .smaller(kept)
    })

  /// Drops runs of tokens, the same in every layer: halves, quarters, single ones.
  static let dropTokens = ShrinkPass<ShrinkState>(
    count: { shrinkingRuns($0.tokens).count },
    step: { state, number in
      let dropped = shrinkingRuns(state.tokens)[number]
      let kept = (0..<state.tokens).filter { !dropped.contains($0) }
      let selection = [[Int]](repeating: kept, count: state.layers + 1)
      return .smaller(state.selecting(selection))
    })

  /// Merges two tokens: their columns are added, their rows averaged, or added where rows are free.
  static let mergeTokens = ShrinkPass<ShrinkState>(
    count: { $0.tokens * ($0.tokens - 1) / 2 },
    step: { state, number in
      let (first, second) = tokenPair(number, of: state.tokens)
      return .smaller(state.merging(first, second))
    })

  /// Drops one token from every layer of nodes, not the same one; only where there are few ways.
  static let dropUnalikeTokens = ShrinkPass<ShrinkState>(
    count: { state in
      guard state.tokens > 1 else { return 0 }
      var ways = 1
      for _ in 0...state.layers {
        ways *= state.tokens
        if ways > unalikeWaysMaximum { return 0 }
      }
      return ways
    },
    step: { state, number in
      var rest = number
      let selection = (0...state.layers).map { _ in
        let dropped = rest % state.tokens
        rest /= state.tokens
        return (0..<state.tokens).filter { $0 != dropped }
      }
      return .smaller(state.selecting(selection))
    })
}

/// More ways than these of dropping tokens are not tried: six tokens and two layers have 216.
private let unalikeWaysMaximum = 256

/// Pair `number` of tokens in the order (0,1), (0,2), ..., (1,2), and so on.
///
/// Precondition: `number` is below `T (T - 1) / 2`.
func tokenPair(_ number: Int, of tokens: Int) -> (Int, Int) {
  var (first, offset) = (0, number)
  // Ends before `first` reaches T.
  while offset >= tokens - 1 - first {
    offset -= tokens - 1 - first
    first += 1
  }
  return (first, first + 1 + offset)
}

extension ShrinkState {
  /// The tensor with the given tokens of every layer of nodes, from the bottom to the top.
  ///
  /// Stochastic rows stay so. A single top token that is dropped is replaced by the first one.
  fileprivate func selecting(_ kept: [[Int]]) -> ShrinkState {
    let size = kept[0].count
    var selected: [Rational] = []
    selected.reserveCapacity(layers * size * size)
    for l in 0..<layers {
      for i in kept[l + 1] {
        let row = self.row(l * tokens + i)
        let remaining = kept[l].map { row[row.startIndex + $0] }
        selected += rows == .stochastic ? normalized(remaining) : remaining
      }
    }
    var mode = self.mode
    if case .single(let token) = mode {
      mode = .single(kept[layers].firstIndex(of: token) ?? 0)
    }
    return ShrinkState(layers: layers, tokens: size, entries: selected, mode: mode, rows: rows)
  }

  /// The tensor in which token `second` has become one with token `first`, which is less.
  fileprivate func merging(_ first: Int, _ second: Int) -> ShrinkState {
    var merged: [Rational] = []
    for l in 0..<layers {
      for i in 0..<tokens where i != second {
        var sum = Array(row(l * tokens + i))
        if i == first {
          let weight = rows == .stochastic ? Rational(1, 2) : Rational(1)
          for (j, entry) in row(l * tokens + second).enumerated() {
            sum[j] = (sum[j] + entry) * weight
          }
        }
        sum[first] += sum[second]
        sum.remove(at: second)
        merged += sum
      }
    }
    var mode = self.mode
    if case .single(let token) = mode, token >= second {
      mode = .single(token == second ? first : token - 1)
    }
    return ShrinkState(layers: layers, tokens: tokens - 1, entries: merged, mode: mode, rows: rows)
  }
}

/// A row changed so that it sums to 1, when entries that it had are gone.
///
/// It is divided by its sum if that is a simple fraction. Otherwise the largest entry takes what is
/// missing: dividing every row by a long sum of its own would make the common denominator of a
/// real tensor longer with each row. A row that is zero becomes one-hot in the first column.
private func normalized(_ row: [Rational]) -> [Rational] {
  let sum = row.reduce(0, +)
  if sum == 1 { return row }
  if sum.isZero { return row.indices.map { $0 == 0 ? 1 : 0 } }
  if sum.numerator <= simpleSumMaximum { return row.map { $0 / sum } }
  var changed = row
  if let position = row.indices.max(by: { row[$0] < row[$1] }) {
    changed[position] += 1 - sum
  }
  return changed
}

/// Rows are divided by sums with numerators up to this one, of which the least common multiple is
/// 27,720.
private let simpleSumMaximum: BigInteger = 12

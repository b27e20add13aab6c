// Passes that keep the size and make entries simpler: whole layers, rows, single entries, the mode.

import Checker
import ExactArithmetic

extension ShrinkState {
  /// Replaces a layer by the simplest ones: all to one token, the identity, uniform.
  static let simplifyLayers = ShrinkPass<ShrinkState>(
    count: { $0.layers * 5 },
    step: { state, number in
      let (l, kind) = number.quotientAndRemainder(dividingBy: 5)
      let tokens = state.tokens
      let replacement: [Rational]
      switch kind {
      case 0: replacement = matrix(tokens) { _, _ in 0 }
      case 1: replacement = matrix(tokens) { _, j in j == 0 ? 1 : 0 }
      case 2: replacement = matrix(tokens) { i, j in i == j ? 1 : 0 }
      case 3: replacement = matrix(tokens) { _, _ in Rational(1, BigInteger(tokens)) }
      default: replacement = matrix(tokens) { _, _ in 1 }
      }
      // Zeros and ones everywhere are not rows of attention.
      if state.rows == .stochastic && (kind == 0 || kind == 4) { return nil }
      return .replaced(start: l * tokens * tokens, by: replacement)
    })

  /// Replaces a row by simple ones: zero, one-hot, two halves, equal on its support, uniform.
  static let simplifyRows = ShrinkPass<ShrinkState>(
    count: { $0.rowCount * rowKinds($0.tokens) },
    step: { state, number in
      let (row, kind) = number.quotientAndRemainder(dividingBy: rowKinds(state.tokens))
      guard let replacement = simpleRow(kind, instead: Array(state.row(row)), state.rows) else {
        return nil
      }
      return .replaced(start: row * state.tokens, by: replacement)
    })

  /// Replaces one entry by 0 or the simplest fraction nearby; another entry takes the rest.
  static let simplifyEntries = ShrinkPass<ShrinkState>(
    count: { $0.entries.count * entryKinds },
    step: { state, number in
      let (index, kind) = number.quotientAndRemainder(dividingBy: entryKinds)
      let (row, column) = index.quotientAndRemainder(dividingBy: state.tokens)
      let old = Array(state.row(row))
      guard let new = simplified(old, at: column, kind: kind, state.rows) else { return nil }
      return .replaced(start: row * state.tokens, by: new)
    })

  /// Exchanges two tokens of one layer of nodes, which is a symmetry of most properties.
  static let exchangeNodes = ShrinkPass<ShrinkState>(
    count: { ($0.layers + 1) * pairCount($0.tokens) },
    step: { state, number in
      let (level, pair) = number.quotientAndRemainder(dividingBy: pairCount(state.tokens))
      let (first, second) = tokenPair(pair, of: state.tokens)
      if level == state.layers, [.single(first), .single(second)].contains(state.mode) {
        return nil
      }
      return .reordered(state.exchanging(first, second, level: level))
    })

  /// Tries the mode `all`, then the first top token, with and without exchanging the rows.
  static let simplifyMode = ShrinkPass<ShrinkState>(
    count: { _ in 3 },
    step: { state, number in
      guard case .single(let token) = state.mode else { return nil }
      var renamed = state
      renamed.mode = number == 0 ? .all : .single(0)
      if number == 1 {
        let top = (state.layers - 1) * state.tokens
        for j in 0..<state.tokens {
          renamed.entries.swapAt(top * state.tokens + j, (top + token) * state.tokens + j)
        }
      }
      return .otherMode(renamed)
    })
}

extension ShrinkState {
  /// The state with two tokens exchanged in layer of nodes `level`: columns of the layer above,
  /// rows of the layer below.
  fileprivate func exchanging(_ first: Int, _ second: Int, level: Int) -> ShrinkState {
    var state = self
    for i in 0..<tokens {
      if level < layers {
        let row = (level * tokens + i) * tokens
        state.entries.swapAt(row + first, row + second)
      }
      if level > 0 {
        let rows = (level - 1) * tokens
        state.entries.swapAt((rows + first) * tokens + i, (rows + second) * tokens + i)
      }
    }
    return state
  }
}

/// A square matrix by its entries.
private func matrix(_ tokens: Int, _ entry: (_ i: Int, _ j: Int) -> Rational) -> [Rational] {
  (0..<(tokens * tokens)).map { entry($0 / tokens, $0 % tokens) }
}

/// The number of simple rows that are tried.
private func rowKinds(_ tokens: Int) -> Int { 3 + tokens + pairCount(tokens) }

/// The number of pairs of columns that are tried; for long rows they would be too many.
private func pairCount(_ tokens: Int) -> Int {
  tokens <= pairTokensMaximum ? tokens * (tokens - 1) / 2 : 0
}

/// Up to this length of a row every pair of columns is tried.
private let pairTokensMaximum = 8

/// A simple row of a kind; nothing if the kind does not apply.
private func simpleRow(_ kind: Int, instead row: [Rational], _ rows: RowRule) -> [Rational]? {
  let tokens = row.count
  if kind == 0 { return rows == .free ? row.map { _ in 0 } : nil }
  if kind <= tokens { return row.indices.map { $0 == kind - 1 ? 1 : 0 } }
  if kind == tokens + 1 {
    let support = row.count { !$0.isZero }
    return support == 0 ? nil : row.map { $0.isZero ? 0 : Rational(1, BigInteger(support)) }
  }
  if kind == tokens + 2 { return row.map { _ in Rational(1, BigInteger(tokens)) } }
  let (first, second) = tokenPair(kind - tokens - 3, of: tokens)
  return row.indices.map { $0 == first || $0 == second ? Rational(1, 2) : 0 }
}

/// Zero and the intervals near the entry, each with two entries that may take the rest.
private let entryKinds = 2 * (1 + intervalCount)

/// The row with a simpler entry in one column; nothing if that entry cannot change so.
private func simplified(
  _ row: [Rational], at column: Int, kind: Int, _ rows: RowRule
) -> [Rational]? {
  let old = row[column]
  if old.isZero { return nil }
  let (interval, receiverKind) = kind.quotientAndRemainder(dividingBy: 2)
  var new = row
  new[column] = interval == 0 ? 0 : simplestFraction(near: old, interval: interval - 1)
  if rows == .free { return receiverKind == 0 ? new : nil }
  let others = row.indices.filter { $0 != column }
  // The rest goes to the largest other entry, or to the first.
  let receiver = receiverKind == 0 ? others.max { row[$0] < row[$1] } : others.first
  guard let receiver else { return nil }
  new[receiver] += old - new[column]
  return new[receiver].signum() < 0 ? nil : new
}

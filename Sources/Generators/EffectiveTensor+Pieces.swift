// Rearranging and cutting tensors, exactly, in whatever integers they are stored.

import Checker
import ExactArithmetic

extension EffectiveTensor {
  /// The tensor of some layers, in the given order, with the tokens of each layer of nodes in a
  /// given order.
  ///
  /// `kept` lists layers, possibly repeated; `orders` gives for layer of nodes `l` the old tokens
  /// that stay, `l` counting in the new tensor; all orders have one length.
  func rearranged(_ kept: [Int], orders: (_ nodeLayer: Int) -> [Int]) -> EffectiveTensor {
    var places: [Int] = []
    var columns = orders(0)
    let size = columns.count
    for (l, old) in kept.enumerated() {
      let rows = orders(l + 1)
      for i in rows {
        for j in columns { places.append((old * tokens + i) * tokens + j) }
      }
      columns = rows
    }
    return .made(kept.count, size, entries.picking(places))
  }

  /// The tensor of some layers, in the given order.
  func rearranged(_ kept: [Int]) -> EffectiveTensor {
    let order = Array(0..<tokens)
    return rearranged(kept) { _ in order }
  }

  /// Consecutive layers and random tokens, as many as asked for or as there are.
  func cut(_ choices: inout RandomChoices, layers: Int, tokens: Int) -> EffectiveTensor {
    let height = min(layers, self.layers)
    let bottom = choices.below(self.layers - height + 1)
    let order = choices.subset(min(tokens, self.tokens), of: self.tokens)
    return rearranged(Array(bottom..<(bottom + height))) { _ in order }
  }

  /// The tensor whose rows are functions of the nearest doubles of these rows.
  func changedRows(_ change: ([Double]) -> [Double]) -> EffectiveTensor {
    let doubles = entries.nearestDoubles
    var changed: [Double] = []
    changed.reserveCapacity(doubles.count)
    for start in stride(from: 0, to: doubles.count, by: tokens) {
      changed += change(Array(doubles[start..<(start + tokens)]))
    }
    return .made(layers, tokens, changed)
  }

  /// The tensor with rows of multiples of 2^-24 that sum to exactly 1, near these rows' shares.
  ///
  /// A row of zeros becomes one-hot in its first column.
  var roundedToLattice: EffectiveTensor {
    let doubles = entries.nearestDoubles
    var numerators: [Int64] = []
    numerators.reserveCapacity(doubles.count)
    for start in stride(from: 0, to: doubles.count, by: tokens) {
      numerators += latticeRow(doubles[start..<(start + tokens)])
    }
    return .made(layers, tokens, numerators, over: latticeSize)
  }
}

/// Multiples of 1 near the shares of a row, with the sum ``latticeSize``.
private func latticeRow(_ row: ArraySlice<Double>) -> [Int64] {
  let largest = row.max() ?? 0
  let parts = row.map { largest > 0 ? $0 / largest : 0 }
  let sum = parts.reduce(0, +)
  var shares = parts.map { sum > 0 ? Int64($0 / sum * Double(latticeSize)) : 0 }
  // The shares were rounded down, so that less than one unit a column is left.
  let position = parts.firstIndex(of: 1) ?? 0
  shares[position] += latticeSize - shares.reduce(0, +)
  return shares
}

extension ExactVector {
  /// The entries at the given positions, over the same denominator.
  func picking(_ positions: [Int]) -> ExactVector {
    switch elements {
    case .int64(let values): ExactVector(positions.map { values[$0] }, denominator: denominator)
    case .int128(let values): ExactVector(positions.map { values[$0] }, denominator: denominator)
    case .big(let values): ExactVector(positions.map { values[$0] }, denominator: denominator)
    }
  }
}

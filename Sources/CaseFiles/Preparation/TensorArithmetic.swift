import ExactArithmetic

/// The numbers in which a tensor is prepared: binary64, or exact fractions.
protocol TensorNumber: Comparable, SignedNumeric {
  static func / (lhs: Self, rhs: Self) -> Self
  static var half: Self { get }
  init(_ integer: Int)
  /// False when a sum has left the range.
  var isInRange: Bool { get }
}

extension Double: TensorNumber {
  static var half: Double { 0.5 }
  var isInRange: Bool { isFinite }
}

extension Rational: TensorNumber {
  static var half: Rational { Rational(1, 2) }
  var isInRange: Bool { true }
}

/// Where a sum left the range of binary64.
struct RangeFailure: Error {
  var sum: String
  var place: String
}

extension AxisSelection {
  /// The chosen layers of the chosen batch with the heads reduced, in row-major order.
  ///
  /// mean: (A[l][0] + A[l][1] + ... in head order) / H; max and min entry by entry.
  func reduce<Number: TensorNumber>(
    _ values: [Number], _ reduction: HeadReduction?
  ) throws(RangeFailure) -> [Number] {
    let square = tokens * tokens
    // All of the tensor as it is: it may be large, and is not copied.
    if reduction == nil && start == 0 && layers.count * square == values.count { return values }
    var result: [Number] = []
    result.reserveCapacity(layers.count * square)
    for layer in layers {
      let first = start + layer * heads * square
      guard let reduction else {
        result.append(contentsOf: values[first..<first + square])
        continue
      }
      if case .head(let head) = reduction {
        result.append(contentsOf: values[first + head * square..<first + (head + 1) * square])
        continue
      }
      var layerValues = Array(values[first..<first + square])
      for head in 1..<max(heads, 1) {
        combine(&layerValues, values, first + head * square, reduction)
      }
      if reduction == .mean {
        let divisor = Number(heads)
        for entry in 0..<square {
          guard layerValues[entry].isInRange else {
            let index = (layer - layers.lowerBound) * square + entry
            let shape = [layers.count, tokens, tokens]
            throw RangeFailure(
              sum: "sum over the heads", place: TensorShape.place(of: index, in: shape))
          }
          layerValues[entry] = layerValues[entry] / divisor
        }
      }
      result.append(contentsOf: layerValues)
    }
    return result
  }

  @inline(__always)
  private func combine<Number: TensorNumber>(
    _ result: inout [Number], _ values: [Number], _ first: Int, _ reduction: HeadReduction
  ) {
    switch reduction {
    case .mean: for entry in result.indices { result[entry] += values[first + entry] }
    case .maximum:
      for entry in result.indices { result[entry] = max(result[entry], values[first + entry]) }
    case .minimum:
      for entry in result.indices { result[entry] = min(result[entry], values[first + entry]) }
    case .head: break
    }
  }
}

/// Exchanges rows and columns in every layer.
func transposed<Number>(_ values: [Number], layers: Int, tokens: Int) -> [Number] {
  var result: [Number] = []
  result.reserveCapacity(values.count)
  for l in 0..<layers {
    for i in 0..<tokens {
      for j in 0..<tokens { result.append(values[(l * tokens + j) * tokens + i]) }
    }
  }
  return result
}

/// Adds the residual connection: M = 0.5*A + 0.5*I, then each row divided by its sum.
///
/// The sum is taken from left to right; it is at least 0.5, since the entries are not negative.
func withResidual<Number: TensorNumber>(
  _ values: [Number], tokens: Int
) throws(RangeFailure) -> [Number] {
  var result = values
  for row in 0..<values.count / tokens {
    let first = row * tokens
    let diagonal = first + row % tokens
    var sum: Number = 0
    for entry in first..<first + tokens {
      var value = Number.half * result[entry]
      if entry == diagonal { value += Number.half }
      result[entry] = value
      sum += value
    }
    guard sum.isInRange else { throw rowFailure(row, tokens) }
    for entry in first..<first + tokens { result[entry] = result[entry] / sum }
  }
  return result
}

/// Checks that each row has a sum in the range of binary64.
func requireRowSums(_ values: [Double], tokens: Int) throws(RangeFailure) {
  for row in 0..<values.count / tokens {
    var sum = 0.0
    for value in values[row * tokens..<(row + 1) * tokens] { sum += value }
    guard sum.isFinite else { throw rowFailure(row, tokens) }
  }
}

private func rowFailure(_ row: Int, _ tokens: Int) -> RangeFailure {
  RangeFailure(sum: "row sum", place: "[\(row / tokens)][\(row % tokens)]")
}

import Checker
import ExactArithmetic

extension EffectiveTensor {
  /// Whether every row sums to exactly 1.
  var rowSumsAreOne: Bool {
    func test<Number: ExactInteger>(_ values: [Number]) -> Bool {
      guard let one = Number(entries.denominator) else { return false }
      var position = 0
      while position < values.count {
        var sum = Number.zero
        for _ in 0..<tokens {
          sum += values[position]
          position += 1
        }
        if sum != one { return false }
      }
      return true
    }
    return switch entries.elements {
    case .int64(let values): test(values)
    case .int128(let values): test(values)
    case .big(let values): test(values)
    }
  }

  /// Whether all column sums of a layer are exactly 1.
  func hasUnitColumns(_ layer: Int) -> Bool {
    (0..<tokens).allSatisfy { column in
      var sum = BigInteger.zero
      for row in 0..<tokens {
        sum += entries.numerator((layer * tokens + row) * tokens + column)
      }
      return sum == entries.denominator
    }
  }

  /// Whether every entry is the same.
  var isUniform: Bool {
    switch entries.elements {
    case .int64(let values): values.allSatisfy { $0 == values[0] }
    case .int128(let values): values.allSatisfy { $0 == values[0] }
    case .big(let values): values.allSatisfy { $0 == values[0] }
    }
  }
}

/// The layers of a tensor as fractions, `[l][i][j]`, for closed forms and relations.
struct RationalLayers {
  let tokens: Int
  var layers: [[Rational]]

  init(_ examination: Examination, tokens: Int) {
    self.tokens = tokens
    let square = tokens * tokens
    layers = stride(from: 0, to: examination.entries.count, by: square).map { start in
      Array(examination.entries[start..<(start + square)])
    }
  }

  /// A layer as rows of fractions; `matrix` has `tokens * tokens` entries.
  init(tokens: Int, layers: [[Rational]]) {
    self.tokens = tokens
    self.layers = layers
  }

  /// The identity matrix.
  static func identity(_ tokens: Int) -> [Rational] {
    (0..<(tokens * tokens)).map { Rational($0 / tokens == $0 % tokens ? 1 : 0) }
  }

  /// The sum of column `j` of layer `l`.
  func columnSum(_ l: Int, _ j: Int) -> Rational {
    (0..<tokens).reduce(Rational(0)) { $0 + layers[l][$1 * tokens + j] }
  }

  /// The one column in which row `i` of layer `l` has its mass, or nil if there are several.
  func onlyColumn(_ l: Int, _ i: Int) -> Int? {
    let columns = (0..<tokens).filter { !layers[l][i * tokens + $0].isZero }
    return columns.count == 1 ? columns[0] : nil
  }

  /// The tensor; precondition: no entry is negative and the shapes agree.
  func tensor() throws(StatementError) -> EffectiveTensor {
    try EffectiveTensor(
      layers: layers.count, tokens: tokens, entries: ExactVector(layers.flatMap { $0 }))
  }
}

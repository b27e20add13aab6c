// Rows of integers with a given sum: the raw material of exactly row-stochastic tensors.

/// A way of drawing rows of non-negative integers that all have the same sum.
///
/// Divided by that sum they are rows of attention that sum to exactly 1.
struct ExactRows {
  /// The ways of drawing a row.
  private enum Style {
    /// Like a softmax with logits of this scale, rounded to multiples of 2^-24.
    case lattice(scale: Double)
    /// Balls thrown into the columns: small fractions, with zeros and ties.
    case balls(divisors: [Int])
  }

  private let style: Style

  /// The sum of every row.
  let total: Int64

  /// Rows on the lattice of multiples of 2^-24.
  static func lattice(_ choices: inout RandomChoices) -> ExactRows {
    let scale = choices.choose([0.25, 0.5, 1, 1, 2, 2, 4, 8])
    return ExactRows(style: .lattice(scale: scale), total: latticeSize)
  }

  /// Rows of small fractions: a common denominator of at most 12, and smaller ones in some rows.
  static func fractions(_ choices: inout RandomChoices) -> ExactRows {
    let total = choices.choose([1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 6, 8, 10, 12])
    let divisors = (1...total).filter { total % $0 == 0 }
    return ExactRows(style: .balls(divisors: divisors), total: Int64(total))
  }

  /// One of the two, with probability one half each.
  static func either(_ choices: inout RandomChoices) -> ExactRows {
    choices.chance(1, in: 2) ? lattice(&choices) : fractions(&choices)
  }

  /// Draws one row into `numbers[start + column]` for the given columns, which must be zero before.
  ///
  /// Precondition: at least one column, none repeated. Postcondition: they sum to ``total``.
  @inline(__always)
  func draw(
    _ choices: inout RandomChoices, into numbers: inout [Int64], at start: Int, columns: [Int]
  ) {
    switch style {
    case .balls(let divisors):
      let count = choices.choose(divisors)
      let ball = total / Int64(count)
      for _ in 0..<count { numbers[start + choices.choose(columns)] += ball }
    case .lattice(let scale):
      var sum = 0.0
      // Weights are kept as integers in the row itself: e^(8 * 3.47) * 2^20 is below 2^61.
      for column in columns {
        let weight = Int64(portableExponential(scale * choices.bell()) * 0x1p20)
        numbers[start + column] = weight
        sum += Double(weight)
      }
      let unit = sum > 0 ? Double(total) / sum : 0
      var rest = total
      var largest = columns[0]
      for column in columns {
        let share = Int64(Double(numbers[start + column]) * unit)
        numbers[start + column] = share
        rest -= share
        if share > numbers[start + largest] { largest = column }
      }
      // The shares were rounded down, so that less than one unit a column is left.
      numbers[start + largest] += rest
    }
  }

  /// Draws every row of a tensor; all columns are allowed.
  func tensor(_ choices: inout RandomChoices, _ layers: Int, _ tokens: Int) -> [Int64] {
    tensor(&choices, layers, tokens) { _, _, _ in true }
  }

  /// Draws every row of a tensor, with zeros where a token may not attend.
  ///
  /// Precondition: every token may attend to some token.
  func tensor(
    _ choices: inout RandomChoices, _ layers: Int, _ tokens: Int,
    allowed: (_ l: Int, _ i: Int, _ j: Int) -> Bool
  ) -> [Int64] {
    var numbers = [Int64](repeating: 0, count: layers * tokens * tokens)
    var columns: [Int] = []
    for l in 0..<layers {
      for i in 0..<tokens {
        columns.removeAll(keepingCapacity: true)
        for j in 0..<tokens where allowed(l, i, j) { columns.append(j) }
        draw(&choices, into: &numbers, at: (l * tokens + i) * tokens, columns: columns)
      }
    }
    return numbers
  }
}

/// The lattice on which rows sum to exactly 1: multiples of `1 / latticeSize`, 24 bits as in
/// binary32.
let latticeSize: Int64 = 1 << 24

// A tensor while it is being shrunk: fractions that can be changed one by one, and the order that
// says which of two tensors is simpler.

import Checker
import ExactArithmetic

/// What shrinking does to the sums of rows.
public enum RowRule: Sendable, Hashable {
  /// Rows keep summing to exactly 1.
  case stochastic
  /// Rows may have any sum.
  case free
}

/// A tensor and a mode in a form that is easy to change.
struct ShrinkState: Hashable {
  /// The number of layers, `L`.
  var layers: Int
  /// The number of tokens, `T`.
  var tokens: Int
  /// The entries in row-major order.
  var entries: [Rational]
  /// The mode.
  var mode: Mode
  /// What may become of the sums of rows.
  let rows: RowRule

  /// The state of a tensor.
  ///
  /// With `rows` nil, rows that all sum to exactly 1 keep doing so, and others are free.
  init(_ tensor: EffectiveTensor, _ mode: Mode, _ rows: RowRule?) {
    layers = tensor.layers
    tokens = tensor.tokens
    entries = (0..<tensor.entries.count).map { tensor.entries[$0] }
    self.mode = mode
    self.rows = rows ?? (tensor.isRowStochastic ? .stochastic : .free)
  }

  /// A state with the given parts; `entries` has `layers * tokens * tokens` elements.
  init(layers: Int, tokens: Int, entries: [Rational], mode: Mode, rows: RowRule) {
    self.layers = layers
    self.tokens = tokens
    self.entries = entries
    self.mode = mode
    self.rows = rows
  }

  /// The tensor of this state, over the least common denominator.
  var tensor: EffectiveTensor { .made(layers, tokens, ExactVector(entries)) }

  /// The number of rows, `L * T`.
  var rowCount: Int { layers * tokens }

  /// The entries of row `row`, which is `l * T + i`.
  func row(_ row: Int) -> ArraySlice<Rational> {
    entries[(row * tokens)..<((row + 1) * tokens)]
  }

  /// Whether this state is simpler than another one of the same size and mode.
  ///
  /// Layers are compared from the top down where the sums of complexities agree.
  func isSimpler(than other: ShrinkState) -> Bool {
    let (sum, otherSum) = (complexity(entries), complexity(other.entries))
    if sum != otherSum { return sum < otherSum }
    let size = tokens * tokens
    for l in (0..<layers).reversed() {
      let layer = (l * size)..<((l + 1) * size)
      for index in layer where entries[index] != other.entries[index] {
        return entries[index] > other.entries[index]
      }
    }
    return false
  }
}

extension EffectiveTensor {
  /// Whether every row sums to exactly 1.
  fileprivate var isRowStochastic: Bool {
    CaseLabel.rowStochastic.holds(of: .tensor(self, .all))
  }
}

/// Whether entries are simpler than others, of which there are as many.
///
/// Those with the smaller sum of complexities are simpler. Where the sums are equal, those with the
/// larger entry at the first difference are: weight lies in the first rows and columns. This order
/// has no infinite descent, since there are finitely many sequences of a given sum.
func isSimpler(
  _ new: some Collection<Rational>, than old: some Collection<Rational>
) -> Bool {
  let (newSum, oldSum) = (complexity(new), complexity(old))
  if newSum != oldSum { return newSum < oldSum }
  for (first, second) in zip(new, old) where first != second { return first > second }
  return false
}

/// The sum of the complexities of fractions.
///
/// A fraction counts by its numerator plus denominator: 0 is the simplest, then come 1, 1/2 and 2,
/// 1/3 and 3, and so on. Long ones count more, by their bits.
func complexity(_ entries: some Collection<Rational>) -> Int {
  entries.reduce(0) { sum, entry in
    let (numerator, denominator) = (entry.numerator, entry.denominator)
    if let small = numerator.asInt64, let other = denominator.asInt64, small < 1 << 30,
      other < 1 << 30
    {
      return sum + Int(small + other)
    }
    let bits = numerator.magnitudeBitCount + denominator.magnitudeBitCount
    return sum + (1 << 32) + bits
  }
}

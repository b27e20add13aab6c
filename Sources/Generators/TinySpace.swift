public import Checker
import ExactArithmetic

/// All row-stochastic tensors of one small size whose rows have small denominators.
///
/// A row is counted once, whatever denominator it is written over: the rows of `T` columns with
/// denominators up to `D` are those whose entries, in lowest terms over a common denominator, have
/// one of at most `D`. The tensors are the sequences of `L * T` such rows, each exactly once, and
/// each comes with all the modes asked for. Elements are made on demand, in constant memory.
///
///     TinySpace(layers: 2, tokens: 2, denominatorMaximum: 6).count  // 13^4 * 3 = 85,683
public struct TinySpace: RandomAccessCollection, Sendable {
  /// Which modes every tensor comes with.
  public enum ModeSelection: Sendable, Hashable {
    /// The mode `all` only.
    case all
    /// The modes `single:0` to `single:T-1`.
    case singles
    /// The mode `all`, then all single ones.
    case every
  }

  /// The number of layers, `L`.
  public let layers: Int
  /// The number of tokens, `T`.
  public let tokens: Int
  /// The largest common denominator of a row.
  public let denominatorMaximum: Int
  /// The modes, in the order in which they follow each other.
  public let modes: [Mode]

  /// All rows: the simple ones first, with their denominators in lowest terms.
  private let rows: [(numerators: [Int64], denominator: Int64)]
  /// The number of tensors, whatever the mode.
  public let tensorCount: Int

  /// The tensors of the given size.
  ///
  /// Precondition: sizes and denominator are positive, and there are fewer than 2^62 elements.
  public init(
    layers: Int, tokens: Int, denominatorMaximum: Int, modes selection: ModeSelection = .every
  ) {
    precondition(
      layers >= 1 && tokens >= 1 && denominatorMaximum >= 1,
      "A space of \(layers) layers, \(tokens) tokens, denominators to \(denominatorMaximum).")
    self.layers = layers
    self.tokens = tokens
    self.denominatorMaximum = denominatorMaximum
    let singles = (0..<tokens).map { Mode.single($0) }
    modes =
      switch selection {
      case .all: [.all]
      case .singles: singles
      case .every: [.all] + singles
      }
    rows = (1...denominatorMaximum).flatMap { denominator in
      compositions(of: Int64(denominator), into: tokens)
        .filter { $0.reduce(Int64(denominator), greatestCommonDivisor) == 1 }
        .map { ($0, Int64(denominator)) }
    }
    var count = 1
    for _ in 0..<(layers * tokens) {
      let (product, overflow) = count.multipliedReportingOverflow(by: rows.count)
      precondition(!overflow && product < 1 << 62 / modes.count, "The space is too large.")
      count = product
    }
    tensorCount = count
  }

  /// The position of the first element, 0.
  public var startIndex: Int { 0 }

  /// The number of elements: tensors times modes.
  public var endIndex: Int { tensorCount * modes.count }

  /// The tensor and mode at a position.
  ///
  /// Precondition: `position` is in `0 ..< count`. The mode varies fastest, then the last row.
  public subscript(position: Int) -> Instance {
    precondition(indices.contains(position), "\(position) is not in 0 ..< \(endIndex).")
    let (number, mode) = position.quotientAndRemainder(dividingBy: modes.count)
    var chosen: [Int] = []
    var rest = number
    for _ in 0..<(layers * tokens) {
      chosen.append(rest % rows.count)
      rest /= rows.count
    }
    chosen.reverse()
    var common: Int64 = 1
    for row in chosen {
      let denominator = rows[row].denominator
      common = common / greatestCommonDivisor(common, denominator) * denominator
    }
    var numerators: [Int64] = []
    numerators.reserveCapacity(layers * tokens * tokens)
    for row in chosen {
      let factor = common / rows[row].denominator
      for numerator in rows[row].numerators { numerators.append(numerator * factor) }
    }
    return .tensor(.made(layers, tokens, numerators, over: common), modes[mode])
  }
}

/// All ways of writing a number as an ordered sum of `parts` non-negative integers.
private func compositions(of total: Int64, into parts: Int) -> [[Int64]] {
  var partial: [(parts: [Int64], rest: Int64)] = [([], total)]
  for _ in 1..<parts {
    partial = partial.flatMap { prefix in
      (0...prefix.rest).reversed().map { (prefix.parts + [$0], prefix.rest - $0) }
    }
  }
  return partial.map { $0.parts + [$0.rest] }
}

/// The greatest common divisor of two integers that are not negative.
private func greatestCommonDivisor(_ first: Int64, _ second: Int64) -> Int64 {
  var (larger, smaller) = (first, second)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}

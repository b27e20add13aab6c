public import ExactArithmetic

/// How the heads of a tensor become one.
public enum HeadReduction: Sendable, Hashable, CustomStringConvertible {
  /// The sum in head order, divided by the number of heads.
  case mean
  /// The largest entry of any head.
  case maximum
  /// The smallest entry of any head.
  case minimum
  /// One head, counted from 0.
  case head(Int)

  /// Reads `mean`, `max`, `min` or a number; nil for anything else.
  public init?(_ text: String) {
    switch text {
    case "mean": self = .mean
    case "max": self = .maximum
    case "min": self = .minimum
    default:
      guard let head = index(text) else { return nil }
      self = .head(head)
    }
  }

  /// The word or number that `init(_:)` reads.
  public var description: String {
    switch self {
    case .mean: "mean"
    case .maximum: "max"
    case .minimum: "min"
    case .head(let head): "\(head)"
    }
  }
}

/// A range of layers `A:B`, counted from 0, `A` included and `B` not.
public struct LayerRange: Sendable, Hashable, CustomStringConvertible {
  /// The first layer.
  public var lower: Int

  /// The layer after the last; nil for all that follow.
  public var upper: Int?

  /// Creates a range; whether the tensor has such layers is checked later.
  public init(lower: Int, upper: Int? = nil) {
    self.lower = lower
    self.upper = upper
  }

  /// Reads `A:B`, `A:` or `:B`; nil for anything else.
  public init?(_ text: String) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2, text != ":" else { return nil }
    guard let lower = ends[0].isEmpty ? 0 : index(ends[0]) else { return nil }
    if ends[1].isEmpty {
      self.init(lower: lower)
    } else {
      guard let upper = index(ends[1]) else { return nil }
      self.init(lower: lower, upper: upper)
    }
  }

  /// The text that `init(_:)` reads.
  public var description: String { "\(lower):\(upper.map(\.description) ?? "")" }
}

/// A nonnegative decimal number without a sign.
private func index(_ text: String) -> Int? {
  text.utf8.allSatisfy { $0 &- 0x30 < 10 } ? Int(text) : nil
}

/// What is chosen and done between a file and the tensor that the kernel judges.
///
/// The order is: batch, heads, layers, transposition, the check of row sums, residual.
public struct PreparationOptions: Sendable, Equatable {
  /// How the heads become one; needed exactly when the tensor has a head axis.
  public var heads: HeadReduction?

  /// Which batch is taken; needed exactly when the tensor has a batch axis.
  public var batch: Int?

  /// Which layers are kept; nil keeps all.
  public var layers: LayerRange?

  /// Whether the file has the column convention: `A[l][j][i]` for what i pays to j.
  public var isTransposed: Bool

  /// Whether A is replaced by (A + I)/2 with rows divided by their sums.
  public var hasResidual: Bool

  /// How far a row sum may be from 1; nil takes that of the element format.
  public var rowTolerance: Rational?

  /// Whether a row sum beyond the tolerance is an error and not a warning.
  public var isStrict: Bool

  /// Creates options; by default nothing is chosen and nothing is done.
  ///
  /// `heads`: how the heads become one.
  /// `batch`: which batch is taken.
  /// `layers`: which layers are kept.
  /// `isTransposed`: whether the file has the column convention.
  /// `hasResidual`: whether the residual connection is added.
  /// `rowTolerance`: how far a row sum may be from 1.
  /// `isStrict`: whether a row sum beyond the tolerance is an error.
  public init(
    heads: HeadReduction? = nil, batch: Int? = nil, layers: LayerRange? = nil,
    isTransposed: Bool = false, hasResidual: Bool = false, rowTolerance: Rational? = nil,
    isStrict: Bool = false
  ) {
    self.heads = heads
    self.batch = batch
    self.layers = layers
    self.isTransposed = isTransposed
    self.hasResidual = hasResidual
    self.rowTolerance = rowTolerance
    self.isStrict = isStrict
  }
}

public import ExactArithmetic

/// How the entries of a tensor file are stored.
public enum ElementFormat: String, Sendable, Hashable, CaseIterable {
  /// Binary16: 11 significant bits.
  case float16
  /// The upper half of a binary32: 8 significant bits.
  case bfloat16
  /// Binary32: 24 significant bits.
  case float32
  /// Binary64: 53 significant bits; also the numbers of a JSON text.
  case float64
  /// Exact fractions, the strings of a JSON text.
  case fraction

  /// The bytes of one entry in a binary file; 0 for fractions.
  public var byteCount: Int {
    switch self {
    case .float16, .bfloat16: 2
    case .float32: 4
    case .float64: 8
    case .fraction: 0
    }
  }

  /// How far from 1 a row sum may be before it is worth a warning.
  ///
  /// 1e-2 for the two short formats, 1e-5, 1e-9, and 0 for fractions.
  public var rowTolerance: Rational {
    switch self {
    case .float16, .bfloat16: Rational(1, 100)
    case .float32: Rational(1, 100_000)
    case .float64: Rational(1, 1_000_000_000)
    case .fraction: 0
    }
  }
}

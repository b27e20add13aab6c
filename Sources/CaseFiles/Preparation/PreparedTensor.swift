public import Checker
public import ExactArithmetic

/// The tensor that the kernel judges, with everything that led to it.
public struct PreparedTensor: Sendable {
  /// The effective tensor, exact.
  public let tensor: EffectiveTensor

  /// The same entries as doubles; nil when the input was exact fractions.
  public let doubles: [Double]?

  /// What was read and what was done to it.
  public let provenance: Provenance

  /// The row sums before the residual connection, which the tolerance is about.
  public let rowSums: RowSums

  /// Whether every row of the effective tensor sums to 1 exactly.
  public let isExactlyRowStochastic: Bool

  /// What the user should hear about, which is no error.
  public let warnings: [InputWarning]

  /// How the file stores an entry.
  public var elementFormat: ElementFormat { provenance.elementFormat }
}

/// What was read, and what was done to it before the kernel judged it.
public struct Provenance: Sendable, Equatable {
  /// The file, the key and its format.
  public let origin: TensorOrigin

  /// The shape in the file.
  public let shape: [Int]

  /// How the file stores an entry.
  public let elementFormat: ElementFormat

  /// What was chosen and done.
  public let options: PreparationOptions

  /// One short phrase for each step, in the order in which the steps were made.
  ///
  /// Example: `["float32 (6, 12, 4, 4) from a.npy", "heads: mean", "residual: 0.5*A + 0.5*I, rows
  /// divided by their sums"]`.
  public var steps: [String] {
    let lengths = shape.map(\.description).joined(separator: ", ")
    let source = origin.key.map { "\(origin.file):\($0)" } ?? origin.file
    var steps = ["\(elementFormat) (\(lengths)) from \(source)"]
    if let batch = options.batch { steps.append("batch: \(batch)") }
    if let heads = options.heads { steps.append("heads: \(heads)") }
    if let layers = options.layers { steps.append("layers: \(layers)") }
    if options.isTransposed { steps.append("transposed") }
    if options.hasResidual {
      steps.append("residual: 0.5*A + 0.5*I, rows divided by their sums")
    }
    return steps
  }
}

/// Something about an input that is allowed and that the user should know.
public enum InputWarning: Sendable, Equatable, CustomStringConvertible {
  /// A row sum differs from 1 by more than the tolerance; `file` names the array of an archive too.
  case rowSum(file: String, rowSums: RowSums, tolerance: Rational)

  /// The file, the row and one plain sentence.
  public var description: String {
    switch self {
    case .rowSum(let file, let rowSums, let tolerance):
      let problem = InputProblem.rowSum(
        deviation: decimal(rowSums.largestDeviation), tolerance: decimal(tolerance))
      return "\(file): [\(rowSums.layer)][\(rowSums.token)]: \(problem.sentence)"
    }
  }
}

/// A fraction for people: the nearest double.
func decimal(_ value: Rational) -> String {
  if value.isInteger { return value.description }
  let nearest = value.nearestDouble
  return nearest == 0 ? "less than 5e-324" : nearest.description
}

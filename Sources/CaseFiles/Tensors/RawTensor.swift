public import ExactArithmetic

/// An array as a file holds it, before anything is chosen or reduced.
///
/// Invariants: 3, 4 or 5 axes, none of length 0, the last two equally long; the values are finite,
/// none is negative, and there are as many as the shape says.
public struct RawTensor: Sendable {
  /// The entries in row-major order.
  public enum Values: Sendable, Equatable {
    /// Entries of a floating point format, each an exact double.
    case doubles([Double])
    /// Entries that were written as exact fractions.
    case rationals([Rational])
  }

  /// The lengths of the axes, outermost first.
  public let shape: [Int]

  /// The entries in row-major order.
  public let values: Values

  /// How the file stores an entry.
  public let elementFormat: ElementFormat

  /// The file, the key and what the header says.
  public let origin: TensorOrigin

  /// Checks the shape and keeps entries that were checked before.
  init(
    shape: [Int], values: Values, elementFormat: ElementFormat, origin: TensorOrigin
  ) throws(InputError) {
    _ = try TensorShape.entryCount(shape, origin)
    self.shape = shape
    self.values = values
    self.elementFormat = elementFormat
    self.origin = origin
  }
}

/// Where a tensor comes from.
public struct TensorOrigin: Sendable, Equatable {
  /// The file as the user named it.
  public var file: String

  /// The array in an archive; nil in files that hold one array.
  public var key: String?

  /// The format of the file: "npy", "npz", "safetensors" or "JSON".
  public var format: String

  /// Creates an origin.
  ///
  /// `file`: the file as the user named it.
  /// `key`: the array in an archive.
  /// `format`: the format of the file.
  public init(file: String, key: String? = nil, format: String) {
    self.file = file
    self.key = key
    self.format = format
  }

  /// The file and the array in it, as messages name them.
  var label: String { key.map { "\(file): \($0)" } ?? file }

  /// An error about this array.
  func error(_ problem: InputProblem, at place: String = "") -> InputError {
    let field = [key, place.isEmpty ? nil : place].compactMap { $0 }.joined(separator: ": ")
    return InputError(file: file, place: field, problem: problem)
  }
}

/// The rules that every shape obeys, for lengths that come from outside.
enum TensorShape {
  /// The most entries: 32-bit arc numbers hold no more, with head room for heads and batches.
  static let entryLimit = 1 << 40

  /// The number of entries of a shape (B,L,H,T,T), (L,H,T,T), (B,L,T,T) or (L,T,T).
  static func entryCount(_ shape: [Int], _ origin: TensorOrigin) throws(InputError) -> Int {
    for length in shape where length < 0 { throw origin.error(.negativeDimension(length)) }
    guard (3...5).contains(shape.count) else { throw origin.error(.wrongRank(shape.count)) }
    if let axis = shape.firstIndex(of: 0) { throw origin.error(.emptyDimension(axis: axis)) }
    let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
    guard rows == columns else { throw origin.error(.notSquare(rows: rows, columns: columns)) }
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow, product <= entryLimit else { throw origin.error(.sizeOverflow) }
      count = product
    }
    return count
  }

  /// The index of an entry as text, such as `[0][2][1]`.
  static func place(of entry: Int, in shape: [Int]) -> String {
    var text = ""
    var rest = entry
    for length in shape.reversed() {
      text = "[\(rest % length)]" + text
      rest /= length
    }
    return text
  }
}

public import Checker
import ExactArithmetic

/// Why a tensor could not be written in a format.
public enum ExportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An entry is larger than the largest double.
  case entryBeyondDouble(place: String)

  /// One plain sentence.
  public var description: String {
    switch self {
    case .entryBeyondDouble(let place): "the entry \(place) is larger than the largest double."
    }
  }
}

/// Writes tensors in formats of other programs.
public enum TensorWriter {
  /// How the entries of a JSON tensor are written.
  public enum EntryStyle: Sendable {
    /// Strings in lowest terms, which read back as the same numbers.
    case fractions
    /// The nearest double by its shortest text.
    case nearestDoubles
  }

  /// A tensor as a .npy file: version 1.0, float64, little-endian, C order, shape (L, T, T).
  ///
  /// Each entry becomes its nearest double.
  public static func npy(_ tensor: EffectiveTensor) throws(ExportError) -> [UInt8] {
    npy(
      shape: [tensor.layers, tensor.tokens, tensor.tokens], values: try nearestDoubles(tensor))
  }

  /// An array as a .npy file, byte for byte as NumPy writes it.
  ///
  /// `shape`: at least two lengths, whose product is the number of values.
  /// `values`: the entries in row-major order.
  public static func npy(shape: [Int], values: [Double]) -> [UInt8] {
    precondition(shape.reduce(1, *) == values.count, "a shape counts its entries")
    let lengths = shape.map(\.description).joined(separator: ", ")
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(lengths)), }"
    // NumPy leaves room for a first length of 21 digits, then pads with spaces and a newline so
    // that the data start at a multiple of 64.
    let prefixCount = NpyReader.magic.count + 4
    header += String(repeating: " ", count: 21 - (shape.first?.description.count ?? 21))
    let padding = 64 - (prefixCount + header.utf8.count + 1) % 64
    header += String(repeating: " ", count: padding) + "\n"
    var bytes = NpyReader.magic + [1, 0]
    bytes.reserveCapacity(prefixCount + header.utf8.count + 8 * values.count)
    withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: header.utf8)
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// A tensor as an object with nested lists under the key `tensor`.
  public static func json(
    _ tensor: EffectiveTensor, style: EntryStyle = .fractions
  ) throws(ExportError) -> [UInt8] {
    var writer = JSONWriter()
    let doubles = style == .nearestDoubles ? try nearestDoubles(tensor) : []
    writer.object { writer in
      writer.arrayField("tensor") { writer in
        for l in 0..<tensor.layers {
          writer.array { writer in
            for i in 0..<tensor.tokens {
              let row = (l * tensor.tokens + i) * tensor.tokens
              writer.array(isInline: true) { writer in
                for entry in row..<row + tensor.tokens {
                  switch style {
                  case .fractions: writer.fraction(tensor.entries[entry])
                  case .nearestDoubles: writer.double(doubles[entry])
                  }
                }
              }
            }
          }
        }
      }
    }
    do { return try writer.finish() } catch { preconditionFailure("all entries are finite") }
  }

  private static func nearestDoubles(_ tensor: EffectiveTensor) throws(ExportError) -> [Double] {
    let doubles = tensor.entries.nearestDoubles
    if let entry = doubles.firstIndex(where: { !$0.isFinite }) {
      let shape = [tensor.layers, tensor.tokens, tensor.tokens]
      throw .entryBeyondDouble(place: TensorShape.place(of: entry, in: shape))
    }
    return doubles
  }
}

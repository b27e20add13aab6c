/// An encoder of .npy files that is independent of the library's writer.
struct NpyFixture {
  var type = "<f8"
  var shape: [Int]
  var isFortranOrder = false
  var version: UInt8 = 1
  var data: [UInt8]

  /// The header dictionary as Python prints it.
  var dictionary: String {
    let lengths = shape.map { "\($0), " }.joined()
    let order = isFortranOrder ? "True" : "False"
    return "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(lengths)), }"
  }

  /// The whole file.
  var bytes: [UInt8] { Self.file(header: dictionary, version: version, data: data) }

  static func file(header: String, version: UInt8 = 1, data: [UInt8]) -> [UInt8] {
    let prefix = version == 1 ? 10 : 12
    let padding = (64 - (prefix + header.utf8.count + 1) % 64) % 64
    let text = Array(header.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
    let length =
      version == 1 ? littleEndian(UInt16(text.count)) : littleEndian(UInt32(text.count))
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + data
  }

  /// A little-endian float64 file in C order.
  static func float64(_ shape: [Int], _ values: [Double]) -> NpyFixture {
    NpyFixture(shape: shape, data: values.flatMap { littleEndian($0.bitPattern) })
  }

  /// A tensor of shape (1, 2, 2).
  static var small: NpyFixture { .float64([1, 2, 2], [0.25, 0.75, 1, 0]) }
}

func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.bigEndian) { Array($0) }
}

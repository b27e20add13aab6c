// The .npy format of NumPy, versions 1 to 3.
//
// Six magic bytes, two version bytes, the length of the header (16 bits in version 1, 32 bits
// later), a header that is a Python dictionary, then the entries.
// Source: numpy.lib.format, NumPy Enhancement Proposal 1.

/// Reads .npy files.
enum NpyReader {
  /// The first bytes of every .npy file: `\x93NUMPY`.
  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  /// Reads a whole file of which the bytes are at hand.
  static func read(
    _ bytes: UnsafeRawBufferPointer, origin: TensorOrigin
  ) throws(InputError) -> RawTensor {
    let (header, dataStart) = try readHeader(bytes, origin)
    let layout = try elementLayout(header, origin)
    let entryCount = try TensorShape.entryCount(header.shape, origin)
    // At most 2^40 entries of 8 bytes.
    let needed = entryCount * layout.format.byteCount
    let available = bytes.count - dataStart
    guard needed <= available else {
      throw origin.error(.truncated(part: "data", needed: needed, available: available))
    }
    guard needed == available else {
      throw origin.error(.trailingBytes(count: available - needed))
    }
    let values = try decodeElements(
      UnsafeRawBufferPointer(rebasing: bytes[dataStart...]), shape: header.shape, layout: layout,
      origin: origin)
    return try RawTensor(
      shape: header.shape, values: .doubles(values), elementFormat: layout.format, origin: origin)
  }

  private static func readHeader(
    _ bytes: UnsafeRawBufferPointer, _ origin: TensorOrigin
  ) throws(InputError) -> (header: NpyHeader, dataStart: Int) {
    let reading = ByteReading(bytes: bytes, origin: origin, part: "header")
    guard try reading.slice(at: 0, count: magic.count).elementsEqual(magic) else {
      throw malformed("it does not start with \\x93NUMPY", origin)
    }
    let version = try reading.slice(at: magic.count, count: 2)[0]
    guard (1...3).contains(version) else {
      throw malformed("the format version is \(version)", origin)
    }
    let lengthSize = version == 1 ? 2 : 4
    let length = try version == 1 ? reading.uint16(at: 8) : reading.uint32(at: 8)
    let start = 8 + lengthSize
    let text = try reading.slice(at: start, count: length)
    var parser = NpyHeaderParser(text: Array(text), origin: origin)
    return (try parser.parse(), start + length)
  }

  private static func elementLayout(
    _ header: NpyHeader, _ origin: TensorOrigin
  ) throws(InputError) -> ElementLayout {
    var type = Substring(header.elementType)
    var isBigEndian = false
    if let mark = type.first, "<>|=".contains(mark) {
      isBigEndian = mark == ">"
      type = type.dropFirst()
    }
    let format: ElementFormat
    switch type {
    case "f2": format = .float16
    case "f4": format = .float32
    case "f8": format = .float64
    default:
      switch type.first {
      case "i", "u", "b": throw origin.error(.integerElements(type: header.elementType))
      case "O": throw origin.error(.objectElements)
      default: throw origin.error(.unsupportedElements(type: header.elementType))
      }
    }
    return ElementLayout(
      format: format, isBigEndian: isBigEndian, isFortranOrder: header.isFortranOrder)
  }

  static func malformed(_ reason: String, _ origin: TensorOrigin) -> InputError {
    origin.error(.malformed(format: ".npy", reason: reason))
  }
}

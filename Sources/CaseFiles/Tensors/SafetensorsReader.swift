// The .safetensors format: the length of the header in 64 bits, a JSON object with one entry for
// each array, then the data without holes.
// Source: huggingface/safetensors, README.md, "Format".

/// Reads .safetensors files.
enum SafetensorsReader {
  /// The longest header that the reference implementation accepts.
  static let headerLimit = 100_000_000

  /// The key of the header that is no array.
  private static let metadataKey = "__metadata__"

  private struct Entry {
    var key: String
    var type: String
    var shape: [Int]
    var start: Int
    var end: Int
  }

  /// Reads one array of a file.
  ///
  /// `bytes`: the whole file.
  /// `origin`: the file with the key that was asked for; it may be left out when there is
  /// exactly one array.
  static func read(
    _ bytes: UnsafeRawBufferPointer, origin: TensorOrigin
  ) throws(InputError) -> RawTensor {
    var fileOrigin = origin
    fileOrigin.key = nil
    let reading = ByteReading(bytes: bytes, origin: fileOrigin, part: "header")
    let headerCount = try reading.uint64(at: 0)
    guard headerCount <= headerLimit else {
      throw malformed("the header claims to have \(headerCount) bytes", fileOrigin)
    }
    let header = try reading.slice(at: 8, count: headerCount)
    let entries = try readHeader(Array(header), fileOrigin)
    let data = UnsafeRawBufferPointer(rebasing: bytes[(8 + headerCount)...])
    try requireNoHoles(entries, dataCount: data.count, fileOrigin)
    return try decode(try choose(entries, origin), data, origin)
  }

  private static func readHeader(
    _ text: [UInt8], _ origin: TensorOrigin
  ) throws(InputError) -> [Entry] {
    var reader = JSONReader(bytes: text, name: origin.file)
    var entries: [Entry] = []
    try reader.readObject { reader, key throws(InputError) in
      if key == metadataKey { return try reader.skipValue() }
      entries.append(try readEntry(&reader, key))
    }
    try reader.finish()
    return entries
  }

  private static func readEntry(
    _ reader: inout JSONReader, _ key: String
  ) throws(InputError) -> Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.readObject { reader, field throws(InputError) in
      switch field {
      case "dtype": type = try reader.readString()
      case "shape": shape = try reader.readInts()
      case "data_offsets": offsets = try reader.readInts(in: 0...Int.max)
      default: throw reader.unknown(field)
      }
    }
    let range = try reader.require(offsets, "data_offsets")
    guard range.count == 2 else {
      throw reader.error(
        .countMismatch(what: "data offset", found: range.count, expected: 2))
    }
    return Entry(
      key: key, type: try reader.require(type, "dtype"),
      shape: try reader.require(shape, "shape"), start: range[0], end: range[1])
  }

  /// Checks that the arrays, in file order, follow each other without a gap to the end.
  private static func requireNoHoles(
    _ entries: [Entry], dataCount: Int, _ origin: TensorOrigin
  ) throws(InputError) {
    var end = 0
    var previous = ""
    for entry in entries.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard entry.start <= entry.end else {
        throw malformed("the data of '\(entry.key)' ends before it starts", origin)
      }
      guard entry.end <= dataCount else {
        throw origin.error(.truncated(part: "data", needed: entry.end, available: dataCount))
      }
      guard entry.start >= end else {
        throw origin.error(.overlappingData(key: previous, other: entry.key))
      }
      guard entry.start == end else {
        throw malformed("there is a gap before the data of '\(entry.key)'", origin)
      }
      (end, previous) = (entry.end, entry.key)
    }
    guard end == dataCount else { throw origin.error(.trailingBytes(count: dataCount - end)) }
  }

  private static func choose(
    _ entries: [Entry], _ origin: TensorOrigin
  ) throws(InputError) -> Entry {
    let found =
      if let key = origin.key { entries.first { $0.key == key } } else {
        entries.count == 1 ? entries.first : nil
      }
    guard let found else {
      throw InputError(
        file: origin.file,
        problem: .missingKey(key: origin.key ?? "", available: entries.map(\.key).sorted()))
    }
    return found
  }

  private static func decode(
    _ entry: Entry, _ data: UnsafeRawBufferPointer, _ origin: TensorOrigin
  ) throws(InputError) -> RawTensor {
    var origin = origin
    origin.key = entry.key
    let format: ElementFormat
    switch entry.type {
    case "F16": format = .float16
    case "BF16": format = .bfloat16
    case "F32": format = .float32
    case "F64": format = .float64
    case let type where type == "BOOL" || type.hasPrefix("I") || type.hasPrefix("U"):
      throw origin.error(.integerElements(type: type))
    default: throw origin.error(.unsupportedElements(type: entry.type))
    }
    let needed = try TensorShape.entryCount(entry.shape, origin) * format.byteCount
    let available = entry.end - entry.start
    guard needed <= available else {
      throw origin.error(.truncated(part: "data", needed: needed, available: available))
    }
    guard needed == available else {
      throw origin.error(.trailingBytes(count: available - needed))
    }
    let values = try decodeElements(
      UnsafeRawBufferPointer(rebasing: data[entry.start..<entry.end]), shape: entry.shape,
      layout: ElementLayout(format: format), origin: origin)
    return try RawTensor(
      shape: entry.shape, values: .doubles(values), elementFormat: format, origin: origin)
  }

  private static func malformed(_ reason: String, _ origin: TensorOrigin) -> InputError {
    origin.error(.malformed(format: ".safetensors", reason: reason))
  }
}

import CZlib

/// Limits against archives that are small on disk and huge in memory.
enum InflationLimit {
  /// The most bytes of one inflated member: 1 GiB is 32 layers of 2,048 tokens in float64.
  static let bytes = 1 << 30

  /// Below this size any ratio is accepted: one-hot tensors really compress a thousandfold.
  static let bytesOfAnyRatio = 64 << 20

  /// The largest ratio of inflated to compressed bytes above that size.
  static let ratio = 100

  /// The most bytes that a member of so many compressed bytes may inflate to.
  static func bytes(compressed: Int) -> Int {
    let (product, overflow) = compressed.multipliedReportingOverflow(by: ratio)
    return min(bytes, max(bytesOfAnyRatio, overflow ? bytes : product))
  }
}

extension ZipArchive {
  /// The contents of a member, inflated if it is compressed, with its checksum verified.
  func contents<Result>(
    of member: Member, origin: TensorOrigin,
    _ body: (UnsafeRawBufferPointer) throws(InputError) -> Result
  ) throws(InputError) -> Result {
    guard !member.isEncrypted else { throw malformed("the member is encrypted") }
    let stored = try storedBytes(of: member)
    switch member.method {
    case 0:
      guard member.compressedCount == member.uncompressedCount else {
        throw malformed("a stored member declares two sizes")
      }
      guard checksum(stored) == member.checksum else { throw origin.error(.checksumMismatch) }
      return try body(stored)
    case 8:
      let inflated = try inflate(stored, declared: member.uncompressedCount, origin)
      return try inflated.withUnsafeBufferPointer { (buffer) throws(InputError) in
        let bytes = UnsafeRawBufferPointer(buffer)
        guard checksum(bytes) == member.checksum else { throw origin.error(.checksumMismatch) }
        return try body(bytes)
      }
    default:
      throw malformed("the compression method \(member.method) is not read, only deflate is")
    }
  }

  /// The most bytes that zlib takes at once: its counts have 32 bits.
  private var stepLimit: Int { 1 << 30 }

  private func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var value = crc32(0, nil, 0)
    for start in stride(from: 0, to: bytes.count, by: stepLimit) {
      let piece = UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(stepLimit))
      value = crc32(value, piece.bindMemory(to: UInt8.self).baseAddress, UInt32(piece.count))
    }
    return UInt32(truncatingIfNeeded: value)
  }

  private func inflate(
    _ bytes: UnsafeRawBufferPointer, declared: Int, _ origin: TensorOrigin
  ) throws(InputError) -> [UInt8] {
    let limit = InflationLimit.bytes(compressed: bytes.count)
    guard declared <= limit else { throw origin.error(.inflatedTooLarge(limit: limit)) }
    guard bytes.count <= stepLimit else { throw origin.error(.fileTooLarge(limit: stepLimit)) }

    var status = Z_OK
    var rest: UInt32 = 0
    // One byte more than declared, so that a member that goes on is noticed.
    let output = [UInt8](unsafeUninitializedCapacity: declared + 1) { buffer, count in
      var stream = z_stream()
      // Negative window bits: the bytes of deflate without a zlib header.
      status = inflateInit2_(
        &stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else { return }
      defer { inflateEnd(&stream) }
      stream.next_in = UnsafeMutablePointer(
        mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
      stream.avail_in = UInt32(bytes.count)
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(declared + 1)
      status = CZlib.inflate(&stream, Z_FINISH)
      rest = stream.avail_in
      count = declared + 1 - Int(stream.avail_out)
    }
    guard output.count <= declared else {
      throw origin.error(.inflatedBeyondDeclared(declared: declared))
    }
    guard status == Z_STREAM_END, rest == 0 else {
      throw malformed("the compressed data is damaged or cut off")
    }
    guard output.count == declared else {
      throw origin.error(
        .truncated(part: "compressed data", needed: declared, available: output.count))
    }
    return output
  }
}

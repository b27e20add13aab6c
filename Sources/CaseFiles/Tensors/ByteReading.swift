/// Reads little-endian integers from bytes of which no length can be believed.
struct ByteReading {
  let bytes: UnsafeRawBufferPointer
  let origin: TensorOrigin
  /// What the bytes are, for the message that they are cut off.
  let part: String

  func uint16(at offset: Int) throws(InputError) -> Int { Int(try load(offset, UInt16.self)) }

  func uint32(at offset: Int) throws(InputError) -> Int { Int(try load(offset, UInt32.self)) }

  /// A 64-bit length; one that leaves the range of `Int` is an error like any other too large one.
  func uint64(at offset: Int) throws(InputError) -> Int {
    let value = try load(offset, UInt64.self)
    guard let length = Int(exactly: value) else { throw origin.error(.sizeOverflow) }
    return length
  }

  /// The bytes from an offset on, all of which must be there.
  func slice(at offset: Int, count: Int) throws(InputError) -> UnsafeRawBufferPointer {
    let (end, overflow) = offset.addingReportingOverflow(count)
    guard offset >= 0, count >= 0, !overflow else { throw origin.error(.sizeOverflow) }
    guard end <= bytes.count else {
      throw origin.error(.truncated(part: part, needed: end, available: bytes.count))
    }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
  }

  private func load<Integer: FixedWidthInteger>(
    _ offset: Int, _ type: Integer.Type
  ) throws(InputError) -> Integer {
    let piece = try slice(at: offset, count: MemoryLayout<Integer>.size)
    return Integer(littleEndian: piece.loadUnaligned(as: Integer.self))
  }
}

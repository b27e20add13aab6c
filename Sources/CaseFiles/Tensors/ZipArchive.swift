// The part of the zip format that NumPy and PyTorch write.
//
// The directory at the end of the file says where each member starts and how long it is; sizes of
// 2^32 and more stand in an extra field (zip64).
// Source: PKWARE, APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3.

/// The directory of a zip archive.
struct ZipArchive {
  /// One member as the directory describes it.
  struct Member {
    var name: String
    var method: Int
    var isEncrypted: Bool
    var checksum: UInt32
    var compressedCount: Int
    var uncompressedCount: Int
    var localHeader: Int
  }

  /// The members in directory order; no name occurs twice.
  private(set) var members: [Member] = []

  private let reading: ByteReading

  /// Reads the directory.
  init(_ bytes: UnsafeRawBufferPointer, origin: TensorOrigin) throws(InputError) {
    reading = ByteReading(bytes: bytes, origin: origin, part: "archive")
    let directory = try findDirectory()
    var offset = directory.start
    var names: Set<String> = []
    // Every turn moves on by 46 bytes or more, so the bytes end the loop.
    while offset < directory.end {
      let (member, next) = try readMember(at: offset)
      guard names.insert(member.name).inserted else {
        throw origin.error(.duplicateKey(member.name))
      }
      members.append(member)
      offset = next
    }
    guard members.count == directory.count else {
      throw malformed("the directory lists \(members.count) members of \(directory.count)")
    }
  }

  /// The bytes of a member as they are stored, compressed or not.
  func storedBytes(of member: Member) throws(InputError) -> UnsafeRawBufferPointer {
    let start = member.localHeader
    guard try reading.uint32(at: start) == 0x0403_4B50 else {
      throw malformed("a member does not start where the directory says")
    }
    let nameCount = try reading.uint16(at: start + 26)
    let extraCount = try reading.uint16(at: start + 28)
    let name = try reading.slice(at: start + 30, count: nameCount)
    guard String(decoding: name, as: UTF8.self) == member.name else {
      throw malformed("the directory and a member disagree about its name")
    }
    return try reading.slice(
      at: start + 30 + nameCount + extraCount, count: member.compressedCount)
  }

  func malformed(_ reason: String) -> InputError {
    reading.origin.error(.malformed(format: "zip", reason: reason))
  }
}

extension ZipArchive {
  private struct Directory {
    var start: Int
    var end: Int
    var count: Int
  }

  /// The size of the record at the end of the file without its comment.
  private static let endRecordSize = 22

  private func findDirectory() throws(InputError) -> Directory {
    let bytes = reading.bytes
    guard bytes.count >= Self.endRecordSize else {
      throw reading.origin.error(
        .truncated(part: "archive", needed: Self.endRecordSize, available: bytes.count))
    }
    let latest = bytes.count - Self.endRecordSize
    // The comment has at most 65,535 bytes.
    for offset in stride(from: latest, through: max(0, latest - 0xFFFF), by: -1)
    where bytes[offset] == 0x50 {
      guard try reading.uint32(at: offset) == 0x0605_4B50,
        try reading.uint16(at: offset + 20) == latest - offset
      else { continue }
      return try readEndRecord(at: offset)
    }
    throw malformed("the directory at its end is missing, so the file is cut off")
  }

  private func readEndRecord(at offset: Int) throws(InputError) -> Directory {
    var count = try reading.uint16(at: offset + 10)
    var size = try reading.uint32(at: offset + 12)
    var start = try reading.uint32(at: offset + 16)
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF, offset >= 20,
      try reading.uint32(at: offset - 20) == 0x0706_4B50
    {
      let record = try reading.uint64(at: offset - 20 + 8)
      guard record < offset, try reading.uint32(at: record) == 0x0606_4B50 else {
        throw malformed("the zip64 record is missing")
      }
      // The slice before has shown that record + 56 is far from overflow.
      count = try reading.uint64(at: record + 32)
      size = try reading.uint64(at: record + 40)
      start = try reading.uint64(at: record + 48)
    }
    let (end, overflow) = start.addingReportingOverflow(size)
    guard !overflow, end <= offset else { throw malformed("the directory overlaps its end record") }
    return Directory(start: start, end: end, count: count)
  }

  private func readMember(at offset: Int) throws(InputError) -> (Member, next: Int) {
    guard try reading.uint32(at: offset) == 0x0201_4B50 else {
      throw malformed("the directory has a broken entry")
    }
    let nameCount = try reading.uint16(at: offset + 28)
    let extraCount = try reading.uint16(at: offset + 30)
    let commentCount = try reading.uint16(at: offset + 32)
    let name = try reading.slice(at: offset + 46, count: nameCount)
    var member = Member(
      name: String(decoding: name, as: UTF8.self),
      method: try reading.uint16(at: offset + 10),
      isEncrypted: try reading.uint16(at: offset + 8) & 1 != 0,
      checksum: UInt32(try reading.uint32(at: offset + 16)),
      compressedCount: try reading.uint32(at: offset + 20),
      uncompressedCount: try reading.uint32(at: offset + 24),
      localHeader: try reading.uint32(at: offset + 42))
    try readLongSizes(of: &member, at: offset + 46 + nameCount, count: extraCount)
    return (member, offset + 46 + nameCount + extraCount + commentCount)
  }

  /// Replaces the sizes that do not fit 32 bits by those of the zip64 extra field.
  private func readLongSizes(
    of member: inout Member, at start: Int, count: Int
  ) throws(InputError) {
    let mark = 0xFFFF_FFFF
    guard
      member.uncompressedCount == mark || member.compressedCount == mark
        || member.localHeader == mark
    else { return }
    var offset = start
    // Every turn moves on by 4 bytes or more.
    while offset + 4 <= start + count {
      let size = try reading.uint16(at: offset + 2)
      if try reading.uint16(at: offset) == 1 {
        var field = offset + 4
        let end = field + size
        for path in [
          \Member.uncompressedCount, \Member.compressedCount, \Member.localHeader,
        ] where member[keyPath: path] == mark && field + 8 <= end {
          member[keyPath: path] = try reading.uint64(at: field)
          field += 8
        }
        return
      }
      offset += 4 + size
    }
  }
}

import CZlib

/// An encoder of zip archives, with a place for everything that can be wrong in one.
struct ZipFixture {
  struct Member {
    var name: String
    var content: [UInt8]
    var isDeflated = false
    var method: UInt16?
    var flags: UInt16 = 0
    var checksum: UInt32?
    var declaredCount: Int?
    var localName: String?
    /// Whether the sizes stand in a zip64 extra field of the directory.
    var hasLongSizes = false
  }

  var members: [Member]
  var declaredMemberCount: UInt16?
  var comment: [UInt8] = []
  /// Whether a zip64 end record stands before the ordinary one.
  var hasLongDirectory = false

  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = file.count
      let data = member.isDeflated ? deflated(member.content) : member.content
      let checksum = member.checksum ?? crc(member.content)
      let count = UInt32(member.declaredCount ?? member.content.count)
      let method = member.method ?? (member.isDeflated ? 8 : 0)
      let localName = Array((member.localName ?? member.name).utf8)
      file += littleEndian(UInt32(0x0403_4B50)) + littleEndian(UInt16(20))
      file += littleEndian(member.flags) + littleEndian(method) + [0, 0, 0, 0]
      file += littleEndian(checksum) + littleEndian(UInt32(data.count)) + littleEndian(count)
      file += littleEndian(UInt16(localName.count)) + [0, 0] + localName + data

      let name = Array(member.name.utf8)
      let extra =
        member.hasLongSizes
        ? littleEndian(UInt16(1)) + littleEndian(UInt16(16)) + littleEndian(UInt64(count))
          + littleEndian(UInt64(data.count)) : []
      let mark = member.hasLongSizes ? UInt32.max : nil
      directory += littleEndian(UInt32(0x0201_4B50)) + [20, 0, 20, 0]
      directory += littleEndian(member.flags) + littleEndian(method) + [0, 0, 0, 0]
      directory += littleEndian(checksum)
      directory += littleEndian(mark ?? UInt32(data.count)) + littleEndian(mark ?? count)
      directory += littleEndian(UInt16(name.count)) + littleEndian(UInt16(extra.count))
      directory += [UInt8](repeating: 0, count: 10) + littleEndian(UInt32(offset))
      directory += name + extra
    }
    return file + directory + endRecords(start: file.count, size: directory.count)
  }

  private func endRecords(start: Int, size: Int) -> [UInt8] {
    let count = declaredMemberCount ?? UInt16(members.count)
    var text: [UInt8] = []
    if hasLongDirectory {
      text += littleEndian(UInt32(0x0606_4B50)) + littleEndian(UInt64(44)) + [45, 0, 45, 0]
      text += [UInt8](repeating: 0, count: 8)
      text += littleEndian(UInt64(count)) + littleEndian(UInt64(count))
      text += littleEndian(UInt64(size)) + littleEndian(UInt64(start))
      text += littleEndian(UInt32(0x0706_4B50)) + [0, 0, 0, 0]
      text += littleEndian(UInt64(start + size)) + [1, 0, 0, 0]
    }
    let mark = hasLongDirectory
    text += littleEndian(UInt32(0x0605_4B50)) + [0, 0, 0, 0]
    text += littleEndian(mark ? UInt16.max : count) + littleEndian(mark ? UInt16.max : count)
    text += littleEndian(mark ? UInt32.max : UInt32(size))
    text += littleEndian(mark ? UInt32.max : UInt32(start))
    return text + littleEndian(UInt16(comment.count)) + comment
  }

  private func crc(_ content: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32(0, content, UInt32(content.count)))
  }

  private func deflated(_ content: [UInt8]) -> [UInt8] {
    // zlib wraps deflate in two bytes before and four bytes after.
    var count = compressBound(UInt(content.count))
    var output = [UInt8](repeating: 0, count: Int(count))
    guard compress(&output, &count, content, UInt(content.count)) == Z_OK else { return [] }
    return Array(output[2..<Int(count) - 4])
  }
}

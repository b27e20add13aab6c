/// Reads .npz files: zip archives of .npy files.
enum NpzReader {
  private static let suffix = ".npy"

  /// Reads one array of an archive.
  ///
  /// `bytes`: the whole file.
  /// `origin`: the file with the key that was asked for, with or without `.npy`; the key may be
  /// left out when there is exactly one array.
  static func read(
    _ bytes: UnsafeRawBufferPointer, origin: TensorOrigin
  ) throws(InputError) -> RawTensor {
    var fileOrigin = origin
    fileOrigin.key = nil
    let archive = try ZipArchive(bytes, origin: fileOrigin)
    // PyTorch writes zip archives too, with a pickle inside.
    if archive.members.contains(where: { $0.name.split(separator: "/").last == "data.pkl" }) {
      throw fileOrigin.error(.pickle)
    }
    let arrays = archive.members.filter { $0.name.hasSuffix(suffix) }
    let keys = arrays.map { String($0.name.dropLast(suffix.count)) }
    let member: ZipArchive.Member
    if let key = origin.key {
      guard let found = arrays.first(where: { $0.name == key || $0.name == key + suffix }) else {
        throw fileOrigin.error(.missingKey(key: key, available: keys))
      }
      member = found
    } else {
      guard arrays.count == 1 else {
        throw fileOrigin.error(.missingKey(key: "", available: keys))
      }
      member = arrays[0]
    }
    var memberOrigin = origin
    memberOrigin.key = String(member.name.dropLast(suffix.count))
    return try archive.contents(of: member, origin: memberOrigin) { contents throws(InputError) in
      try NpyReader.read(contents, origin: memberOrigin)
    }
  }
}

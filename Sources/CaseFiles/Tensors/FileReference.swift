import Glibc

/// A file as the user names it: `FILE`, or `FILE:KEY` for one array of an archive.
public struct FileReference: Sendable, Equatable {
  /// The path of the file.
  public var path: String

  /// The array of the archive, nil when none was named.
  public var key: String?

  /// Names a file and, in an archive, an array.
  public init(path: String, key: String? = nil) {
    self.path = path
    self.key = key
  }

  /// Splits an argument at a colon, if what stands before it is a file.
  ///
  /// A name that exists as a whole is never split. Otherwise it is split at the last colon before
  /// which stands a file that exists, or a name that ends in `.npz` or `.safetensors`.
  public init(argument: String) {
    self.init(path: argument)
    if Self.exists(argument) { return }
    for colon in argument.indices.reversed() where argument[colon] == ":" {
      let path = String(argument[..<colon])
      if ["npz", "safetensors"].contains(fileExtension(of: path)) || Self.exists(path) {
        self.init(path: path, key: String(argument[argument.index(after: colon)...]))
        return
      }
    }
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }
}

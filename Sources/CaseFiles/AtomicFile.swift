import Glibc
import Synchronization

/// Why a file could not be written.
public struct OutputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file that was to be written.
  public var file: String

  /// The words of the system.
  public var reason: String

  /// An error from its two facts.
  public init(file: String, reason: String) {
    self.file = file
    self.reason = reason
  }

  /// The file and one plain sentence.
  public var description: String { "\(file): the file cannot be written: \(reason)." }
}

/// Writing whole files: at every moment the name holds all of the old contents or all of the new.
public enum AtomicFile {
  static let counter = Atomic<Int>(0)

  /// Writes a file without a name in the same directory, then names it.
  ///
  /// So a process that is killed while it writes leaves nothing behind. A file system without
  /// nameless files gets one with a temporary name, `.NAME.PID.SERIAL.tmp`. A symbolic link stays,
  /// and the file that it names is replaced, or made; what is no regular file, such as a device or
  /// a pipe, is written to as it is.
  ///
  /// - Parameters:
  ///   - bytes: the new contents.
  ///   - path: the file to create or to replace.
  ///   - isDurable: whether to wait until the bytes and the name are on the disk (fsync).
  /// - Throws: `OutputError`; the old contents of a regular file are untouched then.
  public static func write(
    _ bytes: [UInt8], to path: String, isDurable: Bool = false
  ) throws(OutputError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists && status.st_mode & S_IFMT != S_IFREG {
      if let code = writeThrough(bytes, path) {
        throw OutputError(file: path, reason: systemMessage(code))
      }
      return
    }
    let (directory, name) = split(resolved(path))
    // A new file gets its name at once, so that a process that is killed leaves no other name.
    if !exists && writeNameless(bytes, directory, "\(directory)/\(name)", isDurable) {
      if isDurable { synchronize(directory) }
      return
    }
    let serial = counter.add(1, ordering: .relaxed).newValue
    let temporary = "\(directory)/.\(name).\(getpid()).\(serial).tmp"
    if let code = writeAll(bytes, directory, temporary, isDurable)
      ?? move(temporary, "\(directory)/\(name)")
    {
      unlink(temporary)
      throw OutputError(file: path, reason: systemMessage(code))
    }
    if isDurable { synchronize(directory) }
  }

  /// The path of the file that a path names, which need not be there: a link to it is followed.
  static func resolved(_ path: String) -> String {
    var path = path
    // As many links as Linux follows; what is left of a longer chain is replaced like a file.
    for _ in 0..<40 {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
      }
      var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &target, target.count)
      guard count > 0 else { return path }
      let link = String(decoding: target[..<count], as: UTF8.self)
      path = link.hasPrefix("/") ? link : "\(split(path).directory)/\(link)"
    }
    return path
  }

  /// Writes to what is there; returns an error code, nil if there is none.
  private static func writeThrough(_ bytes: [UInt8], _ path: String) -> Int32? {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno }
    let failure = write(bytes, to: descriptor, false)
    return close(descriptor) == 0 ? failure : failure ?? errno
  }

  /// The folder of a path, and the name in it.
  static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let directory = path[..<slash]
    return (directory.isEmpty ? "/" : String(directory), String(path[path.index(after: slash)...]))
  }

  /// Writes everything under a temporary name; returns the error code of the first call that
  /// failed, nil if none did.
  private static func writeAll(
    _ bytes: [UInt8], _ directory: String, _ path: String, _ isDurable: Bool
  ) -> Int32? {
    if writeNameless(bytes, directory, path, isDurable) { return nil }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return errno }
    let failure = write(bytes, to: descriptor, isDurable)
    return close(descriptor) == 0 ? failure : failure ?? errno
  }

  /// Writes everything to a file without a name and then names it, if nothing has the name.
  ///
  /// False if that cannot be done here: not every file system has such files, and without /proc
  /// there is no way to name them.
  private static func writeNameless(
    _ bytes: [UInt8], _ directory: String, _ path: String, _ isDurable: Bool
  ) -> Bool {
    // O_TMPFILE is a macro that Swift does not see: __O_TMPFILE together with O_DIRECTORY.
    let nameless = open(directory, O_WRONLY | O_CLOEXEC | 0o20000000 | O_DIRECTORY, 0o666)
    guard nameless >= 0 else { return false }
    defer { close(nameless) }
    if write(bytes, to: nameless, isDurable) != nil { return false }
    let source = "/proc/self/fd/\(nameless)"
    return linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  /// Writes everything to a descriptor; returns an error code like `writeAll`.
  static func write(_ bytes: [UInt8], to descriptor: Int32, _ isDurable: Bool) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      // Every turn writes at least one byte, is interrupted, or ends the loop.
      while written < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 { written += count } else if errno != EINTR { return errno }
      }
      return isDurable && fsync(descriptor) != 0 ? errno : nil
    }
  }

  /// Gives a file another name; returns an error code, nil if there is none.
  static func move(_ source: String, _ target: String) -> Int32? {
    rename(source, target) == 0 ? nil : errno
  }

  private static func synchronize(_ directory: String) {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

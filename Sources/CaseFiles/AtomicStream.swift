import Glibc
import Synchronization

/// A file that is written piece by piece and appears under its name when it is whole.
///
/// Until ``finish()`` the name holds what it held before; a stream that is let go, or a process
/// that is killed, leaves that as it is. What is no regular file, such as a device or a pipe, is
/// written to as it is. Pieces may come from any thread, one call at a time.
public final class AtomicStream: Sendable {
  private struct State {
    var descriptor: Int32
    var failure: Int32?
  }

  /// The name that it was given.
  public let file: String
  /// The name in the end; nil for what is no regular file.
  private let target: String?
  private let temporary: String
  private let isNameless: Bool
  private let state: Mutex<State>

  /// Begins a file, without touching what has its name.
  ///
  /// - Throws: `OutputError` if no file can be made there.
  public init(_ path: String) throws(OutputError) {
    file = path
    var status = stat()
    let exists = stat(path, &status) == 0
    let isSpecial = exists && status.st_mode & S_IFMT != S_IFREG
    let (directory, name) = AtomicFile.split(AtomicFile.resolved(path))
    let serial = AtomicFile.counter.add(1, ordering: .relaxed).newValue
    temporary = "\(directory)/.\(name).\(getpid()).\(serial).tmp"
    target = isSpecial ? nil : "\(directory)/\(name)"
    var descriptor: Int32
    if isSpecial {
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      isNameless = false
    } else {
      // O_TMPFILE, as in `AtomicFile`.
      descriptor = open(directory, O_WRONLY | O_CLOEXEC | 0o20000000 | O_DIRECTORY, 0o666)
      isNameless = descriptor >= 0
      if !isNameless {
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      }
    }
    let failure = descriptor < 0 ? errno : nil
    state = Mutex(State(descriptor: descriptor, failure: failure))
    if let failure {
      throw OutputError(file: path, reason: String(cString: strerror(failure)))
    }
  }

  deinit {
    let descriptor = state.withLock { $0.descriptor }
    guard descriptor >= 0 else { return }
    close(descriptor)
    if target != nil && !isNameless { unlink(temporary) }
  }

  /// Appends a piece; the first failure is remembered, and pieces after it are dropped.
  public func write(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.failure == nil, state.descriptor >= 0 else { return }
      state.failure = AtomicFile.write(bytes, to: state.descriptor, false)
    }
  }

  /// Ends the file and gives it its name.
  ///
  /// - Throws: `OutputError` if a piece could not be written or the file cannot be named; what had
  ///   the name keeps it then.
  public func finish() throws(OutputError) {
    let failure = state.withLock { state -> Int32? in
      guard state.descriptor >= 0 else { return nil }
      defer { state.descriptor = -1 }
      var failure = state.failure
      if failure == nil, isNameless { failure = name(state.descriptor) }
      if close(state.descriptor) != 0 { failure = failure ?? errno }
      guard let target else { return failure }
      failure = failure ?? AtomicFile.move(temporary, target)
      if failure != nil { unlink(temporary) }
      return failure
    }
    if let failure {
      throw OutputError(file: file, reason: String(cString: strerror(failure)))
    }
  }

  /// Gives a nameless file its temporary name; returns an error code, nil if there is none.
  private func name(_ descriptor: Int32) -> Int32? {
    let source = "/proc/self/fd/\(descriptor)"
    return linkat(AT_FDCWD, source, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0 ? nil : errno
  }
}

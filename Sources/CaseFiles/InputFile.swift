import Glibc

/// The bytes of an input file, mapped into memory.
///
/// Regular files are mapped; pipes and devices are read to their end. A file that another process
/// cuts short while it is being read ends the program with SIGBUS, as with every mapping.
public final class InputFile {
  /// The most bytes that are read from a pipe or a device, which do not say where they end.
  public static let streamLimit = 1 << 30

  private enum Storage {
    case mapped(UnsafeMutableRawPointer, count: Int)
    case bytes([UInt8])
  }

  /// The file as the user named it, for error messages.
  public let name: String

  private let storage: Storage

  /// Opens a file.
  ///
  /// Throws for a file that is missing, unreadable, empty or a directory.
  public init(path: String) throws(InputError) {
    name = path
    storage = try Self.open(path)
  }

  /// Wraps bytes that are in memory already.
  ///
  /// `bytes`: the contents.
  /// `name`: what error messages call them.
  public init(bytes: [UInt8], name: String) {
    self.name = name
    storage = .bytes(bytes)
  }

  deinit {
    if case .mapped(let pointer, let count) = storage { munmap(pointer, count) }
  }

  /// The number of bytes.
  public var byteCount: Int {
    switch storage {
    case .mapped(_, let count): count
    case .bytes(let bytes): bytes.count
    }
  }

  /// Calls a closure with the bytes, which are valid only during the call.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    switch storage {
    case .mapped(let pointer, let count):
      return try body(UnsafeRawBufferPointer(start: pointer, count: count))
    case .bytes(let bytes):
      return try bytes.withUnsafeBufferPointer { (buffer) throws(Failure) in
        try body(UnsafeRawBufferPointer(buffer))
      }
    }
  }

  /// An error about this file.
  public func error(_ problem: InputProblem, at place: String = "") -> InputError {
    InputError(file: name, place: place, problem: problem)
  }
}

extension InputFile {
  private static func open(_ path: String) throws(InputError) -> Storage {
    func fail(_ problem: InputProblem) -> InputError { InputError(file: path, problem: problem) }

    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      throw fail(
        code == ENOENT ? .fileMissing : .fileUnreadable(reason: systemMessage(code)))
    }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw fail(.fileUnreadable(reason: systemMessage(errno)))
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      throw fail(.isDirectory)
    case S_IFREG where status.st_size > 0:
      let count = Int(status.st_size)
      let flags = MAP_PRIVATE | MAP_POPULATE
      guard let pointer = mmap(nil, count, PROT_READ, flags, descriptor, 0),
        pointer != MAP_FAILED
      else { throw fail(.fileUnreadable(reason: systemMessage(errno))) }
      return .mapped(pointer, count: count)
    default:
      // Also files such as those of /proc, which say that their size is 0.
      switch readToEnd(descriptor) {
      case .success(let bytes) where bytes.isEmpty: throw fail(.fileEmpty)
      case .success(let bytes): return .bytes(bytes)
      case .failure(let failure): throw fail(failure.problem)
      }
    }
  }

  private struct ReadFailure: Error { let problem: InputProblem }

  private static func readToEnd(_ descriptor: Int32) -> Result<[UInt8], ReadFailure> {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    // Ends with the input, with an error, or at the limit.
    while bytes.count <= streamLimit {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return .success(bytes) }
      if count > 0 { bytes.append(contentsOf: chunk[..<count]) }
      if count < 0 && errno != EINTR {
        return .failure(.init(problem: .fileUnreadable(reason: systemMessage(errno))))
      }
    }
    return .failure(.init(problem: .fileTooLarge(limit: streamLimit)))
  }
}

/// The words of the system for an error code.
func systemMessage(_ code: Int32) -> String {
  guard let text = strerror(code) else { return "error \(code)" }
  return String(cString: text)
}

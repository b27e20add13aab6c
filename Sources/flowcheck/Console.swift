import Glibc
import Synchronization

/// Standard output and standard error, and what is known about them.
enum Console {
  /// Why a result could not be written; nil if all were, or the reader had enough.
  static var resultFailure: String? {
    let code = resultError.load(ordering: .relaxed)
    return code == 0 || code == EPIPE ? nil : String(cString: strerror(code))
  }

  /// The error code of the first write to standard output that failed; 0 for none.
  private static let resultError = Atomic<Int32>(0)

  /// Whether anything was written to standard output.
  static var hasResult: Bool { isResultBegun.load(ordering: .relaxed) }

  private static let isResultBegun = Atomic<Bool>(false)

  /// Writes everything to a descriptor; a failure on standard output is remembered.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      // Every pass writes at least one byte, is interrupted, or ends the loop.
      while written < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
          if descriptor == STDOUT_FILENO { isResultBegun.store(true, ordering: .relaxed) }
          written += count
        } else if errno != EINTR {
          if descriptor == STDOUT_FILENO { resultError.store(errno, ordering: .relaxed) }
          return
        }
      }
    }
  }

  /// Writes a result.
  static func result(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

  /// Writes a line that is not a result.
  static func note(_ line: String) { write(Array((line + "\n").utf8), to: STDERR_FILENO) }

  /// Whether standard error is a terminal, where a progress line makes sense.
  static var hasTerminalForNotes: Bool { isatty(STDERR_FILENO) == 1 }

  /// The width of the terminal that results go to, or the one that the variable COLUMNS gives; nil
  /// if there is neither.
  static var resultWidth: Int? { width(of: STDOUT_FILENO) }

  /// The width of the terminal that notes go to; nil if they go elsewhere.
  static var noteWidth: Int? { width(of: STDERR_FILENO) }

  /// The number of processors that are there to be used.
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private static func width(of descriptor: Int32) -> Int? {
    if let text = getenv("COLUMNS"), let columns = Int(String(cString: text)), columns > 0 {
      return columns
    }
    guard isatty(descriptor) == 1 else { return nil }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}

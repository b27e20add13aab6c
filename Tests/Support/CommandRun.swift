import Foundation

/// What a run of the built command came to.
public struct CommandRun: Sendable {
  /// The exit code; the negative signal if one ended the process.
  public let exitCode: Int32
  /// Everything on standard output.
  public let output: String
  /// Everything on standard error.
  public let errors: String
}

/// A run of the built command that has begun.
public final class CommandProcess {
  private let process = Process()
  private let folder: TemporaryFolder

  /// Starts `flowcheck` with some words.
  ///
  /// - Parameters:
  ///   - words: the command line after the program's name.
  ///   - input: standard input.
  ///   - directory: the working directory; the repository if it is nil.
  ///   - changes: variables of the environment that differ from those here.
  /// - Throws: what the system says if the process cannot be started.
  public init(
    _ words: [String], input: String = "", in directory: String? = nil,
    environment changes: [String: String] = [:]
  ) throws {
    folder = try TemporaryFolder()
    process.executableURL = URL(fileURLWithPath: Repository.executable)
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: directory ?? Repository.folder)
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = "enable=no"
    environment["COLUMNS"] = nil
    environment.merge(changes) { $1 }
    process.environment = environment
    // Files instead of pipes: nothing has to be read while the process runs.
    try folder.write(input, to: "input")
    for name in ["output", "errors"] { try folder.write("", to: name) }
    process.standardInput = try handle("input", FileHandle.init(forReadingFrom:))
    process.standardOutput = try handle("output", FileHandle.init(forWritingTo:))
    process.standardError = try handle("errors", FileHandle.init(forWritingTo:))
    // Worker threads block signals, and a process inherits the mask of the thread that starts it.
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }

  private func handle(_ name: String, _ open: (URL) throws -> FileHandle) throws -> FileHandle {
    try open(URL(fileURLWithPath: folder.path + "/" + name))
  }

  /// Sends a signal.
  public func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end.
  public func wait() -> CommandRun {
    process.waitUntilExit()
    func text(_ name: String) -> String {
      String(decoding: folder.bytes(name) ?? [], as: UTF8.self)
    }
    let status = process.terminationStatus
    let exitCode = process.terminationReason == .exit ? status : -status
    requireDocumented(exitCode, of: process.arguments ?? [])
    return CommandRun(exitCode: exitCode, output: text("output"), errors: text("errors"))
  }
}

/// Runs `flowcheck` with some words to its end.
public func flowcheck(
  _ words: String..., input: String = "", in directory: String? = nil
) throws -> CommandRun {
  try CommandProcess(words, input: input, in: directory).wait()
}

/// Runs `flowcheck` with a list of words to its end.
public func flowcheck(
  words: [String], input: String = "", in directory: String? = nil
) throws -> CommandRun {
  try CommandProcess(words, input: input, in: directory).wait()
}

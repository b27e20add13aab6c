import Glibc

/// How a process ended.
enum ProcessEnding: Sendable, Hashable {
  /// It exited with a code.
  case exited(code: Int32)
  /// A signal of somebody else ended it.
  case signalled(number: Int32)
  /// It was still running, so it was killed.
  case killed

  /// The ending that the system reports of a process.
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    self = signal == 0 ? .exited(code: waitStatus >> 8 & 0xff) : .signalled(number: signal)
  }

  /// What became of the process, for a sentence that begins with "the process".
  var words: String {
    switch self {
    case .exited(let code): "exited with code \(code)" + (Self.shellMeanings[code] ?? "")
    case .signalled(let number):
      "was ended by signal \(number)" + (Self.signalNames[number].map { " (\($0))" } ?? "")
    case .killed: "closed its standard output"
    }
  }

  /// What the shell says by the code of a command that it cannot start.
  private static let shellMeanings: [Int32: String] = [
    126: " (the shell cannot run the command)",
    127: " (the shell does not find the command, or lacks memory to load it)",
  ]

  private static let signalNames: [Int32: String] = [
    SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
    SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL",
    SIGSEGV: "SIGSEGV", SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGTERM: "SIGTERM",
    SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS",
  ]
}

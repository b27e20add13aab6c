import Glibc
import SolverProcess
import Synchronization

/// What to do when the user, or the system, ends the program.
enum Signals {
  /// The signal that arrived first; 0 while there is none.
  private static let received = Atomic<Int32>(0)

  /// Ends the program at once: nothing is half-written, because files are written whole.
  static func endAtOnce() {
    for signal in [SIGINT, SIGTERM] { Glibc.signal(signal) { Signals.end($0) } }
  }

  /// Remembers the first signal, so that a loop can stop and flush; a second one ends at once.
  static func remember() {
    for signal in [SIGINT, SIGTERM] {
      Glibc.signal(signal) { if !Signals.isFirst($0) { Signals.end($0) } }
    }
  }

  /// Does the same, and ends the processes of solvers with the first signal, so that nothing waits
  /// for one of them any longer.
  static func rememberAndEndSolvers() {
    for signal in [SIGINT, SIGTERM] {
      Glibc.signal(signal) { signal in
        if !Signals.isFirst(signal) { Signals.end(signal) }
        RunningSolvers.killAll()
      }
    }
  }

  /// Whether a signal was remembered.
  static var hasReceived: Bool { received.load(ordering: .relaxed) != 0 }

  /// The exit code for the signal that was remembered.
  static var exitCode: ExitCode? {
    switch received.load(ordering: .relaxed) {
    case SIGINT: .interrupted
    case SIGTERM: .terminated
    default: nil
    }
  }

  /// Remembers a signal, unless there was one before.
  private static func isFirst(_ signal: Int32) -> Bool {
    received.compareExchange(expected: 0, desired: signal, ordering: .relaxed).exchanged
  }

  /// Says that the program was ended, and ends it; calls only what a signal handler may call.
  private static func end(_ signal: Int32) -> Never {
    RunningSolvers.killAll()
    let words: StaticString =
      signal == SIGINT ? "\nflowcheck: interrupted\n" : "\nflowcheck: terminated\n"
    // The terminal has the progress line, or ^C, in the line of the cursor.
    let skipped = isatty(STDERR_FILENO) == 1 ? 0 : 1
    _ = write(STDERR_FILENO, words.utf8Start + skipped, words.utf8CodeUnitCount - skipped)
    _exit(128 + signal)
  }
}

/// A signal that came before there was anything to show.
struct Interruption: Error {
  /// What had not happened yet, behind "interrupted before".
  let event: String
  /// How the program ends.
  let exitCode: ExitCode
}

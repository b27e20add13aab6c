import Glibc
import SolverProcess
import Synchronization

/// What to do when the user, or the system, ends the program.
enum Signals {
  /// The signal that arrived first; 0 while there is none.
  private static let received = Atomic<Int32>(0)

  /// Ends the program at once: nothing is half-written, because files are written whole.
  static func endAtOnce() {
    for signal in [SIGINT, SIGTERM] {
      Glibc.signal(signal) { signal in
        RunningSolvers.killAll()
        _exit(128 + signal)
      }
    }
  }

  /// Remembers the first signal, so that a loop can stop and flush; a second one ends at once.
  static func remember() {
    for signal in [SIGINT, SIGTERM] {
      Glibc.signal(signal) { signal in
        let (isFirst, _) = Signals.received.compareExchange(
          expected: 0, desired: signal, ordering: .relaxed)
        if !isFirst {
          RunningSolvers.killAll()
          _exit(128 + signal)
        }
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
}

/// How the program ends.
enum ExitCode: Int32 {
  /// All is as expected.
  case success = 0
  /// A property failed, a requirement is not met, or a well-formed certificate is invalid.
  case failed = 1
  /// The words of the command line are wrong.
  case usage = 2
  /// Some question was left open.
  case inconclusive = 3
  /// Nothing ran.
  case nothingRan = 4
  /// An input is missing, unreadable or malformed, or an output cannot be made.
  case badInput = 5
  /// What is to be compared with is itself no good.
  case baselineFailed = 6
  /// A bug in this program, or two exact engines that disagree.
  case internalError = 70
  /// Something is in the way that goes away by itself.
  case temporary = 75
  /// The solver under test crashed or hung.
  case solverCrashed = 77
  /// Interrupted by SIGINT.
  case interrupted = 130
  /// Ended by SIGTERM.
  case terminated = 143

  /// The code and its meaning, for help texts.
  static let texts: [ExitCode: String] = [
    .success: "all as expected",
    .failed: "a property failed, a requirement is not met, or a certificate is invalid",
    .usage: "usage: wrong words, or values out of syntax",
    .inconclusive: "inconclusive: a limit was reached",
    .nothingRan: "nothing ran",
    .badInput: "bad input: missing, unreadable or malformed; or an output that cannot be made",
    .baselineFailed: "the baseline itself fails: it is not valid, or its run did not end",
    .internalError: "internal error, also when two exact engines disagree",
    .temporary: "the answer is printed, a file of it cannot be written; or the journal is in use",
    .solverCrashed: "the solver under test crashed or hung",
    .interrupted: "after SIGINT (143 after SIGTERM), everything flushed",
  ]
}

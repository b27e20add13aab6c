/// What a solver in another process speaks.
public enum SolverDialect: Sendable, Hashable {
  /// The protocol `flowcheck/1`: JSON Lines, one process for many requests.
  case jsonLines
  /// The format of the DIMACS challenge for maximum flows: one process for each network.
  case dimacs
}

/// A solver in another process: its command line and the limits that it runs under.
public struct SolverCommand: Sendable, Hashable {
  /// The command line, which is given to `/bin/sh` behind the word `exec`, as it is.
  public var line: String
  /// The time for an answer, from the answer before it on, in milliseconds.
  public var deadlineMilliseconds: Int
  /// The address space of the process in megabytes; nil for no limit.
  public var memoryMegabytes: Int?
  /// What each capacity is multiplied by to be sent as an integer; nil to leave it to the type of
  /// numbers that the solver takes.
  public var integerScale: Int?
  /// What it speaks.
  public var dialect: SolverDialect

  /// A command with the limits that are usual: 5 s an answer, 4096 MB.
  public init(
    _ line: String, deadlineMilliseconds: Int = 5_000, memoryMegabytes: Int? = 4_096,
    integerScale: Int? = nil, dialect: SolverDialect = .jsonLines
  ) {
    self.line = line
    self.deadlineMilliseconds = deadlineMilliseconds
    self.memoryMegabytes = memoryMegabytes
    self.integerScale = integerScale
    self.dialect = dialect
  }

  /// The time that the first answer of a process may take at least, which includes its start:
  /// interpreters load their libraries then.
  static let startMilliseconds = 10_000

  /// The time for the first answer of a process.
  var firstDeadlineMilliseconds: Int { max(deadlineMilliseconds, Self.startMilliseconds) }

  /// The words that start the process; nothing in them but the command line comes from outside.
  var arguments: [String] {
    let limit = memoryMegabytes.map { "ulimit -v \($0 * 1_024); " } ?? ""
    return ["/bin/sh", "-c", limit + "exec " + line]
  }
}

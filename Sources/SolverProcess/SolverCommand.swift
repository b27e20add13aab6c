/// How capacities are sent.
public enum SentCapacities: Sendable, Hashable {
  /// As doubles; a capacity that is none is rounded to the nearest.
  case doubles
  /// As integer literals: each capacity times the scale, rounded to the nearest, halves upwards.
  ///
  /// A network that lists its arcs and has integer capacities is sent as it is, so a network that
  /// was sent and stored is sent the same way again.
  case integers(scale: Int)

  /// The largest integer that is sent, so that a sum of two still fits 64 bits.
  public static let integerMaximum = 1 << 62
}

/// A solver in another process: its command line and the limits that it runs under.
public struct SolverCommand: Sendable, Hashable {
  /// The command line, which is given to `/bin/sh` behind the word `exec`, as it is.
  public var line: String
  /// The time for an answer, from the answer before it on, in milliseconds.
  public var deadlineMilliseconds: Int
  /// The address space of the process in megabytes; nil for no limit.
  public var memoryMegabytes: Int?
  /// How capacities are sent.
  public var capacities: SentCapacities

  /// A command with the limits that are usual: 5 s an answer, 4096 MB, capacities as doubles.
  public init(
    _ line: String, deadlineMilliseconds: Int = 5_000, memoryMegabytes: Int? = 4_096,
    capacities: SentCapacities = .doubles
  ) {
    self.line = line
    self.deadlineMilliseconds = deadlineMilliseconds
    self.memoryMegabytes = memoryMegabytes
    self.capacities = capacities
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

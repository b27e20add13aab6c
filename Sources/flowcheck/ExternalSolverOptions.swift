// The options that name a solver in another process, in all commands that take one.
import SolverProcess

/// The options of a solver in another process.
let externalSolverOptions: [Command.Option] = [
  .init("--command", "CMD", "try only this solver, a command that speaks docs/protocol.md"),
  .init("--integer-capacities", "SCALE", "send capacities as integers: times SCALE, rounded"),
  .init("--deadline", "5s", "the time for one answer of CMD (default 5s)"),
  .init("--memory", "MB", "the address space of CMD in megabytes, 0 for no limit (default 4096)"),
]

/// The solver that the options name, started; nil if they name none.
///
/// Throws `UsageError`, and `ExternalSolver.StartFailure` if the solver does not describe itself.
func externalSolver(_ arguments: Arguments) throws -> ExternalSolver? {
  guard let line = arguments.text("--command") else {
    for option in externalSolverOptions where arguments.has(option.name) {
      throw UsageError("\(option.name) needs --command")
    }
    return nil
  }
  if line.allSatisfy(\.isWhitespace) { throw UsageError("--command takes a command line") }
  var command = SolverCommand(line)
  if let text = arguments.text("--deadline") {
    let milliseconds = try seconds(text, "--deadline") * 1_000
    command.deadlineMilliseconds = max(1, Int(milliseconds))
  }
  if let megabytes = try arguments.integer("--memory", in: 0...(1 << 40)) {
    command.memoryMegabytes = megabytes == 0 ? nil : megabytes
  }
  let scales = 1...SentCapacities.integerMaximum
  if let scale = try arguments.integer("--integer-capacities", in: scales) {
    command.capacities = .integers(scale: scale)
  }
  return try ExternalSolver(command)
}

/// The same options again, as they can be pasted into a shell, each behind a space.
func reproducingOptions(_ arguments: Arguments) -> String {
  externalSolverOptions.compactMap { option in
    arguments.text(option.name).map { " \(option.name) \($0.quotedForShell)" }
  }.joined()
}

extension String {
  /// The text as one word of a shell.
  var quotedForShell: String {
    let isPlain = unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "._+-/:=@,".unicodeScalars.contains(scalar))
    }
    if isPlain && !isEmpty { return self }
    return "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}

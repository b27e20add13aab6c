// The options that name a solver in another process, in all commands that take one.
import CaseFiles
import SolverProcess

/// The options of a solver in another process.
let externalSolverOptions: [Command.Option] = [
  .init("--command", "CMD", "try only this solver, a command that speaks docs/protocol.md"),
  .init("--dimacs", nil, "CMD reads one DIMACS problem and exits, for each network"),
  .init("--contract", "FILE", "what CMD promises, in place of what it says itself"),
  .init("--integer-capacities", "SCALE", "send capacities as integers: times SCALE, rounded"),
  .init("--deadline", "5s", "the time for one answer of CMD (default 5s)"),
  .init("--memory", "MB", "the address space of CMD in megabytes, 0 for no limit (default 4096)"),
]

/// The solver that the options name, started; nil if they name none.
///
/// Throws `UsageError`, `InputError` if the file with its contract cannot be read,
/// `ExternalSolver.StartFailure` if the solver does not describe itself, and `Interruption` if a
/// signal came before it did.
func externalSolver(_ arguments: Arguments) throws -> ExternalSolver? {
  guard let (command, declared) = try externalSolverCommand(arguments) else { return nil }
  return try startedSolver(command, declared)
}

/// The solver of a command line, started.
///
/// Throws `ExternalSolver.StartFailure` if it does not describe itself, and `Interruption` if a
/// signal came before it did. From then on a signal ends the program at once.
func startedSolver(
  _ command: SolverCommand, _ declared: DeclaredContract
) throws -> ExternalSolver {
  Signals.rememberAndEndSolvers()
  defer { Signals.endAtOnce() }
  let started = Result { () throws(ExternalSolver.StartFailure) in
    try ExternalSolver(command, declared: declared)
  }
  guard let code = Signals.exitCode else { return try started.get() }
  if case .success(let solver) = started { solver.close() }
  throw Interruption(event: "the solver had described itself", exitCode: code)
}

/// The command line of a solver that the options name, and what a file promises for it; nil if they
/// name none.
///
/// Throws `UsageError`, and `InputError` if the file cannot be read.
func externalSolverCommand(
  _ arguments: Arguments
) throws -> (command: SolverCommand, declared: DeclaredContract)? {
  guard let line = arguments.text("--command") else {
    for option in externalSolverOptions where arguments.has(option.name) {
      throw UsageError("\(option.name) needs --command")
    }
    return nil
  }
  return try externalSolverCommand(line, contract: arguments.text("--contract"), arguments)
}

/// The same for a command line and a file, with the limits of the options.
func externalSolverCommand(
  _ line: String, contract: String?, _ arguments: Arguments
) throws -> (command: SolverCommand, declared: DeclaredContract) {
  if line.allSatisfy(\.isWhitespace) { throw UsageError("--command takes a command line") }
  var command = SolverCommand(line, dialect: arguments.has("--dimacs") ? .dimacs : .jsonLines)
  if let text = arguments.text("--deadline") {
    let milliseconds = try seconds(text, "--deadline") * 1_000
    command.deadlineMilliseconds = max(1, Int(milliseconds))
  }
  if let megabytes = try arguments.integer("--memory", in: 0...(1 << 40)) {
    command.memoryMegabytes = megabytes == 0 ? nil : megabytes
  }
  let scales = 1...SentCapacities.integerMaximum
  command.integerScale = try arguments.integer("--integer-capacities", in: scales)
  var declared = DeclaredContract()
  if let path = contract {
    let file = try InputFile(path: path)
    declared = try DeclaredContract(file)
    if command.dialect == .dimacs { try declared.requireDimacs(file) }
  }
  return (command, declared)
}

/// The same options again, as they can be pasted into a shell, each behind a space.
func reproducingOptions(_ arguments: Arguments) -> String {
  externalSolverOptions.compactMap { option -> String? in
    guard arguments.has(option.name) else { return nil }
    return arguments.texts(option.name).map { value in
      " \(option.name)" + (option.value == nil ? "" : " \(value.quotedForShell)")
    }.joined()
  }.joined()
}

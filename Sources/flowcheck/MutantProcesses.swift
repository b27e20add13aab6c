// Mutants as strangers' solvers: each is served by this program, in a process of its own.
import CaseFiles
import Campaign
import Mutants
import SolverProcess

/// The processes of one mutant, one after the other; one worker uses them.
final class MutantProcesses {
  private let mutant: Mutant
  private var running: ExternalSolver?

  /// No process yet.
  init(_ mutant: Mutant) { self.mutant = mutant }

  /// A new process, which remembers nothing; the one before is ended.
  func next() throws -> ExternalSolver {
    close()
    guard let program = hashedFile("/proc/self/exe")?.path else {
      throw InputError(
        file: "/proc/self/exe", problem: .fileUnreadable(reason: "this program is not there"))
    }
    let line = "\(program.quotedForShell) mutants --serve \(mutant.name.quotedForShell)"
    let solver = try ExternalSolver(SolverCommand(line))
    running = solver
    return solver
  }

  /// Ends the process, if there is one.
  func close() {
    running?.close()
    running = nil
  }
}

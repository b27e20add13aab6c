// A solver that takes part in `flowcheck fuzz --command` and `flowcheck certify --command`: one of
// this package's own, behind the protocol of docs/protocol.md.
//
// `flowcheck protocol-check --command '.build/release/solver-example dinic'`
import Glibc
import SolverInterface
import SolverProcess

/// Ends the program with a message on standard error, where it does not mix with answers.
func end(_ message: String, code: Int32) -> Never {
  let bytes = Array("solver-example: \(message)\n".utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
  exit(code)
}

let names = ownSolvers.map(\.name).joined(separator: ", ")
let words = CommandLine.arguments.dropFirst()
guard let solver = ownSolvers.first(where: { [$0.name] == Array(words) }) else {
  end("the one argument is the name of a solver: \(names)", code: 2)
}

// What the answers have, apart from the value; exact solvers find the smallest cut.
let returns: Set<AnswerPromise> =
  if solver.tasks == [.shapley] {
    [.attribution]
  } else if solver.tasks == [.maximumFlow] {
    solver.contract == .exact ? [.flow, .cut, .minimalCut] : [.flow, .cut]
  } else {
    [.flow, .potentials]
  }

let ending = ProtocolServer(solver, version: "1", returns: returns.union([.value])).serve()
if ending != .endOfInput { end("\(ending)", code: 1) }

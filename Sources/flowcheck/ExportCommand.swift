import CaseFiles
import Checker
import Networks
import Solvers
import Z3Bridge

let exportCommand = Command(
  name: "export",
  summary: "write the same statement in other people's formats",
  usage: "export FILE[:KEY] --format smt2|dimacs|npy|json [-o OUT] [OPTIONS]",
  options: [
    .init("--format", "FORMAT", "smt2, dimacs, npy (doubles) or json (exact)"),
    .init(
      "--question", "Q", "for smt2: second-flow, different-attribution or larger-value"),
    .init("-o", "OUT", "write a file instead of standard output"),
  ] + Subject.options,
  operands: 1...1,
  examples: [
    (
      "flowcheck export corpus/attention/p01_word.avg.f32.npy --format smt2 -o second.smt2",
      "a question for any SMT solver: is there a second maximum flow?"
    )
  ],
  exitCodes: [.success, .usage, .badInput, .internalError, .interrupted],
  run: runExport)

private enum ExportFormat: String, CaseIterable {
  case smt2
  case dimacs
  case npy
  case json
}

@Sendable private func runExport(_ arguments: Arguments) throws -> ExitCode {
  guard let format = try arguments.word("--format", ExportFormat.self) else {
    throw UsageError("--format is missing: smt2, dimacs, npy or json")
  }
  let question = try arguments.word("--question", SMTLibStatement.self)
  if question != nil && format != .smt2 { throw UsageError("--question goes with --format smt2") }
  let subject = try Subject(arguments)
  subject.warnings.forEach { Console.note("warning: \($0)") }
  let bytes = try exported(subject, format, question ?? .secondFlow, arguments.operands[0])
  if let path = arguments.text("-o") {
    try AtomicFile.write(bytes, to: path)
  } else {
    Console.write(bytes, to: 1)
  }
  return .success
}

private func exported(
  _ subject: Subject, _ format: ExportFormat, _ question: SMTLibStatement, _ file: String
) throws -> [UInt8] {
  switch format {
  case .smt2:
    let found = MaximumFlowSolver.preferred(for: subject.network).solve(
      subject.network, adjacency: nil, limit: .unlimited)
    guard let flow = checkFeasible(found.flow, in: subject.network).claim else {
      throw InternalError.refused("the maximum flow is not feasible")
    }
    return Array(smtLibText(question, about: flow).utf8)
  case .dimacs: return NetworkWriter.dimacs(subject.network)
  case .npy:
    guard let tensor = subject.tensor else {
      throw UsageError("\(file) is a network, which has no .npy form")
    }
    do {
      return try TensorWriter.npy(tensor.entries)
    } catch {
      guard case .entryBeyondDouble(let place) = error else { throw error }
      throw InputError(file: file, place: place, problem: .sumOverflow(what: "entry"))
    }
  case .json:
    guard let tensor = subject.tensor else { return try NetworkWriter.json(subject.network) }
    return try TensorWriter.json(tensor.entries)
  }
}

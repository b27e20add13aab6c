import CaseFiles
import ExactArithmetic
import SolverInterface
import SolverProcess

let protocolCheckCommand = Command(
  name: "protocol-check",
  summary: "try whether a solver speaks the protocol, before trying whether it solves well",
  usage: "protocol-check --command CMD [OPTIONS]",
  options: externalSolverOptions + [.init("--json", nil, "print one JSON object")],
  operands: 0...0,
  examples: [
    (
      "flowcheck protocol-check --command 'python3 my_solver.py'",
      "what a campaign relies on, and small networks, one line each; docs/protocol.md"
    ),
    (
      "flowcheck protocol-check --dimacs --command ./my_solver",
      "the same networks for a program that reads a DIMACS problem and exits"
    ),
  ],
  exitCodes: [
    .success, .failed, .usage, .badInput, .internalError, .solverCrashed, .interrupted,
  ],
  run: runProtocolCheck)

@Sendable private func runProtocolCheck(_ arguments: Arguments) throws -> ExitCode {
  guard let (command, declared) = try externalSolverCommand(arguments) else {
    throw UsageError("it takes a solver: --command CMD")
  }
  var results: [ProtocolCheckResult] = []
  let isJSON = arguments.has("--json")
  Signals.rememberAndEndSolvers()
  let check = ProtocolCheck(
    command, declared: declared, isInterrupted: { Signals.hasReceived }
  ) { result in
    results.append(result)
    if !isJSON { Console.result(result.line) }
  }
  let description = check.run()
  if let code = Signals.exitCode {
    throw Interruption(
      event: "all was checked; \(results.count.counted("check")) had ended", exitCode: code)
  }
  let report = ProtocolReport(command: command.line, solver: description, results: results)
  Console.result(isJSON ? try report.json() : report.lastLine)
  return report.exitCode
}

/// What all checks came to.
private struct ProtocolReport {
  let command: String
  let solver: SolverDescription?
  let results: [ProtocolCheckResult]

  func count(_ verdict: ProtocolCheckResult.Verdict) -> Int {
    results.count { $0.verdict == verdict }
  }

  var exitCode: ExitCode {
    if count(.crashed) > 0 { return .solverCrashed }
    return count(.failed) > 0 ? .failed : .success
  }

  var lastLine: String {
    let name = solver.map { $0.name + ($0.version.isEmpty ? "" : " \($0.version)") } ?? "the solver"
    let words = exitCode == .success ? "conforms" : "does not conform"
    var line =
      "\(name) \(words): \(count(.passed)) passed, \(count(.failed)) failed, "
      + "\(count(.crashed)) crashed or hung, \(count(.skipped)) skipped"
    if wrongCount > 0 {
      line +=
        "; \(wrongCount.counted("answer")) right in form and wrong in numbers, which is for "
        + "'flowcheck certify' to judge"
    }
    return line.wrapped(to: Console.resultWidth ?? Int.max) + "\n"
  }

  private var wrongCount: Int { results.count(where: \.isAnswerWrong) }

  func json() throws -> String {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.field("command", command)
      writer.key("solver")
      if let solver { writer.solver(solver) } else { writer.null() }
      writer.arrayField("checks") { writer in
        for result in results {
          writer.object { writer in
            writer.field("name", result.name)
            writer.field("verdict", result.verdict.rawValue)
            writer.field("detail", result.detail)
            writer.field("wrong", result.isAnswerWrong)
          }
        }
      }
      for verdict in [ProtocolCheckResult.Verdict.passed, .failed, .crashed, .skipped] {
        writer.field(verdict.rawValue, count(verdict))
      }
      writer.field("wrong", wrongCount)
      writer.field("conforms", exitCode == .success)
    }
    return String(decoding: try writer.finish(), as: UTF8.self)
  }
}

extension JSONWriter {
  /// Writes what a solver is and promises.
  fileprivate mutating func solver(_ solver: SolverDescription) {
    let contract = solver.declared.contract
    object { writer in
      writer.field("name", solver.name)
      writer.field("version", solver.version)
      writer.field("tasks", solver.declared.tasks ?? [FlowTask.Kind.maximumFlow.rawValue])
      writer.field("numbers", contract.numbers.rawValue)
      writer.field("tolerance", contract.tolerance.nearestDouble)
      if let returns = contract.returns {
        writer.field("returns", AnswerPromise.allCases.filter(returns.contains).map(\.rawValue))
      } else {
        writer.key("returns")
        writer.null()
      }
    }
  }
}

extension ProtocolCheckResult {
  /// The result in one line.
  fileprivate var line: String {
    let text = "\(name): \(detail)"
    return verdict.rawValue.padded(to: 8)
      + text.wrapped(to: Console.resultWidth ?? Int.max, indent: 8, first: 8) + "\n"
  }
}

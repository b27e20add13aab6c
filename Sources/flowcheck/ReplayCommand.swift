import Campaign
import CaseFiles
import Properties
import SolverInterface
import SolverProcess

let replayCommand = Command(
  name: "replay",
  summary: "run stored cases again",
  usage: "replay FILE... [OPTIONS]",
  options: [.init("--json", nil, "print one JSON array")] + externalSolverOptions,
  operands: 1...Int.max,
  examples: [
    (
      "flowcheck replay corpus/witness/bottom-tokens-ambiguous.json",
      "tries the property of a case, or all properties on a certificate"
    )
  ],
  exitCodes: [
    .success, .failed, .usage, .inconclusive, .badInput, .internalError, .interrupted,
  ],
  run: runReplay)

@Sendable private func runReplay(_ arguments: Arguments) throws -> ExitCode {
  let solver = try startedSolver(arguments)
  defer { solver?.close() }
  let table = storedCaseTable(solver)
  var results: [(file: String, result: ReplayResult)] = []
  for path in arguments.operands {
    let contents = try CaseFile.read(try InputFile(path: path)).contents
    do throws(StoredCaseError) {
      // A claim is refuted by its witness, and need not be by any other case.
      let properties = contents.finding == nil ? table : table + claimProperties()
      for result in try replayCase(contents, table: properties) { results.append((path, result)) }
    } catch {
      throw InputError(file: path, problem: .badStatement(reason: error.sentence))
    }
  }
  if arguments.has("--json") {
    Console.result(try json(results))
  } else {
    for (file, result) in results {
      let verdict = result.outcome?.verdict.rawValue ?? "does not apply"
      let end = result.isAsExpected ? "" : ", and should be \(result.expected)"
      let detail = result.outcome.map { $0.detail.isEmpty ? "" : ": \($0.detail)" } ?? ""
      Console.result("\(file): \(result.property): \(verdict)\(end)\(detail)\n")
    }
  }
  if results.contains(where: { $0.result.outcome?.isContradiction ?? false }) {
    return .internalError
  }
  if !results.allSatisfy(\.result.isAsExpected) { return .failed }
  let isOpen = results.contains { $0.result.outcome?.verdict == .inconclusive }
  return isOpen ? .inconclusive : .success
}

private func json(_ results: [(file: String, result: ReplayResult)]) throws -> String {
  var writer = JSONWriter(.pretty)
  writer.array { writer in
    for (file, result) in results {
      writer.object { writer in
        writer.field("file", file)
        writer.field("property", result.property)
        writer.key("verdict")
        if let outcome = result.outcome {
          writer.string(outcome.verdict.rawValue)
        } else {
          writer.null()
        }
        writer.field("expected", result.expected)
        writer.field("asExpected", result.isAsExpected)
        writer.field("detail", result.outcome?.detail ?? "")
      }
    }
  }
  return String(decoding: try writer.finish(), as: UTF8.self)
}

/// The solver in another process that the options name; nil if they name none.
///
/// Throws `InputError` if it does not describe itself.
func startedSolver(_ arguments: Arguments) throws -> ExternalSolver? {
  do {
    return try externalSolver(arguments)
  } catch let failure as ExternalSolver.StartFailure {
    throw InputError(
      file: arguments.text("--command") ?? "", problem: .badStatement(reason: failure.reason))
  }
}

/// The properties on which stored cases are tried, with that of a solver in another process.
func storedCaseTable(_ solver: ExternalSolver?) -> [Property] {
  var solvers = ownSolvers
  if let solver { solvers.append(solver) }
  return battery(solvers: solvers, z3: .always)
    + (solver.map { certification(of: [$0]) } ?? [])
    .filter { $0.task == .maximumFlow && $0.solver != nil }
}

extension StoredCaseError {
  /// What is wrong, in words without a full stop.
  var sentence: String {
    switch self {
    case .unknownProperty(let name):
      "no property is called '\(name)'; one about a solver in another process needs --command"
    case .notACase: "the file is a certificate, which says nothing of a property"
    case .doesNotFail(let property): "the property \(property) does not fail on it"
    }
  }
}

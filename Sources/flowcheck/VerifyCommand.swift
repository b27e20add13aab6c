import Campaign
import CaseFiles

let verifyCommand = Command(
  name: "verify",
  summary: "re-check certificates, of solvers too, and cases with the checker alone",
  usage: "verify FILE...",
  options: [.init("--json", nil, "print one JSON array")],
  operands: 1...Int.max,
  examples: [
    (
      "flowcheck verify corpus/witness/bottom-tokens-ambiguous.json",
      "accepts the file if its proof proves what it says"
    )
  ],
  exitCodes: [.success, .failed, .usage, .badInput, .internalError, .interrupted],
  run: runVerify)

@Sendable private func runVerify(_ arguments: Arguments) throws -> ExitCode {
  var results: [(file: String, result: VerificationResult)] = []
  var refused: [InputError] = []
  for path in arguments.operands {
    do throws(InputError) {
      let file = try InputFile(path: path)
      let isOfSolver = SolverCertificate.isFormat(of: file)
      results.append(
        (
          path,
          isOfSolver ? verify(try SolverCertificate.read(file)) : verify(try CaseFile.read(file))
        ))
    } catch {
      refused.append(error)
    }
  }
  refused.forEach { Console.note("flowcheck verify: \($0)") }
  // When some file could not be read at all, there is no result; what is known of others is said.
  if !refused.isEmpty {
    results.forEach { Console.note(line($0.file, $0.result)) }
    return .badInput
  }
  if arguments.has("--json") {
    Console.result(try json(results))
  } else {
    for (file, result) in results { Console.result(line(file, result) + "\n") }
  }
  return results.allSatisfy { $0.result == .valid } ? .success : .failed
}

/// What is said of a file, in a line.
private func line(_ file: String, _ result: VerificationResult) -> String {
  switch result {
  case .valid: "\(file): valid"
  case .invalid(let field, let reason): "\(file): invalid: \(field): \(reason)"
  }
}

private func json(_ results: [(file: String, result: VerificationResult)]) throws -> String {
  var writer = JSONWriter(.pretty)
  writer.array { writer in
    for (file, result) in results {
      writer.object { writer in
        writer.field("file", file)
        switch result {
        case .valid: writer.field("valid", true)
        case .invalid(let field, let reason):
          writer.field("valid", false)
          writer.field("field", field)
          writer.field("reason", reason)
        }
      }
    }
  }
  return String(decoding: try writer.finish(), as: UTF8.self)
}

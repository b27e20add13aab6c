import Campaign
import CaseFiles
import SolverProcess

let shrinkCommand = Command(
  name: "shrink",
  summary: "make a stored case smaller while its property fails in the same way",
  usage: "shrink FILE [-o OUT.json] [OPTIONS]",
  options: [.init("-o", "OUT.json", "write the smaller case there, and print its size")]
    + externalSolverOptions,
  operands: 1...1,
  examples: [
    (
      "flowcheck shrink corpus/findings/0123456789abcdef.json -o smaller.json",
      "the smaller case, which says where the first one came from"
    )
  ],
  exitCodes: [
    .success, .failed, .usage, .badInput, .internalError, .temporary, .interrupted,
  ],
  run: runShrink)

@Sendable private func runShrink(_ arguments: Arguments) throws -> ExitCode {
  let path = arguments.operands[0]
  let contents = try CaseFile.read(try InputFile(path: path)).contents
  let output = try arguments.output("-o")
  let solver = try startedSolver(arguments)
  defer { solver?.close() }
  let table = storedCaseTable(solver)
  let smaller: CaseFile
  do throws(StoredCaseError) {
    smaller = try shrinkStoredCase(contents, table: table)
  } catch {
    if case .doesNotFail = error {
      Console.note("flowcheck shrink: \(path): \(error.sentence).")
      return .failed
    }
    throw InputError(file: path, problem: .badStatement(reason: error.sentence))
  }
  guard let output else {
    Console.write(smaller.bytes, to: 1)
    return .success
  }
  do {
    output.write(smaller.bytes)
    try output.finish()
  } catch {
    // What was searched for is not lost with a file that cannot be written.
    Console.write(smaller.bytes, to: 1)
    throw error
  }
  Console.note(
    "\(path): \(contents.bytes.count) bytes; \(output.file): \(smaller.bytes.count) bytes")
  return .success
}

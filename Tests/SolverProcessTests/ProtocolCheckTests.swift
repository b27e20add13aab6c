import CaseFiles
import Foundation
import SolverInterface
import TestSupport
import Testing

@testable import SolverProcess

@Suite(.enabled(if: PythonSolver.isThere, "there is no python3"))
struct ProtocolCheckTests {
  /// The results of all checks of a command, by name.
  private func check(
    _ line: String, deadlineMilliseconds: Int = 20_000, dialect: SolverDialect = .jsonLines,
    numbers: NumberType? = nil
  ) throws -> [String: ProtocolCheckResult] {
    let folder = try TemporaryFolder()
    var results: [ProtocolCheckResult] = []
    var declared = DeclaredContract()
    declared.numbers = numbers
    let check = ProtocolCheck(
      SolverCommand(line, deadlineMilliseconds: deadlineMilliseconds, dialect: dialect),
      declared: declared, journalFolder: folder.path
    ) { results.append($0) }
    _ = check.run()
    #expect(folder.names().isEmpty)
    return Dictionary(uniqueKeysWithValues: results.map { ($0.name, $0) })
  }

  private static let rules = [
    "describe", "quiet", "ids", "unknown-keys", "unknown-task", "pipelined", "end-of-input",
    "second-process",
  ]

  @Test("a good solver passes everything, with doubles and with integers of each size")
  func good() throws {
    for numbers in NumberType.allCases {
      let results = try check(PythonSolver.good, numbers: numbers)
      let names =
        Self.rules
        + (ConformanceCase.all + ConformanceCase.fullRange(numbers)).map { "max-flow/\($0.name)" }
      #expect(Set(results.keys) == Set(names))
      for result in results.values { #expect(result.verdict == .passed, "\(result)") }
    }
  }

  @Test("a solver with one fault in its manners fails in that check alone")
  func faults() throws {
    for (fault, name, words) in [
      ("greeting", "quiet", "'Welcome'"),
      ("counts-ids", "ids", "id: request 1 is answered"),
      ("strict-keys", "unknown-keys", "the process exited with code 4 before it answered"),
      ("any-task", "unknown-task", "status: 'optimal' is not unsupported"),
      ("drops-pipelined", "pipelined", "no answer within 3000 ms"),
      ("out-of-order", "pipelined", "id: the answer has the id 2, and 1 is due"),
      ("never-ends", "end-of-input", "it still runs 3000 ms after the end of its input"),
      ("exit-code", "end-of-input", "the process exited with code 9"),
      ("farewell", "end-of-input", "a line that nobody asked for: 'Goodbye'"),
      ("one-at-a-time", "second-process", "beside the first process: describe: "),
      ("no-value", "max-flow/loops", "loops at the source, the sink and between: value: "),
      ("no-cut", "max-flow/loops", "cut: it is promised, and the answer has none"),
    ] {
      let folder = try TemporaryFolder()
      let results = try check(
        PythonSolver.fixture("manners.py") + " \(fault) '\(folder.path)/lock'",
        deadlineMilliseconds: fault == "drops-pipelined" || fault == "never-ends" ? 3_000 : 8_000)
      let found = try #require(results[name] ?? results["describe"], "\(fault)")
      #expect(found.detail.contains(words), "\(fault): \(found)")
      #expect(found.verdict == .failed || found.verdict == .crashed, "\(fault): \(found)")
      // A line too many is noticed here or there, as it comes early or late.
      let others = results.values.filter {
        $0.name != found.name && $0.verdict != .passed && fault != "greeting"
      }
      #expect(others.isEmpty, "\(fault): \(others)")
    }
  }

  @Test("a solver of DIMACS is tried on the networks")
  func dimacs() throws {
    let results = try check(PythonSolver.fixture("dimacs.py"), dialect: .dimacs)
    #expect(results.count == 2 + ConformanceCase.all.count + 2)
    for result in results.values { #expect(result.verdict == .passed, "\(result)") }
    let wrong = try check(
      PythonSolver.fixture("dimacs.py") + " wrong-value", dialect: .dimacs)
    // Whether a value is right is not for this command to say; it tells what it saw.
    #expect(wrong.values.allSatisfy { $0.verdict == .passed }, "\(wrong)")
    #expect(wrong["max-flow/loops"]?.isAnswerWrong == true)
    #expect(wrong["max-flow/diamond"]?.isAnswerWrong == false)
  }

  @Test("a solver whose numbers are all wrong, and whose answers have the right form, conforms")
  func wrongNumbers() throws {
    let results = try check(PythonSolver.fixture("manners.py") + " wrong-numbers none")
    for result in results.values { #expect(result.verdict == .passed, "\(result)") }
    for rule in Self.rules { #expect(results[rule]?.isAnswerWrong == false, "\(rule)") }
    let networks = results.filter { $0.key.hasPrefix("max-flow/") }
    #expect(networks.values.allSatisfy { $0.isAnswerWrong }, "\(networks)")
    let loops = try #require(results["max-flow/loops"])
    #expect(loops.detail.contains("in form, and wrong: value 1"), "\(loops)")
  }

  @Test("an answer in the size of another network is out of form, whatever its id")
  func otherNetwork() throws {
    let results = try check(PythonSolver.fixture("manners.py") + " swaps none")
    let found = try #require(results["pipelined"])
    #expect(found.verdict == .failed && found.detail.contains("flow: expected "), "\(found)")
  }

  @Test("the command prints a line a check, and one object for machines")
  func command() throws {
    let folder = try TemporaryFolder()
    for (line, code, word) in [
      (PythonSolver.good, Int32(0), "passed  pipelined: "),
      (PythonSolver.misbehaving("wrong-value"), 0, "right in form and wrong in numbers, which "),
      (PythonSolver.misbehaving("flow-too-long"), 1, "failed  max-flow/loops: "),
      (PythonSolver.misbehaving("exit"), 77, "crashed ids: "),
      ("./no-such-solver", 77, "crashed describe: "),
      ("echo hello", 1, "failed  describe: "),
    ] {
      let run = try flowcheck("protocol-check", "--command", line, in: folder.path)
      #expect(run.exitCode == code, "\(run.output)\(run.errors)")
      #expect(run.output.contains(word), "\(run.output)")
      let ending = code == 0 ? " conforms: " : " does not conform: "
      #expect(run.output.split(separator: "\n").last?.contains(ending) == true)
      let json = try flowcheck("protocol-check", "--command", line, "--json", in: folder.path)
      #expect(json.exitCode == code)
      let report = try parsedJSON(json.output)
      let checks = try #require(report["checks"]?.asArray)
      let counted = ["passed", "failed", "crashed", "skipped"].map { verdict in
        checks.count { $0["verdict"]?.asString == verdict }
      }
      for (verdict, count) in zip(["passed", "failed", "crashed", "skipped"], counted) {
        #expect(report[verdict]?.asDouble == Double(count))
      }
      #expect(report["conforms"] == .bool(code == 0))
      #expect(report["command"]?.asString == line)
    }
    #expect(try flowcheck("protocol-check").exitCode == 2)
    #expect(try flowcheck("protocol-check", "--deadline", "5s").exitCode == 2)
    let missing = try flowcheck("protocol-check", "--command", "true", "--contract", "none.json")
    #expect(missing.exitCode == 5 && missing.output.isEmpty)
  }

  @Test("the example serves every solver of this package, each of which conforms")
  func example() throws {
    let program = (Repository.executable as NSString).deletingLastPathComponent + "/solver-example"
    for solver in ownSolvers {
      let results = try check("'\(program)' \(solver.name)")
      let accepted = ConformanceCase.all.count { solver.accepts($0.network) }
      #expect(results.values.count { $0.verdict == .passed } >= min(20, 8 + accepted))
      for result in results.values {
        // Edmonds-Karp declines what takes it too long.
        #expect(
          result.verdict == .passed || result.verdict == .skipped, "\(solver.name): \(result)")
      }
    }
    let other = try Program.run(program, ["no-such-solver"])
    #expect(other.exitCode == 2 && other.errors.contains("dinic, "))
  }

  @Test("a mutant can be served, and the campaign finds its fault in the other process")
  func mutant() throws {
    let folder = try TemporaryFolder()
    for (name, code) in [
      ("push-relabel/sink-passes-on", Int32(1)), ("push-relabel/no-fault-exact", 0),
    ] {
      let run = try flowcheck(
        words: [
          "fuzz", "--command", "'\(Repository.executable)' mutants --serve \(name)", "--cases",
          "300", "--phases", "random", "--property", "maximum-flow", "--z3", "never",
        ], in: folder.path)
      #expect(run.exitCode == code, "\(name): \(run.output)\(run.errors)")
    }
    #expect(try flowcheck("mutants", "--serve", "push-relabel").exitCode == 2)
    #expect(try flowcheck("mutants", "--serve", "no-such-mutant").exitCode == 2)
    let bad = try flowcheck(
      words: ["mutants", "--serve", "push-relabel/sink-passes-on"], input: "{}\n")
    #expect(bad.exitCode == 5 && bad.errors.contains("the key 'id' is missing"))
  }
}

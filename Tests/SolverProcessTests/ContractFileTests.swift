import CaseFiles
import ExactArithmetic
import Foundation
import SolverInterface
import TestSupport
import Testing

@testable import SolverProcess

@Suite struct ContractFileTests {
  private func read(_ text: String) throws -> DeclaredContract {
    let folder = try TemporaryFolder()
    return try DeclaredContract(try InputFile(path: try folder.write(text, to: "contract.json")))
  }

  @Test("all parts are read, and those left out are the usual ones")
  func whole() throws {
    let found = try read(
      """
      {"format": "flowcheck-contract/1", "tasks": ["max-flow", "l2-flow"], "numbers": "int64",
       "tolerance": 0.5, "returns": ["cut", "minimal-cut", "value"]}
      """)
    #expect(found.knownTasks == [.maximumFlow, .l2])
    #expect(
      found.contract
        == Contract(
          tolerance: Rational(1, 2), numbers: .int64, returns: [.cut, .minimalCut, .value]))
    let empty = try read(#"{"format":"flowcheck-contract/1"}"#)
    #expect(empty == DeclaredContract())
    #expect(empty.contract == .double && empty.knownTasks == [.maximumFlow])
    let integers = try read(#"{"numbers":"int32","format":"flowcheck-contract/1"}"#)
    #expect(integers.contract == Contract(tolerance: 0, numbers: .int32))
  }

  @Test("a part of the file wins over the description, the others stay")
  func overlay() throws {
    var described = DeclaredContract()
    described.tolerance = 0
    described.returns = [.flow]
    let laid = described.overlaid(
      by: try read(
        #"{"format":"flowcheck-contract/1","returns":["cut"]}"#))
    #expect(laid.tolerance == 0 && laid.returns == [.cut])
  }

  @Test(
    "what is wrong is said with file, field and place",
    arguments: [
      ("{}", "contract.json:1:3: the key 'format' is missing"),
      (
        #"{"format":"flowcheck-contract/2"}"#,
        "format: expected flowcheck-contract/1, found 'flowcheck-contract/2'."
      ),
      (#"{"format":"flowcheck-contract/1","cuts":1}"#, "the key 'cuts' is not known"),
      (
        #"{"format":"flowcheck-contract/1","numbers":"float"}"#,
        "numbers: expected one of double, int32, int64, found 'float'."
      ),
      (
        #"{"format":"flowcheck-contract/1","returns":["value","cuts"]}"#,
        "returns[1]: expected one of value, flow, cut, potentials, attribution, minimal-cut, "
      ),
      (
        #"{"format":"flowcheck-contract/1","tasks":["max-flow","matching"]}"#,
        "contract.json: tasks[1]: expected one of max-flow, l2-flow, barrier-flow, shapley, found"
      ),
      (
        #"{"format":"flowcheck-contract/1","tolerance":1}"#,
        "tolerance: expected a number from 0 to less than 1, found 1."
      ),
      // Who promises nothing would keep every promise.
      (
        #"{"format":"flowcheck-contract/1","returns":[]}"#,
        "returns: expected value at least, found an empty list."
      ),
      (
        #"{"format":"flowcheck-contract/1","tasks":[]}"#,
        "tasks: expected a task at least, found an empty list."
      ),
      (
        #"{"format":"flowcheck-contract/1","tasks":["shapley"],"returns":["value"]}"#,
        "returns: nothing is promised of the task shapley: it takes any of attribution."
      ),
      (
        #"{"format":"flowcheck-contract/1","tasks":["max-flow","l2-flow"],"returns":["cut"]}"#,
        "returns: nothing is promised of the task l2-flow: it takes any of value, flow, potential"
      ),
      (#"{"format":"flowcheck-contract/1","tolerance":"0"}"#, "tolerance: expected a number"),
      ("[]", "expected an object"), ("", "the file is empty"),
    ])
  func faults(_ text: String, _ words: String) throws {
    let error = try #require(throws: InputError.self) { try read(text) }
    #expect(error.description.contains(words), "\(error)")
    #expect(error.file.hasSuffix("contract.json"))
  }

  @Test("DIMACS has integers and maximum flows, and nothing else")
  func dimacs() throws {
    let folder = try TemporaryFolder()
    for (text, field) in [
      (#""numbers":"double""#, "numbers"), (#""tasks":["shapley"]"#, "tasks"),
      (#""tolerance":0"#, nil),
    ] as [(String, String?)] {
      let path = try folder.write(#"{"format":"flowcheck-contract/1",\#(text)}"#, to: "c.json")
      let file = try InputFile(path: path)
      let declared = try DeclaredContract(file)
      if let field {
        let error = try #require(throws: InputError.self) { try declared.requireDimacs(file) }
        #expect(error.place == field)
      } else {
        try declared.requireDimacs(file)
      }
    }
  }

  @Test("a file that cannot be read ends the command with exit code 5 before a solver starts")
  func command() throws {
    let folder = try TemporaryFolder()
    let solver = ["--command", "sh -c 'echo started > started'"]
    for (words, commands) in [
      (["--contract", "none.json"], ["fuzz", "certify", "protocol-check"]),
      (["--corpus", "none.json"], ["fuzz", "certify"]), (["--baseline", "none.json"], ["certify"]),
      (["--command", "true", "--contract", "none.json", "--contract", "none.json"], ["certify"]),
    ] {
      for command in commands {
        let run = try flowcheck(words: [command] + solver + words, in: folder.path)
        #expect(run.exitCode == 5 && run.output.isEmpty, "\(command): \(run)")
        #expect(run.errors.contains("none.json: there is no such file"), "\(command): \(run)")
        #expect(folder.names().isEmpty, "\(command) \(words)")
      }
    }
  }

  @Test("a description that promises nothing of a task is refused, unless a file mends it")
  func promisesNothing() throws {
    let folder = try TemporaryFolder()
    for (declared, words) in [
      (#""returns":[]"#, "describe: returns: expected value at least, found an empty list"),
      (
        #""tasks":["shapley"],"returns":["flow"]"#,
        "describe: returns: nothing is promised of the task shapley"
      ),
    ] {
      let line = "echo '{\"id\":0,\"status\":\"ok\",\(declared)}'; cat > /dev/null"
      try folder.write(line, to: "solver.sh")
      let run = try flowcheck(
        "certify", "--command", "sh solver.sh", "--sizes", "none", in: folder.path)
      #expect(run.exitCode == 1, "\(run)")
      #expect(
        run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(words),
        "\(run)")
    }
    let path = try folder.write(
      #"{"format":"flowcheck-contract/1","returns":["attribution"]}"#, to: "contract.json")
    let solver = try ExternalSolver(
      SolverCommand("sh '\(folder.path)/solver.sh'"),
      declared: DeclaredContract(try InputFile(path: path)), journalFolder: folder.path + "/journal"
    )
    #expect(solver.contract.returns == [.attribution])
    solver.close()
  }

  @Test(
    "a promise that is broken fails, what is not promised is told",
    .enabled(if: PythonSolver.isThere, "there is no python3"),
    arguments: [(#"["value"]"#, 0), (#"["value","attribution"]"#, 1), (#"["potentials"]"#, 1)])
  func promises(_ returns: String, _ code: Int32) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      #"{"format":"flowcheck-contract/1","returns":\#(returns)}"#, to: "contract.json")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/corpus/findings", withIntermediateDirectories: true)
    let run = try flowcheck(
      words: [
        "fuzz", "--command", PythonSolver.misbehaving("wrong-attribution"), "--contract",
        "contract.json", "--cases", "40", "--phases", "random", "--property", "maximum-flow",
      ], in: folder.path)
    #expect(run.exitCode == code, "\(run.output)\(run.errors)")
    let findings = folder.path + "/corpus/findings"
    let stored = try FileManager.default.contentsOfDirectory(atPath: findings)
    #expect(stored.count == Int(code))
    guard let file = stored.first else { return }
    #expect(run.output.contains("--contract contract.json"))
    // The file holds what was promised, so the verdict can be checked without the solver.
    let verified = try flowcheck("verify", "\(findings)/\(file)")
    #expect(verified.exitCode == 0, "\(verified.output)\(verified.errors)")
    var contents = try CaseFile.read(try InputFile(path: "\(findings)/\(file)")).contents
    #expect(contents.claim?.returns?.isEmpty == false)
    contents.claim?.returns = ["value"]
    try Data(contents.bytes).write(to: URL(fileURLWithPath: folder.path + "/kept.json"))
    let refuted = try flowcheck("verify", "\(folder.path)/kept.json")
    #expect(refuted.exitCode == 1 && refuted.output.contains("keeps its contract"))
  }
}

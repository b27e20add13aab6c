import ExactArithmetic
import Foundation
import SolverInterface
import TestSupport
import Testing

@testable import SolverProcess

@Suite(.enabled(if: PythonSolver.isThere, "there is no python3"))
struct ExternalSolverTests {
  /// The first three nodes make the solver misbehave, four do not.
  static let failures: [(kind: String, sentence: String, isCrash: Bool)] = [
    ("hang", "no answer within 300 ms", true),
    ("hang-with-child", "no answer within 300 ms", true),
    ("close-input", "", false),
    (
      "exit",
      "the process exited with code 3 before it answered; its standard error ends: a last word",
      true
    ),
    ("segfault", "the process was ended by signal 11 (SIGSEGV) before it answered", true),
    ("exception", "ValueError: no such thing", true),
    ("memory", "MemoryError", true),
    ("close", "the process closed its standard output before it answered", true),
    ("not-json", "expected an object, found 'S' (column 1): 'Solving...'", false),
    ("chatter", "expected an object, found 'S' (column 1): 'Solving...'", false),
    ("half", "the process exited with code 3 in the middle of its answer: '{\"id\": 2, \"st", true),
    ("cut-off", "found the end of the text", false),
    ("flow-too-long", "flow: expected 2 numbers, found 3 (column ", false),
    ("cut-outside", "cut[1]: expected 0...2, found 3 (column ", false),
    ("nan", "flow[0]: the entry is not a finite number: NaN (column ", false),
    ("infinity", "value: the entry is not a finite number: -Infinity (column ", false),
    ("strings", "flow[0]: expected a number, found a string (column ", false),
    ("other-id", "id: the answer has the id 9, and 2 is due", false),
    ("flood", "an answer of more than 262784 bytes", false),
    ("no-value", "value: an optimal answer needs one", false),
    ("unknown-status", "status: 'maybe' is neither optimal nor unsupported", false),
  ]

  @Test(
    "whatever goes wrong is said in a sentence, and the next answer is right", arguments: failures)
  func misbehaviour(_ failure: (kind: String, sentence: String, isCrash: Bool)) throws {
    let folder = try TemporaryFolder()
    // Only a hang is there to cost its deadline.
    let command = SolverCommand(
      PythonSolver.misbehaving(failure.kind),
      deadlineMilliseconds: failure.kind.hasPrefix("hang") ? 300 : 8_000, memoryMegabytes: 512)
    let solver = try ExternalSolver(command, journalFolder: folder.path)
    let group = try #require(Int(solver.name.dropFirst("group-".count)))
    let good = try path(2, 1, 3)
    #expect(solver.solve(FlowRequest(good)).value == 1)

    let start = ContinuousClock.now
    let answer = solver.solve(FlowRequest(try path(2, 1)))
    let took = ContinuousClock.now - start
    if failure.sentence.isEmpty {
      #expect(answer.status == .optimal)
    } else {
      let found = try #require(answer.failure)
      #expect(found.reason.contains(failure.sentence), "\(found.reason)")
      #expect(found.isCrash == failure.isCrash)
    }
    // The deadline, the grace of a process whose output has ended, and a machine that is busy.
    #expect(took < .seconds(10))
    if failure.isCrash { #expect(isGone(group)) }
    if failure.kind != "close-input" { #expect(solver.solve(FlowRequest(good)).value == 1) }
    solver.close()
    #expect(isGone(group))
    #expect(folder.names().isEmpty)
  }

  @Test(
    "a second answer to a request fails it, or the next one",
    arguments: ["twice", "flood-of-lines"])
  func twice(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let solver = try ExternalSolver(
      SolverCommand(PythonSolver.misbehaving(kind)), journalFolder: folder.path)
    defer { solver.close() }
    // The second answer may come together with the first, or at any time after it.
    let answers = [
      solver.solve(FlowRequest(try path(2, 1))), solver.solve(FlowRequest(try path(2, 1, 3))),
    ]
    let found = try #require(answers.compactMap(\.failure).first)
    #expect(
      found.reason.hasPrefix("more than one answer")
        || found.reason == "id: request 1 is answered a second time")
    #expect(!found.isCrash)
    #expect(solver.solve(FlowRequest(try path(2, 1, 3))).status == .optimal)
  }

  @Test(
    "a gigabyte of messages or of blank lines is read and forgotten",
    arguments: ["flood-of-messages", "flood-of-blanks"])
  func messages(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let solver = try ExternalSolver(
      SolverCommand(PythonSolver.misbehaving(kind), deadlineMilliseconds: 120_000),
      journalFolder: folder.path)
    defer { solver.close() }
    #expect(solver.solve(FlowRequest(try path(2, 1))).status == .optimal)
  }

  @Test("a process that closes its input fails the next request, not the one it answered")
  func closedInput() throws {
    let folder = try TemporaryFolder()
    let solver = try ExternalSolver(
      SolverCommand(PythonSolver.misbehaving("close-input"), deadlineMilliseconds: 500),
      journalFolder: folder.path)
    defer { solver.close() }
    #expect(solver.solve(FlowRequest(try path(2, 1))).status == .optimal)
    let found = try #require(solver.solve(FlowRequest(try path(2, 1, 3))).failure)
    #expect(found.isCrash)
    #expect(solver.solve(FlowRequest(try path(2, 1, 3))).status == .optimal)
  }

  @Test("a command that cannot be started is said to be so, once")
  func noCommand() throws {
    let folder = try TemporaryFolder()
    let failure = #expect(throws: ExternalSolver.StartFailure.self) {
      try ExternalSolver(SolverCommand("./no-such-solver"), journalFolder: folder.path)
    }
    #expect(
      failure?.reason.hasPrefix(
        "describe: the process exited with code 127 (the shell does not find the command") == true)
    #expect(failure?.isCrash == true)
    #expect(folder.names().isEmpty)
  }

  @Test("the request is in a file before it is sent")
  func journal() throws {
    let folder = try TemporaryFolder()
    let solver = try ExternalSolver(
      SolverCommand(PythonSolver.misbehaving("hang"), deadlineMilliseconds: 200),
      journalFolder: folder.path)
    // A file without a request in it would tell of nothing.
    #expect(folder.names().isEmpty)
    _ = solver.solve(FlowRequest(try path(2, 1)))
    let texts = try folder.names().map {
      try String(contentsOfFile: "\(folder.path)/\($0)", encoding: .utf8)
    }
    let last = try #require(texts.first { $0.contains("\"id\":1,") })
    #expect(last.hasSuffix("\"capacities\":[2.0,1.0]},\"deadlineMilliseconds\":200}\n"))
    solver.close()
    #expect(folder.names().isEmpty)
  }

  @Test("threads have processes of their own")
  func threads() throws {
    let folder = try TemporaryFolder()
    let solver = try ExternalSolver(SolverCommand(PythonSolver.good), journalFolder: folder.path)
    defer { solver.close() }
    let network = try path(2, 1, 3)
    DispatchQueue.concurrentPerform(iterations: 12) { _ in
      for _ in 0..<20 { #expect(solver.solve(FlowRequest(network)).value == 1) }
    }
  }
}

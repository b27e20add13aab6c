// Solvers that read one DIMACS problem and exit: everything that can go wrong is an answer with a
// sentence, as in the protocol.
import Checker
import ExactArithmetic
import Foundation
import SolverInterface
import TestSupport
import Testing

@testable import SolverProcess

@Suite(.enabled(if: PythonSolver.isThere, "there is no python3"))
struct DimacsSolverTests {
  private func solver(
    _ kind: String, in folder: TemporaryFolder, deadlineMilliseconds: Int = 8_000
  ) throws -> ExternalSolver {
    try ExternalSolver(
      SolverCommand(
        PythonSolver.fixture("dimacs.py") + " \(kind)",
        deadlineMilliseconds: deadlineMilliseconds, dialect: .dimacs), journalFolder: folder.path)
  }

  @Test("a problem is one of integers of 32 bits, and solved exactly")
  func good() throws {
    let folder = try TemporaryFolder()
    let solver = try solver("good", in: folder)
    defer { solver.close() }
    #expect(solver.name == "dimacs" && solver.tasks == [.maximumFlow])
    #expect(solver.contract == Contract(tolerance: 0, numbers: .int32))
    let network = try path(Rational(1, 3), Rational(1, 7), Rational(1, 5))
    let sent = try #require(solver.statement(of: network))
    let answer = solver.solve(FlowRequest(network))
    #expect(answer.status == .optimal && answer.value == sent.capacities[1])
    #expect(answer.flow == ExactVector((0..<3).map { _ in sent.capacities[1] }))
    #expect(sent.capacities[0] > Rational(1 << 28))
    let texts = try folder.names().map {
      try String(contentsOfFile: "\(folder.path)/\($0)", encoding: .utf8)
    }
    #expect(texts.contains { $0.contains("p max 4 3\nn 1 s\nn 4 t\na 1 2 ") })
  }

  static let failures: [(kind: String, sentence: String, isCrash: Bool)] = [
    ("hang", "no end of the answer within 2500 ms", true),
    ("hang-after-answer", "no end of the answer within 2500 ms", true),
    (
      "exit",
      "the process exited with code 3 before it answered: no line 's VALUE' gives the value of the "
        + "flow; its standard error ends: a last word", true
    ),
    ("segfault", "the process was ended by signal 11 (SIGSEGV) before it answered", true),
    ("segfault-after-answer", "the process was ended by signal 11 (SIGSEGV)", true),
    ("close-output", "the process closed its standard output before it answered", true),
    ("flood", "an answer of more than 262784 bytes", false),
    ("silent", "no line 's VALUE' gives the value of the flow", false),
    ("no-value", "no line 's VALUE' gives the value of the flow", false),
    ("value-twice", "line 3: the value is given a second time: 's 1'", false),
    ("nan", "line 2: the value is no number: 's nan'", false),
    ("words", "line 2: the value is no number: 's many'", false),
    ("two-values", "line 2: the line has 2 numbers: 's 1 2'", false),
    ("other-arc", "line 3: the network has no such arc: 'f 1 3 1'", false),
    ("other-node", "line 3: a node is none of 1 to 3: 'f 1 4 1'", false),
    ("node-zero", "line 3: a node is none of 1 to 3: 'f 0 1 1'", false),
    ("short-line", "line 3: the line has 2 numbers: 'f 1 2'", false),
    ("arc-twice", "line 4: more lines than arcs between these nodes (1): 'f 1 2 1'", false),
    (
      "not-dimacs",
      "line 1: neither a comment 'c' nor 's VALUE' nor 'f TAIL HEAD FLOW': 'Solving...'", false
    ),
  ]

  @Test("whatever goes wrong is said in a sentence, and costs no more", arguments: failures)
  func misbehaviour(_ failure: (kind: String, sentence: String, isCrash: Bool)) throws {
    let folder = try TemporaryFolder()
    let solver = try solver(
      failure.kind, in: folder,
      deadlineMilliseconds: failure.kind.hasPrefix("hang") ? 2_500 : 8_000)
    let start = ContinuousClock.now
    let answer = solver.solve(FlowRequest(try whole(2, 1)))
    let took = ContinuousClock.now - start
    let found = try #require(answer.failure)
    #expect(found.reason.hasPrefix(failure.sentence), "\(found.reason)")
    #expect(found.isCrash == failure.isCrash)
    #expect(took < .seconds(8))
    #expect(solver.solve(FlowRequest(try whole(2, 1, 3))).value == 1)
    solver.close()
    #expect(folder.names().isEmpty)
  }

  @Test("an exit code after a whole answer is of no account, and a flow need not be told")
  func harmless() throws {
    let folder = try TemporaryFolder()
    for kind in ["exit-after-answer", "value-only"] {
      let solver = try solver(kind, in: folder)
      defer { solver.close() }
      let answer = solver.solve(FlowRequest(try whole(2, 1)))
      #expect(answer.status == .optimal && answer.value == 1, "\(kind)")
      #expect((answer.flow == nil) == (kind == "value-only"))
    }
  }

  @Test("wrong numbers are judged, not refused", arguments: [("wrong-value", 0), ("leak", 1)])
  func numbers(_ kind: String, _ field: Int) throws {
    let folder = try TemporaryFolder()
    let solver = try solver(kind, in: folder)
    defer { solver.close() }
    let result = judgeConformance(of: solver, .maximumFlow, on: try whole(2, 1))
    guard case .judged(let judgement) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(judgement.broken.map(\.promise) == [field == 0 ? .value : .flow])
  }

  @Test("the whole suite is kept, with a line an arc and with a line a pair of nodes")
  func suite() throws {
    let folder = try TemporaryFolder()
    for kind in ["good", "merged"] {
      let solver = try solver(kind, in: folder)
      defer { solver.close() }
      for test in ConformanceCase.all + ConformanceCase.fullRange(.int32) {
        let result = judgeConformance(of: solver, .maximumFlow, on: test.network)
        #expect(result == .judged(.kept), "\(kind) \(test.name)")
      }
    }
  }

  @Test("lines of parallel arcs are matched so that capacities are kept if they can be")
  func parallelArcs() throws {
    let network = try FlowNetwork(
      nodeCount: 3, source: 0, sink: 2, tails: [0, 0, 1, 1], heads: [1, 1, 2, 2],
      capacities: ExactVector([3, 5, 8, 8] as [Int64], denominator: 1))
    func flow(_ lines: String...) -> [Rational]? {
      let text = Array((["s 8"] + lines).joined(separator: "\n").utf8)
      guard case .solution(let answer) = DimacsAnswer.read(text, network) else { return nil }
      return answer.flow.map { flow in (0..<4).map { flow[$0] } }
    }
    #expect(flow("f 1 2 5", "f 1 2 3", "f 2 3 8") == [3, 5, 8, 0])
    #expect(flow("f 1 2 0", "f 1 2 5", "f 2 3 5") == [0, 5, 5, 0])
    // One line for two arcs is their sum.
    #expect(flow("f 1 2 7", "f 2 3 7") == [3, 4, 7, 0])
    // What no arc can take is left where it shows.
    #expect(flow("f 1 2 9") == [3, 6, 0, 0])
    #expect(flow("f 1 2 4", "f 1 2 4") == [4, 4, 0, 0])
    #expect(flow("f 1 2 -1") == [0, -1, 0, 0])
    #expect(flow() == nil)
    #expect(flow("f 2 1 1") == nil)
  }

  @Test(
    "LEMON's solver is asked without an adapter but the word for its value",
    .enabled(
      if: Program.find("dimacs-solver") != nil,
      "dimacs-solver is not installed (apt-get install liblemon-utils)"),
    arguments: [("-int", NumberType.int32), ("-long", .int64)])
  func lemon(_ word: String, _ numbers: NumberType) throws {
    let folder = try TemporaryFolder()
    let line =
      "sh -c 'dimacs-solver \(word) 2>&1 >/dev/null | sed -n \"s/^Max flow value: /s /p\"'"
    var declared = DeclaredContract()
    declared.numbers = numbers
    declared.returns = [.value]
    let solver = try ExternalSolver(
      SolverCommand(line, dialect: .dimacs), declared: declared, journalFolder: folder.path)
    defer { solver.close() }
    for test in ConformanceCase.all + ConformanceCase.fullRange(numbers) {
      let result = judgeConformance(of: solver, .maximumFlow, on: test.network)
      #expect(result == .judged(.kept), "\(test.name)")
    }
  }

  /// A path of whole capacities, which are sent as they are.
  private func whole(_ capacities: Rational...) throws -> FlowNetwork {
    let count = capacities.count
    return try FlowNetwork(
      nodeCount: count + 1, source: 0, sink: count, tails: (0..<count).map { Int32($0) },
      heads: (1...count).map { Int32($0) },
      capacities: ExactVector(capacities.map { $0.floor }, denominator: 1))
  }
}

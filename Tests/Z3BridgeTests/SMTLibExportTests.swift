import Checker
import ExactArithmetic
import Testing
import Z3Bridge

@Suite("SMT-LIB export")
struct SMTLibExportTests {
  @Test("the text of a small statement is this")
  func snapshot() throws {
    let flow = try maximumFlow(
      try network(nodes: 3, [(0, 2, Rational(1, 3)), (2, 1, 1), (0, 1, 0)]))
    #expect(
      smtLibText(.secondFlow, about: flow.flow) == """
        ; flowcheck: second-flow
        ; sat: another flow has the same value; unsat: this is the only one.
        ; Network: 3 nodes, 3 arcs, source 0, sink 1. The flow has value 1/3.
        ; d_e is the change of the flow on arc e, between minus the flow and capacity minus flow.
        ; Arcs of capacity 0 are left out: they cannot change.
        (set-logic QF_LRA)
        ; arc 0: 0 -> 2, flow 1/3, capacity 1/3
        (declare-const d_0 Real)
        (assert (<= (- (/ 1 3)) d_0 0))
        ; arc 1: 2 -> 1, flow 1/3, capacity 1
        (declare-const d_1 Real)
        (assert (<= (- (/ 1 3)) d_1 (/ 2 3)))
        ; node 2: as much comes in as goes out
        (assert (= (+ d_0 (- d_1)) 0))
        ; the value stays
        (assert (= (- d_0) 0))
        ; some arc changes
        (assert (or (not (= d_0 0)) (not (= d_1 0))))
        (check-sat)

        """)
  }

  @Test("Z3 reads the texts and answers like the session, on random tiny networks")
  func againstSession() throws {
    let session = Z3Session()
    var counts = [true: 0, false: 0]
    for number in 0..<90 {
      for statement in SMTLibStatement.allCases {
        let flow = try sampleFlow(number, for: statement)
        let expected = try isTrue(statement, about: flow, session)
        let text = smtLibText(statement, about: flow.feasible)
        switch try decideSMTLib(text) {
        case .satisfiable(let values):
          #expect(expected, "network \(number), \(statement)")
          let network = flow.feasible.network
          let changed = ExactVector(
            (0..<network.arcCount).map { flow.feasible.amounts[$0] + (values["d_\($0)"] ?? 0) })
          let other = try #require(checkFeasible(changed, in: network).claim)
          #expect((other.value > flow.feasible.value) == (statement == .largerValue))
        case .unsatisfiable: #expect(!expected, "network \(number), \(statement)")
        case .unknown(let reason): Issue.record("network \(number): \(reason)")
        }
        counts[expected, default: 0] += 1
      }
    }
    #expect(counts.values.allSatisfy { $0 > 40 }, "\(counts)")
  }

  @Test("texts that are not SMT-LIB print nothing")
  func silence() async {
    let result = await #expect(
      processExitsWith: .success,
      observing: [\.standardOutputContent, \.standardErrorContent]
    ) {
      _ = try? decideSMTLib("(assert (= x")
      _ = try? decideSMTLib("(set-option :verbose 1)(assert true)(check-sat)")
      _ = try? decideSMTLib("(declare-const x Real)(assert (> x 1))(check-sat)(get-model)")
    }
    #expect(result?.standardOutputContent.isEmpty == true)
    #expect(result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } == "")
  }

  @Test("texts that are not SMT-LIB are an error, not an answer")
  func malformed() {
    #expect(throws: Z3Error.self) { try decideSMTLib("(assert (= x") }
    #expect(throws: Z3Error.self) { try decideSMTLib("(assert (= x 1))") }
    #expect(throws: Z3Error.self) { try decideSMTLib("(declare-const x Bool)(assert (> x 1))") }
    #expect(throws: Z3Error.optionInText) { try decideSMTLib("(set-option :timeout 1)") }
  }

  @Test(
    "cvc5 accepts the texts and answers like Z3",
    .enabled(if: cvc5Path != nil, "cvc5 is not installed"))
  func againstCVC5() throws {
    let session = Z3Session()
    for number in 0..<24 {
      for statement in SMTLibStatement.allCases {
        let flow = try sampleFlow(number, for: statement)
        let expected = try isTrue(statement, about: flow, session) ? "sat" : "unsat"
        let text = smtLibText(statement, about: flow.feasible)
        #expect(try runCVC5(text) == expected, "network \(number), \(statement)")
      }
    }
  }
}

/// A flow to make statements about; every other one that is asked for a larger value has none.
private func sampleFlow(
  _ number: Int, for statement: SMTLibStatement
) throws -> (feasible: FeasibleFlow, maximum: MaximumFlow) {
  let maximum = try maximumFlow(try sampleNetwork(number))
  guard statement == .largerValue, number % 2 == 0 else { return (maximum.flow, maximum) }
  let network = maximum.flow.network
  let half = ExactVector((0..<network.arcCount).map { maximum.flow.amounts[$0] / 2 })
  return (try #require(checkFeasible(half, in: network).claim), maximum)
}

private func isTrue(
  _ statement: SMTLibStatement, about flow: (feasible: FeasibleFlow, maximum: MaximumFlow),
  _ session: Z3Session
) throws -> Bool {
  switch statement {
  case .secondFlow:
    isFound(try session.secondFlow(of: flow.maximum, scope: .allArcs).answer)
  case .differentAttribution:
    isFound(
      try session.secondFlowWithDifferentAttribution(of: flow.maximum, scope: .allArcs).answer)
  case .largerValue:
    try session.optimality(of: flow.feasible).answer != .maximum
  }
}

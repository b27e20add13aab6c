import Checker
import ExactArithmetic
import Testing
import Z3Bridge

@Suite("Uniqueness proofs")
struct UniquenessProofTests {
  @Test("squares have one optimum, on random tiny networks")
  func squares() throws {
    for number in 0..<40 {
      let flow = try maximumFlow(try sampleNetwork(number)).flow
      let solved = try solvedProblem(
        flow.network, flow: flow.amounts, seed: UInt64(number), weight: Rational(1, 3),
        isFixed: number % 4 == 0)
      let proof = try proveUniqueness(
        of: solved.problem, flow: solved.flow, duals: solved.duals)
      #expect(proof.verdict == .proved, "network \(number)")
      let isSmall = flow.network.arcCount <= secondPointArcLimit
      #expect(proof.steps.contains { $0.name == "second-point" } == isSmall)
    }
  }

  @Test("logarithms have one optimum, on random tiny networks")
  func logarithms() throws {
    var frozen = 0
    for number in 0..<40 {
      let network = try sampleNetwork(number)
      let problem = try CirculationProblem(
        network: network, term: .logarithms(mu: Rational(1, 10)))
      let proof = try proveBarrierUniqueness(of: problem, interior: interiorFlow(network))
      #expect(proof.verdict == .proved, "network \(number)")
      if proof.steps.contains(where: { $0.name == "frozen" }) { frozen += 1 }
    }
    #expect(frozen > 6)
  }

  @Test("at 1,568 arcs with uneven capacities, both proofs hold")
  func realSize() throws {
    let network = try unevenNetwork(tokens: 16, layers: 6)
    #expect(network.arcCount == 1_568)
    let flow = evenFlow(network, layers: 6, tokens: 16)
    let solved = try solvedProblem(network, flow: flow, seed: 1, weight: Rational(1, 100))
    let squares = try proveUniqueness(of: solved.problem, flow: flow, duals: solved.duals)
    #expect(squares.verdict == .proved)
    #expect(squares.solver == "Z3" && squares.solverVersion == z3Version)
    let barrier = try CirculationProblem(network: network, term: .logarithms(mu: 1))
    let logarithms = try proveBarrierUniqueness(of: barrier, interior: flow)
    #expect(logarithms.verdict == .proved)
    #expect(squares.resourceCount < 200_000 && logarithms.resourceCount < 200_000)
  }

  @Test("terms on attention arcs alone determine the other arcs, too")
  func attentionArcs() throws {
    let network = try unevenNetwork(tokens: 3, layers: 2)
    let flow = interiorFlow(network)
    let solved = try solvedProblem(
      network, flow: flow, seed: 5, weight: Rational(1, 9), attentionOnly: true)
    let squares = try proveUniqueness(of: solved.problem, flow: flow, duals: solved.duals)
    let problem = try CirculationProblem(
      network: network, term: .logarithms(mu: 1), termArcs: .attention)
    let logarithms = try proveBarrierUniqueness(of: problem, interior: flow)
    for proof in [squares, logarithms] {
      #expect(proof.verdict == .proved)
      #expect(proof.steps.contains { $0.name == "remaining-arcs" })
    }
    #expect(logarithms.steps.contains { $0.name == "arc-slopes-bounds" })
  }

  @Test("the linear step in one piece agrees, on random tiny networks")
  func linearStepInOnePiece() throws {
    for number in 0..<20 {
      let network = try sampleNetwork(number)
      for hasReturnArc in [true, false] {
        let text = onePieceText(network, returnArcCounts: hasReturnArc)
        let verdict = try decideStep(text, logic: .nonlinearReal).answer
        // Left out of the sum, the return arc leaves a gap wherever the value can change.
        let flow = try maximumFlow(network).flow
        let expected: StepVerdict =
          hasReturnArc || !mayCarry(network) ? .unsatisfiable : .satisfiable
        #expect(verdict == expected, "network \(number), value \(flow.value)")
      }
    }
  }

  @Test("the inequality of one arc, as printed, holds as the two lemmas do")
  func arcInequality() throws {
    let text = """
      (set-logic QF_NRA)
      (declare-const l Real) (declare-const u Real) (declare-const a Real) (declare-const b Real)
      (assert (< l a u)) (assert (< l b u)) (assert (not (= a b)))
      (assert (<= (* (- a b) (- a b) (+ (* (- u a) (- u b)) (* (- a l) (- b l)))) 0))
      (check-sat)
      """
    #expect(try decideStep(text, logic: .nonlinearReal).answer == .unsatisfiable)
    let outside = text.replacing("(< l a u)", with: "(< l a)")
    #expect(try decideStep(outside, logic: .nonlinearReal).answer == .satisfiable)
  }
}

/// That `sum d_e (w_head - w_tail)` is not 0 for a circulation `d`, with or without the return arc
/// in the sum; it is in the conservation in any case.
private func onePieceText(_ network: FlowNetwork, returnArcCounts: Bool) -> String {
  var lines = ["(set-logic QF_NRA)", "(declare-const d Real)"]
  var balances = [[String]](repeating: ["0"], count: network.nodeCount)
  var terms = ["0", "0"]
  for arc in 0..<network.arcCount {
    let (tail, head) = network.arcs.ends(of: arc)
    lines.append("(declare-const d\(arc) Real)")
    balances[tail].append("(- d\(arc))")
    balances[head].append("d\(arc)")
    terms.append("(* d\(arc) (- w\(head) w\(tail)))")
  }
  balances[network.source].append("d")
  balances[network.sink].append("(- d)")
  if returnArcCounts { terms.append("(* d (- w\(network.source) w\(network.sink)))") }
  lines += (0..<network.nodeCount).map { "(declare-const w\($0) Real)" }
  lines += balances.map { "(assert (= (+ 0 \($0.joined(separator: " "))) 0))" }
  lines.append("(assert (not (= (+ \(terms.joined(separator: " "))) 0)))")
  return lines.joined(separator: "\n") + "\n(check-sat)\n"
}

/// Whether the arcs, their directions forgotten, join source and sink.
private func mayCarry(_ network: FlowNetwork) -> Bool {
  var isReached = [Bool](repeating: false, count: network.nodeCount)
  isReached[network.source] = true
  for _ in 0..<network.nodeCount {
    for arc in 0..<network.arcCount {
      let (tail, head) = network.arcs.ends(of: arc)
      let isEither = isReached[tail] || isReached[head]
      (isReached[tail], isReached[head]) = (isEither, isEither)
    }
  }
  return isReached[network.sink]
}

// What happens to proofs of claims that are false, and to texts with a fault in them.
import Checker
import ExactArithmetic
import Testing
import Z3Bridge

@Suite("Faults in proofs")
struct ProofFaultTests {
  @Test("a wrong flow, potential or multiplier fails the conditions")
  func wrongConditions() throws {
    let solved = try sample()
    let arcCount = solved.flow.count
    for arc in 0..<arcCount {
      try expectFailure(solved, "conditions") { $0.flow = changed($0.flow, arc) }
      try expectFailure(solved, "conditions") {
        $0.duals.lowerMultipliers = changed($0.duals.lowerMultipliers, arc)
      }
      try expectFailure(solved, "conditions") {
        $0.duals.upperMultipliers = changed($0.duals.upperMultipliers, arc)
      }
    }
    for node in 0..<solved.problem.network.nodeCount {
      try expectFailure(solved, "conditions") {
        $0.duals.potentials = changed($0.duals.potentials, node)
      }
    }
  }

  @Test("without a square, or with a return arc that is left out, a step becomes satisfiable")
  func faultyTexts() throws {
    let solved = try sample()
    let proof = try proveUniqueness(of: solved.problem, flow: solved.flow, duals: solved.duals)
    let barrier = try barrierProof()
    let plain = try solvedProblem(
      solved.problem.network, flow: solved.flow, seed: 4, weight: nil)
    let linear = try proveUniqueness(of: plain.problem, flow: plain.flow, duals: plain.duals)
    // Each fault: a step, what is replaced in its text, and by what.
    let faults: [(UniquenessProof, step: String, String, String)] = [
      (proof, "conditions", "(* 2 ", "(* 1 "),
      (proof, "arc-excess-squares", "(> lambda 0)", "(>= lambda 0)"),
      (proof, "arc-excess-squares", "(* 2 lambda f)", "(* lambda f)"),
      (proof, "arc-excess-squares", "(- sl) su)", "sl (- su))"),
      (linear, "arc-excess-multiplier", "(or (> sl 0) (> su 0))", "true"),
      (proof, "circulation", " hr) (+", ") (+"),
      (proof, "node-2-2", "(+ i0 i1)", "i0"),
      (proof, "optimum", "(* r (- ysource ysink))", "0"),
      (proof, "optimum", "(- ysink ysource)", "(- ysource ysink)"),
      (proof, "sum", "(assert (>= x0 0))", ""),
      (barrier, "arc-slopes-logarithms", "(> mu 0)", "(< mu 0)"),
      (barrier, "arc-levels", "(or (= f l) (<= b a))", "true"),
      (barrier, "arc-levels-frozen", "(not (= h 0))", "true"),
      (barrier, "stationary", "(= wsource wsink)", "true"),
    ]
    for (proof, name, right, wrong) in faults {
      let step = try #require(proof.steps.first { $0.name == name }, "\(name)")
      #expect(step.isConfirmed && step.smtlib.contains(right), "\(name): \(right)")
      let text = step.smtlib.replacing(right, with: wrong)
      let verdict = try decideStep(text, logic: step.logic, budget: .proof).answer
      #expect(verdict == .satisfiable, "\(name): \(wrong) instead of \(right)")
    }
  }

  @Test("a flow at a bound that is not frozen is no interior flow")
  func notInterior() throws {
    let network = try network(["1,0 1/2,1/2", "1/2,1/2 1/3,2/3"])
    let problem = try CirculationProblem(network: network, term: .logarithms(mu: 1))
    let right = interiorFlow(network)
    #expect(try proveBarrierUniqueness(of: problem, interior: right).verdict == .proved)
    let maximum = try maximumFlow(network).flow.amounts
    let zero = ExactVector([Rational](repeating: 0, count: network.arcCount))
    for wrong in [maximum, zero, changed(right, 0)] {
      let proof = try proveBarrierUniqueness(of: problem, interior: wrong)
      #expect(proof.verdict == .failed(step: "interior"))
      #expect(proof.steps.count == 1)
    }
  }

  @Test("with a tiny budget a proof is unknown, not failed")
  func tinyBudget() throws {
    let network = try unevenNetwork(tokens: 4, layers: 2)
    let flow = interiorFlow(network)
    let solved = try solvedProblem(network, flow: flow, seed: 2, weight: 1)
    let proof = try proveUniqueness(
      of: solved.problem, flow: flow, duals: solved.duals, budget: Z3Budget(resourceLimit: 1))
    guard case .unknown = proof.verdict else {
      Issue.record("\(proof.verdict)")
      return
    }
  }

  @Test("vectors of the wrong length and the wrong term are errors")
  func badInput() throws {
    let solved = try sample()
    let short = ExactVector([1, 2] as [Rational])
    let count = solved.flow.count
    #expect(throws: Z3Error.wrongCount(field: "flow", expected: count, found: 2)) {
      try proveUniqueness(of: solved.problem, flow: short, duals: solved.duals)
    }
    #expect(throws: Z3Error.unsuitableTerm(solved.problem.term)) {
      try proveBarrierUniqueness(of: solved.problem, interior: solved.flow)
    }
    var duals = solved.duals
    duals.potentials = short
    let nodes = solved.problem.network.nodeCount
    #expect(throws: Z3Error.wrongCount(field: "potentials", expected: nodes, found: 2)) {
      try proveUniqueness(of: solved.problem, flow: solved.flow, duals: duals)
    }
    let barrier = try CirculationProblem(
      network: solved.problem.network, term: .logarithms(mu: 1))
    #expect(throws: Z3Error.unsuitableTerm(.logarithms(mu: 1))) {
      try proveUniqueness(of: barrier, flow: solved.flow, duals: solved.duals)
    }
  }

  @Test("no operator stands before a single term, in any text")
  func noSingleTerms() throws {
    var texts = try [
      proveUniqueness(of: sample().problem, flow: sample().flow, duals: sample().duals),
      barrierProof(),
    ].flatMap { $0.steps.map(\.smtlib) }
    for number in 0..<30 {
      let flow = try maximumFlow(try sampleNetwork(number)).flow
      let solved = try solvedProblem(
        flow.network, flow: flow.amounts, seed: UInt64(number), weight: number % 2 == 0 ? 1 : nil)
      texts += try proveUniqueness(of: solved.problem, flow: solved.flow, duals: solved.duals)
        .steps.map(\.smtlib)
    }
    for text in texts { #expect(singleTerm(text) == nil, "\(singleTerm(text) ?? "")") }
    #expect(singleTerm("(assert (= (+ x) 0))") == "+")
    #expect(singleTerm("(assert (or (= (+ x y) 0)))") == "or")
  }

  @Test(
    "cvc5 repeats every step and agrees", .enabled(if: cvc5Path != nil, "cvc5 is not installed"))
  func againstCVC5() throws {
    var steps = try barrierProof().steps
    for number in [0, 1, 2, 5, 9] {
      let flow = try maximumFlow(try sampleNetwork(number)).flow
      let solved = try solvedProblem(
        flow.network, flow: flow.amounts, seed: UInt64(number),
        weight: number == 5 ? nil : Rational(1, 3), isFixed: number == 9)
      steps += try proveUniqueness(of: solved.problem, flow: solved.flow, duals: solved.duals)
        .steps
    }
    let large = try unevenNetwork(tokens: 6, layers: 3)
    let flow = interiorFlow(large)
    let solved = try solvedProblem(
      large, flow: flow, seed: 8, weight: Rational(1, 50), attentionOnly: true)
    steps += try proveUniqueness(of: solved.problem, flow: flow, duals: solved.duals).steps
    steps += try proveBarrierUniqueness(
      of: try CirculationProblem(
        network: large, term: .logarithms(mu: 1), termArcs: .attention), interior: flow
    ).steps
    var asked: Set<String> = []
    for step in steps where asked.insert(step.smtlib).inserted {
      #expect(try runCVC5(step.smtlib) == step.verdict.name, "\(step.name)")
    }
    #expect(asked.count > 40)
  }

  /// Squares on a network with flow at both kinds of bound, an arc in between, and multipliers.
  private func sample() throws -> SolvedProblem {
    let network = try network(
      nodes: 4,
      [(0, 2, 2), (0, 3, 1), (2, 3, 1), (3, 2, 1), (2, 1, 1), (3, 1, 3), (0, 1, Rational(1, 2))])
    let flow = ExactVector([2, Rational(1, 2), 1, 0, 1, Rational(3, 2), 0] as [Rational])
    for seed in 0..<40 {
      let solved = try solvedProblem(
        network, flow: flow, seed: UInt64(seed), weight: Rational(1, 3))
      if !solved.duals.lowerMultipliers.sum.isZero && !solved.duals.upperMultipliers.sum.isZero {
        return solved
      }
    }
    throw OracleFailure.notMaximum
  }

  /// Logarithms on a network with frozen arcs: one leads to a dead end, one has no capacity.
  private func barrierProof() throws -> UniquenessProof {
    let network = try network(
      nodes: 5, [(0, 2, 1), (2, 1, 2), (2, 4, 1), (0, 3, 1), (3, 1, 1), (3, 2, 0)])
    let problem = try CirculationProblem(network: network, term: .logarithms(mu: 1))
    let proof = try proveBarrierUniqueness(of: problem, interior: interiorFlow(network))
    #expect(proof.verdict == .proved)
    return proof
  }
}

/// The vector with one entry raised by 1/64.
private func changed(_ vector: ExactVector, _ index: Int) -> ExactVector {
  ExactVector((0..<vector.count).map { vector[$0] + ($0 == index ? Rational(1, 64) : 0) })
}

private func expectFailure(
  _ solved: SolvedProblem, _ step: String,
  _ change: (inout (flow: ExactVector, duals: CirculationDuals)) -> Void
) throws {
  var certificate = (flow: solved.flow, duals: solved.duals)
  change(&certificate)
  let proof = try proveUniqueness(
    of: solved.problem, flow: certificate.flow, duals: certificate.duals)
  #expect(proof.verdict == .failed(step: step))
}

/// The first of the operators `+ and or *` that has fewer than two operands, or nil.
private func singleTerm(_ text: String) -> String? {
  // For each open parenthesis the operator and the number of operands so far.
  var open: [(symbol: String?, operands: Int)] = []
  for line in text.split(separator: "\n") where !line.hasPrefix(";") {
    for token in line.replacing("(", with: " ( ").replacing(")", with: " ) ").split(separator: " ")
    {
      if token == ")" {
        guard let closed = open.popLast() else { return "unbalanced" }
        if let symbol = closed.symbol, ["+", "and", "or", "*"].contains(symbol),
          closed.operands < 2
        {
          return symbol
        }
      } else if let last = open.indices.last {
        if open[last].symbol == nil && token != "(" {
          open[last].symbol = String(token)
          continue
        }
        open[last].operands += 1
      }
      if token == "(" { open.append((nil, 0)) }
    }
  }
  return nil
}

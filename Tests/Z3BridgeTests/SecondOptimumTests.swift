import Checker
import ExactArithmetic
import Testing
import Z3Bridge

@Suite("Second optimum")
struct SecondOptimumTests {
  @Test("a linear problem has a second optimum iff its uniqueness cannot be proved")
  func againstProofs() throws {
    let session = Z3Session()
    var counts = [true: 0, false: 0]
    for number in 0..<80 {
      let flow = try maximumFlow(try sampleNetwork(number)).flow
      let solved = try solvedProblem(
        flow.network, flow: flow.amounts, seed: UInt64(number) + 7, weight: nil,
        isFixed: number % 3 == 1)
      let circulation = try #require(checkCirculation(flow.amounts, in: solved.problem).claim)
      let optimum = try #require(checkOptimality(circulation, solved.duals).claim)
      let proof = try proveUniqueness(of: solved.problem, flow: solved.flow, duals: solved.duals)
      let isUnique = proof.verdict == .proved
      if !isUnique { #expect(proof.verdict == .failed(step: "remaining-arcs")) }
      for scope in SecondOptimumScope.allCases {
        switch try session.secondOptimum(of: optimum, scope: scope).answer {
        case .none: #expect(isUnique, "network \(number), \(scope)")
        case .found(let other):
          #expect(!isUnique, "network \(number), \(scope)")
          #expect(other.circulation != circulation)
          #expect(cost(other.circulation) == cost(circulation))
        case .unknown(let reason): Issue.record("network \(number): \(reason)")
        }
      }
      counts[isUnique, default: 0] += 1
    }
    #expect(counts.values.allSatisfy { $0 > 15 }, "\(counts)")
  }

  @Test("l1 below its threshold leaves all maximum flows: no cure")
  func absoluteValues() throws {
    let session = Z3Session()
    for (layers, isUnique) in [
      (["1,0 1/2,1/2", "1/2,1/2 1,0"], false), (["1,0 0,1", "1,0 1,0"], false),
      (["1/2,1/2 1/2,1/2", "1/2,1/2 1/2,1/2"], true),
    ] {
      // Any alpha below 1/(L+2) = 1/4.
      let optimum = try absoluteOptimum(try network(layers), weight: Rational(1, 5))
      let answer = try session.secondOptimum(of: optimum, scope: .allArcs).answer
      let proof = try proveUniqueness(
        of: optimum.circulation.problem, flow: optimum.circulation.amounts, duals: optimum.duals)
      #expect((proof.verdict == .proved) == isUnique)
      guard case .found(let other) = answer else {
        #expect(answer == .none && isUnique)
        continue
      }
      #expect(!isUnique && other.circulation.value == optimum.circulation.value)
      // The second optimum is a maximum flow of the network, too.
      let feasible = checkFeasible(
        other.circulation.amounts, in: optimum.circulation.problem.network)
      #expect(feasible.claim?.value == optimum.circulation.value)
    }
  }

  @Test("l1 with squares has one optimum where l1 alone has many")
  func absoluteValuesAndSquares() throws {
    let tensor = try network(["1,0 1/2,1/2", "1/2,1/2 1,0"])
    let flow = try maximumFlow(tensor).flow
    let solved = try solvedProblem(
      tensor, flow: flow.amounts, seed: 3, weight: Rational(1, 100), attentionOnly: true)
    let proof = try proveUniqueness(of: solved.problem, flow: solved.flow, duals: solved.duals)
    #expect(proof.verdict == .proved)
    #expect(proof.steps.contains { $0.name == "remaining-arcs" })
  }

  @Test("problems with a convex term are refused, and a tiny budget gives unknown")
  func refusals() throws {
    let optimum = try absoluteOptimum(
      try network(["1,0 1/2,1/2", "1/2,1/2 1,0"]), weight: Rational(1, 5))
    let tiny = Z3Budget(resourceLimit: 1)
    let answer = try Z3Session().secondOptimum(of: optimum, scope: .allArcs, budget: tiny).answer
    guard case .unknown = answer else {
      Issue.record("\(answer)")
      return
    }
    let flow = optimum.circulation.amounts
    let solved = try solvedProblem(
      optimum.circulation.problem.network, flow: flow, seed: 1, weight: 1)
    let circulation = try #require(checkCirculation(flow, in: solved.problem).claim)
    let squares = try #require(checkOptimality(circulation, solved.duals).claim)
    #expect(throws: Z3Error.unsuitableTerm(.squares(lambda: 1))) {
      try Z3Session().secondOptimum(of: squares, scope: .allArcs)
    }
  }
}

/// The costs of a circulation minus what its value earns.
private func cost(_ circulation: FeasibleCirculation) -> Rational {
  let problem = circulation.problem
  var cost: Rational = 0
  for arc in 0..<problem.network.arcCount {
    cost += problem.costs[arc] * circulation.amounts[arc]
  }
  if case .free(let gain) = problem.returnArc { cost -= gain * circulation.value }
  return cost
}

/// An optimum of a layered network with equal costs on all arcs, below the threshold.
///
/// Every path has `L + 2` arcs. With the cut of a maximum flow, potentials that rise by `weight`
/// along every arc, and by `1 - (L+2) weight` across the cut, are dual to every maximum flow.
private func absoluteOptimum(
  _ network: FlowNetwork, weight: Rational
) throws -> OptimalCirculation {
  let maximum = try maximumFlow(network)
  guard case .layered(let layers, let tokens) = network.arcs else {
    throw OracleFailure.notMaximum
  }
  let jump = 1 - Rational(layers + 2) * weight
  let potentials = (0..<network.nodeCount).map { node in
    let height = node == network.sink ? -1 : (node - 1) / tokens
    let depth = Rational(layers + 1 - height)
    return depth * weight + (maximum.cut.contains(node) ? 0 : jump)
  }
  var (lower, upper): ([Rational], [Rational]) = ([], [])
  for arc in 0..<network.arcCount {
    let (tail, head) = network.arcs.ends(of: arc)
    let (leaves, enters) = (maximum.cut.contains(tail), maximum.cut.contains(head))
    upper.append(leaves && !enters ? jump : 0)
    lower.append(!leaves && enters ? jump : 0)
  }
  let problem = try CirculationProblem(
    network: network,
    costs: ExactVector([Rational](repeating: weight, count: network.arcCount)))
  let circulation = try #require(checkCirculation(maximum.flow.amounts, in: problem).claim)
  let duals = CirculationDuals(
    potentials: ExactVector(potentials), lowerMultipliers: ExactVector(lower),
    upperMultipliers: ExactVector(upper))
  return try #require(checkOptimality(circulation, duals).claim)
}

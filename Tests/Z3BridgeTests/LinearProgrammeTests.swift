import Checker
import ExactArithmetic
import Testing
import Z3Bridge

@Suite("Linear programmes")
struct LinearProgrammeTests {
  private typealias Term = LinearProgramme.Term

  @Test("programmes in the plane: the best corner, or a proof that there is none")
  func plane() throws {
    var counts = [0, 0, 0]
    for number in 0..<150 {
      let programme = planeProgramme(seed: UInt64(number))
      let corners = feasibleCorners(programme)
      switch try programme.solved() {
      case .optimal(let optimum):
        let best = try #require(corners.map { programme.value(at: $0) }.max())
        #expect(optimum.value == best, "programme \(number)")
        counts[0] += 1
      case .infeasible(let multipliers):
        #expect(corners.isEmpty, "programme \(number)")
        #expect(programme.isInfeasible(by: multipliers))
        counts[1] += 1
      case .unbounded(let point, let direction):
        for steps in [0, 1, 1_000] as [Rational] {
          let far = zip(point, direction).map { $0 + steps * $1 }
          #expect(programme.isFeasible(far), "programme \(number)")
        }
        #expect(programme.value(at: direction) > 0)
        counts[2] += 1
      case .unknown(let reason): Issue.record("programme \(number): \(reason)")
      }
    }
    #expect(counts.allSatisfy { $0 > 10 }, "\(counts)")
  }

  @Test("an optimum with a wrong point, a wrong multiplier or a gap cannot be made")
  func wrongOptima() throws {
    // x + 2y at most, with x + y <= 1 and x, y >= 0: (0, 1).
    let programme = LinearProgramme(
      maximise: [1, 2],
      subjectTo: [
        .init([Term(unknown: 0), Term(unknown: 1)], .atMost, 1),
        .init([Term(unknown: 0)], .atLeast, 0), .init([Term(unknown: 1)], .atLeast, 0),
      ])
    let right = LinearOptimum(of: programme, point: [0, 1], multipliers: [2, -1, 0])
    #expect(right?.value == 2)
    for (point, multipliers) in [
      ([0, 2], [2, -1, 0]), ([1, 0], [2, -1, 0]), ([0, 1], [2, 1, 0]), ([0, 1], [3, -2, -1]),
      ([0], [2, -1, 0]), ([0, 1], [2, -1]),
    ] as [([Rational], [Rational])] {
      #expect(LinearOptimum(of: programme, point: point, multipliers: multipliers) == nil)
    }
    #expect(!programme.isInfeasible(by: [1, -1, -1]))
    #expect(!programme.isUnbounded(at: [0, 1], towards: [1, 0]))
  }

  @Test("a tiny budget gives unknown")
  func tinyBudget() throws {
    let network = try uniformNetwork(tokens: 3, layers: 2, mode: .all)
    let answer = try multiCommodityMaximum(
      network, pairs: [CommodityPair(from: network.source, to: network.sink)],
      budget: Z3Budget(resourceLimit: 1))
    guard case .unknown = answer else {
      Issue.record("\(answer)")
      return
    }
  }

  @Test("one commodity from source to sink carries the maximum flow")
  func oneCommodity() throws {
    for number in 0..<60 {
      let network = try sampleNetwork(number)
      let found = try maximum(
        network, [CommodityPair(from: network.source, to: network.sink)])
      #expect(found.value == (try maximumFlow(network)).value, "network \(number)")
      #expect(try #require(checkFeasible(found.flows[0], in: network).claim).value == found.value)
    }
  }

  @Test("given pairs carry less than the network, all pairs as much")
  func swappedTokens() throws {
    let swap = try network(["0,1 1,0"])
    let given = [CommodityPair(from: 3, to: 1), CommodityPair(from: 4, to: 2)]
    #expect(try maximumFlow(swap).value == 2)
    #expect(try maximum(swap, given).value == 0)
    for layers in [["0,1 1,0"], ["1,0 1/2,1/2", "1/2,1/2 1,0"], ["1/3,2/3 1,0", "1/5,4/5 1,0"]] {
      let attention = try network(layers)
      let top = [2 * layers.count + 1, 2 * layers.count + 2]
      let pairs = top.flatMap { [CommodityPair(from: $0, to: 1), CommodityPair(from: $0, to: 2)] }
      let found = try maximum(attention, pairs)
      #expect(found.value == (try maximumFlow(attention)).value)
      // The commodities share the capacities, and each is conserved.
      for (pair, flow) in zip(pairs, found.flows) {
        let own = try FlowNetwork(
          nodeCount: attention.nodeCount, source: pair.source, sink: pair.sink,
          tails: (0..<attention.arcCount).map { Int32(attention.arcs.ends(of: $0).tail) },
          heads: (0..<attention.arcCount).map { Int32(attention.arcs.ends(of: $0).head) },
          capacities: attention.capacities)
        #expect(checkFeasible(flow, in: own).claim != nil)
      }
      for arc in 0..<attention.arcCount {
        #expect(found.flows.map { $0[arc] }.reduce(0, +) <= attention.capacities[arc])
      }
    }
  }

  @Test("a pair that is no pair is refused", arguments: [(1, 1), (-1, 2), (2, 99)])
  func badPairs(source: Int, sink: Int) throws {
    let swap = try network(["0,1 1,0"])
    #expect(throws: Z3Error.unsuitablePair(index: 1)) {
      try multiCommodityMaximum(
        swap, pairs: [CommodityPair(from: 3, to: 1), CommodityPair(from: source, to: sink)])
    }
  }

  private func maximum(
    _ network: FlowNetwork, _ pairs: [CommodityPair]
  ) throws -> MultiCommodityMaximum {
    guard case .maximum(let found) = try multiCommodityMaximum(network, pairs: pairs) else {
      throw OracleFailure.notMaximum
    }
    return found
  }
}

/// A programme with two unknowns and small numbers; the first two constraints make the set of
/// feasible points a pointed one, so that it has a corner if it is not empty.
private func planeProgramme(seed: UInt64) -> LinearProgramme {
  var choices = Choices(seed: seed &* 31 &+ 5)
  func small() -> Rational { Rational(choices.below(7) - 3, 1 + choices.below(2)) }
  typealias Term = LinearProgramme.Term
  var constraints: [LinearProgramme.Constraint] = [
    .init([Term(unknown: 0)], .atLeast, small()), .init([Term(unknown: 1)], .atLeast, small()),
  ]
  for _ in 0..<(1 + choices.below(4)) {
    let relations = LinearProgramme.Relation.allCases
    let relation = choices.below(6) == 0 ? .equal : relations[2 * choices.below(2)]
    constraints.append(
      .init([Term(small(), unknown: 0), Term(small(), unknown: 1)], relation, small()))
  }
  return LinearProgramme(maximise: [small(), small()], subjectTo: constraints)
}

/// The feasible points where two constraints hold with equality, by Cramer's rule.
private func feasibleCorners(_ programme: LinearProgramme) -> [[Rational]] {
  let lines = programme.constraints.map { constraint in
    var line: (a: Rational, b: Rational, c: Rational) = (0, 0, constraint.bound)
    for term in constraint.terms {
      if term.unknown == 0 { line.a += term.coefficient } else { line.b += term.coefficient }
    }
    return line
  }
  var corners: [[Rational]] = []
  for (index, p) in lines.enumerated() {
    for q in lines[..<index] {
      let determinant = p.a * q.b - q.a * p.b
      guard !determinant.isZero else { continue }
      let corner = [
        (p.c * q.b - q.c * p.b) / determinant, (p.a * q.c - q.a * p.c) / determinant,
      ]
      if programme.isFeasible(corner) { corners.append(corner) }
    }
  }
  return corners
}

import Checker
import ExactArithmetic
import Networks
import Testing

@Suite struct PresolveTests {
  @Test("kept arcs are those on a path of positive arcs from source to sink of a layered network")
  func layered() throws {
    var numbers = TestNumbers(seed: 51)
    for round in 0..<60 {
      let (layers, tokens) = (1 + round % 3, 1 + round % 4)
      let entries = (0..<(layers * tokens * tokens)).map { _ in
        Int64.random(in: 0...2, using: &numbers)
      }
      let tensor = try EffectiveTensor(
        layers: layers, tokens: tokens, entries: ExactVector(entries, denominator: 4))
      let mode: Mode = round % 2 == 0 ? .all : .single(0)
      let network = try FlowNetwork(tensor: tensor, mode: mode)
      let problem = try CirculationProblem(network: network, term: .logarithms(mu: 1))
      let presolve = try #require(CirculationPresolve(problem))

      let positive = (0..<network.arcCount).filter { network.capacities[$0] > 0 }
      let graph = TestGraph(
        nodeCount: network.nodeCount,
        arcs: positive.map {
          let (tail, head) = network.arcs.ends(of: $0)
          return (tail: tail, head: head)
        })
      let reach = graph.reach { $0 & 1 == 0 }
      let expected = (0..<network.arcCount).map { arc in
        let (tail, head) = network.arcs.ends(of: arc)
        return network.capacities[arc] > 0 && reach[network.source][tail]
          && reach[head][network.sink]
      }
      #expect(presolve.isKept == expected, "round \(round)")
      #expect(presolve.zeroCapacityCount == network.arcCount - positive.count)
      expectConsistent(presolve, problem)
      expectLevels(presolve, problem, flow: [Int64](repeating: 0, count: network.arcCount))
    }
  }

  @Test("an arc is kept exactly if flows leave both its bounds, by enumeration of integral flows")
  func enumeration() throws {
    var numbers = TestNumbers(seed: 52)
    var (feasible, between) = (0, 0)
    for round in 0..<400 {
      let graph = TestGraph(nodeCount: 2 + round % 4, arcCount: 1 + round % 6, numbers: &numbers)
      let lower = graph.arcs.map { _ in Int64.random(in: -1...1, using: &numbers) }
      let upper = lower.map { max(0, $0 + Int64.random(in: 0...2, using: &numbers)) }
      let value: Int64? = round % 3 == 0 ? Int64.random(in: -1...2, using: &numbers) : nil
      let problem = try CirculationProblem(
        network: FlowNetwork(
          nodeCount: graph.nodeCount, source: 0, sink: graph.nodeCount - 1,
          tails: graph.arcs.map { Int32($0.tail) }, heads: graph.arcs.map { Int32($0.head) },
          capacities: ExactVector(upper, denominator: 2)),
        lowerBounds: ExactVector(lower, denominator: 2),
        returnArc: value.map { .fixed(value: Rational($0, 2)) } ?? .free(gain: 1))
      let flows = integralFlows(graph, lower, upper, value: value)
      let isZeroFeasible = lower.allSatisfy { $0 <= 0 } && (value ?? 0) == 0
      #expect(problem.admitsZeroFlow == isZeroFeasible)
      #expect((CirculationPresolve(problem) != nil) == isZeroFeasible)
      // Bounds are integral, so the ends of every arc's range are reached by integral flows.
      let expected = graph.arcs.indices.map { arc in
        flows.contains { $0[arc] > lower[arc] } && flows.contains { $0[arc] < upper[arc] }
      }
      for flow in flows.prefix(3) {
        let presolve = try #require(
          CirculationPresolve(problem, feasibleFlow: ExactVector(flow, denominator: 2)))
        #expect(presolve.isKept == expected, "round \(round)")
        expectConsistent(presolve, problem)
        expectLevels(presolve, problem, flow: flow.map { 2 * $0 }, over: 4)
        feasible += 1
        between += presolve.betweenComponentsCount
      }
    }
    #expect(feasible > 300 && between > 100, "\(feasible) problems, \(between) arcs between")
  }

  @Test("with a free return arc, arcs into the source and out of the sink can circulate")
  func freeReturnArc() throws {
    // 0 is the source, 2 the sink; flow may run 2 -> 1 -> 0 and come back on the return arc.
    let network = try FlowNetwork(
      nodeCount: 3, source: 0, sink: 2, tails: [2, 1], heads: [1, 0],
      capacities: ExactVector([1, 1] as [Int64], denominator: 1))
    let free = try CirculationProblem(network: network)
    let presolve = try #require(CirculationPresolve(free))
    #expect(presolve.isKept == [true, true])
    #expect(presolve.componentCount == 1 && presolve.levels == [0, 0, 0])
    let fixed = try CirculationProblem(network: network, returnArc: .fixed(value: 0))
    let apart = try #require(CirculationPresolve(fixed))
    #expect(apart.isKept == [false, false])
    #expect(apart.betweenComponentsCount == 2 && apart.componentCount == 3)
    #expect(apart.levels == [2, 1, 0])
  }

  private func expectConsistent(_ presolve: CirculationPresolve, _ problem: CirculationProblem) {
    let count = problem.network.arcCount
    #expect(presolve.keptCount == presolve.isKept.filter { $0 }.count)
    #expect(
      presolve.keptCount + presolve.zeroCapacityCount + presolve.betweenComponentsCount == count)
    #expect(Set(presolve.levels) == Set(0..<Int32(presolve.componentCount)))
  }

  /// Levels as `DistanceCertificate` asks for them.
  private func expectLevels(
    _ presolve: CirculationPresolve, _ problem: CirculationProblem, flow: [Int64],
    over denominator: Int64 = 1
  ) {
    let network = problem.network
    for arc in flow.indices {
      let amount = Rational(flow[arc], denominator)
      let (tail, head) = network.arcs.ends(of: arc)
      let (from, to) = (presolve.levels[tail], presolve.levels[head])
      if amount < network.capacities[arc] { #expect(from <= to) }
      if amount > problem.lowerBounds[arc] { #expect(to <= from) }
      let isProperlyBounded = problem.lowerBounds[arc] < network.capacities[arc]
      #expect(presolve.isKept[arc] == (from == to && isProperlyBounded))
    }
    if problem.returnArc.isFree {
      #expect(presolve.levels[network.source] == presolve.levels[network.sink])
    }
  }
}

/// Every integral flow within bounds, of the given value or of any.
private func integralFlows(
  _ graph: TestGraph, _ lower: [Int64], _ upper: [Int64], value: Int64?
) -> [[Int64]] {
  var flows: [[Int64]] = [[]]
  for arc in lower.indices where lower[arc] <= upper[arc] {
    flows = flows.flatMap { flow in (lower[arc]...upper[arc]).map { flow + [$0] } }
  }
  return flows.filter { flow in
    var excess = [Int64](repeating: 0, count: graph.nodeCount)
    for (arc, ends) in graph.arcs.enumerated() {
      excess[ends.tail] -= flow[arc]
      excess[ends.head] += flow[arc]
    }
    let inner = excess.dropFirst().dropLast()
    return inner.allSatisfy { $0 == 0 } && value.map { excess[0] == -$0 } ?? true
  }
}

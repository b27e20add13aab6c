import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

@Suite struct MinimumCostCirculationTests {
  @Test("the least cost is that of the best integral flow, in every number type")
  func enumeration() throws {
    var numbers = TestNumbers(seed: 61)
    var counts: [CirculationStatus: Int] = [:]
    let units: [(Rational, Rational)] = [
      (1, 1), (Rational(1, 3), Rational(2, 7)),
      (Rational(BigInteger.powerOfTwo(80)), 1),
      (Rational(BigInteger.powerOfTwo(150)), Rational(1, BigInteger.powerOfTwo(90))),
    ]
    for round in 0..<400 {
      let small = TestCirculation(
        nodeCount: 2 + round % 4, arcCount: 1 + round % 6, numbers: &numbers)
      let best = small.integralFlows.map { small.cost($0) }.min()
      let (unit, costUnit) = units[round % units.count]
      let problem = try small.problem(unit: unit, costUnit: costUnit)
      let solution = problem.minimumCostCirculation()
      counts[solution.status, default: 0] += 1
      guard let best else {
        #expect(solution.status == .infeasible && solution.optimum == nil, "\(small)")
        let crowded = try #require(solution.crowdedNodes)
        #expect(isCrowded(problem, crowded), "\(crowded.members) of \(small)")
        #expect(problem.feasibleCirculation().flow == nil)
        continue
      }
      let optimum = try #require(solution.optimum, "\(small)")
      #expect(brokenConditions(problem, optimum) == [], "\(small)")
      #expect(optimum.objective == unit * costUnit * Rational(best), "\(small)")
      let feasible = try #require(problem.feasibleCirculation().flow)
      let isZero = feasible == ExactVector(small.lower.map { _ in Int64(0) }, denominator: 1)
      #expect(isZero || !problem.admitsZeroFlow)
      expectFeasible(feasible, problem)
    }
    #expect(counts[.optimal, default: 0] > 200 && counts[.infeasible, default: 0] > 50)
  }

  @Test("l1 on a layered network gives all maximum flows, all flows, or none")
  func vacuousOnLayers() throws {
    var numbers = TestNumbers(seed: 62)
    for round in 0..<30 {
      let layers = 1 + round % 3
      let tensor = try randomTensor(
        layers: layers, tokens: 2 + round % 3, denominator: 6, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      let maximum = MaximumFlowSolver.dinic.solve(network).value
      let threshold = Rational(1, layers + 2)
      for (alpha, value) in [
        (threshold / 2, maximum), (threshold, nil), (threshold * 2, Rational(0)),
      ] {
        let problem = try CirculationProblem(
          network: network,
          costs: ExactVector([Rational](repeating: alpha, count: network.arcCount)))
        let solution = problem.minimumCostCirculation()
        let optimum = try #require(solution.optimum)
        #expect(brokenConditions(problem, optimum) == [])
        #expect(solution.iterations <= 2, "\(solution.iterations) phases")
        if let value { #expect(optimum.value == value) }
        #expect(optimum.objective == -maximum * max(0, 1 - alpha / threshold))
      }
    }
  }

  @Test("a negative cycle is filled up, and a gain without end is bounded by the arcs")
  func gains() throws {
    // A cycle 1 -> 2 -> 1 that gains 1 a unit, apart from source 0 and sink 3.
    var cycle = TestCirculation(
      nodeCount: 4, arcs: [(1, 2), (2, 1), (0, 3), (1, 1)], lower: [0, 0, 0, -2],
      upper: [5, 4, 7, 3], costs: [1, -2, 3, -1], value: nil, gain: 2)
    let optimum = try #require(try cycle.problem().minimumCostCirculation().optimum)
    #expect((0..<4).map { optimum.flow[$0] } == [4, 4, 0, 3])
    cycle.gain = 4
    let filled = try #require(try cycle.problem().minimumCostCirculation().optimum)
    #expect((0..<4).map { filled.flow[$0] } == [4, 4, 7, 3])
    #expect(filled.objective == -14)
  }

  @Test("a work limit of nothing ends the search in its first phase")
  func workLimit() throws {
    let small = TestCirculation(
      nodeCount: 2, arcs: [(0, 1)], lower: [0], upper: [2], costs: [1], value: 1, gain: 0)
    let whole = try small.problem().minimumCostCirculation()
    #expect(whole.status == .optimal && whole.work > 0)
    let cut = try small.problem().minimumCostCirculation(limit: WorkLimit(arcScans: 0))
    #expect(cut.status == .workLimitReached && cut.optimum == nil)
    let feasible = try small.problem().feasibleCirculation(limit: WorkLimit(arcScans: 0))
    #expect(feasible.flow == nil && feasible.solution.status == .workLimitReached)
  }

  private func expectFeasible(_ flow: ExactVector, _ problem: CirculationProblem) {
    var excess = [Rational](repeating: 0, count: problem.network.nodeCount)
    for arc in 0..<flow.count {
      let (tail, head) = problem.network.arcs.ends(of: arc)
      #expect(problem.lowerBounds[arc] <= flow[arc])
      #expect(flow[arc] <= problem.network.capacities[arc])
      excess[tail] -= flow[arc]
      excess[head] += flow[arc]
    }
    if case .fixed(let value) = problem.returnArc {
      #expect(excess[problem.network.sink] == value)
    }
    excess[problem.network.source] += excess[problem.network.sink]
    excess[problem.network.sink] = 0
    #expect(excess.allSatisfy { $0 == 0 })
  }
}

import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

/// The one test that every solver passes.
@Suite struct ConformanceTests {
  @Test(
    "random multigraphs have the value of the smallest cut",
    arguments: MaximumFlowSolver.general)
  func randomMultigraphs(solver: MaximumFlowSolver) {
    var numbers = TestNumbers(seed: 11)
    for round in 0..<400 {
      let network = TestNetwork(
        nodeCount: 2 + round % 7, arcCount: round % 19, numbers: &numbers)
      #expect(brokenPromises(solver, network, value: CutOracle(network).value) == [])
    }
  }

  @Test("denser graphs with ten nodes too", arguments: MaximumFlowSolver.general)
  func denseGraphs(solver: MaximumFlowSolver) {
    var numbers = TestNumbers(seed: 12)
    for _ in 0..<12 {
      let network = TestNetwork(nodeCount: 10, arcCount: 40, numbers: &numbers)
      #expect(brokenPromises(solver, network, value: CutOracle(network).value) == [])
    }
  }

  @Test(
    "all row-stochastic tensors with L = T = 2 and denominators up to 4 have their closed values",
    arguments: MaximumFlowSolver.general)
  func exhaustive(solver: MaximumFlowSolver) throws {
    // Twelfths: the fractions in 0...1 with denominators up to 4.
    let parts: [Int64] = [0, 3, 4, 6, 8, 9, 12]
    let rows = parts.map { [$0, 12 - $0] }
    var broken: [String] = []
    for a in rows {
      for b in rows {
        for c in rows {
          for d in rows {
            let network = try FlowNetwork(
              tensor: EffectiveTensor(
                layers: 2, tokens: 2,
                entries: ExactVector(a + b + c + d, denominator: 12)), mode: .all)
            // The value does not depend on A[0]: sum over k of min(1, column sum k of A[1]).
            let value = min(12, c[0] + d[0]) + min(12, c[1] + d[1])
            let listed = try listed(network)
            broken += brokenPromises(solver, listed, value: value)
          }
        }
      }
    }
    #expect(broken == [])
  }

  @Test("an exact answer is accepted by the kernel", arguments: MaximumFlowSolver.allCases)
  func accepted(solver: MaximumFlowSolver) throws {
    var numbers = TestNumbers(seed: 13)
    for round in 0..<200 {
      let tensor = try randomTensor(
        layers: 1 + round % 4, tokens: 1 + round % 6, denominator: 6, numbers: &numbers)
      for mode in [Mode.all, .single(0)] {
        let network = try FlowNetwork(tensor: tensor, mode: mode)
        for network in [network, network.reversed] {
          let answer = solver.solve(network)
          let flow = try #require(checkFeasible(answer.flow, in: network).claim)
          let maximum = try #require(checkMaximum(flow, cut: answer.cut).claim)
          #expect(maximum.value == answer.value)
          if mode == .single(0) { #expect(answer.value == 1) }
        }
      }
    }
  }

  @Test("capacities of any size work exactly", arguments: MaximumFlowSolver.general)
  func wideRange(solver: MaximumFlowSolver) throws {
    var numbers = TestNumbers(seed: 14)
    for bits in [40, 90, 300, 2000] {
      for _ in 0..<20 {
        let shape = TestNetwork(nodeCount: 6, arcCount: 18, numbers: &numbers)
        let capacities = shape.capacities.map {
          BigInteger($0).shifted(left: Int.random(in: 0...bits, using: &numbers))
        }
        let network = try shape.flowNetwork(
          capacities: ExactVector(capacities, denominator: 7))
        let answer = solver.solve(network)
        let flow = try #require(checkFeasible(answer.flow, in: network).claim)
        #expect(checkMaximum(flow, cut: answer.cut).claim?.value == answer.value)
      }
    }
  }

  @Test("doubles of very different sizes stay within 1e-12", arguments: MaximumFlowSolver.general)
  func doubles(solver: MaximumFlowSolver) throws {
    var numbers = TestNumbers(seed: 15)
    for round in 0..<300 {
      let shape = TestNetwork(nodeCount: 3 + round % 6, arcCount: 20, numbers: &numbers)
      let capacities = shape.capacities.map { capacity in
        let size = Double.random(in: 0.5..<1, using: &numbers) * Double(capacity)
        return round % 3 == 0 ? size : size / Double(1 << Int.random(in: 0..<60, using: &numbers))
      }
      let exactCapacities = try #require(ExactVector(exactly: capacities))
      let network = try shape.flowNetwork(capacities: exactCapacities)
      let value = MaximumFlowSolver.edmondsKarp.solve(network).value.nearestDouble
      let answer = solver.solveDouble(network)
      #expect(answer.status == .optimal)
      let tolerance = 1e-12 * capacities.reduce(0, +)
      #expect(abs(answer.value - value) <= tolerance, "\(answer.value), not \(value); \(shape)")
      var excess = [Double](repeating: 0, count: shape.nodeCount)
      for arc in answer.flow.indices {
        #expect(answer.flow[arc] >= 0 && answer.flow[arc] <= capacities[arc] + tolerance)
        excess[shape.tails[arc]] -= answer.flow[arc]
        excess[shape.heads[arc]] += answer.flow[arc]
      }
      for node in 1..<(shape.nodeCount - 1) { #expect(abs(excess[node]) <= tolerance) }
    }
  }

  @Test(
    "doubles that overflow give a useless answer, but an answer",
    arguments: MaximumFlowSolver.general)
  func overflow(solver: MaximumFlowSolver) {
    let huge = Double.greatestFiniteMagnitude
    let shape = TestNetwork(nodeCount: 4, [(0, 1, 1), (0, 1, 1), (1, 2, 1), (1, 2, 1), (2, 3, 1)])
    let adjacency = Adjacency(nodeCount: 4, arcs: shape.arcs)
    for last in [huge, .infinity] {
      let answer = solver.solveDouble(
        capacities: [huge, .infinity, .infinity, huge, last], adjacency: adjacency, source: 0,
        sink: 3)
      #expect(!answer.value.isFinite || answer.value > 0)
    }
  }

  @Test("a solver goes on from any feasible flow", arguments: MaximumFlowSolver.general)
  func warmStart(solver: MaximumFlowSolver) {
    var numbers = TestNumbers(seed: 16)
    for round in 0..<100 {
      let network = TestNetwork(nodeCount: 3 + round % 5, arcCount: 14, numbers: &numbers)
      let adjacency = Adjacency(nodeCount: network.nodeCount, arcs: network.arcs)
      // A maximum flow for smaller capacities is a feasible one for the true ones.
      var smaller = ResidualGraph(
        adjacency: adjacency, source: network.source, sink: network.sink,
        capacities: network.capacities.map { $0 / 2 })
      _ = MaximumFlowSolver.edmondsKarp.solve(&smaller)
      var graph = ResidualGraph(
        adjacency: adjacency, source: network.source, sink: network.sink,
        capacities: network.capacities, flow: smaller.flow)
      // The second run finds nothing left to do.
      for _ in 0..<2 {
        #expect(solver.solve(&graph).status == .optimal)
        #expect(graph.value == CutOracle(network).value, "\(network)")
      }
    }
  }

  @Test(
    "a reached work limit is reported, at the same place each time",
    arguments: MaximumFlowSolver.allCases)
  func workLimit(solver: MaximumFlowSolver) throws {
    var numbers = TestNumbers(seed: 17)
    let tensor = try randomTensor(layers: 3, tokens: 5, denominator: 9, numbers: &numbers)
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    let whole = solver.solve(network)
    #expect(whole.status == .optimal)
    #expect(solver.solve(network, limit: WorkLimit(arcScans: whole.work)) == whole)
    for scans in [0, 1, whole.work / 3] {
      let stopped = solver.solve(network, limit: WorkLimit(arcScans: scans))
      #expect(stopped.status == .workLimitReached)
      #expect(stopped.work > scans && stopped.work < whole.work)
      #expect(stopped == solver.solve(network, limit: WorkLimit(arcScans: scans)))
    }
    let double = solver.solveDouble(network, limit: WorkLimit(arcScans: 0))
    #expect(double.status == .workLimitReached)
  }

  /// A layered network as a test network with source 0: the kernel's nodes in reverse order.
  private func listed(_ network: FlowNetwork) throws -> TestNetwork {
    guard case .int64(let capacities) = network.capacities.elements else {
      throw Wide()
    }
    return TestNetwork(
      nodeCount: network.nodeCount,
      capacities.indices.map { arc in
        let (tail, head) = network.arcs.ends(of: arc)
        return (network.source - tail, network.source - head, capacities[arc])
      })
  }

  private struct Wide: Error {}
}

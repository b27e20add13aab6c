import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

@Suite struct ArcIntervalsTests {
  // Networks of up to 64 nodes are searched on words, others along half-arcs.
  @Test(
    "intervals of all arcs of random multigraphs are those of the cuts, and are accepted",
    arguments: [0, 57, 58, 64])
  func randomMultigraphs(unusedNodes: Int) throws {
    var numbers = TestNumbers(seed: 21)
    for round in 0..<400 {
      let small = TestNetwork(nodeCount: 2 + round % 6, arcCount: round % 13, numbers: &numbers)
      let network = try small.flowNetwork(unusedNodes: unusedNodes)
      let oracle = CutOracle(small)
      let value = oracle.value
      let answer = MaximumFlowSolver.general[round % 3].solve(network)
      let flow = try #require(checkFeasible(answer.flow, in: network).claim)
      let maximum = try #require(checkMaximum(flow, cut: answer.cut).claim)
      let arcs = Array(0..<network.arcCount)
      let certificates = try #require(arcIntervals(network, flow: answer.flow, arcs: arcs))
      let judgement = checkIntervals(maximum, arcs: arcs, certificates)
      let intervals = try #require(
        judgement.claim, "\(String(describing: judgement.rejection?.first)) \(small)")
      for arc in arcs {
        let interval = oracle.interval(of: arc, value: value)
        #expect(intervals.minima[arc] == Rational(interval.lowerBound), "arc \(arc) of \(small)")
        #expect(intervals.maxima[arc] == Rational(interval.upperBound), "arc \(arc) of \(small)")
      }
    }
  }

  @Test("token intervals are v'({j}) and v'(N) - v'(N without j), solved cold")
  func coldSolves() throws {
    var numbers = TestNumbers(seed: 22)
    for round in 0..<60 {
      let tensor = try randomTensor(
        layers: 1 + round % 3, tokens: 2 + round % 4, denominator: 5, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: round % 2 == 0 ? .all : .single(1))
      for terminal in [network.sinkArcs, network.sourceArcs] {
        let certificate = try #require(answerCertificate(network))
        let all = Set(terminal)
        let total = value(network, keeping: all, of: terminal)
        let certificates = try #require(
          arcIntervals(network, flow: certificate.flow, arcs: terminal))
        let maximum = try #require(
          checkFeasible(certificate.flow, in: network).claim.flatMap {
            checkMaximum($0, cut: certificate.cut).claim
          })
        let intervals = try #require(
          checkIntervals(maximum, arcs: terminal, certificates).claim)
        for (position, arc) in terminal.enumerated() {
          #expect(intervals.maxima[position] == value(network, keeping: [arc], of: terminal))
          let others = value(network, keeping: all.subtracting([arc]), of: terminal)
          #expect(intervals.minima[position] == total - others)
        }
      }
    }
  }

  @Test("a self loop has the interval from 0 to its capacity, an empty arc the interval 0")
  func loopsAndEmptyArcs() throws {
    let network = try TestNetwork(nodeCount: 2, [(0, 1, 3), (0, 0, 5), (1, 1, 2), (1, 0, 0)])
      .flowNetwork()
    let answer = try #require(answerCertificate(network))
    let intervals = try #require(arcIntervals(network, flow: answer.flow, arcs: [0, 1, 2, 3]))
    let maximum = try #require(
      checkFeasible(answer.flow, in: network).claim.flatMap {
        checkMaximum($0, cut: answer.cut).claim
      })
    let claim = try #require(checkIntervals(maximum, arcs: [0, 1, 2, 3], intervals).claim)
    #expect(claim.minima == [3, 0, 0, 0])
    #expect(claim.maxima == [3, 5, 2, 0])
  }

  @Test("a limit or a cancellation gives no intervals, and no wrong ones")
  func stopped() throws {
    var numbers = TestNumbers(seed: 23)
    let tensor = try randomTensor(layers: 3, tokens: 4, denominator: 5, numbers: &numbers)
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    let flow = MaximumFlowSolver.dinic.solve(network).flow
    let arcs = network.sinkArcs
    #expect(
      arcIntervals(network, flow: flow, arcs: arcs, limit: WorkLimit(arcScans: 1)) == nil)
    var asked: [Int] = []
    let cancelled = arcIntervals(network, flow: flow, arcs: arcs) { finished in
      asked.append(finished)
      return finished < 2
    }
    #expect(cancelled == nil)
    #expect(asked == [0, 1, 2])
    #expect(answerCertificate(network) { _ in false } == nil)
    #expect(answerCertificate(network, limit: WorkLimit(arcScans: 0)) == nil)
  }

  /// The maximum-flow value when of some arcs only those in a set may carry flow.
  private func value(_ network: FlowNetwork, keeping kept: Set<Int>, of arcs: [Int]) -> Rational {
    let dropped = Set(arcs).subtracting(kept)
    let numerators = (0..<network.arcCount).map {
      dropped.contains($0) ? BigInteger.zero : network.capacities.numerator($0)
    }
    var graph = ResidualGraph(
      adjacency: Adjacency(network), source: network.source, sink: network.sink,
      capacities: numerators)
    _ = MaximumFlowSolver.edmondsKarp.solve(&graph)
    return Rational(graph.value, network.capacities.denominator)
  }
}

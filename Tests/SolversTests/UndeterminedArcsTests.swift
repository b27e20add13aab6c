import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

@Suite struct UndeterminedArcsTests {
  @Test("undetermined are the arcs whose interval is not a point, and the kernel accepts the proof")
  func randomMultigraphs() throws {
    var numbers = TestNumbers(seed: 31)
    var shapes: [Bool: Int] = [:]
    for round in 0..<900 {
      let small = TestNetwork(nodeCount: 2 + round % 6, arcCount: round % 14, numbers: &numbers)
      let network = try small.flowNetwork()
      let oracle = CutOracle(small)
      let value = oracle.value
      let answer = MaximumFlowSolver.general[round % 3].solve(network)
      let undetermined = try accepted(network, answer, "\(small)")
      let expected = (0..<network.arcCount).filter { arc in
        let interval = oracle.interval(of: arc, value: value)
        return interval.lowerBound < interval.upperBound
      }
      #expect(undetermined.arcs == expected, "\(small)")
      shapes[expected.isEmpty, default: 0] += 1
    }
    // Both answers must have come up.
    #expect(shapes[true, default: 0] > 100 && shapes[false, default: 0] > 100)
  }

  @Test("layered networks with many ties, both modes and orientations, are proved")
  func layered() throws {
    var numbers = TestNumbers(seed: 32)
    for round in 0..<200 {
      let tensor = try randomTensor(
        layers: 1 + round % 4, tokens: 1 + round % 7, denominator: 1 + Int64(round % 5),
        numbers: &numbers)
      for mode in [Mode.all, .single(0)] {
        let network = try FlowNetwork(tensor: tensor, mode: mode)
        let turned = network.reversed
        let arcs = try accepted(network, MaximumFlowSolver.dinic.solve(network), "").arcs
        let again = try accepted(turned, MaximumFlowSolver.pushRelabel.solve(turned), "").arcs
        #expect(arcs == again)
      }
    }
  }

  @Test("uniform attention is unique for all top tokens and ambiguous everywhere for one")
  func uniform() throws {
    for (layers, tokens) in [(2, 2), (2, 5), (4, 8)] {
      let share = Rational(1, tokens)
      let layer = [[Rational]](
        repeating: [Rational](repeating: share, count: tokens), count: tokens)
      let uniform = try tensor([[[Rational]]](repeating: layer, count: layers))
      let all = try FlowNetwork(tensor: uniform, mode: .all)
      #expect(try accepted(all, MaximumFlowSolver.dinic.solve(all), "").isUnique)
      let single = try FlowNetwork(tensor: uniform, mode: .single(0))
      let (answer, _) = judged(single, answerCertificate(single))
      let claim = try #require(answer)
      // The row of the fed token is used up; all other arcs below the top, and the sink arcs, move.
      #expect(claim.undetermined.arcs.count == (layers - 1) * tokens * tokens + tokens)
      #expect(claim.attributions.minima.allSatisfy { $0 == 0 })
      #expect(claim.attributions.maxima.allSatisfy { $0 == 1 })
    }
  }

  @Test("capacities of any size give a second flow within bounds")
  func wideRange() throws {
    var numbers = TestNumbers(seed: 33)
    for bits in [50, 100, 700] {
      for _ in 0..<40 {
        let small = TestNetwork(nodeCount: 5, arcCount: 14, numbers: &numbers)
        let capacities = small.capacities.map {
          BigInteger($0).shifted(left: Int.random(in: 0...bits, using: &numbers))
        }
        let network = try small.flowNetwork(capacities: ExactVector(capacities, denominator: 3))
        _ = try accepted(network, MaximumFlowSolver.dinic.solve(network), "\(small)")
      }
    }
  }

  @Test("a flow over another denominator is as good")
  func denominators() throws {
    let small = TestNetwork(nodeCount: 3, [(0, 1, 2), (0, 1, 2), (1, 2, 2)])
    let network = try small.flowNetwork()
    let answer = MaximumFlowSolver.dinic.solve(network)
    let flow = ExactVector([1, 3, 4] as [Int64], denominator: 2)
    let maximum = try #require(
      checkFeasible(flow, in: network).claim.flatMap { checkMaximum($0, cut: answer.cut).claim })
    let certificate = undeterminedArcsCertificate(network, flow: flow)
    #expect(checkUndetermined(maximum, certificate).claim?.arcs == [0, 1])
  }

  @Test("a network of free arcs in one long ring is repaired without zeros")
  func ring() throws {
    // Two antiparallel rings: every arc can move both ways once a circulation of halves is added.
    for length in [3, 4, 9, 30] {
      let ring = (0..<length).map { ($0, ($0 + 1) % length, Int64(2)) }
      let back = (0..<length).map { (($0 + 1) % length, $0, Int64(2)) }
      let arcs = (ring + back).map { (tail: $0.0, head: $0.1, capacity: $0.2) }
      let network = try TestNetwork(nodeCount: length + 1, arcs).flowNetwork()
      let flow = ExactVector([Int64](repeating: 1, count: 2 * length), denominator: 1)
      let maximum = try #require(
        checkFeasible(flow, in: network).claim.flatMap {
          checkMaximum($0, cut: NodeSet(nodeCount: length + 1, members: 0..<length)).claim
        })
      let certificate = undeterminedArcsCertificate(network, flow: flow)
      #expect(checkUndetermined(maximum, certificate).claim?.arcs == Array(0..<(2 * length)))
    }
  }

  /// The undetermined arcs as the kernel accepts them.
  private func accepted(
    _ network: FlowNetwork, _ answer: ExactMaximumFlow, _ what: String
  ) throws -> UndeterminedArcs {
    let flow = try #require(checkFeasible(answer.flow, in: network).claim)
    let maximum = try #require(checkMaximum(flow, cut: answer.cut).claim)
    let certificate = undeterminedArcsCertificate(network, flow: answer.flow)
    let judgement = checkUndetermined(maximum, certificate)
    return try #require(
      judgement.claim, "\(String(describing: judgement.rejection?.first)) \(what)")
  }
}

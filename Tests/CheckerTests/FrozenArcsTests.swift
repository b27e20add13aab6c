// Levels prove arcs frozen. With costs and potentials 0 and no gain every circulation is optimal,
// so that `checkOptimality` accepts exactly the right levels.
import Checker
import ExactArithmetic
import TestSupport
import Testing

private func judge(
  _ levels: [Int32], _ flow: ExactVector, in network: FlowNetwork,
  _ returnArc: CirculationProblem.ReturnArc
) throws -> Judgement<OptimalCirculation> {
  let problem = try CirculationProblem(network: network, returnArc: returnArc)
  return checkOptimality(
    try #require(checkCirculation(flow, in: problem).claim), noDuals(network), levels: levels)
}

private func noDuals(_ network: FlowNetwork) -> CirculationDuals {
  let zeros = ExactVector([Int64](repeating: 0, count: network.arcCount), denominator: 1)
  return CirculationDuals(
    potentials: ExactVector([Int64](repeating: 0, count: network.nodeCount), denominator: 1),
    lowerMultipliers: zeros, upperMultipliers: zeros)
}

/// Per node how many nodes reach it in the residual graph: equal on components, rising between.
private func rightLevels(
  _ flow: ExactVector, _ network: FlowNetwork, isFree: Bool
) -> [Int32] {
  let count = network.nodeCount
  var reaches = (0..<count).map { row in (0..<count).map { $0 == row } }
  network.arcs.forEach { arc, tail, head in
    if flow[arc] < network.capacities[arc] { reaches[tail][head] = true }
    if flow[arc] > 0 { reaches[head][tail] = true }
  }
  if isFree {
    reaches[network.source][network.sink] = true
    reaches[network.sink][network.source] = true
  }
  for via in 0..<count {
    for start in 0..<count where reaches[start][via] {
      for end in 0..<count where reaches[via][end] { reaches[start][end] = true }
    }
  }
  return (0..<count).map { node in Int32(reaches.count { $0[node] }) }
}

@Suite struct FrozenArcsTests {
  private let free = CirculationProblem.ReturnArc.free(gain: 0)

  @Test("a wrong level is rejected at its arc, with the levels that should have risen")
  func level() throws {
    // s = 0 -> a = 1 -> t = 2, and a dead end a -> b = 3.
    let network = try smallNetwork(nodes: 4, sink: 2, [(0, 1, 2), (1, 2, 2), (1, 3, 1)])
    for amount in [0, 1, 2] as [Rational] {
      let flow = ExactVector([amount, amount, 0])
      #expect(try judge([5, 5, 5, 6], flow, in: network, free).claim != nil)
      #expect(try judge([0, 0, 0, 0], flow, in: network, free).claim != nil)
      #expect(try judge([5, 5, 5, .max], flow, in: network, free).claim != nil)
      expect(try judge([5, 5, 5, 4], flow, in: network, free), .level, .arc(2), 5, 4)
    }
    // One unit can leave and come back: both ends of an arc inside its bounds have one level.
    let inside = ExactVector([1, 1, 0] as [Rational])
    expect(try judge([0, 1, 1, 1], inside, in: network, free), .level, .arc(0), 1, 0, count: 2)
    expect(try judge([1, 0, 0, 0], inside, in: network, free), .level, .arc(0), 1, 0, count: 2)
    // Without flow the levels may rise on the way, but the free return arc closes the circle.
    let none = ExactVector([0, 0, 0] as [Rational])
    expect(try judge([0, 0, 1, 1], none, in: network, free), .level, .returnArc, 1, 0)
    #expect(try judge([0, 0, 1, 1], none, in: network, .fixed(value: 0)).claim != nil)
    // At the maximum they fall over the saturated arc, if the value is fixed.
    let full = ExactVector([2, 2, 0] as [Rational])
    #expect(try judge([1, 0, 0, 0], full, in: network, .fixed(value: 2)).claim != nil)
    expect(try judge([1, 0, 0, 0], full, in: network, free), .level, .returnArc, 0, 1)
    expect(try judge([0, 1, 1, 1], full, in: network, .fixed(value: 2)), .level, .arc(0), 1, 0)
  }

  @Test("a cycle beside the flow is not frozen; without capacity on one arc it is")
  func cycle() throws {
    // s = 0 -> t = 1, and the antiparallel pair a = 2 <-> b = 3 with a loop at b.
    for (capacity, isFrozen) in [(1, false), (0, true)] as [(Int64, Bool)] {
      let network = try smallNetwork(
        nodes: 4, sink: 1, [(0, 1, 1), (2, 3, 1), (3, 2, capacity), (3, 3, 1)])
      let flow = ExactVector([Rational(1, 2), 0, 0, 0])
      #expect((try judge([0, 0, 0, 1], flow, in: network, free).claim != nil) == isFrozen)
      #expect(try judge([0, 0, 7, 7], flow, in: network, free).claim != nil)
      // The loop can always carry more: it joins a level to itself and needs its logarithm.
      let problem = try CirculationProblem(
        network: network, costs: ExactVector([0, 3, 5, 0]), returnArc: free,
        term: .logarithms(mu: 1))
      expect(
        checkOptimality(
          try circulation([half, 0, 0, 0], in: problem), noDuals(network), levels: [0, 0, 0, 0]),
        .interior, .arc(1), 0, 0, count: isFrozen ? 2 : 3)
    }
  }

  @Test("levels on random multigraphs: what they freeze is the same in all flows of its kind")
  func soundness() throws {
    var numbers = TestNumbers(seed: 41)
    var (accepted, frozen) = (0, 0)
    for _ in 0..<400 {
      let network = try randomMultigraph(&numbers)
      let truth = FlowEnumeration(network)
      let flow = truth.vector(numbers.below(truth.flows.count))
      for _ in 0..<25 {
        let levels = (0..<network.nodeCount).map { _ in Int32(numbers.below(3)) }
        let judgement = try judge(levels, flow, in: network, .fixed(value: truth.value))
        guard judgement.claim != nil else { continue }
        accepted += 1
        network.arcs.forEach { arc, tail, head in
          guard levels[tail] != levels[head] else { return }
          frozen += 1
          #expect(truth.least(arc) == truth.most(arc))
        }
      }
    }
    #expect(accepted > 500 && frozen > 500)
  }

  @Test("levels by reachability are accepted, and miss no arc that stays at a bound")
  func completeness() throws {
    var numbers = TestNumbers(seed: 43)
    for _ in 0..<400 {
      let network = try randomMultigraph(&numbers)
      let truth = FlowEnumeration(network)
      let flow = truth.vector(numbers.below(truth.flows.count))
      let levels = rightLevels(flow, network, isFree: false)
      #expect(
        try judge(levels, flow, in: network, .fixed(value: truth.value)).claim != nil)
      network.arcs.forEach { arc, tail, head in
        let isAtBound = flow[arc] == 0 || flow[arc] == network.capacities[arc]
        guard tail != head, network.capacities[arc] > 0, isAtBound else { return }
        #expect(
          (levels[tail] != levels[head]) == (truth.least(arc) == truth.most(arc)))
      }
      // With a free return arc all feasible flows count: 0 is one of them.
      let none = ExactVector([Int64](repeating: 0, count: network.arcCount), denominator: 1)
      let broad = rightLevels(none, network, isFree: true)
      #expect(try judge(broad, none, in: network, free).claim != nil)
      network.arcs.forEach { arc, tail, head in
        if broad[tail] != broad[head] { #expect(truth.most(arc) == 0) }
      }
    }
  }

  @Test("a logarithm left out on a dead end: the rest is certified, its costs do not matter")
  func deadEnds() throws {
    // s = 0 -> t = 1 twice; s -> a = 2 and b = 3 -> t go nowhere, and c = 4 is joined to neither.
    let network = try smallNetwork(
      nodes: 5, sink: 1, [(0, 1, 1), (0, 1, 1), (0, 2, 1), (3, 1, 1), (2, 3, 0), (4, 2, 1)])
    let problem = try CirculationProblem(
      network: network, costs: ExactVector([0, 0, -9, -9, -9, -9]),
      term: .logarithms(mu: Rational(3, 8)))
    let flow = try circulation([Rational(3, 4), Rational(3, 4), 0, 0, 0, 0], in: problem)
    var duals = noDuals(network)
    duals.potentials = ExactVector([0, 1, 5, -5, 5])
    var certificate = DistanceCertificate(
      duals: duals, levels: [0, 0, 2, -1, 1], norm: 0, radius: 0)
    #expect(checkDistance(flow, certificate).claim?.radius == 0)
    #expect(checkOptimality(flow, duals, levels: certificate.levels).claim != nil)
    // Arc 2, arc 3 and arc 5 are at a bound that only the levels show to be frozen.
    expect(checkOptimality(flow, duals), .interior, .arc(2), 0, 0, count: 3)
    certificate.levels = [0, 0, 0, 0, 0]
    expect(checkDistance(flow, certificate), .interior, .arc(2), 0, 0, count: 3)
    certificate.levels = [0, 0, 2, 1, 1]
    expect(checkDistance(flow, certificate), .level, .arc(3), 1, 0)
  }

  @Test("a central flow: the value is fixed, saturated arcs are frozen, the rest is centred")
  func centralFlow() throws {
    // s = 0 -> a = 1 of capacity 1, then two arcs a -> t = 2 of capacity 3/2 each, mu = 1.
    let network = try smallNetwork(nodes: 3, [(0, 1, 2), (1, 2, 3), (1, 2, 3)], over: 2)
    let problem = try CirculationProblem(
      network: network, returnArc: .fixed(value: 1), term: .logarithms(mu: 1))
    // At 1/2 on both arcs the slacks are 1/2 and 1, so the gradient is -2 + 1.
    let flow = try circulation([1, half, half], in: problem)
    var duals = noDuals(network)
    duals.potentials = ExactVector([0, 0, -1])
    let levels: [Int32] = [1, 0, 0]
    let optimum = checkOptimality(flow, duals, levels: levels)
    #expect(optimum.claim?.isUnique == true)
    expect(checkOptimality(flow, duals), .interior, .arc(0), 1, 1)
    // Another flow of value 1, off the centre by 1/16. Its residuals -0.344 and 0.289 have norm
    // 0.197, and 0.25 over the root of the least curvature, 4.30, is 0.1206.
    let off = try circulation([1, Rational(7, 16), Rational(9, 16)], in: problem)
    var certificate = DistanceCertificate(
      duals: duals, levels: levels, norm: Rational(1, 5), radius: Rational(1, 8))
    #expect(checkDistance(off, certificate).claim?.radius == Rational(1, 8))
    certificate.radius = Rational(1, 9)
    #expect(checkDistance(off, certificate).rejection?.first.rule == .radius)
    #expect(checkDistance(off, certificate).rejection?.first.place == .arc(2))
  }
}

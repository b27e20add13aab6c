import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct CheckIntervalTests {
  private func judge(
    arcs: [Int] = [1, 2, 4], _ change: (inout [ArcIntervalCertificate]) -> Void = { _ in }
  ) throws -> Judgement<ArcIntervals> {
    var certificates = Fixture.intervals
    change(&certificates)
    return checkIntervals(try Fixture.maximum(), arcs: arcs, certificates)
  }

  @Test("an extremal flow and a node set prove each end of each interval")
  func accepted() throws {
    let claim = try #require(try judge().claim)
    #expect(claim.minima == [0, 0, half] && claim.maxima == [1, 1, half])
    #expect(claim.widthMaximum == 1 && !claim.isUnique && claim.certainPairs == 0)
  }

  @Test("no arcs have no intervals, and any arc may be asked for, twice if need be")
  func anyArcs() throws {
    let none = try #require(try judge(arcs: []) { $0 = [] }.claim)
    #expect(none.isUnique && none.widthMaximum == 0 && none.certainPairs == 0)
    // Arc 0 leaves the source, and is full in every maximum flow.
    let full = ArcIntervalCertificate(
      arc: 0,
      minimum: ExtremalFlow(arcs: [], differences: ExactVector([]), cut: Fixture.set(0)),
      maximum: Fixture.stays)
    let claim = try #require(try judge(arcs: [0, 0]) { $0 = [full, full] }.claim)
    #expect(claim.minima == [1, 1] && claim.maxima == [1, 1] && claim.certainPairs == 1)
  }

  @Test("there is one certificate for each arc, in the same order, of an arc that exists")
  func shape() throws {
    expect(try judge { $0.removeLast() }, .shape, .field("intervals"), 2, 3)
    expect(try judge { $0.append($0[0]) }, .shape, .field("intervals"), 4, 3)
    expect(try judge { $0.swapAt(0, 1) }, .range, .field("intervals.arc"), 2, 1)
    for arc in [-1, 3, 6, .min, .max] {
      expect(
        try judge { $0[2].arc = arc }, .range, .field("intervals.arc"), Rational(arc), 4)
    }
  }

  @Test("a claim about an arc that does not exist is rejected, with the nearest that does")
  func arcRange() throws {
    for (arc, nearest) in [(-1, 0), (.min, 0), (6, 5), (.max, 5)] {
      let certificate = ArcIntervalCertificate(
        arc: arc, minimum: Fixture.stays, maximum: Fixture.stays)
      expect(
        try judge(arcs: [arc]) { $0 = [certificate] }, .range, .field("intervals.arc"),
        Rational(arc), Rational(nearest))
    }
  }

  @Test("changes and arcs are as many, and node sets are of this network")
  func endShape() throws {
    expect(
      try judge { $0[0].minimum.arcs.append(4) }, .shape, .arc(1), 2, 3)
    expect(
      try judge { $0[1].maximum.differences = ExactVector([1]) }, .shape, .arc(2), 1, 2)
    expect(
      try judge { $0[1].maximum.differences = ExactVector([-1, 1, 0]) }, .shape, .arc(2), 3, 2)
    expect(
      try judge { $0[2].maximum.cut = NodeSet(nodeCount: 5, members: [0, 1, 3]) }, .shape,
      .arc(4), 5, 4)
    expect(
      try judge { $0[2].minimum.cut = NodeSet(nodeCount: 0) }, .shape, .arc(4), 0, 4)
  }

  @Test("the arcs of a change increase strictly: none twice, none that does not exist")
  func arcOrder() throws {
    let cases: [([Int32], Int32, Int)] = [
      ([1, 1], 1, 2), ([2, 1], 1, 3), ([-1, 1], -1, 0), ([1, 6], 6, 2), ([1, .max], .max, 2),
      ([.min, 2], .min, 0),
    ]
    for (arcs, arc, required) in cases {
      expect(
        try judge { $0[0].minimum.arcs = arcs }, .range, .intervalArc(interval: 1, arc: Int(arc)),
        Rational(Int(arc)), Rational(required))
    }
  }

  @Test("a change is a circulation within the bounds")
  func change() throws {
    expect(
      try judge { $0[0].minimum.differences = ExactVector([-1, half]) }, .circulation,
      .intervalNode(interval: 1, node: 1), half, 0, count: 2)
    expect(
      try judge { $0[0].minimum.differences = ExactVector([-2, 2]) }, .lowerBound,
      .intervalArc(interval: 1, arc: 1), -1, 0, count: 2)
    expect(
      try judge { $0[1].maximum.differences = ExactVector([1, -1]) }, .lowerBound,
      .intervalArc(interval: 2, arc: 2), -1, 0, count: 2)
    expect(
      try judge {
        $0[2].maximum = ExtremalFlow(
          arcs: [3, 4, 5], differences: ExactVector([half, half, half]), cut: nil)
      }, .capacity, .intervalArc(interval: 4, arc: 3), 1, half)
  }

  @Test("a change that leaves one end unbalanced does not hide in a later one")
  func excessIsForgotten() throws {
    // The second change would balance what the first one left behind.
    expect(
      try judge {
        $0[0].minimum = ExtremalFlow(arcs: [1], differences: ExactVector([-1]), cut: nil)
        $0[0].maximum = ExtremalFlow(arcs: [1], differences: ExactVector([1]), cut: nil)
      }, .circulation, .intervalNode(interval: 1, node: 1), 1, 0, count: 2)
  }

  @Test("an amount that its node set does not prove extremal is rejected with the bound")
  func extremal() throws {
    expect(
      try judge { $0[0].minimum.differences = ExactVector([-half, half]) }, .extremal, .arc(1),
      half, 0)
    expect(try judge { $0[1].maximum = Fixture.stays }, .extremal, .arc(2), 0, 1)
    expect(try judge { $0[0].maximum = Fixture.moves }, .extremal, .arc(1), 0, 1)
    expect(try judge { $0[2].minimum.cut = nil }, .extremal, .arc(4), half, 0)
    expect(try judge { $0[2].maximum.cut = nil }, .extremal, .arc(4), half, 2)
    // Weaker sets bound, but not by enough: {0, 1, 2} by -1/2, {3} by 1 + 3/2.
    expect(
      try judge { $0[2].minimum.cut = Fixture.set(0, 1, 2) }, .extremal, .arc(4), half, -half)
    expect(
      try judge { $0[2].maximum.cut = Fixture.set(3) }, .extremal, .arc(4), half,
      Rational(5, 2))
  }

  @Test("the arc leaves the set of a minimum and enters that of a maximum")
  func setEnds() throws {
    expect(
      try judge { $0[2].minimum.cut = Fixture.set(0) }, .cutEnds,
      .intervalNode(interval: 4, node: 2), 0, 1)
    expect(
      try judge { $0[2].minimum.cut = Fixture.set(0, 2, 3) }, .cutEnds,
      .intervalNode(interval: 4, node: 3), 1, 0)
    expect(
      try judge { $0[2].maximum.cut = Fixture.set(0, 2) }, .cutEnds,
      .intervalNode(interval: 4, node: 2), 1, 0)
    expect(
      try judge { $0[2].maximum.cut = Fixture.set(0, 1) }, .cutEnds,
      .intervalNode(interval: 4, node: 3), 0, 1)
  }

  @Test("a self loop runs from 0 to its capacity, and no node set says anything about it")
  func loop() throws {
    let network = try smallNetwork(nodes: 2, [(0, 1, 1), (1, 1, 3)])
    let flow = try #require(checkFeasible(ExactVector([1, 1]), in: network).claim)
    let maximum = try #require(
      checkMaximum(flow, cut: NodeSet(nodeCount: 2, members: [0])).claim)
    func judge(_ least: NodeSet?, _ most: NodeSet?) -> Judgement<ArcIntervals> {
      checkIntervals(
        maximum, arcs: [1],
        [
          ArcIntervalCertificate(
            arc: 1,
            minimum: ExtremalFlow(arcs: [1], differences: ExactVector([-1]), cut: least),
            maximum: ExtremalFlow(arcs: [1], differences: ExactVector([2]), cut: most))
        ])
    }
    let claim = try #require(judge(nil, nil).claim)
    #expect(claim.minima == [0] && claim.maxima == [3])
    for members in [[], [0], [1], [0, 1]] {
      let set = NodeSet(nodeCount: 2, members: members)
      #expect(judge(set, nil).rejection?.first.rule == .cutEnds)
      #expect(judge(nil, set).rejection?.first.rule == .cutEnds)
    }
  }
}

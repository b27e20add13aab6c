import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct CheckUndeterminedTests {
  private func judge(
    _ change: (inout UndeterminedArcsCertificate) -> Void = { _ in }
  ) throws -> Judgement<UndeterminedArcs> {
    var certificate = Fixture.undetermined
    change(&certificate)
    return checkUndetermined(try Fixture.maximum(), certificate)
  }

  @Test("one second flow and labels, ranks and parents for the rest name the undetermined arcs")
  func accepted() throws {
    let claim = try #require(try judge().claim)
    #expect(claim.arcs == [1, 2] && !claim.isUnique)
    #expect(claim.second.value == Rational(3, 2))
    #expect(claim.second.amounts[1] == Rational(2, 3))
  }

  @Test("names of labels, shifts of ranks and depths, and numbers of unused labels are free")
  func freedom() throws {
    let changes: [(inout UndeterminedArcsCertificate) -> Void] = [
      { $0.ranks = $0.ranks.map { $0 - 7 } },
      { $0.ranks[0] = .max },
      {
        $0.ranks[1] = .min; $0.ranks[2] = .min
      },
      {
        $0.ranks[3] = 99; $0.depths[3] = -99; $0.parentArcs[3] = 12345
      },
      {
        $0.depths[1] = .min; $0.depths[2] = .min + 1
      },
      {
        $0.depths[1] = .max - 1; $0.depths[2] = .max
      },
      {
        $0.parentArcs[0] = .min; $0.parentArcs[1] = .max
      },
      // Labels 3, 0, 1, 0 for 0, 1, 2, 1.
      {
        $0.labels = [3, 0, 1, 0]; $0.ranks = [0, 0, -5, 1]; $0.depths = [0, 1, 0, 0]
        $0.parentArcs = [-1, 4, -1, -1]
      },
      // The tree of the free arc may hang the other way round.
      {
        $0.depths = [0, 1, 0, 0]; $0.parentArcs = [-1, 4, -1, -1]
      },
      { $0.differences = ExactVector([0, -1, 1, 0, 0, 0]) },
    ]
    for (index, change) in changes.enumerated() {
      #expect(try judge(change).claim?.arcs == [1, 2], "change \(index)")
    }
  }

  @Test("each array has one entry for each arc or node")
  func shape() throws {
    expect(
      try judge { $0.differences = ExactVector([0, -1, 1, 0, 0]) }, .shape,
      .field("differences"), 5, 6)
    expect(
      try judge { $0.labels.append(0) }, .shape, .field("labels"), 5, 4)
    expect(
      try judge { $0.ranks.removeLast() }, .shape, .field("ranks"), 3, 4)
    expect(
      try judge { $0.depths = [] }, .shape, .field("depths"), 0, 4)
    expect(
      try judge { $0.parentArcs.append(-1) }, .shape, .field("parentArcs"), 5, 4)
  }

  @Test("a label is the number of a node")
  func labelRange() throws {
    for label: Int32 in [-1, 4, .min, .max] {
      expect(
        try judge { $0.labels[2] = label }, .range, .node(2), Rational(Int(label)), 3)
    }
  }

  @Test("the difference is a circulation, at source and sink too")
  func circulation() throws {
    expect(
      try judge { $0.differences = ExactVector([0, -half, 1, 0, 0, 0]) }, .circulation,
      .node(1), -half, 0, count: 2)
    // A path from source to sink is none.
    expect(
      try judge { $0.differences = ExactVector([-1, -1, 0, 0, 0, 0]) }, .circulation, .node(0), 1,
      0, count: 2)
  }

  @Test("the second flow respects the bounds")
  func bounds() throws {
    expect(
      try judge { $0.differences = ExactVector([0, 1, -1, 0, 0, 0]) }, .lowerBound, .arc(2),
      -1, 0, count: 2)
    expect(
      try judge { $0.differences = ExactVector([0, -2, 2, 0, 0, 0]) }, .lowerBound, .arc(1),
      -1, 0, count: 2)
    expect(
      try judge { $0.differences = ExactVector([0, 0, 0, half, half, half]) }, .capacity,
      .arc(3), 1, half)
  }

  @Test("an undetermined arc joins nodes with one label")
  func label() throws {
    expect(
      try judge { $0.labels = [0, 1, 2, 3] }, .label, .arc(1), 1, 3, count: 2)
  }

  @Test("an arc that is left out of the difference cannot lie inside a label")
  func contraction() throws {
    expect(
      try judge { $0.differences = ExactVector([0, 0, 0, 0, 0, 0]) }, .contraction, .arc(1), 1, 1,
      count: 2)
    expect(
      try judge { $0.labels = [0, 1, 1, 1] }, .contraction, .arc(4), 1, 1)
  }

  @Test("a free arc joins equal ranks and is the parent arc of the deeper end")
  func free() throws {
    expect(try judge { $0.ranks[2] = -1 }, .rank, .arc(4), -1, 0)
    for parent: Int32 in [-1, 3, 5, 1, .min, .max] {
      expect(try judge { $0.parentArcs[2] = parent }, .forest, .arc(4), 2, 1)
    }
    for depth: Int32 in [-1, 0, 2, .min, .max] {
      expect(try judge { $0.depths[2] = depth }, .forest, .arc(4), 2, 1)
    }
    expect(try judge { $0.depths[1] = .max }, .forest, .arc(4), 2, 1)
  }

  @Test("a full arc goes down in rank, an empty one up; equal ranks are rejected")
  func bound() throws {
    expect(try judge { $0.ranks[0] = 0 }, .rank, .arc(0), 0, 0, count: 3)
    // Two empty arcs: ranks go up along both.
    let network = try smallNetwork(nodes: 4, source: 0, sink: 3, [(0, 1, 1), (1, 2, 1)])
    let flow = try #require(checkFeasible(ExactVector([0, 0]), in: network).claim)
    let maximum = try #require(
      checkMaximum(flow, cut: NodeSet(nodeCount: 4, members: 0..<3)).claim)
    var certificate = UndeterminedArcsCertificate(
      differences: ExactVector([0, 0]), labels: [0, 1, 2, 3], ranks: [0, 1, 2, 0],
      depths: [0, 0, 0, 0], parentArcs: [-1, -1, -1, -1])
    #expect(checkUndetermined(maximum, certificate).claim?.isUnique == true)
    certificate.ranks[2] = 1
    expect(checkUndetermined(maximum, certificate), .rank, .arc(1), 1, 1)
    certificate.ranks[2] = .min
    expect(
      checkUndetermined(maximum, certificate), .rank, .arc(1), 1, Rational(Int(Int32.min)))
  }

  @Test("two parallel free arcs, and two antiparallel ones, are never a forest")
  func doubledArcs() throws {
    for arcs: [SmallArc] in [
      [(0, 1, 2), (1, 2, 2), (1, 2, 2), (2, 3, 2)],
      [(0, 1, 2), (1, 2, 4), (2, 1, 2), (2, 3, 2)],
    ] {
      let network = try smallNetwork(nodes: 4, arcs, over: 2)
      let isParallel = arcs[1].head == arcs[2].head
      let middle: [Rational] = isParallel ? [half, half] : [Rational(3, 2), half]
      let flow = try #require(
        checkFeasible(ExactVector([1] + middle + [1]), in: network).claim)
      let maximum = try #require(
        checkMaximum(flow, cut: NodeSet(nodeCount: 4, members: [0])).claim)
      for parents: [Int32] in [[-1, -1, 1, -1], [-1, 2, 1, -1], [-1, 1, 2, -1]] {
        for depths: [Int32] in [[0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]] {
          let certificate = UndeterminedArcsCertificate(
            differences: ExactVector([0, 0, 0, 0]), labels: [0, 1, 2, 3], ranks: [2, 1, 1, 0],
            depths: depths, parentArcs: parents)
          #expect(checkUndetermined(maximum, certificate).rejection?.first.rule == .forest)
        }
      }
    }
  }

  @Test("a self loop with a capacity is always undetermined")
  func loop() throws {
    let network = try smallNetwork(nodes: 2, [(0, 1, 1), (1, 1, 1), (0, 0, 0)])
    for amount: Rational in [0, half, 1] {
      let flow = try #require(checkFeasible(ExactVector([1, amount, 0]), in: network).claim)
      let maximum = try #require(
        checkMaximum(flow, cut: NodeSet(nodeCount: 2, members: [0])).claim)
      var certificate = UndeterminedArcsCertificate(
        differences: ExactVector([0, 0, 0]), labels: [0, 1], ranks: [1, 0], depths: [0, 0],
        parentArcs: [1, 1])
      expect(checkUndetermined(maximum, certificate), .contraction, .arc(1), 1, 1)
      certificate.differences = ExactVector([0, amount == 0 ? half : -half, 0])
      #expect(checkUndetermined(maximum, certificate).claim?.arcs == [1])
    }
  }
}

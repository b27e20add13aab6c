import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct CheckMaximumTests {
  @Test("a saturated cut proves a flow maximum, and its capacity is the value")
  func accepted() throws {
    let maximum = try Fixture.maximum()
    #expect(maximum.value == Rational(3, 2))
    #expect(
      cutCapacity(maximum.cut, in: try Fixture.network()).claim == maximum.value)
  }

  @Test("every cut bounds every flow: the capacity of a cut that is not smallest is larger")
  func weakDuality() throws {
    let network = try Fixture.network()
    #expect(cutCapacity(Fixture.set(0, 1), in: network).claim == Rational(5, 2))
    #expect(cutCapacity(Fixture.set(0, 2), in: network).claim == 3)
    #expect(cutCapacity(Fixture.set(0, 1, 2), in: network).claim == 4)
  }

  @Test("a cut of a layered network has the capacity of its listed arcs, in both directions")
  func layeredCuts() throws {
    // Every arc has its own power of 2, so that a capacity says which arcs it is the sum of.
    for (layers, tokens) in [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3)] {
      let count = layers * tokens * tokens
      let tensor = try EffectiveTensor(
        layers: layers, tokens: tokens,
        entries: ExactVector((0..<count).map { Int64(1) << Int64($0) }, denominator: 1))
      let conventions = Conventions(superCapacity: Rational(Int(1) << count))
      let downward = try FlowNetwork(tensor: tensor, mode: .all, conventions: conventions)
      for network in [downward, downward.reversed] {
        let sides = 0..<(1 << network.nodeCount)
        for side in sides where side >> network.source & 1 == 1 && side >> network.sink & 1 == 0 {
          let members = (0..<network.nodeCount).filter { side >> $0 & 1 == 1 }
          let cut = NodeSet(nodeCount: network.nodeCount, members: members)
          var expected = Rational(0)
          network.arcs.forEach { arc, tail, head in
            if side >> tail & 1 == 1 && side >> head & 1 == 0 {
              expected += network.capacities[arc]
            }
          }
          #expect(cutCapacity(cut, in: network).claim == expected, "\(layers) \(tokens) \(members)")
        }
      }
    }
  }

  @Test("a cut without the source, with the sink, or for another node count is rejected")
  func ends() throws {
    let flow = try Fixture.feasible()
    expect(checkMaximum(flow, cut: Fixture.set()), .cutEnds, .node(0), 0, 1)
    expect(checkMaximum(flow, cut: Fixture.set(1, 2)), .cutEnds, .node(0), 0, 1)
    expect(checkMaximum(flow, cut: Fixture.set(0, 3)), .cutEnds, .node(3), 1, 0)
    for nodeCount in [0, 3, 5, 1000] {
      let cut = NodeSet(nodeCount: nodeCount, members: nodeCount > 0 ? [0] : [])
      expect(
        checkMaximum(flow, cut: cut), .shape, .field("cut"), Rational(nodeCount), 4)
      expect(
        cutCapacity(cut, in: flow.network), .shape, .field("cut"), Rational(nodeCount), 4)
    }
    expect(cutCapacity(Fixture.set(0, 3), in: flow.network), .cutEnds, .node(3), 1, 0)
  }

  @Test("an arc that leaves the source side with room to spare is named")
  func slack() throws {
    let flow = try Fixture.feasible()
    expect(checkMaximum(flow, cut: Fixture.set(0, 1)), .cutSaturated, .arc(2), 0, 1)
    expect(checkMaximum(flow, cut: Fixture.set(0, 2)), .cutSaturated, .arc(4), half, 2)
    let almost = 1 - Rational(1, BigInteger.powerOfTwo(1074))
    let short = try #require(
      checkFeasible(ExactVector([almost, almost, 0, half, half, 0]), in: flow.network).claim)
    expect(checkMaximum(short, cut: Fixture.set(0)), .cutSaturated, .arc(0), almost, 1)
  }

  @Test("an arc that enters the source side with flow on it is named")
  func backward() throws {
    // 0 -> 1 -> 2 -> 1 -> 3: the detour over 2 enters the set {0, 2}.
    let network = try smallNetwork(nodes: 4, [(0, 1, 1), (1, 2, 1), (2, 1, 1), (1, 3, 1)])
    let flow = try #require(checkFeasible(ExactVector([1, 1, 1, 1]), in: network).claim)
    let cut = NodeSet(nodeCount: 4, members: [0, 2])
    expect(checkMaximum(flow, cut: cut), .cutEmpty, .arc(1), 1, 0)
    // Without the arc back, that set would prove nothing: its value is 0, its capacity is not.
    let idle = try #require(checkFeasible(ExactVector([0, 0, 0, 0]), in: network).claim)
    expect(checkMaximum(idle, cut: cut), .cutSaturated, .arc(0), 0, 1, count: 2)
  }

  @Test("an arc back into the source takes from the value, and its flow spoils the cut")
  func arcIntoSource() throws {
    let network = try Fixture.network()
    let flow = try #require(
      checkFeasible(ExactVector([1, 1, 0, half, half, half]), in: network).claim)
    expect(checkMaximum(flow, cut: Fixture.set(0)), .cutEmpty, .arc(5), half, 0)
  }

  @Test("arcs of capacity 0 and self loops never spoil a cut")
  func zeroArcs() throws {
    let network = try smallNetwork(
      nodes: 3, [(0, 1, 0), (1, 0, 0), (0, 0, 5), (1, 1, 5), (1, 2, 1), (2, 2, 1)])
    let flow = try #require(checkFeasible(ExactVector([0, 0, 5, 2, 0, 1]), in: network).claim)
    #expect(checkMaximum(flow, cut: NodeSet(nodeCount: 3, members: [0])).claim?.value == 0)
  }
}

import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct CheckFeasibleTests {
  private func judge(_ flow: [Rational]) throws -> Judgement<FeasibleFlow> {
    checkFeasible(ExactVector(flow), in: try Fixture.network())
  }

  @Test("a flow within its bounds that is conserved is accepted, with its value out of the source")
  func accepted() throws {
    #expect(try judge(Fixture.flow).claim?.value == Rational(3, 2))
    // The arc back into the source counts against the value.
    #expect(try judge([1, 1, 0, half, half, half]).claim?.value == 1)
  }

  @Test("equality with both bounds is accepted")
  func boundary() throws {
    #expect(try judge([0, 0, 0, 0, 0, 0]).claim?.value == 0)
    let network = try smallNetwork(nodes: 3, [(0, 1, 3), (1, 2, 3)], over: 7)
    let full = checkFeasible(network.capacities, in: network)
    #expect(full.claim?.value == Rational(3, 7))
  }

  @Test("a flow from sink to source has a negative value, and no cut proves it maximum")
  func negativeValue() throws {
    let network = try smallNetwork(nodes: 2, [(1, 0, 1)])
    let flow = try #require(checkFeasible(ExactVector([1]), in: network).claim)
    #expect(flow.value == -1)
    expect(
      checkMaximum(flow, cut: NodeSet(nodeCount: 2, members: [0])), .cutEmpty, .arc(0), 1, 0)
  }

  @Test("a flow with an entry too few or too many is rejected")
  func shape() throws {
    expect(
      try judge([1, 1, 0, half, half]), .shape, .field("flow"), 5, 6)
    expect(
      try judge(Fixture.flow + [0]), .shape, .field("flow"), 7, 6)
    expect(try judge([]), .shape, .field("flow"), 0, 6)
  }

  @Test("a negative entry is rejected, even if the flow is conserved")
  func lowerBound() throws {
    let third = Rational(1, 3)
    expect(
      try judge([Rational(2, 3), 1, -third, half, half, 0]), .lowerBound, .arc(2), -third, 0)
  }

  @Test("an entry above its capacity is rejected, even if the flow is conserved")
  func capacity() throws {
    expect(
      try judge([1, 1, 0, 1, 1, 0]), .capacity, .arc(3), 1, half)
    let over = Rational(1_000_001, 1_000_000)
    expect(
      try judge([over, over, 0, half, half, 0]), .capacity, .arc(0), over, 1, count: 2)
  }

  @Test("a flow that leaks at one node is rejected there")
  func conservation() throws {
    expect(
      try judge([1, Rational(1, 3), 0, half, half, 0]), .conservation, .node(1),
      Rational(2, 3), 0)
    expect(
      try judge([1, 1, half, half, half, 0]), .conservation, .node(1), -half, 0)
  }

  @Test("the largest violation and the count speak of all rules, the first of the first rule")
  func collected() throws {
    let judgement = try judge([5, 1, -1, half, half, 0])
    // Arc 2 is below 0 by 1, arc 0 above 1 by 4, node 1 keeps 5.
    expect(judgement, .lowerBound, .arc(2), -1, 0, count: 3)
    #expect(judgement.rejection?.largest.rule == .conservation)
    #expect(judgement.rejection?.largest.difference == 5)
    let report = measureFlow(
      ExactVector([5, 1, -1, half, half, 0]), in: try Fixture.network())
    #expect(report.claim?.bounds?.count == 2)
    #expect(report.claim?.conservation?.count == 1)
    #expect(report.claim?.value == Rational(11, 2))
  }

  @Test("a self loop neither fills nor drains its node")
  func loop() throws {
    let network = try smallNetwork(nodes: 2, [(0, 0, 2), (0, 1, 1), (1, 1, 2)])
    #expect(checkFeasible(ExactVector([2, 1, half]), in: network).claim?.value == 1)
    expect(
      checkFeasible(ExactVector([3, 1, 0]), in: network), .capacity, .arc(0), 3, 2)
  }

  @Test("a network without arcs has the empty flow")
  func empty() throws {
    let network = try smallNetwork(nodes: 2, [])
    #expect(checkFeasible(ExactVector([]), in: network).claim?.value == 0)
    expect(checkFeasible(ExactVector([0]), in: network), .shape, .field("flow"), 1, 0)
  }

  @Test("the claimed value is the net flow out of the source, exactly")
  func value() throws {
    let flow = try Fixture.feasible()
    #expect(checkValue(Rational(3, 2), of: flow) == nil)
    let claimed = Rational(3, 2) + Rational(1, BigInteger.powerOfTwo(200))
    let rejection = try #require(checkValue(claimed, of: flow))
    #expect(rejection.first.rule == .value && rejection.first.place == .node(0))
    #expect(rejection.first.difference == Rational(1, BigInteger.powerOfTwo(200)))
  }
}

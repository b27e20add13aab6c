import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct CheckSecondTests {
  private func judge(_ second: [Rational]) throws -> Judgement<DistinctMaximumFlows> {
    checkDistinct(try Fixture.maximum(), ExactVector(second))
  }

  @Test("another flow of the same value is a witness, with the arcs and the largest change")
  func accepted() throws {
    let claim = try #require(try judge([1, Rational(1, 3), Rational(2, 3), half, half, 0]).claim)
    #expect(claim.arcsChanged == [1, 2])
    #expect(claim.attributionChange == Rational(2, 3))
    #expect(claim.second.value == claim.first.value)
  }

  @Test("the same flow over another denominator is no witness")
  func same() throws {
    let flow = ExactVector(Fixture.flow).restated(over: 30)
    expect(
      checkDistinct(try Fixture.maximum(), flow), .shape, .field("arcsChanged"), 0, 1)
  }

  @Test("a flow of another value is no witness")
  func value() throws {
    expect(
      try judge([half, half, 0, half, half, 0]), .value, .node(0), Rational(3, 2), 1)
  }

  @Test("a vector that is not a flow, or of another length, is no witness")
  func infeasible() throws {
    expect(try judge([1, 2, -1, half, half, 0]), .lowerBound, .arc(2), -1, 0, count: 2)
    expect(try judge([1, 0, 1, half, half]), .shape, .field("flow"), 5, 6)
    expect(try judge([1, 0, half, half, half, 0]), .conservation, .node(1), half, 0)
  }

  @Test("flows that differ above the sink arcs only change no attribution")
  func innerChange() throws {
    let network = try smallNetwork(nodes: 4, [(0, 1, 1), (1, 2, 1), (1, 2, 1), (2, 3, 1)])
    let first = try #require(checkFeasible(ExactVector([1, 1, 0, 1]), in: network).claim)
    let maximum = try #require(
      checkMaximum(first, cut: NodeSet(nodeCount: 4, members: [0])).claim)
    let claim = try #require(checkDistinct(maximum, ExactVector([1, 0, 1, 1])).claim)
    #expect(claim.arcsChanged == [1, 2] && claim.attributionChange == 0)
  }
}

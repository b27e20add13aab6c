import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct CheckCirculationTests {
  /// Two arcs from source to sink and one back, with bounds `1...2`, `-1...1` and `0...1`.
  private func problem(_ returnArc: CirculationProblem.ReturnArc) throws -> CirculationProblem {
    try CirculationProblem(
      network: smallNetwork(nodes: 2, [(0, 1, 2), (0, 1, 1), (1, 0, 1)]),
      lowerBounds: ExactVector([1, -1, 0]), returnArc: returnArc)
  }

  private func judge(
    _ flow: [Rational], _ returnArc: CirculationProblem.ReturnArc = .free(gain: 1)
  ) throws -> Judgement<FeasibleCirculation> {
    checkCirculation(ExactVector(flow), in: try problem(returnArc))
  }

  @Test("a circulation within its bounds is accepted with its value, equality included")
  func accepted() throws {
    #expect(try judge([1, -1, 1]).claim?.value == -1)
    #expect(try judge([2, 1, 0]).claim?.value == 3)
    #expect(try judge([Rational(3, 2), -half, half]).claim?.value == half)
    #expect(try judge([2, 1, 0], .fixed(value: 3)).claim?.value == 3)
  }

  @Test("an amount beyond a bound is rejected with that bound")
  func bounds() throws {
    expect(try judge([half, 0, 0]), .lowerBound, .arc(0), half, 1)
    expect(try judge([1, -2, 0]), .lowerBound, .arc(1), -2, -1)
    expect(try judge([1, 0, -half]), .lowerBound, .arc(2), -half, 0)
    expect(try judge([3, 0, 0]), .capacity, .arc(0), 3, 2)
    expect(try judge([0, 3, 0]), .lowerBound, .arc(0), 0, 1, count: 2)
  }

  @Test("a value other than the fixed one is rejected at the return arc, a free one never")
  func value() throws {
    expect(try judge([2, 0, 0], .fixed(value: 3)), .value, .returnArc, 2, 3)
    expect(try judge([2, 1, 0], .fixed(value: 2)), .value, .returnArc, 3, 2)
    expect(try judge([0, 0, 0], .fixed(value: 3)), .lowerBound, .arc(0), 0, 1, count: 2)
    #expect(try judge([2, 0, 0], .free(gain: 0)).claim?.value == 2)
  }

  @Test("a circulation that leaks at a node is rejected there")
  func conservation() throws {
    let problem = try CirculationProblem(network: Fixture.network())
    expect(
      checkCirculation(ExactVector([1, Rational(1, 3), 0, half, half, 0]), in: problem),
      .conservation, .node(1), Rational(2, 3), 0)
  }

  @Test("without lower bounds circulations are flows, and are measured alike")
  func flows() throws {
    let problem = try CirculationProblem(network: Fixture.network())
    for flow in [Fixture.flow, [1, 1, half, half, half, 0], [-1, 1, 0, 5, half, 0]] {
      let vector = ExactVector(flow)
      #expect(
        measureCirculation(vector, in: problem) == measureFlow(vector, in: problem.network))
      #expect(
        checkCirculation(vector, in: problem).rejection
          == checkFeasible(vector, in: problem.network).rejection)
    }
  }

  @Test("a circulation with an entry too few or too many is rejected")
  func shape() throws {
    expect(try judge([1, 0]), .shape, .field("flow"), 2, 3)
    expect(try judge([1, 0, 0, 0]), .shape, .field("flow"), 4, 3)
  }
}

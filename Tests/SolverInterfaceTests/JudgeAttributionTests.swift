import Checker
import ExactArithmetic
import SolverInterface
import Testing

@Suite struct JudgeAttributionTests {
  /// From 0 to 1 and 2 and on to 3, capacities 1 and 2; the maximum is 3.
  private let network: FlowNetwork

  init() throws {
    network = try FlowNetwork(
      nodeCount: 4, source: 0, sink: 3, tails: [0, 0, 1, 2], heads: [1, 2, 3, 3],
      capacities: ExactVector([1, 2, 1, 2] as [Int64], denominator: 1))
  }

  private func judge(
    _ attribution: [Rational], flow: [Int64]? = nil, tolerance: Rational = Rational(1, 10)
  ) -> AnswerJudgement {
    judgeAnswer(
      FlowAnswer(
        status: .optimal, value: 3, flow: flow.map { ExactVector($0, denominator: 1) },
        attribution: ExactVector(attribution)),
      contract: Contract(tolerance: tolerance), in: network, maximum: { 3 })
  }

  @Test("it must be the flow on the arcs into the sink, up to the tolerance")
  func againstFlow() {
    #expect(judge([1, 2], flow: [1, 2, 1, 2]) == .kept)
    // 1/10 of the maximum is allowed.
    #expect(judge([Rational(13, 10), 2], flow: [1, 2, 1, 2]) == .kept)
    #expect(
      judge([1, Rational(5, 3)], flow: [1, 2, 1, 2]).reason
        == "attribution[1] 1.6666666666666667 against flow[3] 2.0")
    #expect(
      judge([1], flow: [1, 2, 1, 2]).reason == "attribution has 1 entries where 2 are needed")
  }

  @Test("without a flow it must fit the capacities and sum to the maximum")
  func againstCapacities() {
    #expect(judge([1, 2]) == .kept)
    #expect(judge([Rational(11, 10), Rational(19, 10)]) == .kept)
    #expect(judge([3, 0]).reason == "attribution[0] 3.0 on arc 2 of capacity 1.0")
    #expect(judge([-1, 2]).reason == "attribution[0] -1.0 on arc 2 of capacity 1.0")
    #expect(judge([1, 1]).reason == "attribution sums to 2.0 against the maximum 3.0")
  }

  @Test("it is judged beside an exact flow and cut too")
  func exact() {
    let cut = NodeSet(nodeCount: 4, members: [0])
    func judge(_ attribution: [Rational]) -> AnswerJudgement {
      judgeAnswer(
        FlowAnswer(
          status: .optimal, value: 3, flow: ExactVector([1, 2, 1, 2] as [Int64], denominator: 1),
          cut: cut, attribution: ExactVector(attribution)),
        contract: .exact, in: network, maximum: { nil })
    }
    #expect(judge([1, 2]) == .kept)
    #expect(judge([2, 1]).reason == "attribution[0] 2.0 against flow[2] 1.0")
  }
}

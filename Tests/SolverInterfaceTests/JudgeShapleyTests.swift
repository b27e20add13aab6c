import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

@testable import SolverInterface

@Suite("Answers about Shapley values")
struct JudgeShapleyTests {
  /// The source feeds one node, which two arcs of capacity 2 and 1 leave for the sink: v({0}) = 2,
  /// v({1}) = 1, v({0, 1}) = 2, so the Shapley value is (3/2, 1/2).
  private func network() throws -> FlowNetwork {
    try FlowNetwork(
      nodeCount: 3, source: 0, sink: 2, tails: [0, 1, 1], heads: [1, 2, 2],
      capacities: ExactVector([2, 2, 1] as [Int64], denominator: 1))
  }

  private let shapley = ExactVector([Rational(3, 2), Rational(1, 2)])

  private func judge(_ answer: FlowAnswer, _ contract: Contract = .exact) throws -> AnswerJudgement
  {
    judgeShapley(
      answer, contract: contract, in: try network(), shapley: shapley, maximum: 2)
  }

  @Test("the solver of this package answers with the value that was found by hand")
  func own() throws {
    let network = try network()
    let solver = ShapleySolver()
    let answer = solver.solve(
      FlowRequest(
        task: .shapley, network: network, adjacency: Adjacency(network), limit: .unlimited))
    #expect(answer.status == .optimal && answer.value == 2)
    #expect(answer.attribution?[0] == shapley[0] && answer.attribution?[1] == shapley[1])
    #expect(try judge(answer) == .kept)
    #expect(solver.tasks == [.shapley] && solver.accepts(network))
    let other = solver.solve(
      FlowRequest(network: network, adjacency: Adjacency(network), limit: .unlimited))
    #expect(other.status == .unsupported)
  }

  @Test("it takes on up to as many players as a table holds, and at least one")
  func accepted() throws {
    for (players, isAccepted) in [(0, false), (1, true), (24, true), (25, false)] {
      let network = try FlowNetwork(
        nodeCount: 2, source: 0, sink: 1, tails: [Int32](repeating: 0, count: players),
        heads: [Int32](repeating: 1, count: players),
        capacities: ExactVector([Int64](repeating: 1, count: players), denominator: 1))
      #expect(ShapleySolver().accepts(network) == isAccepted)
    }
  }

  @Test("every field that is off is named, within the tolerance none is")
  func fields() throws {
    func answer(_ attribution: [Rational]?, value: Rational? = nil) -> FlowAnswer {
      FlowAnswer(
        status: .optimal, value: value, attribution: attribution.map { ExactVector($0) })
    }
    func broken(_ answer: FlowAnswer, _ contract: Contract = .exact) throws -> String? {
      try judge(answer, contract).reason
    }
    let right = [Rational(3, 2), Rational(1, 2)]
    #expect(try broken(answer(right)) == nil)
    #expect(try broken(answer(right, value: 2)) == nil)
    #expect(try broken(answer(right, value: 3))?.hasPrefix("value 3.0") == true)
    #expect(try broken(answer(nil))?.hasPrefix("attribution: an answer") == true)
    #expect(
      try broken(answer([1]))?.hasPrefix("attribution has 1 entries where 2") == true)
    let off = [right[0], right[1] + Rational(1, 1_000)]
    #expect(try broken(answer(off))?.hasPrefix("attribution[1] 0.501") == true)
    #expect(try broken(answer(off), Contract(tolerance: Rational(1, 2_000))) == nil)
    #expect(try broken(answer(off), Contract(tolerance: Rational(1, 2_001))) != nil)
  }

  @Test("a flow may be there: any maximum flow, not only one with these attributions")
  func flow() throws {
    var answer = FlowAnswer(
      status: .optimal, value: 2, flow: ExactVector([2, 2, 0] as [Int64], denominator: 1),
      attribution: shapley)
    #expect(try judge(answer) == .kept)
    answer.flow = ExactVector([1, 1, 0] as [Int64], denominator: 1)
    #expect(try judge(answer) != .kept)
  }
}

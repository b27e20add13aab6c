import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers
import TestSupport
import Testing

/// What is promised of an answer, what is owed, and what is only told.
@Suite struct ContractTests {
  /// 0 -> 1 -> 2 -> 3 of capacities 1, 2 and 1, and 1 -> 1 and 2 -> 1 of capacity 1.
  ///
  /// The maximum is 1; {0} and {0, 1, 2} are source sides of minimum cuts.
  private let network: FlowNetwork
  private let maximum: MaximumFlow

  init() throws {
    network = try FlowNetwork(
      nodeCount: 4, source: 0, sink: 3, tails: [0, 1, 2, 1, 2], heads: [1, 2, 3, 1, 1],
      capacities: ExactVector([1, 2, 1, 1, 1] as [Int64], denominator: 1))
    let feasible = try #require(
      checkFeasible(ExactVector([1, 1, 1, 0, 0] as [Int64], denominator: 1), in: network).claim)
    maximum = try #require(
      checkMaximum(feasible, cut: NodeSet(nodeCount: 4, members: [0])).claim)
  }

  private func judge(
    _ returns: Set<AnswerPromise>?, value: Rational? = 1, flow: [Int64]? = nil, cut: [Int]? = nil,
    potentials: [Rational]? = nil, attribution: [Int64]? = nil, tolerance: Rational = 0
  ) -> AnswerJudgement {
    judgeAnswer(
      FlowAnswer(
        status: .optimal, value: value, flow: flow.map { ExactVector($0, denominator: 1) },
        cut: cut.map { NodeSet(nodeCount: 4, members: $0) },
        attribution: attribution.map { ExactVector($0, denominator: 1) },
        potentials: potentials.map { ExactVector($0) }),
      contract: Contract(tolerance: tolerance, returns: returns), in: network,
      maximum: { maximum.value }, smallestCut: { maximum.smallestCut })
  }

  @Test("a solver that lists nothing promises every field it gives, and no quality of one")
  func nothingListed() {
    #expect(judge(nil) == .kept)
    #expect(judge(nil, flow: [1, 2, 1, 1, 1], cut: [0, 1, 2]) == .kept)
    #expect(judge(nil, cut: [0, 1]).broken.map(\.promise) == [.cut])
    #expect(judge(nil, value: 2, cut: [0, 1]).broken.map(\.promise) == [.value, .cut])
    #expect(judge(nil, value: nil) == .kept)
  }

  @Test("what is listed must be there and be right; what is not is told and is no failure")
  func listed() {
    #expect(judge([.value]) == .kept)
    #expect(
      judge([.value, .flow]).reason == "flow: it is promised, and the answer has none")
    #expect(judge([.value], value: nil).broken.map(\.promise) == [.value])
    let told = judge([.value], flow: [1, 1, 0, 0, 0], cut: [0, 1])
    #expect(told.isKept && told != .kept)
    #expect(told.brokenUnpromised.map(\.promise) == [.flow, .cut])
    #expect(told.brokenUnpromised[0].reason.hasPrefix("conservation at node 2"))
    let both = judge([.flow], value: 3, flow: [1, 1, 0, 0, 0])
    #expect(both.broken.map(\.promise) == [.flow])
    #expect(both.brokenUnpromised.map(\.promise) == [.value])
    #expect(judge([.attribution], attribution: [0]).broken.map(\.promise) == [.attribution])
  }

  @Test("who promises the smallest cut owes one, and it is decided exactly")
  func smallest() {
    #expect(maximum.smallestCut.members == [0])
    #expect(judge([.minimalCut], cut: [0]) == .kept)
    #expect(judge([.cut], cut: [0, 1, 2]) == .kept)
    let larger = judge([.cut, .minimalCut], cut: [0, 1, 2])
    #expect(larger.broken.map(\.promise) == [.minimalCut])
    #expect(larger.reason?.hasPrefix("cut holds node 1, which the smallest") == true)
    #expect(judge([.minimalCut]).broken.map(\.promise) == [.cut])
    let unknown = judgeAnswer(
      FlowAnswer(status: .optimal, value: 1, cut: NodeSet(nodeCount: 4, members: [0])),
      contract: Contract(tolerance: 0, returns: [.minimalCut]), in: network, maximum: { 1 })
    #expect(unknown == .undecided)
  }

  @Test("the smallest cut is that of every maximum flow, by enumeration of all cuts")
  func smallestOfAll() throws {
    var numbers = TestNumbers(seed: 23)
    for _ in 0..<300 {
      let nodes = Int.random(in: 2...6, using: &numbers)
      let arcs = Int.random(in: 0...12, using: &numbers)
      func ends() -> [Int32] {
        (0..<arcs).map { _ in Int32.random(in: 0..<Int32(nodes), using: &numbers) }
      }
      let network = try FlowNetwork(
        nodeCount: nodes, source: 0, sink: nodes - 1, tails: ends(), heads: ends(),
        capacities: ExactVector(
          (0..<arcs).map { _ in Int64.random(in: 0...2, using: &numbers) }, denominator: 3))
      let solution = MaximumFlowSolver.pushRelabel.solve(network)
      let feasible = try #require(checkFeasible(solution.flow, in: network).claim)
      let maximum = try #require(checkMaximum(feasible, cut: solution.cut).claim)
      let cuts = (0..<(1 << (nodes - 2))).map { set in
        NodeSet(
          nodeCount: nodes, members: [0] + (1..<(nodes - 1)).filter { set >> ($0 - 1) & 1 == 1 })
      }.filter { cutCapacity($0, in: network).claim == maximum.value }
      // Minimum cuts are closed under intersection.
      let common = (0..<nodes).filter { node in cuts.allSatisfy { $0.contains(node) } }
      #expect(maximum.smallestCut.members == common, "\(network)")
    }
  }

  @Test("a flow that runs round a cycle is one, if only by a loop or a trace")
  func acyclic() {
    #expect(judge([.acyclicFlow], flow: [1, 1, 1, 0, 0]) == .kept)
    for (flow, arc) in [([1, 2, 1, 0, 1] as [Int64], 1), ([1, 1, 1, 1, 0], 3)] {
      #expect(judge([.flow], flow: flow) == .kept)
      let judgement = judge([.acyclicFlow], flow: flow)
      #expect(judgement.broken.map(\.promise) == [.acyclicFlow])
      #expect(judgement.reason?.contains("through arc \(arc), ") == true)
    }
    #expect(judge([.acyclicFlow]).broken.map(\.promise) == [.flow])
  }

  @Test("potentials must bound every flow by the maximum")
  func potentials() {
    for right in [[-1, 0, 0, 0], [-1, -1, -1, 0], [-1, Rational(-1, 2), Rational(-1, 2), 0]] {
      #expect(judge(nil, potentials: right as [Rational]) == .kept)
    }
    for (wrong, words) in [
      ([-1, -1, 0, 0], "potentials' bound 2.0 against the maximum 1.0"),
      ([0, 0, 0, 0], "potentials of sink and source differ by 0.0, not by 1"),
      ([0, 0], "potentials has 2 entries where 4 are needed"),
    ] as [([Rational], String)] {
      #expect(judge(nil, potentials: wrong).reason == words)
    }
    let off: [Rational] = [-1, -1, -1, Rational(1, 1_000)]
    #expect(judge(nil, potentials: off, tolerance: Rational(1, 1_000)) == .kept)
    #expect(!judge(nil, potentials: off, tolerance: Rational(1, 1_001)).isKept)
  }

  @Test("who promises the fields of a maximum flow owes no others to other tasks")
  func tasks() {
    let all = Contract(tolerance: 0, returns: Set(AnswerPromise.allCases))
    for promise in AnswerPromise.allCases {
      #expect(all.requires(promise, of: .maximumFlow))
      #expect(all.requires(promise, of: .shapley) == (promise == .attribution))
      #expect(!Contract.exact.requires(promise, of: .maximumFlow))
    }
    #expect(!all.requires(.cut, of: .l2) && all.requires(.potentials, of: .barrier))
  }
}

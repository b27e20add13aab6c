import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers
import Testing

@Suite("Judging answers")
struct JudgeAnswerTests {
  /// 0 -> 1 -> 2 of capacities 3 and 2, in thirds: the value is 2/3.
  private let network: FlowNetwork
  private let flow = ExactVector([2, 2] as [Int64], denominator: 3)
  private let value = Rational(2, 3)
  private let cut = NodeSet(nodeCount: 3, members: [0, 1])
  private let tolerance = Rational(1, 1_000)

  init() throws {
    network = try FlowNetwork(
      nodeCount: 3, source: 0, sink: 2, tails: [0, 1], heads: [1, 2],
      capacities: ExactVector([3, 2] as [Int64], denominator: 3))
  }

  private func judge(
    value: Rational? = nil, flow: ExactVector? = nil, cut: NodeSet? = nil,
    tolerance: Rational = 0, maximum: Rational? = Rational(2, 3)
  ) -> AnswerJudgement {
    judgeAnswer(
      FlowAnswer(status: .optimal, value: value, flow: flow, cut: cut),
      contract: Contract(tolerance: tolerance), in: network, maximum: { maximum })
  }

  private func isBroken(_ judgement: AnswerJudgement, _ words: String) -> Bool {
    judgement.reason?.contains(words) == true
  }

  @Test("an exact answer is kept without any reference: its cut proves it")
  func exact() {
    #expect(judge(value: value, flow: flow, cut: cut, maximum: nil) == .kept)
    #expect(judge(flow: flow, cut: cut, maximum: nil) == .kept)
  }

  @Test("an exact answer that is wrong in one field is broken there")
  func exactFaults() {
    let unit = Rational(1, 3)
    #expect(isBroken(judge(value: value + unit, flow: flow, cut: cut), "value"))
    #expect(
      isBroken(
        judge(flow: ExactVector([2, 1] as [Int64], denominator: 3), cut: cut),
        "conservation at node 1"))
    #expect(
      isBroken(
        judge(flow: ExactVector([3, 3] as [Int64], denominator: 3), cut: cut), "capacity at arc 1"))
    #expect(
      isBroken(judge(flow: ExactVector([-1, -1] as [Int64], denominator: 3), cut: cut), "arc 0"))
    #expect(isBroken(judge(flow: ExactVector([2] as [Int64], denominator: 3), cut: cut), "flow"))
    #expect(
      isBroken(judge(flow: flow, cut: NodeSet(nodeCount: 3, members: [0])), "cut capacity 1.0"))
    #expect(
      isBroken(judge(flow: flow, cut: NodeSet(nodeCount: 3, members: [1])), "cut-ends at node 0"))
    #expect(
      isBroken(
        judge(flow: flow, cut: NodeSet(nodeCount: 3, members: [0, 1, 2])), "cut-ends at node 2"))
    #expect(isBroken(judge(flow: flow, cut: NodeSet(nodeCount: 4, members: [0, 1])), "cut"))
    let less = ExactVector([1, 1] as [Int64], denominator: 3)
    #expect(isBroken(judge(flow: less, cut: cut), "net flow 0.333"))
  }

  @Test("without a cut or a flow the maximum is needed, and not knowing it is no verdict")
  func reference() {
    #expect(judge(value: value) == .kept)
    #expect(judge(flow: flow) == .kept)
    #expect(judge(cut: cut) == .kept)
    #expect(judge() == .kept)
    #expect(judge(value: value, maximum: nil) == .undecided)
    #expect(isBroken(judge(value: value + 1), "value"))
    #expect(isBroken(judge(flow: ExactVector([1, 1] as [Int64], denominator: 3)), "net flow"))
    #expect(isBroken(judge(cut: NodeSet(nodeCount: 3, members: [0])), "cut capacity"))
  }

  @Test("a tolerance is relative to the maximum and allows exactly itself")
  func tolerances() {
    let allowed = tolerance * value
    let more = allowed + Rational(1, 1_000_000_000)
    for sign in [Rational(1), -1] {
      #expect(judge(value: value + sign * allowed, tolerance: tolerance) == .kept)
      #expect(isBroken(judge(value: value + sign * more, tolerance: tolerance), "value"))
    }
    // Over the capacity of arc 1, with the net flow as much too large.
    func over(_ amount: Rational) -> ExactVector { ExactVector([value + amount, value + amount]) }
    #expect(judge(flow: over(allowed), tolerance: tolerance) == .kept)
    #expect(isBroken(judge(flow: over(more), tolerance: tolerance), "capacity"))
    func leaking(_ amount: Rational) -> ExactVector { ExactVector([value, value - amount]) }
    #expect(judge(flow: leaking(allowed), tolerance: tolerance) == .kept)
    #expect(isBroken(judge(flow: leaking(more), tolerance: tolerance), "conservation"))
    func negative(_ amount: Rational) -> ExactVector { ExactVector([-amount, -amount]) }
    #expect(isBroken(judge(flow: negative(allowed), tolerance: tolerance), "net flow"))
    #expect(isBroken(judge(flow: negative(more), tolerance: tolerance), "arc 0"))
  }

  @Test("a maximum of 0 leaves no tolerance")
  func zero() throws {
    let closed = try FlowNetwork(
      nodeCount: 2, source: 0, sink: 1, tails: [0], heads: [1],
      capacities: ExactVector([0] as [Int64], denominator: 1))
    for (amount, judgement) in [(0.0, true), (1e-300, false)] {
      let result = judgeAnswer(
        FlowAnswer(
          status: .optimal, value: Rational(exactly: amount), flow: ExactVector(exactly: [amount])),
        contract: .double, in: closed, maximum: { 0 })
      #expect((result == .kept) == judgement)
    }
  }

  @Test("numbers that are not finite make an answer that failed, naming the field")
  func notFinite() {
    let value = FlowAnswer(optimalValue: .nan, flow: [1], cut: nil)
    #expect(value.status == .failed("value: nan is not a finite number"))
    let flow = FlowAnswer(optimalValue: 1, flow: [1, -.infinity], cut: nil)
    #expect(flow.status == .failed("flow[1]: -inf is not a finite number"))
    #expect(flow.value == nil && flow.flow == nil)
    let good = FlowAnswer(optimalValue: 0.1, flow: [0.1], cut: nil)
    #expect(good.status == .optimal)
    #expect(good.value == Rational(exactly: 0.1))
    #expect(good.value != Rational(1, 10))
  }
}

@Suite("Solvers in process")
struct InProcessSolverTests {
  /// A network that the solver takes, with two arcs of given capacities on its one path.
  private func network(
    for solver: InProcessSolver, _ first: Rational, _ second: Rational
  ) throws -> FlowNetwork {
    guard solver.algorithm == .layered else { return try network(ExactVector([first, second])) }
    return try FlowNetwork(
      layers: 1, tokens: 1, capacities: ExactVector([first, second, Rational(1)]))
  }

  private func network(_ capacities: ExactVector) throws -> FlowNetwork {
    try FlowNetwork(
      nodeCount: 3, source: 0, sink: 2, tails: [0, 1], heads: [1, 2], capacities: capacities)
  }

  @Test("there are eight, with names of their own, and doubles promise 1e-9")
  func names() {
    #expect(InProcessSolver.all.count == 8)
    #expect(Set(InProcessSolver.all.map(\.name)).count == 8)
    for solver in InProcessSolver.all {
      #expect(solver.name.hasSuffix("-double") == (solver.numbers == .double))
      let tolerance = solver.contract.tolerance
      #expect(tolerance == (solver.numbers == .double ? Rational(1, 1_000_000_000) : 0))
    }
  }

  @Test("every one solves a network and keeps its contract", arguments: InProcessSolver.all)
  func solves(solver: InProcessSolver) throws {
    let network = try network(for: solver, Rational(1, 3), Rational(1, 7))
    let answer = solver.solve(
      FlowRequest(network: network, adjacency: Adjacency(network), limit: .unlimited))
    #expect(answer.status == .optimal)
    let judgement = judgeAnswer(
      answer, contract: solver.contract, in: network, maximum: { Rational(1, 7) })
    #expect(judgement == .kept)
    #expect((answer.value == Rational(1, 7)) == (solver.numbers == .exact))
  }

  @Test("a work limit ends a solver without an answer", arguments: InProcessSolver.all)
  func limits(solver: InProcessSolver) throws {
    let network = try network(for: solver, 1, 1)
    let answer = solver.solve(
      FlowRequest(
        network: network, adjacency: Adjacency(network), limit: WorkLimit(arcScans: 0)))
    #expect(answer.status == .workLimitReached)
    #expect(answer.value == nil && answer.flow == nil && answer.cut == nil)
  }

  @Test("doubles decline what they cannot carry, and exact solvers take everything")
  func ranges() throws {
    let double = InProcessSolver(.dinic, .double)
    let exact = InProcessSolver(.dinic, .exact)
    func powers(_ exponent: Int) -> BigInteger {
      (0..<exponent).reduce(BigInteger(1)) { power, _ in power * 2 }
    }
    let huge = ExactVector([powers(1_020), 1], denominator: 1)
    let tiny = ExactVector([1, 1] as [Int64], denominator: powers(1_075))
    let fine = ExactVector([1, 3] as [Int64], denominator: powers(1_074))
    for (capacities, isTaken) in [(huge, false), (tiny, false), (fine, true)] {
      let network = try network(capacities)
      #expect(double.accepts(network) == isTaken)
      #expect(exact.accepts(network))
    }
  }

  @Test("the algorithm for layered networks declines others, and is the fastest from its size on")
  func layered() throws {
    let listed = try network(ExactVector([1, 1] as [Int64], denominator: 1))
    for tokens in [1, 43, 44] {
      let arcs = tokens * tokens + 2 * tokens
      let network = try FlowNetwork(
        layers: 1, tokens: tokens,
        capacities: ExactVector([Int64](repeating: 1, count: arcs), denominator: 1))
      for numbers in InProcessSolver.Numbers.allCases {
        #expect(InProcessSolver(.layered, numbers).accepts(network))
        #expect(InProcessSolver(.layered, numbers).accepts(network.reversed))
        #expect(!InProcessSolver(.layered, numbers).accepts(listed))
      }
      let isLarge = arcs >= MaximumFlowSolver.layeredArcMinimum
      #expect(MaximumFlowSolver.preferred(for: network) == (isLarge ? .layered : .dinic))
    }
    #expect(MaximumFlowSolver.preferred(for: listed) == .dinic)
  }

  @Test("Edmonds-Karp declines networks beyond its limit")
  func reference() throws {
    let count = InProcessSolver.referenceArcLimit
    for arcs in [count, count + 1] {
      let network = try FlowNetwork(
        nodeCount: 2, source: 0, sink: 1, tails: [Int32](repeating: 0, count: arcs),
        heads: [Int32](repeating: 1, count: arcs),
        capacities: ExactVector([Int64](repeating: 1, count: arcs), denominator: 1))
      #expect(InProcessSolver(.edmondsKarp, .exact).accepts(network) == (arcs == count))
      #expect(InProcessSolver(.dinic, .exact).accepts(network))
    }
  }
}

import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

@testable import SolverInterface

@Suite("Answers about regularised flows")
struct JudgeRegularisedTests {
  /// Two paths from source to sink, of two arcs and of one.
  private func network() throws -> FlowNetwork {
    try FlowNetwork(
      nodeCount: 3, source: 0, sink: 2, tails: [0, 1, 0], heads: [1, 2, 2],
      capacities: ExactVector([2, 2, 3] as [Int64], denominator: 1))
  }

  private func reference(_ method: RegularisedMethod) throws -> (CertifiedDistance, FlowAnswer) {
    let problem = try method.problem(try network())
    let answer = FlowAnswer(problem.solveRegularised(), of: problem)
    let flow = try #require(answer.flow)
    let circulation = try #require(checkCirculation(flow, in: problem).claim)
    let certificate = try #require(answer.certificate)
    return (try #require(checkDistance(circulation, certificate).claim), answer)
  }

  private func judge(_ answer: FlowAnswer, _ reference: CertifiedDistance) -> AnswerJudgement {
    judgeRegularised(answer, contract: .double, reference: reference, maximum: 5)
  }

  @Test(
    "the flow in closed form is kept, and every field that is off is named",
    arguments: [RegularisedMethod.l2(lambda: Rational(1, 4)), .barrier(mu: Rational(1, 8))])
  func fields(method: RegularisedMethod) throws {
    let (reference, answer) = try reference(method)
    #expect(judge(answer, reference) == .kept)
    if case .l2 = method {
      // lambda (2 a^2 + b^2) - a - b is least at a = 1 / (4 lambda), b = 1 / (2 lambda).
      let exact = FlowAnswer(
        status: .optimal, value: 3, flow: ExactVector([1, 1, 2] as [Int64], denominator: 1),
        attribution: ExactVector([1, 2] as [Int64], denominator: 1),
        potentials: ExactVector([Rational(-1), Rational(-1, 2), 0]))
      #expect(judge(exact, reference) == .kept)
    }
    func expectBroken(_ field: String, _ change: (inout FlowAnswer) -> Void) {
      var changed = answer
      changed.certificate = nil
      changed.attribution = ExactVector([1, 2].map { answer.flow?[$0] ?? 0 })
      #expect(judge(changed, reference) == .kept)
      change(&changed)
      guard let reason = judge(changed, reference).reason else {
        Issue.record("\(field) is not judged")
        return
      }
      #expect(reason.hasPrefix(field), "\(reason)")
    }
    let step = Rational(1, 1_000_000)
    expectBroken("value") { $0.value? += step }
    expectBroken("flow[2]") { $0.flow = $0.flow?.adding(step, at: 2) }
    expectBroken("conservation") { $0.flow = $0.flow?.adding(step, at: 0) }
    expectBroken("attribution[1]") { $0.attribution = $0.attribution?.adding(step, at: 1) }
    expectBroken("attribution has 1") { $0.attribution = ExactVector([Rational(1)]) }
    expectBroken("potentials leave") { $0.potentials = $0.potentials?.adding(step, at: 1) }
    expectBroken("potentials of sink") { $0.potentials = $0.potentials?.adding(step, at: 0) }
    expectBroken("potentials has 2") { $0.potentials = ExactVector([Rational(-1), 0]) }
  }

  @Test("a certificate that claims more than it shows breaks the contract")
  func certificates() throws {
    let (reference, answer) = try reference(.barrier(mu: Rational(1, 8)))
    var changed = answer
    changed.certificate?.radius /= 2
    guard let reason = judge(changed, reference).reason else {
      Issue.record("a false radius is kept")
      return
    }
    #expect(reason.hasPrefix("certificate: "))
  }

  @Test("potentials of arcs that can carry nothing have the sign of their bound")
  func frozenArcs() throws {
    // A dead end, an arc without capacity, and an arc from the sink's side that leads nowhere.
    let network = try FlowNetwork(
      nodeCount: 5, source: 0, sink: 2, tails: [0, 1, 0, 3, 1], heads: [1, 2, 3, 4, 4],
      capacities: ExactVector([2, 2, 3, 1, 0] as [Int64], denominator: 1))
    for lambda in [Rational(1, 100), 1, 50] {
      let problem = try RegularisedMethod.l2(lambda: lambda).problem(network)
      let answer = FlowAnswer(problem.solveRegularised(), of: problem)
      let flow = try #require(answer.flow)
      let circulation = try #require(checkCirculation(flow, in: problem).claim)
      let certificate = try #require(answer.certificate)
      let reference = try #require(checkDistance(circulation, certificate).claim)
      let judgement = judgeRegularised(
        answer, contract: .double, reference: reference, maximum: 2)
      #expect(judgement == .kept, "\(lambda)")
    }
  }

  @Test("a solver that gives up says why, and its answer is no failure")
  func givesUp() throws {
    let network = try network()
    let answer = InteriorPointSolver().solve(
      FlowRequest(
        task: .barrier(mu: Rational(1, 8)), network: network, adjacency: Adjacency(network),
        limit: WorkLimit(arcScans: 0)))
    guard case .gaveUp(let reason) = answer.status else {
      Issue.record("\(answer.status)")
      return
    }
    #expect(reason.contains("residuals"))
    #expect(answer.flow == nil && answer.value == nil)
  }
}

extension ExactVector {
  fileprivate func adding(_ amount: Rational, at index: Int) -> ExactVector {
    ExactVector((0..<count).map { $0 == index ? self[$0] + amount : self[$0] })
  }
}

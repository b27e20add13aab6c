// What one solver says about one case, asked once and judged once, however many properties look at
// it. Properties about promises share the judgement; each reads its own line of it.
import Checker
import ExactArithmetic
import Networks
public import SolverInterface
import Solvers

/// The answer of a solver about a case, what the kernel says of it, and how far off it is.
final class SolverExamination {
  let solver: any FlowSolver
  /// The network that the solver was asked about.
  let network: FlowNetwork
  /// The first answer.
  let answer: FlowAnswer
  /// The exact maximum flow of that network, or why there is none.
  private(set) lazy var maximum: Proof<MaximumFlow> = makeMaximum()
  /// What is said of the first answer.
  private(set) lazy var judgement = judge(answer)
  /// The answer to the same request, after another one.
  private(set) lazy var secondAnswer: FlowAnswer = {
    _ = solver.solve(Self.interlude)
    return solver.solve(request)
  }()

  private let request: FlowRequest
  private let makeMaximum: () -> Proof<MaximumFlow>

  /// Asks a solver about a case.
  init(_ solver: any FlowSolver, _ examination: Examination) {
    self.solver = solver
    let statement = solver.statement(of: examination.network)
    network = statement ?? examination.network
    request = FlowRequest(
      network: examination.network, adjacency: examination.adjacency, limit: examination.limit)
    answer = solver.solve(request)
    // The arcs of a statement are those of the case, and so is the adjacency.
    makeMaximum = { [unowned examination] in
      statement.map { provedMaximum($0, examination.adjacency, examination.limit) }
        ?? examination.maximum
    }
  }

  /// Judges an answer about the network.
  func judge(_ answer: FlowAnswer) -> AnswerJudgement {
    judgeAnswer(
      answer, contract: solver.contract, in: network, maximum: { self.maximum.claim?.value },
      smallestCut: { self.maximum.claim?.smallestCut })
  }

  /// The largest violation of a field, relative to the maximum; nil if the field is not there, the
  /// maximum is 0 or not known, or the field is no such thing at all.
  func residual(_ promise: AnswerPromise) -> Double? {
    guard let maximum = maximum.claim?.value, !maximum.isZero else { return nil }
    let largest: Rational? =
      switch promise {
      case .value: answer.value.map { ($0 - maximum).magnitude }
      case .flow: answer.flow.flatMap { flowResidual($0, maximum) }
      case .cut:
        answer.cut.flatMap { cutCapacity($0, in: network).claim }.map { ($0 - maximum).magnitude }
      case .attribution: answer.attribution.flatMap { attributionResidual($0, maximum) }
      case .potentials, .minimalCut, .acyclicFlow: nil
      }
    // Against the least positive doubles a ratio may be beyond the largest ones.
    return largest.map { min(($0 / maximum).nearestDouble, .greatestFiniteMagnitude) }
  }

  private func flowResidual(_ flow: ExactVector, _ maximum: Rational) -> Rational? {
    guard let report = measureFlow(flow, in: network).claim else { return nil }
    let violations = [report.bounds, report.conservation].compactMap { $0?.largest.difference }
    return violations.reduce((report.value - maximum).magnitude) { max($0, $1) }
  }

  private func attributionResidual(_ attribution: ExactVector, _ maximum: Rational) -> Rational? {
    let arcs = network.sinkArcs
    guard let flow = answer.flow, flow.count == network.arcCount, attribution.count == arcs.count
    else { return nil }
    return arcs.enumerated().reduce(Rational(0)) { largest, entry in
      max(largest, (attribution[entry.offset] - flow[entry.element]).magnitude)
    }
  }

  /// A request that has nothing to do with any case.
  private static let interlude: FlowRequest = {
    do {
      let network = try FlowNetwork(
        nodeCount: 3, source: 2, sink: 0, tails: [2, 1, 2], heads: [1, 0, 0],
        capacities: ExactVector([3, 2, 1] as [Int64], denominator: 1))
      return FlowRequest(
        network: network, adjacency: Adjacency(network), limit: WorkLimit(arcScans: 1_000))
    } catch {
      preconditionFailure("three arcs make a network: \(error)")
    }
  }()
}

extension Examination {
  /// How a solver's first answer about this case came out.
  public func answerStatus(of solver: any FlowSolver) -> AnswerStatus {
    examined(solver).answer.status
  }

  /// Whether a solver was asked about this case.
  func wasAsked(_ solver: any FlowSolver) -> Bool { solverExaminations[solver.name] != nil }

  /// What a solver says about this case; it is asked once.
  func examined(_ solver: any FlowSolver) -> SolverExamination {
    if let known = solverExaminations[solver.name] { return known }
    let new = SolverExamination(solver, self)
    solverExaminations[solver.name] = new
    return new
  }
}

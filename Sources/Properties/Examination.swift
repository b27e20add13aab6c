public import Checker
import ExactArithmetic
public import Networks
import SolverInterface
import Solvers
public import Z3Bridge

/// One case, and the answers about it, each computed at most once.
///
/// Not thread-safe: one worker makes it, asks it and drops it.
public final class Examination {
  /// The network that the case is about.
  public let network: FlowNetwork
  /// The tensor from which the network comes, if it comes from one.
  public let tensor: EffectiveTensor?
  /// The mode in which it comes from it.
  public let mode: Mode?
  /// The half-arcs of the network, shared by all solvers that need them.
  public private(set) lazy var adjacency = Adjacency(network)
  /// The bound on the work of one maximum flow.
  public let limit: WorkLimit
  /// The session with Z3, or nil if it is not to be asked.
  public let z3: Z3Session?
  /// The budget of one question to Z3.
  public let z3Budget: Z3Budget

  /// The most arcs of a network whose regularised flows properties look at.
  public var regularisedArcLimit = 2_000
  /// The most players of a flow game that properties look at.
  public var gamePlayerLimit = 6
  /// The most arcs of a network whose optima properties compute in fractions.
  public var exactArcLimit = 200

  /// Told how many of how many intervals are done, before each.
  public var intervalProgress: (_ finished: Int, _ total: Int) -> Void = { _, _ in }

  /// A case about a tensor in a mode.
  public convenience init(
    tensor: EffectiveTensor, mode: Mode, limit: WorkLimit = .unlimited, z3: Z3Session? = nil,
    z3Budget: Z3Budget = .standard
  ) throws(StatementError) {
    self.init(
      network: try FlowNetwork(tensor: tensor, mode: mode), tensor: tensor, mode: mode,
      limit: limit, z3: z3, z3Budget: z3Budget)
  }

  /// A case about a network; tensor and mode say where it comes from, if it comes from a tensor.
  public init(
    network: FlowNetwork, tensor: EffectiveTensor? = nil, mode: Mode? = nil,
    limit: WorkLimit = .unlimited, z3: Z3Session? = nil,
    z3Budget: Z3Budget = .standard
  ) {
    self.network = network
    self.tensor = tensor
    self.mode = mode
    self.limit = limit
    self.z3 = z3
    self.z3Budget = z3Budget
    algorithm = .preferred(for: network)
  }

  /// The algorithm of the first maximum flow.
  let algorithm: MaximumFlowSolver

  /// What that algorithm says on exact numbers: the first step of all other answers, and the
  /// answer of the solver of its name.
  private(set) lazy var first = algorithm.solve(
    network, adjacency: algorithm.needsAdjacency ? adjacency : nil, limit: limit)

  /// The capacities in doubles, shared by the solvers that compute in them.
  ///
  /// Precondition: their sums stay in the range of doubles.
  private(set) lazy var doubleCapacities = DoubleCapacities(network, adjacency: adjacency)

  /// A maximum flow with its cut, accepted by the kernel, or why there is none.
  public private(set) lazy var maximum: Proof<MaximumFlow> = proved(first, network)

  /// The undetermined arcs, accepted by the kernel, or why they are not known.
  public private(set) lazy var undetermined: Proof<UndeterminedArcs> = maximum.then { flow in
    let certificate = undeterminedArcsCertificate(
      network, adjacency: adjacency, flow: flow.flow.amounts)
    undeterminedCertificate = certificate
    return Proof(checkUndetermined(flow, certificate))
  }

  /// The attribution intervals of the bottom tokens (arcs into the sink).
  public private(set) lazy var attributions: Proof<ArcIntervals> = maximum.then { flow in
    guard let certificates = intervalCertificates(flow, network.sinkArcs) else { return .stopped }
    attributionCertificates = certificates
    return Proof(checkIntervals(flow, arcs: network.sinkArcs, certificates))
  }

  /// The attribution intervals of the top tokens (arcs out of the source).
  public private(set) lazy var topAttributions: Proof<ArcIntervals> = maximum.then { flow in
    guard let certificates = intervalCertificates(flow, network.sourceArcs) else {
      return .stopped
    }
    return Proof(checkIntervals(flow, arcs: network.sourceArcs, certificates))
  }

  /// The regularised flows that were asked for.
  var nearOptima: [RegularisedMethod: Proof<NearOptimum>] = [:]
  /// The exact optima that were asked for.
  var exactOptima: [RegularisedMethod: Proof<ExactOptimum>] = [:]
  /// The flow games that were asked for.
  var games: [GamePlayers: Proof<ProvedGame>] = [:]

  /// The solvers that were asked, by name.
  var solverExaminations: [String: SolverExamination] = [:]

  private var undeterminedCertificate: UndeterminedArcsCertificate?
  private var attributionCertificates: [ArcIntervalCertificate]?

  /// The whole answer as the kernel accepted it, with the certificate to hand on.
  public var certified: Proof<(answer: CertifiedAnswer, certificate: FlowCertificate)> {
    maximum.then { maximum in
      undetermined.then { undetermined in
        attributions.then { intervals in
          guard let first = undeterminedCertificate, let second = attributionCertificates else {
            preconditionFailure("an accepted claim without its certificate")
          }
          let certificate = FlowCertificate(
            flow: maximum.flow.amounts, cut: maximum.cut, undetermined: first, intervals: second)
          guard
            let answer = CertifiedAnswer(
              maximum: maximum, undetermined: undetermined, attributions: intervals)
          else { preconditionFailure("the parts of one case are about different flows") }
          return .accepted((answer, certificate))
        }
      }
    }
  }

  /// Whether every row of the tensor sums to exactly 1; false without a tensor.
  public private(set) lazy var isRowStochastic: Bool =
    tensor.map { $0.rowSumsAreOne } ?? false

  /// The entries of the tensor as fractions, in row-major order; empty without a tensor.
  private(set) lazy var entries: [Rational] =
    tensor.map { tensor in (0..<tensor.entries.count).map { tensor.entries[$0] } } ?? []

  private func intervalCertificates(
    _ flow: MaximumFlow, _ arcs: [Int]
  ) -> [ArcIntervalCertificate]? {
    arcIntervals(
      network, adjacency: adjacency, flow: flow.flow.amounts, arcs: arcs, limit: limit
    ) { finished in
      intervalProgress(finished, arcs.count)
      return true
    }
  }
}

/// A claim that the kernel accepted, or why there is none.
public enum Proof<Claim> {
  /// The claim; by reference, since it is looked at far more often than made.
  indirect case accepted(Claim)
  /// The kernel refused what an engine handed over: a bug in the engine.
  case rejected(Rejection)
  /// An engine stopped at its work limit.
  case stopped
  /// An engine says that it did not get there, and why.
  case gaveUp(String)

  init(_ judgement: Judgement<Claim>) {
    switch judgement {
    case .accepted(let claim): self = .accepted(claim)
    case .rejected(let rejection): self = .rejected(rejection)
    }
  }

  /// The claim, or nil.
  public var claim: Claim? {
    if case .accepted(let claim) = self { return claim }
    return nil
  }

  /// The proof that follows from the claim; a failure is handed on.
  func then<Next>(_ next: (Claim) -> Proof<Next>) -> Proof<Next> {
    switch self {
    case .accepted(let claim): next(claim)
    case .rejected(let rejection): .rejected(rejection)
    case .stopped: .stopped
    case .gaveUp(let reason): .gaveUp(reason)
    }
  }

  /// The outcome of a property that stands or falls with the claim.
  func outcome(_ judge: (Claim) -> Outcome) -> Outcome {
    switch self {
    case .accepted(let claim): judge(claim)
    case .rejected(let rejection): .refuted("rejected by the kernel: \(rejection.first.summary)")
    case .stopped: .inconclusive("work limit reached")
    case .gaveUp(let reason): .skipped(reason)
    }
  }
}

/// A maximum flow of a network, accepted by the kernel.
func provedMaximum(
  _ network: FlowNetwork, _ adjacency: Adjacency, _ limit: WorkLimit
) -> Proof<MaximumFlow> {
  let algorithm = MaximumFlowSolver.preferred(for: network)
  return proved(algorithm.solve(network, adjacency: adjacency, limit: limit), network)
}

/// A maximum flow of a network, accepted by the kernel.
private func proved(_ solution: ExactMaximumFlow, _ network: FlowNetwork) -> Proof<MaximumFlow> {
  guard solution.status == .optimal else { return .stopped }
  return Proof(checkFeasible(solution.flow, in: network)).then { flow in
    Proof(checkMaximum(flow, cut: solution.cut))
  }
}

/// The intervals of some arcs, accepted by the kernel.
func provedIntervals(
  _ flow: MaximumFlow, _ adjacency: Adjacency, _ arcs: [Int], _ limit: WorkLimit
) -> Proof<ArcIntervals> {
  guard
    let certificates = arcIntervals(
      flow.flow.network, adjacency: adjacency, flow: flow.flow.amounts, arcs: arcs, limit: limit)
  else { return .stopped }
  return Proof(checkIntervals(flow, arcs: arcs, certificates))
}

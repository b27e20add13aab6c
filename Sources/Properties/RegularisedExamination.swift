public import Checker
public import ExactArithmetic
import Networks
import Solvers

/// A regularised flow that the kernel accepted as near the optimum, with what it accepted.
public struct NearOptimum: Sendable {
  /// The flow and how near it is.
  public let claim: CertifiedDistance
  /// What shows it.
  public let certificate: DistanceCertificate
  /// The number of iterations that it took.
  public let iterations: Int

  /// The flow on each arc.
  var amounts: ExactVector { claim.circulation.amounts }
}

/// The exact optimum of a problem that the kernel accepted.
public struct ExactOptimum: Sendable {
  /// The flow with its multipliers, and whether no other flow is optimal.
  public let claim: OptimalCirculation
  /// The minimum of the objective.
  public let objective: Rational

  /// The flow on each arc.
  var amounts: ExactVector { claim.circulation.amounts }
}

extension Examination {
  /// The regularised flow of a method on this case's network, by the interior-point method, or
  /// exactly where that does not get there.
  public func nearOptimum(_ method: RegularisedMethod) -> Proof<NearOptimum> {
    if let known = nearOptima[method] { return known }
    let proof = provedNearOptimum(
      method, network, feasibleFlow: method.needsMaximumFlow ? maximum.claim?.flow.amounts : nil,
      limit)
    nearOptima[method] = proof
    return proof
  }

  /// The exact optimum of a method on this case's network, by exact linear algebra.
  public func exactOptimum(_ method: RegularisedMethod) -> Proof<ExactOptimum> {
    if let known = exactOptima[method] { return known }
    let proof = provedExactOptimum(method, network, limit)
    exactOptima[method] = proof
    return proof
  }
}

extension RegularisedMethod {
  /// Whether the problem is about the flows of one value, so that one of them must be known.
  fileprivate var needsMaximumFlow: Bool {
    if case .central = self { return true }
    return false
  }
}

/// A regularised flow of a network, accepted by the kernel.
func provedNearOptimum(
  _ method: RegularisedMethod, _ network: FlowNetwork, feasibleFlow: ExactVector? = nil,
  _ limit: WorkLimit
) -> Proof<NearOptimum> {
  let problem: CirculationProblem
  do {
    problem = try method.problem(network)
  } catch {
    return .gaveUp("no problem: \(error)")
  }
  let (solution, _) = problem.solveCertified(
    feasibleFlow: feasibleFlow, settings: RegularisedSettings(limit: limit))
  guard solution.status == .optimal, let claim = solution.distance,
    let certificate = solution.certificate
  else { return .gaveUp("\(solution.status.rawValue)") }
  return .accepted(
    NearOptimum(claim: claim, certificate: certificate, iterations: solution.iterations))
}

/// The exact optimum of a linear or quadratic method on a network, accepted by the kernel.
func provedExactOptimum(
  _ method: RegularisedMethod, _ network: FlowNetwork, _ limit: WorkLimit
) -> Proof<ExactOptimum> {
  let problem: CirculationProblem
  do {
    problem = try method.problem(network)
  } catch {
    return .gaveUp("no problem: \(error)")
  }
  let solution = exactRegularisedFlow(problem, limit: limit)
  guard let optimum = solution.optimum else { return .gaveUp(solution.status.rawValue) }
  return Proof(checkCirculation(optimum.flow, in: problem)).then { circulation in
    Proof(checkOptimality(circulation, optimum.duals)).then { claim in
      .accepted(ExactOptimum(claim: claim, objective: optimum.objective))
    }
  }
}

public import Checker
import ExactArithmetic
public import Solvers

/// This package's solver of regularised flows, in doubles with an exact certificate.
public struct InteriorPointSolver: FlowSolver {
  /// The solver, which has no settings.
  public init() {}

  public var name: String { "interior-point" }

  public var contract: Contract { .double }

  public var tasks: Set<FlowTask.Kind> { [.l2, .barrier] }

  public func accepts(_ network: FlowNetwork) -> Bool { network.capacities.fitsDoubleSums }

  public func solve(_ request: FlowRequest) -> FlowAnswer {
    guard let method = request.task.method else { return FlowAnswer(status: .unsupported) }
    let problem: CirculationProblem
    do {
      problem = try method.problem(request.network)
    } catch {
      return FlowAnswer(status: .failed("the weights make no problem: \(error)"))
    }
    return FlowAnswer(
      problem.solveRegularised(settings: RegularisedSettings(limit: request.limit)), of: problem)
  }
}

/// This package's own solvers, for all tasks.
public let ownSolvers: [any FlowSolver] =
  InProcessSolver.all + [InteriorPointSolver(), ShapleySolver()]

extension FlowAnswer {
  /// The answer that a solution comes to: optimal with its certificate, or given up.
  public init(_ solution: RegularisedSolution, of problem: CirculationProblem) {
    guard solution.status == .optimal, let flow = solution.exactFlow,
      let certificate = solution.certificate,
      let circulation = checkCirculation(flow, in: problem).claim
    else {
      self.init(status: .gaveUp("\(solution.status.rawValue), \(solution.residuals.summary)"))
      return
    }
    self.init(
      status: .optimal, value: circulation.value, flow: flow,
      potentials: certificate.potentialsOnAllArcs(circulation), certificate: certificate)
  }
}

extension RegularisedResiduals {
  /// The residuals in words.
  public var summary: String {
    "residuals: primal \(primal), dual \(dual), complementarity \(complementarity)"
  }
}

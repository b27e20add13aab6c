// Regularised flows: from a problem of the kernel to a flow that the kernel certifies.
//
// Presolve, scale, interior point method, refinement in integers, certificate, and the kernel's own
// check of it: only what that accepts, with a small radius, is called optimal.
public import Checker
public import ExactArithmetic
public import Networks

/// How a regularised problem is solved.
public struct RegularisedSettings: Sendable, Hashable {
  /// The largest number of iterations of the interior point method.
  public var iterationLimit = 100
  /// The bound on the work; a factorisation counts as the looks that its passes take.
  public var limit = WorkLimit.unlimited
  /// Whether the sparse factorisation is used on layered networks too.
  public var prefersSparseFactorisation = false

  /// The default settings, with a bound on the work.
  public init(limit: WorkLimit = .unlimited) { self.limit = limit }
}

extension CirculationProblem {
  /// The unique optimum of a problem with a convex term, with its certified distance from it.
  ///
  /// Source and sink arcs of layered networks may be without the term.
  ///
  /// - Parameters:
  ///   - feasibleFlow: a feasible flow, of the fixed value if there is one, where one is at hand;
  ///     otherwise one is searched for, if 0 is none.
  ///   - settings: limits, and the choice of the factorisation.
  /// - Returns: the flow, its certificate, and how the method stopped.
  /// - Precondition: the problem has a term.
  /// - Complexity: 10 to 40 factorisations; on a layered network each takes `7/3 T^3 (L+1)`
  ///   operations, and the memory is that of some 60 doubles per arc.
  public func solveRegularised(
    feasibleFlow: ExactVector? = nil, settings: RegularisedSettings = RegularisedSettings()
  ) -> RegularisedSolution {
    precondition(term != .none, "a problem without a term has no regularised optimum")
    var solution = RegularisedSolution(
      status: .infeasible, iterations: 0, factorisations: 0, flow: [], value: 0, objective: 0,
      residuals: RegularisedResiduals(
        primal: .infinity, dual: .infinity, complementarity: .infinity),
      presolve: PresolveReport(), exactFlow: nil, certificate: nil)
    var start = feasibleFlow
    if start == nil {
      let search = feasibleCirculation(limit: settings.limit)
      if search.solution.status == .workLimitReached { solution.status = .workLimitReached }
      start = search.flow
    }
    guard let start, let presolve = CirculationPresolve(self, feasibleFlow: start) else {
      return solution
    }
    solution.presolve = PresolveReport(
      closedArcs: presolve.zeroCapacityCount, separatingArcs: presolve.betweenComponentsCount,
      components: presolve.componentCount)
    solution.status = .unresolvable
    guard let working = WorkingProblem(self, presolve: presolve, feasibleFlow: start) else {
      return solution
    }
    solveWorking(working, settings, &solution)
    return solution
  }

  private func solveWorking(
    _ working: WorkingProblem, _ settings: RegularisedSettings,
    _ solution: inout RegularisedSolution
  ) {
    var equations = working.makeEquations(prefersSparse: settings.prefersSparseFactorisation)
    var method = InteriorPoint(working)
    var limits = InteriorPointSettings(
      iterationLimit: settings.iterationLimit, scanLimit: settings.limit.arcScans ?? Int.max)
    var refined: GridPoint?
    var ending = InteriorPointEnding.converged
    // Refinement converges from near the optimum only, and is tried from nearer and nearer.
    for tolerance in working.weight > 0 ? [1e-10, 1e-13] : [1e-6, 1e-8, 1e-10, 1e-12, 1e-14] {
      limits.tolerance = tolerance
      if working.activeCount > 0 { ending = method.run(&equations, limits) }
      guard ending == .converged || ending == .stagnated else { break }
      refined = refine(working, method, &equations, &solution)
      if refined != nil || ending == .stagnated { break }
    }
    if refined == nil, working.weight == 0, ending == .converged || ending == .stagnated,
      let point = GridPoint(working, potentials: method.potentials)
    {
      var last = ActiveSetPolish(working, point, weights: method.arcWeights)
      last.takeFlow(of: method)
      refined = last.finish() ? last.point : nil
    }
    solution.iterations = method.iterations
    solution.factorisations += method.factorisations
    solution.residuals = method.residuals
    solution.setFlow(method.flow.map { $0 * working.flowScale }, of: self)
    switch ending {
    case .iterationLimit: solution.status = .iterationLimit
    case .workLimitReached: solution.status = .workLimitReached
    case .converged, .stagnated: solution.status = .stagnated
    }
    guard let refined,
      let certificate = working.weight > 0
        ? refined.logarithmsCertificate(working) : refined.squaresCertificate(working)
    else { return }
    let exact = refined.exactFlow(working)
    solution.setFlow(exact.nearestDoubles, of: self)
    guard case .accepted(let circulation) = checkCirculation(exact, in: self) else { return }
    solution.value = circulation.value.nearestDouble
    guard case .accepted(let distance) = checkDistance(circulation, certificate) else { return }
    solution.exactFlow = exact
    solution.certificate = certificate
    solution.distance = distance
    let limit = RegularisedStatus.radiusLimit * working.flowScale
    if distance.radius.nearestDouble <= limit { solution.status = .optimal }
  }

  /// The point that the refinement of the term reaches; nil if it is not near the optimum.
  private func refine(
    _ working: WorkingProblem, _ method: InteriorPoint,
    _ equations: inout any NormalEquations, _ solution: inout RegularisedSolution
  ) -> GridPoint? {
    guard let point = GridPoint(working, potentials: method.potentials) else { return nil }
    guard working.activeCount > 0 else { return point }
    if working.weight > 0 {
      guard
        var polish = BarrierPolish(
          working, point, lowerSlack: method.lowerSlack, upperSlack: method.upperSlack)
      else { return nil }
      let isNear = polish.run(&equations)
      solution.factorisations += polish.factorisations
      return isNear ? polish.point : nil
    }
    var polish = ActiveSetPolish(working, point, weights: method.arcWeights)
    let isNear = polish.run(&equations)
    solution.factorisations += polish.factorisations
    return isNear && polish.finish() ? polish.point : nil
  }
}

extension RegularisedSolution {
  /// Takes over a flow, and computes its value and objective.
  fileprivate mutating func setFlow(_ flow: [Double], of problem: CirculationProblem) {
    self.flow = flow
    let network = problem.network
    var value = 0.0
    network.arcs.forEach { arc, tail, head in
      if tail == network.source { value += flow[arc] }
      if head == network.source { value -= flow[arc] }
    }
    self.value = value
    objective = problem.objective(flow, value: value)
  }
}

extension CirculationProblem {
  /// The objective at a flow, in doubles; of a logarithm, over the arcs strictly inside their
  /// bounds.
  fileprivate func objective(_ flow: [Double], value: Double) -> Double {
    var objective = 0.0
    if case .free(let gain) = returnArc { objective = -gain.nearestDouble * value }
    let linear = costs.nearestDoubles
    for arc in flow.indices { objective += linear[arc] * flow[arc] }
    let flow = flow[..<termArcCount]
    switch term {
    case .none: break
    case .squares(let lambda):
      objective += lambda.nearestDouble * flow.reduce(0) { $0 + $1 * $1 }
    case .logarithms(let mu):
      let (lower, upper) = (lowerBounds.nearestDoubles, network.capacities.nearestDoubles)
      var sum = 0.0
      for arc in flow.indices where flow[arc] > lower[arc] && flow[arc] < upper[arc] {
        sum += logarithm(flow[arc] - lower[arc]) + logarithm(upper[arc] - flow[arc])
      }
      objective -= mu.nearestDouble * sum
    }
    return objective
  }
}

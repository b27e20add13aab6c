public import Checker
public import ExactArithmetic

extension CirculationProblem {
  /// The largest network whose squares are solved in fractions where doubles do not get there.
  ///
  /// Exact linear algebra on so many arcs takes milliseconds, and seconds at worst.
  public static let exactArcLimit = 2_000

  /// The optimum by the interior point method, or exactly where that does not get there.
  ///
  /// Exact linear algebra knows no scale: it solves what doubles cannot resolve, such as optima at
  /// which several multipliers vanish. It takes problems with squares on up to ``exactArcLimit``
  /// arcs that carry terms throughout.
  ///
  /// - Parameters:
  ///   - feasibleFlow: a feasible flow, of the fixed value if there is one, where one is at hand.
  ///   - settings: limits, and the choice of the factorisation.
  /// - Returns: the solution, and whether it is the exact one, with radius 0.
  public func solveCertified(
    feasibleFlow: ExactVector? = nil, settings: RegularisedSettings = RegularisedSettings()
  ) -> (solution: RegularisedSolution, isExact: Bool) {
    let solution = solveRegularised(feasibleFlow: feasibleFlow, settings: settings)
    guard solution.status != .optimal, solution.status != .infeasible, case .squares = term,
      termArcs == .allButReturn, network.arcCount <= Self.exactArcLimit,
      let optimum = exactRegularisedFlow(self, limit: settings.limit).optimum,
      let circulation = checkCirculation(optimum.flow, in: self).claim
    else { return (solution, false) }
    let certificate = DistanceCertificate(
      duals: optimum.duals, levels: [Int32](repeating: 0, count: network.nodeCount), norm: 0,
      radius: 0)
    guard let distance = checkDistance(circulation, certificate).claim else {
      return (solution, false)
    }
    var exact = solution
    exact.status = .optimal
    exact.flow = optimum.flow.nearestDoubles
    exact.value = optimum.value.nearestDouble
    exact.objective = optimum.objective.nearestDouble
    exact.residuals = RegularisedResiduals(primal: 0, dual: 0, complementarity: 0)
    exact.exactFlow = optimum.flow
    exact.certificate = certificate
    exact.distance = distance
    return (exact, true)
  }
}

import ExactArithmetic

/// Collects what the rules about duals find, arc by arc.
struct DualRules {
  private var interior = FractionViolations(.interior)
  private var stationarity = FractionViolations(.stationarity)
  private var dualFeasibility = FractionViolations(.dualFeasibility)
  private var complementarySlackness = FractionViolations(.complementarySlackness)
  private let residuals: DualResiduals

  init(_ residuals: DualResiduals) { self.residuals = residuals }

  /// Tests that a logarithm has a gradient: `l < f < u`.
  mutating func testInterior(_ arc: Int, _ found: ArcResidual) {
    guard found.residual == nil else { return }
    let isLow = found.below.signum() <= 0
    let bounds = isLow ? residuals.problem.lowerBounds : residuals.problem.network.capacities
    interior.add(
      .arc(arc), difference: overFlow(isLow ? found.below : -found.above),
      rightSide: Fraction(numerator: bounds.numerator(arc), denominator: bounds.denominator))
  }

  /// Tests `c + phi' + s_u - s_l = y(head) - y(tail)`.
  mutating func testStationarity(_ arc: Int, _ found: ArcResidual) {
    guard let residual = found.residual, !residual.numerator.isZero else { return }
    stationarity.add(
      .arc(arc), difference: residual, rightSide: overDual(found.potentialDifference))
  }

  /// Tests `s_l >= 0` and `s_u >= 0`.
  mutating func testDualFeasibility(_ arc: Int, _ found: ArcResidual) {
    for multiplier in [found.lowerMultiplier, found.upperMultiplier]
    where multiplier.signum() < 0 {
      dualFeasibility.add(.arc(arc), difference: overDual(multiplier), rightSide: zero)
    }
  }

  /// Tests `s_l (f - l) = 0` and `s_u (u - f) = 0`.
  mutating func testComplementarySlackness(_ arc: Int, _ found: ArcResidual) {
    if found.lowerMultiplier.isZero && found.upperMultiplier.isZero { return }
    let denominator = residuals.dualDenominator * residuals.flowDenominator
    let products = [found.lowerMultiplier * found.below, found.upperMultiplier * found.above]
    for product in products where !product.isZero {
      complementarySlackness.add(
        .arc(arc), difference: Fraction(numerator: product, denominator: denominator),
        rightSide: zero)
    }
  }

  /// What was found, with the stationarity of the return arc.
  func report(_ duals: CirculationDuals) -> OptimalityReport {
    OptimalityReport(
      interior: interior.rejection, stationarity: stationarity.rejection,
      returnArc: returnArcRejection(duals), dualFeasibility: dualFeasibility.rejection,
      complementarySlackness: complementarySlackness.rejection)
  }

  /// Tests `gain = y(sink) - y(source)`: stationarity of a free return arc, of cost `-gain`.
  private func returnArcRejection(_ duals: CirculationDuals) -> Rejection? {
    let network = residuals.problem.network
    guard case .free(let gain) = residuals.problem.returnArc else { return nil }
    let difference = duals.potentials[network.sink] - duals.potentials[network.source]
    guard difference != gain else { return nil }
    return Rejection(
      Violation(rule: .stationarity, place: .returnArc, leftSide: gain, rightSide: difference))
  }

  private var zero: Fraction { Fraction(numerator: 0, denominator: 1) }

  private func overFlow(_ numerator: BigInteger) -> Fraction {
    Fraction(numerator: numerator, denominator: residuals.flowDenominator)
  }

  private func overDual(_ numerator: BigInteger) -> Fraction {
    Fraction(numerator: numerator, denominator: residuals.dualDenominator)
  }
}

/// Tests that duals have one number for each node and arc.
func shapeRejection(_ duals: CirculationDuals, _ network: FlowNetwork) -> Rejection? {
  let counts = [
    ("potentials", duals.potentials.count, network.nodeCount),
    ("lowerMultipliers", duals.lowerMultipliers.count, network.arcCount),
    ("upperMultipliers", duals.upperMultipliers.count, network.arcCount),
  ]
  for (field, found, required) in counts where found != required {
    return rejection(.shape, .field(field), found, required)
  }
  return nil
}

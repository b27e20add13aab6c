// The term on the attention arc alone: layered problems with one layer and one token.
//
//   arc 0: (1, 0) -> (0, 0), capacity 1;   arc 1: s -> (1, 0);   arc 2: (0, 0) -> t
//
// Nodes t = 0, (0, 0) = 1, (1, 0) = 2, s = 3.
import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct LayeredTermTests {
  private let threeEighths = Rational(3, 8)
  private let quarter = Rational(1, 4)

  private func problem(
    _ term: CirculationProblem.Term, superCapacity: Rational = 1, gain: Rational = 1
  ) throws -> CirculationProblem {
    let conventions = Conventions(superCapacity: superCapacity)
    return try CirculationProblem(
      network: FlowNetwork(tensor: tensor([[[1]]]), mode: .all, conventions: conventions),
      returnArc: .free(gain: gain), term: term, termArcs: .attention)
  }

  /// A certificate of norm and radius 0; the arrays are over nodes `t, (0, 0), (1, 0), s` and arcs.
  private func certificate(
    _ potentials: [Rational], upper: [Rational] = [0, 0, 0]
  ) -> DistanceCertificate {
    DistanceCertificate(
      duals: CirculationDuals(
        potentials: ExactVector(potentials), lowerMultipliers: ExactVector([0, 0, 0]),
        upperMultipliers: ExactVector(upper)), levels: [0, 0, 0, 0], norm: 0, radius: 0)
  }

  private func judge(
    _ amount: Rational, _ problem: CirculationProblem, _ certificate: DistanceCertificate
  ) throws -> Judgement<CertifiedDistance> {
    checkDistance(try circulation([amount, amount, amount], in: problem), certificate)
  }

  @Test("only attention arcs have a gradient")
  func termArcs() throws {
    let problem = try problem(.squares(lambda: 1))
    #expect(problem.termArcCount == 1 && problem.carriesTerm(0) && !problem.carriesTerm(1))
    #expect(try self.problem(.none).termArcCount == 0)
    // min -x + x^2, and min -x - mu (log x + log(1 - x)) with mu = 3/8.
    #expect(try judge(half, problem, certificate([1, 1, 0, 0])).claim?.radius == 0)
    let logarithms = try self.problem(.logarithms(mu: threeEighths))
    #expect(try judge(Rational(3, 4), logarithms, certificate([1, 1, 0, 0])).claim?.radius == 0)
    let optimum = try circulation([half, half, half], in: problem)
    #expect(checkOptimality(optimum, certificate([1, 1, 0, 0]).duals).claim?.isUnique == true)
  }

  @Test("arcs without the term are stationary, or a false distance would be accepted")
  func stationarity() throws {
    // The potentials are right on the attention arc and the return arc, but the optimum is 1/2.
    expect(
      try judge(quarter, problem(.squares(lambda: 1)), certificate([1, 1, half, 0])),
      .stationarity, .arc(1), 0, half)
    // At 1/4 the gradient of the logarithms is -1; the optimum is 3/4.
    expect(
      try judge(quarter, problem(.logarithms(mu: threeEighths)), certificate([1, -1, 0, 0])),
      .stationarity, .arc(2), 0, 2)
  }

  @Test("a multiplier of an arc without the term holds back a logarithm, if its sign is right")
  func multipliers() throws {
    // The super capacity 1/4 holds the flow; at the bound s -> (1, 0) gains 2 a unit.
    let term = CirculationProblem.Term.logarithms(mu: threeEighths)
    let held = try problem(term, superCapacity: quarter)
    #expect(try judge(quarter, held, certificate([1, 1, 2, 0], upper: [0, 2, 0])).claim != nil)
    // With gain -3 the flow should fall.
    let falling = try problem(term, superCapacity: quarter, gain: -3)
    expect(
      try judge(quarter, falling, certificate([-3, -3, -2, 0], upper: [0, -2, 0])),
      .dualFeasibility, .arc(1), -2, 0)
    // Below the bound the multiplier is not allowed.
    expect(
      try judge(
        quarter, problem(term, superCapacity: half), certificate([1, 1, 2, 0], upper: [0, 2, 0])),
      .complementarySlackness, .arc(1), half, 0)
  }
}

import Checker
import ExactArithmetic
import TestSupport
import Testing

private let little = Rational(1, BigInteger.powerOfTwo(90))

@Suite struct CheckDistanceTests {
  private func judge(
    _ flow: Rational, in problem: CirculationProblem, _ duals: CirculationDuals = oneArcDuals(),
    norm: Rational, radius: Rational
  ) throws -> Judgement<CertifiedDistance> {
    checkDistance(
      try circulation([flow], in: problem),
      DistanceCertificate(duals: duals, levels: [0, 0], norm: norm, radius: radius))
  }

  @Test("squares on one arc: the bound is the distance, and nothing less is accepted")
  func squares() throws {
    // The optimum is 1/2; at 1/4 the residual is 2/4 - 1.
    let problem = try oneArc(capacity: 1, .squares(lambda: 1))
    let quarter = Rational(1, 4)
    let claim = try judge(quarter, in: problem, norm: half, radius: quarter).claim
    #expect(claim?.radius == quarter)
    expect(
      try judge(quarter, in: problem, norm: half, radius: quarter - little), .radius,
      .field("radius"), half, half - 2 * little)
    expect(
      try judge(quarter, in: problem, norm: half - little, radius: quarter), .norm, .field("norm"),
      quarter, (half - little) * (half - little))
    #expect(try judge(half, in: problem, norm: 0, radius: 0).claim?.radius == 0)
  }

  @Test("squares with a gap: the radius satisfies its quadratic inequality exactly")
  func gap() throws {
    // At 1/4 with s_u = 1/2 the residual is 0 and the gap 1/2 * 1; 2 R^2 >= 1/2 at R = 1/2.
    let problem = try oneArc(capacity: Rational(5, 4), .squares(lambda: 1))
    let (quarter, duals) = (Rational(1, 4), oneArcDuals(upper: half))
    #expect(try judge(quarter, in: problem, duals, norm: 0, radius: half).claim != nil)
    let radius = half - little
    expect(
      try judge(quarter, in: problem, duals, norm: 0, radius: radius), .radius, .field("radius"),
      half, 2 * radius * radius)
    // The gap of a lower bound counts alike: at 3/4, s_l = 1/2 and 3/4 + 1/4 above the bound.
    let above = try oneArc(capacity: 1, lower: -Rational(1, 4), .squares(lambda: 1))
    let lower = oneArcDuals(lower: half)
    #expect(try judge(Rational(3, 4), in: above, lower, norm: 0, radius: half).claim != nil)
    expect(
      try judge(Rational(3, 4), in: above, lower, norm: 0, radius: radius), .radius,
      .field("radius"), half, 2 * radius * radius)
  }

  @Test("logarithms on one arc: the bound by norm and curvature, equality included")
  func logarithms() throws {
    // p = 3, q = 4, h = (5/12)^2; the residual 5/4 over mu sqrt(h) = 5 is 1/4.
    let problem = try oneArc(capacity: 7, cost: Rational(13, 4), .logarithms(mu: 12))
    let (norm, radius) = (Rational(1, 4), Rational(4, 5))
    #expect(try judge(3, in: problem, norm: norm, radius: radius).claim?.radius == radius)
    let less = radius - little
    expect(
      try judge(3, in: problem, norm: norm, radius: less), .radius, .arc(0),
      less * less * Rational(25, 144) * Rational(9, 16), Rational(1, 16))
    expect(
      try judge(3, in: problem, norm: norm - little, radius: radius), .norm, .field("norm"),
      Rational(1, 16), (norm - little) * (norm - little))
    // Terms are rounded up: 1/25 has no finite binary expansion.
    let fifth = try oneArc(capacity: 7, cost: 3, .logarithms(mu: 12))
    #expect(try judge(3, in: fifth, norm: Rational(1, 5), radius: 1).rejection?.count == 1)
    #expect(try judge(3, in: fifth, norm: Rational(1, 5) + little, radius: 1).claim != nil)
    // At the optimum nothing is left: -12/3 + 12/4 + 2 = 1.
    let optimal = try oneArc(capacity: 7, cost: 2, .logarithms(mu: 12))
    #expect(try judge(3, in: optimal, norm: 0, radius: 0).claim?.radius == 0)
  }

  @Test("norms and radii out of range are rejected, although their squares would do")
  func range() throws {
    let squares = try oneArc(capacity: 1, .squares(lambda: 1))
    let quarter = Rational(1, 4)
    expect(
      try judge(quarter, in: squares, norm: -half, radius: 0), .range, .field("norm"), -half, 0)
    expect(
      try judge(quarter, in: squares, norm: half, radius: -1), .range, .field("radius"), -1, 0)
    // Without gap the quadratic inequality holds at radius 0, which is its other root.
    expect(
      try judge(quarter, in: squares, norm: half, radius: 0), .radius, .field("radius"), half, 0)
    let logarithms = try oneArc(capacity: 7, cost: Rational(13, 4), .logarithms(mu: 12))
    expect(try judge(3, in: logarithms, norm: 1, radius: 9), .range, .field("norm"), 1, 1)
    expect(try judge(3, in: logarithms, norm: 2, radius: 9), .range, .field("norm"), 2, 1)
    expect(
      try judge(3, in: logarithms, norm: -1, radius: 9), .range, .field("norm"), -1, 0)
    expect(
      try judge(3, in: logarithms, norm: Rational(1, 4), radius: 0), .radius, .arc(0), 0,
      Rational(1, 16))
  }

  @Test("forgetting the return arc would make a false claim")
  func returnArc() throws {
    // With the potential difference 1/2 the residual at 1/4 is 0, but the optimum is 1/2.
    let squares = try oneArc(capacity: 1, .squares(lambda: 1))
    let slack = oneArcDuals(difference: half)
    expect(
      try judge(Rational(1, 4), in: squares, slack, norm: 0, radius: 0), .stationarity, .returnArc,
      1, half)
    let logarithms = try oneArc(capacity: 1, .logarithms(mu: Rational(3, 8)))
    expect(
      try judge(half, in: logarithms, oneArcDuals(difference: 0), norm: 0, radius: 0),
      .stationarity, .returnArc, 1, 0)
    // Where the value is fixed the same duals prove that the only flow is the optimum.
    let fixed = try oneArc(
      capacity: 1, returnArc: .fixed(value: half), .logarithms(mu: Rational(3, 8)))
    #expect(
      try judge(half, in: fixed, oneArcDuals(difference: 0), norm: 0, radius: 0).claim != nil)
  }

  @Test("multipliers are not negative, and with logarithms only at bounds that are reached")
  func multipliers() throws {
    let squares = try oneArc(capacity: 1, .squares(lambda: 1))
    // A negative multiplier would lower the gap: s_u = 1/2 and s_l = -2, say.
    expect(
      try judge(
        Rational(1, 4), in: squares, oneArcDuals(lower: -2, upper: half), norm: 3, radius: 3),
      .dualFeasibility, .arc(0), -2, 0)
    let logarithms = try oneArc(capacity: 7, cost: 2, .logarithms(mu: 12))
    expect(
      try judge(3, in: logarithms, oneArcDuals(lower: 1, upper: 1), norm: 0, radius: 0),
      .complementarySlackness, .arc(0), 3, 0, count: 2)
  }

  @Test("a problem without a term has no certified distance")
  func noTerm() throws {
    let linear = try oneArc(capacity: 1, .none)
    expect(
      try judge(1, in: linear, oneArcDuals(upper: 1), norm: 0, radius: 0), .term, .field("term"), 0,
      1)
  }

  @Test("a logarithm at a bound that is not frozen is rejected")
  func interior() throws {
    let problem = try oneArc(capacity: 1, .logarithms(mu: 1))
    expect(try judge(0, in: problem, norm: half, radius: 1), .interior, .arc(0), 0, 0)
    expect(try judge(1, in: problem, norm: half, radius: 1), .interior, .arc(0), 1, 1)
  }

  @Test("a certificate of a wrong size is rejected")
  func shape() throws {
    let flow = try circulation([half], in: oneArc(capacity: 1, .squares(lambda: 1)))
    let right = DistanceCertificate(duals: oneArcDuals(), levels: [0, 0], norm: 0, radius: 0)
    #expect(checkDistance(flow, right).claim != nil)
    let nothing = ExactVector([])
    for (field, required, change) in [
      ("potentials", 2, { $0.duals.potentials = nothing }),
      ("lowerMultipliers", 1, { $0.duals.lowerMultipliers = nothing }),
      ("upperMultipliers", 1, { $0.duals.upperMultipliers = nothing }),
      ("levels", 2, { $0.levels = [] }),
    ] as [(String, Rational, (inout DistanceCertificate) -> Void)] {
      var wrong = right
      change(&wrong)
      expect(checkDistance(flow, wrong), .shape, .field(field), 0, required)
    }
  }
}

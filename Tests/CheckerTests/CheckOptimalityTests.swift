import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite struct CheckOptimalityTests {
  /// The diamond `s -> a -> t`, `s -> b -> t` with `a -> b`, costs 0, 2, 0, 0, 1 and gain 3.
  ///
  ///   arc 0: s -> a  2    2: s -> b  1    4: a -> b  1
  ///       1: a -> t  1    3: b -> t  1
  private func diamond(
    _ returnArc: CirculationProblem.ReturnArc = .free(gain: 3)
  ) throws -> CirculationProblem {
    try CirculationProblem(
      network: smallNetwork(
        nodes: 4, [(0, 1, 2), (1, 3, 1), (0, 2, 1), (2, 3, 1), (1, 2, 1)]),
      costs: ExactVector([0, 2, 0, 0, 1]), returnArc: returnArc)
  }

  /// The optimum sends one unit over each of the two paths: each costs less than its gain.
  private let optimum: [Rational] = [1, 1, 1, 1, 0]

  /// Potentials 0, 0, 0, 3: `a -> t` gains 1 and `b -> t` 3 a unit, which their bounds hold back.
  private func duals() -> CirculationDuals {
    CirculationDuals(
      potentials: ExactVector([0, 0, 0, 3]), lowerMultipliers: ExactVector([0, 0, 0, 0, 1]),
      upperMultipliers: ExactVector([0, 1, 0, 3, 0]))
  }

  private func judge(
    _ flow: [Rational]? = nil, _ change: (inout CirculationDuals) -> Void = { _ in }
  ) throws -> Judgement<OptimalCirculation> {
    var changed = duals()
    change(&changed)
    return checkOptimality(try circulation(flow ?? optimum, in: diamond()), changed)
  }

  @Test("an optimum is accepted with its duals, and no uniqueness is claimed without a term")
  func accepted() throws {
    let claim = try #require(try judge().claim)
    #expect(claim.circulation.value == 2)
    #expect(!claim.isUnique)
    #expect(claim.duals == duals())
    // Only differences of potentials count.
    #expect(try judge { $0.potentials = ExactVector([5, 5, 5, 8]) }.claim != nil)
  }

  @Test("an arc whose gradient is not its potential difference is rejected, with both sides")
  func stationarity() throws {
    expect(
      try judge { $0.potentials = ExactVector([0, half, 0, 3]) }, .stationarity, .arc(0), 0, half,
      count: 3)
    expect(
      try judge { $0.upperMultipliers = ExactVector([0, 1, 0, 2, 0]) }, .stationarity, .arc(3), 2, 3
    )
    let judgement = try judge { $0.potentials = ExactVector([0, 0, 5, 3]) }
    // Arcs 2, 3 and 4 are off by 5; the first is also the first of the largest.
    expect(judgement, .stationarity, .arc(2), 0, 5, count: 3)
    let worst = try judge { $0.upperMultipliers = ExactVector([1, 1, 0, 9, 0]) }.rejection
    #expect(worst?.first.place == .arc(0) && worst?.largest.place == .arc(3))
  }

  @Test("a return arc that is free and not stationary is rejected as its own place")
  func returnArc() throws {
    let flow = try circulation(optimum, in: diamond(.free(gain: Rational(7, 2))))
    expect(
      checkOptimality(flow, duals()), .stationarity, .returnArc, Rational(7, 2), 3)
    // With a fixed value the potentials of source and sink are free.
    let fixed = try circulation(optimum, in: diamond(.fixed(value: 2)))
    #expect(checkOptimality(fixed, duals()).claim != nil)
  }

  @Test("a negative multiplier is rejected")
  func dualFeasibility() throws {
    // Stationarity holds, since only the difference of the multipliers of an arc counts.
    expect(
      try judge {
        $0.lowerMultipliers = ExactVector([0, -1, 0, 0, 1])
        $0.upperMultipliers = ExactVector([0, 0, 0, 3, 0])
      }, .dualFeasibility, .arc(1), -1, 0, count: 2)
    expect(
      try judge {
        $0.lowerMultipliers = ExactVector([0, 0, 0, 0, 0])
        $0.upperMultipliers = ExactVector([0, 1, 0, 3, -1])
      }, .dualFeasibility, .arc(4), -1, 0, count: 2)
  }

  @Test("a multiplier at a bound that is not reached is rejected")
  func complementarySlackness() throws {
    // A unit goes from b -> t to a -> b -> t: feasible, dearer by 1, caught at a -> b.
    expect(
      try judge([Rational(3, 2), 1, half, 1, half]), .complementarySlackness, .arc(4), half, 0)
    expect(try judge([half, half, 1, 1, 0]), .complementarySlackness, .arc(1), half, 0)
    expect(
      try judge([0, 0, half, half, 0]), .complementarySlackness, .arc(1), 1, 0, count: 2)
  }

  @Test("a measurement tells the violations of each rule, of flows that are not feasible too")
  func measurement() throws {
    let flow = ExactVector([1, 2, 1, 0, -1] as [Rational])
    let report = try #require(
      measureOptimality(flow, duals(), in: diamond(.free(gain: 2))).claim)
    #expect(report.interior == nil && report.stationarity == nil && report.dualFeasibility == nil)
    #expect(report.returnArc?.first.difference == 1)
    #expect(report.complementarySlackness?.count == 3)
    #expect(report.complementarySlackness?.first.leftSide == -1)
    #expect(report.complementarySlackness?.largest.place == .arc(3))
    #expect(report.complementarySlackness?.largest.leftSide == 3)
    #expect(report.rejection?.count == 4)
    #expect(report.rejection?.first.place == .returnArc)
  }

  @Test("duals, levels and flows of a wrong size are rejected")
  func shape() throws {
    for count in [0, 3, 5] {
      let wrong = ExactVector([Int64](repeating: 0, count: count), denominator: 1)
      let (found, network) = (Rational(count), try diamond().network)
      expect(
        try judge { $0.potentials = wrong }, .shape, .field("potentials"), found,
        Rational(network.nodeCount))
      expect(
        checkOptimality(
          try circulation(optimum, in: diamond()), duals(),
          levels: [Int32](repeating: 0, count: count)), .shape, .field("levels"), found, 4)
      guard count != network.arcCount else { continue }
      expect(
        try judge { $0.lowerMultipliers = wrong }, .shape, .field("lowerMultipliers"), found, 5)
      expect(
        try judge { $0.upperMultipliers = wrong }, .shape, .field("upperMultipliers"), found, 5)
      expect(measureOptimality(wrong, duals(), in: try diamond()), .shape, .field("flow"), found, 5)
    }
  }

  @Test("squares on one arc: the optimum is the least of the capacity and 1 / (2 lambda)")
  func squares() throws {
    let inner = try circulation([half], in: oneArc(capacity: 1, .squares(lambda: 1)))
    #expect(checkOptimality(inner, oneArcDuals()).claim?.isUnique == true)
    let quarter = Rational(1, 4)
    let held = try circulation([quarter], in: oneArc(capacity: quarter, .squares(lambda: 1)))
    #expect(checkOptimality(held, oneArcDuals(upper: half)).claim != nil)
    expect(checkOptimality(held, oneArcDuals()), .stationarity, .arc(0), half, 1)
    // A factor of two is the classical slip: lambda x instead of 2 lambda x.
    let slip = try circulation([1], in: oneArc(capacity: 2, .squares(lambda: 1)))
    expect(checkOptimality(slip, oneArcDuals()), .stationarity, .arc(0), 2, 1)
  }

  @Test("logarithms on one arc: with mu = 3/8 the optimum of capacity 1 is 3/4")
  func logarithms() throws {
    let problem = try oneArc(capacity: 1, .logarithms(mu: Rational(3, 8)))
    let optimum = try circulation([Rational(3, 4)], in: problem)
    #expect(checkOptimality(optimum, oneArcDuals()).claim?.isUnique == true)
    // The gradient at 1/4 is -1: the sign that [U] prints.
    let wrong = try circulation([Rational(1, 4)], in: problem)
    expect(checkOptimality(wrong, oneArcDuals()), .stationarity, .arc(0), -1, 1)
    // The same problem with all amounts shifted by 5, and a cost that pays for half the gain.
    let shifted = try oneArc(
      capacity: 6, lower: 5, cost: half, returnArc: .free(gain: Rational(3, 2)),
      .logarithms(mu: Rational(3, 8)))
    #expect(
      checkOptimality(
        try circulation([Rational(23, 4)], in: shifted), oneArcDuals(difference: Rational(3, 2))
      ).claim != nil)
  }

  @Test("a logarithm at a bound is rejected with the bound")
  func interior() throws {
    let problem = try oneArc(capacity: 1, lower: -1, .logarithms(mu: 1))
    expect(
      checkOptimality(try circulation([1], in: problem), oneArcDuals()), .interior, .arc(0), 1, 1)
    expect(
      checkOptimality(try circulation([-1], in: problem), oneArcDuals()), .interior, .arc(0), -1,
      -1)
    let beyond = measureOptimality(ExactVector([2]), oneArcDuals(), in: problem).claim
    #expect(beyond?.interior?.first.leftSide == 2 && beyond?.interior?.first.rightSide == 1)
    // An arc without room is frozen: it has no logarithm.
    let frozen = try oneArc(capacity: 1, lower: 1, .logarithms(mu: 1))
    #expect(
      checkOptimality(try circulation([1], in: frozen), oneArcDuals(lower: -3)).claim != nil)
  }
}

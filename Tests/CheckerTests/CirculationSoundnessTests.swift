// Optimality and distance against planted optima: what is accepted is true, and what is true and
// proved by its duals is accepted.
import Checker
import ExactArithmetic
import TestSupport
import Testing

private func plants(_ count: Int, seed: UInt64) throws -> [PlantedOptimum] {
  var numbers = TestNumbers(seed: seed)
  return try (0..<count).flatMap { _ in
    try PlantedTerm.allCases.flatMap { term in
      [
        try PlantedOptimum(general: term, isFixed: false, &numbers),
        try PlantedOptimum(general: term, isFixed: true, &numbers),
        try PlantedOptimum(layered: term, tokens: 1 + numbers.below(3), &numbers),
      ]
    }
  }
}

/// The objective without logarithms, by its definition.
private func objective(_ problem: CirculationProblem, _ flow: FeasibleCirculation) -> Rational {
  var sum = Rational(0)
  if case .free(let gain) = problem.returnArc { sum -= gain * flow.value }
  for arc in 0..<problem.network.arcCount {
    let amount = flow.amounts[arc]
    sum += problem.costs[arc] * amount
    if case .squares(let lambda) = problem.term, problem.carriesTerm(arc) {
      sum += lambda * amount * amount
    }
  }
  return sum
}

@Suite struct CirculationSoundnessTests {
  @Test("planted optima are accepted, and no feasible flow beside them is better or also optimal")
  func optimality() throws {
    var worse = 0
    for plant in try plants(60, seed: 21) {
      let optimum = try circulation(plant.optimum, in: plant.problem)
      let claim = try #require(checkOptimality(optimum, plant.duals).claim)
      #expect(claim.isUnique == (plant.problem.term != .none))
      let other = try circulation(plant.other, in: plant.problem)
      let isOptimal = checkOptimality(other, plant.duals).claim != nil
      if case .logarithms = plant.problem.term {
        #expect(!isOptimal || plant.other == plant.optimum)
        continue
      }
      let (least, found) = (objective(plant.problem, optimum), objective(plant.problem, other))
      #expect(least <= found)
      // The conditions do not depend on which optimum the duals come from.
      #expect(isOptimal == (least == found))
      if claim.isUnique { #expect(isOptimal == (plant.optimum == plant.other)) }
      if least < found { worse += 1 }
    }
    #expect(worse > 100)
  }

  @Test("duals of an optimum changed in a number are rejected, or prove it too")
  func changedDuals() throws {
    var tally: [Rule?: Int] = [:]
    var numbers = TestNumbers(seed: 23)
    for plant in try plants(25, seed: 22) {
      let optimum = try circulation(plant.optimum, in: plant.problem)
      let other = try circulation(plant.other, in: plant.problem)
      for _ in 0..<12 {
        let duals = changed(plant.duals, &numbers)
        tally[checkOptimality(optimum, duals).rejection?.first.rule, default: 0] += 1
        if case .logarithms = plant.problem.term { continue }
        // With any duals at all, only optima are accepted.
        if checkOptimality(other, duals).claim != nil {
          #expect(objective(plant.problem, other) == objective(plant.problem, optimum))
        }
      }
    }
    for rule: Rule in [.stationarity, .dualFeasibility, .complementarySlackness] {
      #expect(tally[rule, default: 0] > 20, "\(rule)")
    }
  }

  @Test("a certified distance is never less than the true one, and honest ones are accepted")
  func distance() throws {
    var tally: [Rule?: Int] = [:]
    var numbers = TestNumbers(seed: 31)
    var honest = 0
    for plant in try plants(60, seed: 32) {
      for _ in 0..<6 {
        let fraction = Rational(numbers.below(4) == 0 ? 0 : 1, 1 << (1 + numbers.below(12)))
        let flow = try circulation(plant.flow(fraction), in: plant.problem)
        var duals = plant.duals
        for _ in 0..<numbers.below(3) { duals = changed(duals, scale: 32, &numbers) }
        let amounts = plant.flow(fraction)
        guard let best = bestDistance(plant.problem, amounts, duals) else { continue }
        let judgement = checkDistance(flow, best)
        tally[judgement.rejection?.first.rule, default: 0] += 1
        // Norm and radius are right whatever the duals: only rules about duals can reject.
        let reason = judgement.rejection?.first.rule
        #expect(reason != .norm && reason != .radius)
        if judgement.claim != nil { honest += 1 }
        for _ in 0..<8 {
          var certificate = best
          certificate.norm *= Rational(5 + numbers.below(8), 8)
          certificate.radius *= Rational(numbers.below(20), 8)
          let claim = checkDistance(flow, certificate)
          tally[claim.rejection?.first.rule, default: 0] += 1
          guard let radius = claim.claim?.radius else { continue }
          expectWithin(radius, plant, amounts)
        }
        if judgement.claim != nil { expectWithin(best.radius, plant, amounts) }
      }
    }
    #expect(honest > 400)
    for rule: Rule in [
      .stationarity, .dualFeasibility, .complementarySlackness, .norm, .radius, .term,
    ] {
      #expect(tally[rule, default: 0] > 50, "\(rule)")
    }
  }

  @Test("arcs that lead nowhere do not disturb a certificate that freezes them, by right levels")
  func deadEnds() throws {
    var tally: [Rule?: Int] = [:]
    var numbers = TestNumbers(seed: 51)
    for _ in 0..<150 {
      for term in [PlantedTerm.squares, .logarithms] {
        let plant = try PlantedOptimum(
          general: term, isFixed: numbers.below(2) == 0, &numbers)
        let (larger, levels) = try plant.withDeadEnds(&numbers)
        #expect(
          checkOptimality(
            try circulation(larger.optimum, in: larger.problem), larger.duals, levels: levels
          ).claim?.isUnique == true)
        let fraction = Rational(1, 1 << (1 + numbers.below(12)))
        let amounts = larger.flow(fraction)
        let flow = try circulation(amounts, in: larger.problem)
        guard
          var certificate = bestDistance(plant.problem, plant.flow(fraction), plant.duals)
        else { continue }
        certificate.duals = larger.duals
        certificate.levels = levels
        #expect(checkDistance(flow, certificate).claim != nil)
        for _ in 0..<10 {
          certificate.levels = levels.map { $0 + (numbers.below(4) == 0 ? 1 : 0) }
          let judgement = checkDistance(flow, certificate)
          tally[judgement.rejection?.first.rule, default: 0] += 1
          if judgement.claim != nil { expectWithin(certificate.radius, larger, amounts) }
        }
      }
    }
    #expect(tally[nil, default: 0] > 100)
    for rule: Rule in [.level, .interior] { #expect(tally[rule, default: 0] > 50, "\(rule)") }
  }

  /// Expects that the true distance is at most the radius.
  private func expectWithin(_ radius: Rational, _ plant: PlantedOptimum, _ flow: [Rational]) {
    var squares = Rational(0)
    for arc in flow.indices where plant.problem.carriesTerm(arc) {
      let difference = flow[arc] - plant.optimum[arc]
      #expect(difference.magnitude <= radius)
      squares += difference * difference
    }
    if case .squares = plant.problem.term { #expect(squares <= radius * radius) }
  }

  /// Changes one potential or multiplier by a small fraction.
  private func changed(
    _ duals: CirculationDuals, scale: Int = 1, _ numbers: inout TestNumbers
  ) -> CirculationDuals {
    var result = duals
    let change = numbers.fraction() / Rational(scale)
    let arc = numbers.below(duals.lowerMultipliers.count)
    switch numbers.below(4) {
    case 0: add(change, to: &result.potentials, at: numbers.below(duals.potentials.count))
    case 1: add(change, to: &result.lowerMultipliers, at: arc)
    case 2: add(change, to: &result.upperMultipliers, at: arc)
    default:
      // Stationarity stays as it is.
      add(change, to: &result.lowerMultipliers, at: arc)
      add(change, to: &result.upperMultipliers, at: arc)
    }
    return result
  }

  private func add(_ change: Rational, to vector: inout ExactVector, at place: Int) {
    var entries = (0..<vector.count).map { vector[$0] }
    entries[place] += change
    vector = ExactVector(entries)
  }
}

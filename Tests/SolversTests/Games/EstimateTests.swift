import Checker
import ExactArithmetic
import Generators
import Solvers
import Testing

@Suite("Estimated Shapley values")
struct EstimateTests {
  @Test("95 % intervals cover in at least 94 % of 1,000 runs", arguments: ShapleySampler.allCases)
  func coverage(sampler: ShapleySampler) throws {
    var numbers = TestNumbers(seed: 81)
    let game = try randomGame(players: 4, numbers: &numbers)
    let exact = try game.shapleyValue()
    let sampled = SampledGame(game)
    var covered = [Int](repeating: 0, count: 4)
    var sums = [Rational](repeating: 0, count: 4)
    for run in 0..<1000 {
      var choices = RandomChoices(seed: 82, stream: UInt64(run))
      let estimate = sampled.estimate(by: sampler, samples: 8) { choices.below($0) }
      for player in 0..<4 {
        if estimate.covers(exact[player], of: Player(player)) { covered[player] += 1 }
        sums[player] += estimate.values[player]
      }
    }
    for player in 0..<4 {
      #expect(covered[player] >= 940, "player \(player)")
      // The mean of all runs is an estimate too, with a bar that is smaller by the root of 1,000.
      let once = sampled.estimate(by: sampler, samples: 8) { _ in 0 }
      let error = (sums[player] / 1000 - exact[player]).magnitude.nearestDouble
      #expect(error <= once.halfWidths[player] / 31.6)
    }
  }

  @Test("an order, a pair of orders, all strata and one coalition cost what they say")
  func evaluations() throws {
    var numbers = TestNumbers(seed: 83)
    let sampled = SampledGame(try randomGame(players: 5, numbers: &numbers))
    func cost(_ sampler: ShapleySampler) -> Int {
      var choices = RandomChoices(seed: 84, stream: 0)
      return sampled.estimate(by: sampler, samples: 10) { choices.below($0) }.evaluations
    }
    #expect(cost(.permutations) == 50)
    #expect(cost(.antithetic) == 100)
    // Per player 3 sizes of 10 samples, 2 of one; coalitions without anybody cost nothing.
    #expect(cost(.stratified) == 5 * (2 * (3 * 10 + 2) - 1))
    #expect(cost(.differences) == 11)
  }

  @Test("the sizes of the sampler by differences have the stated probabilities")
  func sizes() throws {
    var counts = [Int](repeating: 0, count: 5)
    let sampled = try SampledGame(
      marginals: [ClosedRange<Rational>](repeating: 0...1, count: 5), largestMagnitude: 1
    ) { coalition in
      if coalition.count < 5 { counts[coalition.count] += 1 }
      return 1
    }
    var choices = RandomChoices(seed: 85, stream: 0)
    let samples = 40_000
    _ = sampled.estimate(by: .differences, samples: samples) { choices.below($0) }
    // Z = 2 H(4) = 25/6, so the probabilities are 3/10, 2/10, 2/10, 3/10; five standard errors.
    for (size, probability) in [(1, 0.3), (2, 0.2), (3, 0.2), (4, 0.3)] {
      #expect(abs(Double(counts[size]) / Double(samples) - probability) < 0.0115)
    }
  }

  @Test("bars have the constant of Hoeffding and shrink with the samples")
  func bars() throws {
    let sampled = try SampledGame(
      marginals: [0...1, 0...2], largestMagnitude: 2
    ) { Rational($0.count) }
    func bars(_ sampler: ShapleySampler, _ samples: Int) -> [Double] {
      sampled.estimate(by: sampler, samples: samples) { _ in 0 }.halfWidths
    }
    // sqrt(ln 40 / 200) = 0.13581015157406195 for 100 numbers of range 1.
    #expect(abs(bars(.permutations, 100)[0] - 0.13581015157406195) < 1e-12)
    #expect(bars(.permutations, 100)[0] >= 0.135810151574061)
    #expect(bars(.permutations, 100)[1] == 2 * bars(.permutations, 100)[0])
    #expect(abs(bars(.permutations, 400)[0] - bars(.permutations, 100)[0] / 2) < 1e-15)
    // Two players have no inner sizes: strata are exact.
    #expect(bars(.stratified, 1) == [0, 0])
    // Range 2 Z M (n-1)/n with Z = 2, M = 2: 4.
    #expect(abs(bars(.differences, 100)[0] - 4 * 0.13581015157406195) < 1e-11)
  }

  @Test("additive games are estimated without error by marginals")
  func additive() throws {
    let weights = ExactVector([1, Rational(1, 3), 2])
    let game = try CooperativeGame.additive(weights)
    var choices = RandomChoices(seed: 86, stream: 0)
    for sampler in [ShapleySampler.permutations, .antithetic, .stratified] {
      let estimate = SampledGame(game).estimate(by: sampler, samples: 3) { choices.below($0) }
      #expect(estimate.values == fractions(weights) && estimate.halfWidths == [0, 0, 0])
    }
  }

  @Test("flow games are sampled with ranges that hold")
  func flowGames() throws {
    var numbers = TestNumbers(seed: 87)
    for round in 0..<12 {
      let tensor = try randomTensor(layers: 3, tokens: 4, denominator: 3, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: round % 2 == 0 ? .all : .single(1))
      let game = try FlowGame(network: network, layer: round % 4)
      let table = try #require(try game.solve().solution?.table)
      let (sampled, exact) = (try game.sampled, SampledGame(table))
      #expect(sampled.largestMagnitude == exact.largestMagnitude)
      for player in 0..<4 {
        let (given, found) = (sampled.marginals[player], exact.marginals[player])
        #expect(given.lowerBound <= found.lowerBound && given.upperBound >= found.upperBound)
        if round % 4 % 3 == 0 { #expect(given == found) }
      }
      // In any order: what is asked next may or may not contain what was asked before.
      for _ in 0..<64 {
        let coalition = Coalition(mask: UInt64.random(in: 0..<16, using: &numbers))
        #expect(sampled.value(coalition) == table[coalition])
      }
    }
  }

  @Test("one player gets all; none, or more than 64, are refused")
  func sizesOfGames() throws {
    let single = SampledGame(try CooperativeGame(table: [0, 7]))
    for sampler in ShapleySampler.allCases {
      #expect(single.estimate(by: sampler, samples: 2) { _ in 0 }.values == [7])
    }
    #expect(throws: GameError.noPlayers) {
      try SampledGame(marginals: [], largestMagnitude: 0) { _ in 0 }
    }
    let many = [ClosedRange<Rational>](repeating: 0...1, count: 65)
    #expect(throws: GameError.tooManyPlayers(count: 65, limit: 64)) {
      try SampledGame(marginals: many, largestMagnitude: 1) { _ in 0 }
    }
  }
}

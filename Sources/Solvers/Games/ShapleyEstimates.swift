// The Shapley value from a sample of coalitions, with error bars that hold.
//
// Every estimator is a mean of independent numbers of known range whose expectation is the value
// wanted, so Hoeffding's inequality gives its error bar without any further assumption: for m
// independent numbers Y_k with a_k <= Y_k <= b_k,
//
//     P( |sum Y_k - E sum Y_k| >= t ) <= 2 exp( -2 t^2 / sum (b_k - a_k)^2 ).
//
// With m numbers of range r the mean is off by more than r sqrt(ln(2/delta) / (2 m)) with a
// probability of at most delta, for each player by itself. The estimates are exact fractions; the
// bars are doubles, rounded up. Sources: [Ho]; [CGT] for orders; the formula by differences of
// players for single coalitions.
public import Checker
public import ExactArithmetic
import Networks

/// A game whose coalitions are evaluated when they are drawn, with up to 64 players.
public struct SampledGame {
  /// The number of players, at least 1.
  public let playerCount: Int
  /// For each player the least and the most that it brings to any coalition, or bounds on them.
  public let marginals: [ClosedRange<Rational>]
  /// An upper bound on `|v(S)|` over all coalitions.
  public let largestMagnitude: Rational
  /// The value of a coalition; 0 for the empty one. For one thread.
  public let value: (Coalition) -> Rational

  /// A game from its values and what is known about them; the error bars rest on it.
  ///
  /// For monotone and submodular games, such as flow games of terminal tokens, player `i` brings
  /// between `v(N) - v(N - i)` and `v({i})`, and no value exceeds `v(N)`.
  ///
  /// - Throws: ``GameError`` if there are no players or more than 64.
  public init(
    marginals: [ClosedRange<Rational>], largestMagnitude: Rational,
    value: @escaping (Coalition) -> Rational
  ) throws(GameError) {
    guard !marginals.isEmpty else { throw .noPlayers }
    guard marginals.count <= 64 else { throw .tooManyPlayers(count: marginals.count, limit: 64) }
    playerCount = marginals.count
    self.marginals = marginals
    self.largestMagnitude = largestMagnitude
    self.value = value
  }

  /// A game with a table, whose ranges are found by going through it.
  public init(_ game: CooperativeGame) {
    playerCount = game.playerCount
    marginals = (0..<game.playerCount).map { player in
      let differences = (0..<game.values.count).lazy.filter { $0 >> player & 1 == 0 }.map {
        game.values[$0 | 1 << player] - game.values[$0]
      }
      return (differences.min() ?? 0)...(differences.max() ?? 0)
    }
    largestMagnitude = (0..<game.values.count).lazy.map { game.values[$0].magnitude }.max() ?? 0
    value = { game[$0] }
  }
}

extension FlowGame {
  /// The game with its coalitions solved when they are drawn.
  ///
  /// Its ranges come from a few maximum flows. Players at an end of a layered network bring least
  /// to all others and most to nobody, because the game is submodular; of other players it is known
  /// that they bring something between 0 and `v'(N)`.
  public var sampled: SampledGame {
    get throws(GameError) {
      let isTerminal = LayeredLayout(network.arcs).map { layout in
        tokens?.layer == 0 || tokens?.layer == layout.layers
      }
      return try SampledGame(
        network: network, playerArcs: playerArcs, isTerminal: isTerminal ?? false)
    }
  }
}

extension SampledGame {
  /// The flow game of up to 64 players, too many perhaps for a table of all coalitions.
  ///
  /// - Parameters:
  ///   - network: the network of all players.
  ///   - playerArcs: the arcs of each player; an arc has one owner at most.
  ///   - isTerminal: whether each player owns arcs out of the source only, or each arcs into the
  ///     sink only, so that the game is submodular.
  /// - Throws: ``GameError`` if there are no players or more than 64.
  public init(
    network: FlowNetwork, playerArcs: [[Int]], isTerminal: Bool
  ) throws(GameError) {
    guard !playerArcs.isEmpty else { throw .noPlayers }
    guard playerArcs.count <= 64 else { throw .tooManyPlayers(count: playerArcs.count, limit: 64) }
    let value = SampledCoalitions(network: network, playerArcs: playerArcs)
      .run(on: network.capacities)
    let everyone = Coalition(allOf: playerArcs.count)
    let total = value(everyone)
    let marginals = playerArcs.indices.map { player -> ClosedRange<Rational> in
      guard isTerminal else { return 0...total }
      let alone = Coalition([Player(player)])
      let others = Coalition(mask: everyone.mask & ~alone.mask)
      return (total - value(others))...value(alone)
    }
    try self.init(marginals: marginals, largestMagnitude: total, value: value)
  }
}

/// How coalitions are drawn.
public enum ShapleySampler: String, Sendable, Hashable, CaseIterable {
  /// Orders of the players; each sample evaluates the `n` coalitions of one order.
  case permutations
  /// Orders and their reversals; a sample is such a pair and evaluates `2 n` coalitions.
  ///
  /// The error bar counts pairs: it promises nothing for the correlation within a pair.
  case antithetic
  /// For each player and each size the same number of coalitions, except that the smallest and the
  /// largest coalition without the player are taken once, and exactly.
  ///
  /// A sample evaluates two coalitions for each player and each of the other `n - 2` sizes.
  case stratified
  /// One coalition, which serves all pairs of players.
  ///
  /// Its size `k` in `1 ..< n` has probability `(1/k + 1/(n-k)) / Z` with `Z = 2 H(n-1)`; then
  /// `Z v(S) ([i in S] - [j in S])` has the mean `x_i - x_j`, and the values are anchored by
  /// `x_i = v(N)/n + 1/n sum_j (x_i - x_j)`.
  case differences
}

/// An estimate of the Shapley value.
public struct ShapleyEstimate: Sendable, Equatable {
  /// The estimate for each player.
  public let values: [Rational]
  /// For each player, how far the estimate may be off.
  public let halfWidths: [Double]
  /// The probability, for each player by itself, that it is not further off.
  public let confidence: Double
  /// The number of evaluations of coalitions.
  public let evaluations: Int

  /// Whether the interval of a player contains a value.
  public func covers(_ value: Rational, of player: Player) -> Bool {
    guard let halfWidth = Rational(exactly: halfWidths[player.index]) else { return false }
    return (values[player.index] - value).magnitude <= halfWidth
  }
}

extension SampledGame {
  /// Estimates the Shapley value.
  ///
  /// - Parameters:
  ///   - sampler: how coalitions are drawn.
  ///   - samples: the number of samples, at least 1; what one is, the sampler says.
  ///   - confidence: the probability that an interval contains the value, in `0 ..< 1`.
  ///   - below: a random integer in `0 ..< bound`, each with the same probability.
  /// - Returns: the estimate with its error bars.
  public func estimate(
    by sampler: ShapleySampler, samples: Int, confidence: Double = 0.95,
    below: (_ bound: Int) -> Int
  ) -> ShapleyEstimate {
    precondition(samples >= 1, "\(samples) samples")
    precondition(confidence >= 0 && confidence < 1, "confidence \(confidence)")
    var drawing = Drawing(game: self)
    let (values, weight): ([Rational], Double)
    switch sampler {
    case .permutations:
      values = drawing.orders(samples, reversed: false, below)
      weight = 1 / Double(samples)
    case .antithetic:
      values = drawing.orders(samples, reversed: true, below)
      weight = 1 / Double(samples)
    case .stratified:
      values = drawing.strata(samples, below)
      // (n-2) strata of m numbers, each divided by n m: the sum of squares is (n-2) / (n^2 m).
      let count = Double(playerCount)
      weight = max(0, count - 2) / (count * count * Double(samples))
    case .differences:
      values = drawing.differences(samples, below)
      weight = 1 / Double(samples)
    }
    let logarithm = logarithmBound(2 / (1 - confidence))
    let factor = (logarithm * weight / 2).squareRoot() * roundingFactor
    let ranges = (0..<playerCount).map { player in
      sampler == .differences
        ? drawing.differenceRange : marginals[player].upperBound - marginals[player].lowerBound
    }
    return ShapleyEstimate(
      values: values, halfWidths: ranges.map { $0.nearestDouble * factor },
      confidence: confidence, evaluations: drawing.evaluations)
  }
}

/// Covers the rounding of a handful of operations on doubles.
private let roundingFactor = 1 + 0x1p-40

/// An upper bound on the natural logarithm, off by at most 2^-39 of it; `number >= 1`.
///
/// With `number = 2^e s`, `ln s = 2 artanh z` for `z = (s-1)/(s+1) <= 1/3`; the series is cut off
/// where its terms are below 2^-60.
func logarithmBound(_ number: Double) -> Double {
  let z = (number.significand - 1) / (number.significand + 1)
  var (sum, power) = (0.0, z)
  for exponent in stride(from: 1.0, through: 37, by: 2) {
    sum += power / exponent
    power *= z * z
  }
  let naturalLogarithmOfTwo = 0x1.62e42fefa39efp-1
  return (Double(number.exponent) * naturalLogarithmOfTwo + 2 * sum) * roundingFactor
}

/// One run of an estimator.
private struct Drawing {
  let game: SampledGame
  var evaluations = 0

  mutating func value(_ mask: UInt64) -> Rational {
    if mask == 0 { return 0 }
    evaluations += 1
    return game.value(Coalition(mask: mask))
  }

  /// The mean marginals over random orders, and over their reversals if these count too.
  mutating func orders(_ samples: Int, reversed: Bool, _ below: (Int) -> Int) -> [Rational] {
    var sums = [Rational](repeating: 0, count: game.playerCount)
    var order = Array(0..<game.playerCount)
    for _ in 0..<samples {
      shuffle(&order, first: order.count, below)
      addMarginals(order, to: &sums)
      if reversed { addMarginals(order.reversed(), to: &sums) }
    }
    return sums.map { $0 / Rational(reversed ? 2 * samples : samples) }
  }

  private mutating func addMarginals(_ order: [Int], to sums: inout [Rational]) {
    var mask: UInt64 = 0
    var before = Rational(0)
    for player in order {
      mask |= 1 << UInt64(player)
      let after = value(mask)
      sums[player] += after - before
      before = after
    }
  }

  /// The mean over the sizes of the mean marginal in a sample of each size.
  mutating func strata(_ samples: Int, _ below: (Int) -> Int) -> [Rational] {
    let count = game.playerCount
    return (0..<count).map { player in
      let bit: UInt64 = 1 << UInt64(player)
      var others = (0..<count).filter { $0 != player }
      var sum = Rational(0)
      for size in 0..<count {
        let repeats = size == 0 || size == count - 1 ? 1 : samples
        var stratum = Rational(0)
        for _ in 0..<repeats {
          shuffle(&others, first: size, below)
          let mask = others.prefix(size).reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
          // The smaller coalition first: the larger one is reached from it.
          let without = value(mask)
          stratum += value(mask | bit) - without
        }
        sum += stratum / Rational(repeats)
      }
      return sum / Rational(count)
    }
  }

  /// `Z = 2 H(n-1)`, the normalisation of the sizes of the sampler by differences.
  private var normalisation: Rational {
    (1..<max(game.playerCount, 1)).reduce(Rational(0)) { $0 + Rational(2, $1) }
  }

  /// A number is `v(N)/n + Z v(S) ([i in S] - |S|/n)`, and the bracket is at most `(n-1)/n`.
  var differenceRange: Rational {
    let count = game.playerCount
    return 2 * normalisation * game.largestMagnitude * Rational(count - 1, count)
  }

  /// The mean over random coalitions of what each says about the differences of players.
  mutating func differences(_ samples: Int, _ below: (Int) -> Int) -> [Rational] {
    let count = game.playerCount
    let anchor = value(Coalition(allOf: count).mask) / Rational(count)
    guard count > 1 else { return [anchor] }
    var order = Array(0..<count)
    var sums = [Rational](repeating: 0, count: count)
    for _ in 0..<samples {
      let size = drawnSize(below)
      shuffle(&order, first: size, below)
      let members = order.prefix(size).reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
      let worth = value(members)
      let share = worth * Rational(size, count)
      for player in 0..<count {
        let isMember = members >> UInt64(player) & 1 == 1
        sums[player] += isMember ? worth - share : -share
      }
    }
    let factor = normalisation / Rational(samples)
    return sums.map { anchor + factor * $0 }
  }

  /// A size with probability `(1/k + 1/(n-k)) / Z`: a number with probability in proportion to
  /// `1/k`, by rejection, and with probability 1/2 its complement.
  private func drawnSize(_ below: (Int) -> Int) -> Int {
    // A pass accepts with probability H(n-1) / (n-1), at least 1/14 for up to 64 players.
    while true {
      let size = 1 + below(game.playerCount - 1)
      if below(size) == 0 { return below(2) == 0 ? size : game.playerCount - size }
    }
  }

  /// Makes the first `count` entries a random sample in random order.
  private func shuffle(_ order: inout [Int], first count: Int, _ below: (Int) -> Int) {
    for position in 0..<min(count, order.count) {
      order.swapAt(position, position + below(order.count - position))
    }
  }
}

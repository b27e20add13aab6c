// The axioms that single out the Shapley value, and what is asked of games, each as one scan over
// the coalitions. A violation names the players, the coalition, or both.
//
// Sums of entries of one table, each taken once, fit its number type, and so do sums of entries of
// a vector; see `Alignment.swift`.
public import ExactArithmetic

/// Tests efficiency: `x(N) = v(N)`.
public func checkEfficiency(_ vector: ExactVector, of game: CooperativeGame) -> Rejection? {
  if let wrong = wrongCount(vector, game) { return wrong }
  let total = game[game.everyone]
  guard vector.sum != total else { return nil }
  return Rejection(
    Violation(
      rule: .efficiency, place: .coalition(game.everyone, joining: []), leftSide: vector.sum,
      rightSide: total))
}

/// Tests symmetry in the sense of the game: players with `v(S + i) = v(S + j)` for every `S`
/// without both get the same.
///
/// - Complexity: at most `n^2 2^n / 8` comparisons.
public func checkSymmetry(_ vector: ExactVector, of game: CooperativeGame) -> Rejection? {
  wrongCount(vector, game) ?? scan(game, .symmetry, vector)
}

/// Tests that a player with `v(S + i) = v(S)` for every `S` gets nothing.
public func checkNullPlayers(_ vector: ExactVector, of game: CooperativeGame) -> Rejection? {
  wrongCount(vector, game) ?? scan(game, .nullPlayer, vector)
}

/// Tests additivity: if `w = u + v` then its vector is the sum of theirs.
///
/// - Parameters:
///   - first: `u` and its vector.
///   - second: `v` and its vector.
///   - sum: `w` and its vector.
/// - Returns: the coalitions where `w` is not `u + v`, or else the players whose entries do not
///   add up.
public func checkAdditivity(
  _ first: (game: CooperativeGame, vector: ExactVector),
  _ second: (game: CooperativeGame, vector: ExactVector),
  sum: (game: CooperativeGame, vector: ExactVector)
) -> Rejection? {
  for part in [first, second, sum] {
    if let wrong = wrongCount(part.vector, sum.game) ?? wrongCount(part.vector, part.game) {
      return wrong
    }
  }
  let coalitions = linear(.additivity, sum.game.values, coalitionPlace) {
    first.game.values[$0] + second.game.values[$0]
  }
  return coalitions
    ?? linear(.additivity, sum.vector, playerPlace) { first.vector[$0] + second.vector[$0] }
}

/// Tests scaling: if `w = c v` then its vector is `c` times that of `v`.
///
/// - Parameters:
///   - base: `v` and its vector.
///   - factor: `c`.
///   - multiple: `w` and its vector.
/// - Returns: the coalitions where `w` is not `c v`, or else the players whose entries are not.
public func checkScaling(
  _ base: (game: CooperativeGame, vector: ExactVector), by factor: Rational,
  multiple: (game: CooperativeGame, vector: ExactVector)
) -> Rejection? {
  for part in [base, multiple] {
    if let wrong = wrongCount(part.vector, base.game) ?? wrongCount(part.vector, part.game) {
      return wrong
    }
  }
  let coalitions = linear(.scaling, multiple.game.values, coalitionPlace) {
    factor * base.game.values[$0]
  }
  return coalitions ?? linear(.scaling, multiple.vector, playerPlace) { factor * base.vector[$0] }
}

/// Tests that nobody's joining lowers a value: `v(S) <= v(S + i)`.
public func checkMonotone(_ game: CooperativeGame) -> Rejection? { scan(game, .monotone) }

/// Tests that a player brings a larger coalition no more than a smaller one:
/// `v(S + i + j) + v(S) <= v(S + i) + v(S + j)`.
///
/// - Complexity: `n^2 2^n / 8` comparisons.
public func checkSubmodular(_ game: CooperativeGame) -> Rejection? { scan(game, .submodular) }

/// Tests that a game is additive: `v(S)` is the sum of `v({i})` over its players.
public func checkModular(_ game: CooperativeGame) -> Rejection? {
  scan(game, .modular, ExactVector((0..<game.playerCount).map { game.values[1 << $0] }))
}

/// Tests membership in the base polytope: `x(N) = v(N)`, and `x(S) <= v(S)` for every `S`.
///
/// For players in the bottom or top layer its points are the attributions of maximum flows.
public func checkBasePolytope(_ vector: ExactVector, of game: CooperativeGame) -> Rejection? {
  checkEfficiency(vector, of: game) ?? scan(game, .basePolytope, vector)
}

/// Tests that a vector has one entry per player.
private func wrongCount(_ vector: ExactVector, _ game: CooperativeGame) -> Rejection? {
  guard vector.count != game.playerCount else { return nil }
  return rejection(.shape, .field("vector"), vector.count, game.playerCount)
}

/// Compares a vector with what it should be, entry by entry.
private func linear(
  _ rule: Rule, _ found: ExactVector, _ place: (Int) -> Place, required: (Int) -> Rational
) -> Rejection? {
  var broken: Rejection?
  for index in 0..<found.count {
    let (left, right) = (found[index], required(index))
    guard left != right else { continue }
    let violation = Violation(
      rule: rule, place: place(index), leftSide: left, rightSide: right)
    broken = Rejection.joined(broken, Rejection(violation))
  }
  return broken
}

private func playerPlace(_ index: Int) -> Place { .players([Player(index)]) }

private func coalitionPlace(_ mask: Int) -> Place {
  .coalition(Coalition(mask: UInt64(mask)), joining: [])
}

/// Goes through the coalitions of a game for one rule about it, or about a vector too.
private func scan(
  _ game: CooperativeGame, _ rule: Rule, _ vector: ExactVector = ExactVector([])
) -> Rejection? {
  aligned([game.values, vector], GameScan(rule: rule, playerCount: game.playerCount))
}

private struct GameScan: AlignedCheck {
  let rule: Rule
  let playerCount: Int

  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> Rejection? {
    var broken = ViolationCollector<Number>(rule, denominator: denominator)
    let (values, x) = (vectors[0], vectors[1])
    switch rule {
    case .symmetry: symmetry(values, x, &broken)
    case .nullPlayer: nullPlayers(values, x, &broken)
    case .monotone: monotone(values, &broken)
    case .submodular: submodular(values, &broken)
    case .modular:
      let sums = CoalitionSums(x)
      for mask in values.indices where values[mask] != sums[mask] {
        broken.add(coalitionPlace(mask), values[mask], sums[mask])
      }
    case .basePolytope:
      let sums = CoalitionSums(x)
      for mask in values.indices where sums[mask] > values[mask] {
        broken.add(coalitionPlace(mask), sums[mask], values[mask])
      }
    default: preconditionFailure("\(rule) is not a rule about the coalitions of a game")
    }
    return broken.rejection
  }

  private func symmetry<Number: ExactInteger>(
    _ values: [Number], _ x: [Number], _ broken: inout ViolationCollector<Number>
  ) {
    for j in 0..<playerCount {
      for i in 0..<j where x[i] != x[j] {
        let (bitI, bitJ) = (1 << i, 1 << j)
        let isSymmetric = values.indices.allSatisfy { mask in
          mask & (bitI | bitJ) != 0 || values[mask | bitI] == values[mask | bitJ]
        }
        if isSymmetric { broken.add(.players([Player(i), Player(j)]), x[i], x[j]) }
      }
    }
  }

  private func nullPlayers<Number: ExactInteger>(
    _ values: [Number], _ x: [Number], _ broken: inout ViolationCollector<Number>
  ) {
    for i in 0..<playerCount where x[i] != .zero {
      let isNull = values.indices.allSatisfy { values[$0 | 1 << i] == values[$0 & ~(1 << i)] }
      if isNull { broken.add(.players([Player(i)]), x[i], .zero) }
    }
  }

  private func monotone<Number: ExactInteger>(
    _ values: [Number], _ broken: inout ViolationCollector<Number>
  ) {
    for mask in values.indices {
      for i in 0..<playerCount where mask >> i & 1 == 0 {
        let larger = values[mask | 1 << i]
        guard values[mask] > larger else { continue }
        let coalition = Coalition(mask: UInt64(mask))
        broken.add(.coalition(coalition, joining: [Player(i)]), values[mask], larger)
      }
    }
  }

  private func submodular<Number: ExactInteger>(
    _ values: [Number], _ broken: inout ViolationCollector<Number>
  ) {
    for mask in values.indices {
      for j in 0..<playerCount where mask >> j & 1 == 0 {
        for i in 0..<j where mask >> i & 1 == 0 {
          let (withI, withJ) = (mask | 1 << i, mask | 1 << j)
          let together = values[withI | withJ] + values[mask]
          let apart = values[withI] + values[withJ]
          guard together > apart else { continue }
          let coalition = Coalition(mask: UInt64(mask))
          broken.add(.coalition(coalition, joining: [Player(i), Player(j)]), together, apart)
        }
      }
    }
  }
}

/// Sums of a vector over coalitions, in two halves of at most 2^12 sums.
private struct CoalitionSums<Number: ExactInteger> {
  private let low: [Number]
  private let high: [Number]

  init(_ vector: [Number]) {
    func sums(_ entries: ArraySlice<Number>) -> [Number] {
      entries.reduce(into: [.zero]) { sums, entry in sums += sums.map { $0 + entry } }
    }
    low = sums(vector.prefix(12))
    high = sums(vector.dropFirst(12))
  }

  subscript(mask: Int) -> Number { low[mask & 4095] + high[mask >> 12] }
}

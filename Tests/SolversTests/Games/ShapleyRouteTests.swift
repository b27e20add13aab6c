import Checker
import ExactArithmetic
import Solvers
import Testing

/// A game with random values, zeros and negative ones among them, in the given range.
func randomGame(
  players: Int, magnitude: BigInteger = 9, denominator: BigInteger = 6,
  numbers: inout TestNumbers
) throws -> CooperativeGame {
  let values = (0..<(1 << players)).map { mask -> BigInteger in
    let small = BigInteger(Int.random(in: -1000...1000, using: &numbers))
    return mask == 0 ? 0 : small * magnitude
  }
  return try CooperativeGame(
    playerCount: players, values: ExactVector(values, denominator: denominator))
}

/// The fractions of a vector.
func fractions(_ vector: ExactVector) -> [Rational] { (0..<vector.count).map { vector[$0] } }

@Suite("Shapley values")
struct ShapleyRouteTests {
  @Test("the worked examples", arguments: ShapleyRoute.allCases)
  func workedExamples(route: ShapleyRoute) throws {
    func shapley(_ table: [Rational]) throws -> [Rational] {
      try fractions(CooperativeGame(table: table).shapleyValue(by: route))
    }
    #expect(try shapley([0, 5, 3, 10]) == [6, 4])
    #expect(
      try shapley([0, 50, 20, 75, 25, 80, 90, 100])
        == [Rational(115, 3), Rational(85, 3), Rational(100, 3)])
    let corner = try CooperativeGame.unanimity(of: Coalition(mask: 7), playerCount: 4)
    let third = Rational(1, 3)
    #expect(fractions(try corner.shapleyValue(by: route)) == [third, third, third, 0])
    #expect(try shapley([0, 7]) == [7])
  }

  @Test("all routes agree on random games, in all number types, and the kernel accepts them")
  func agreement() throws {
    var numbers = TestNumbers(seed: 51)
    let magnitudes: [BigInteger] = [
      1, .powerOfTwo(48), .powerOfTwo(53), .powerOfTwo(118), .powerOfTwo(300),
    ]
    for players in 1...7 {
      for magnitude in magnitudes {
        let game = try randomGame(
          players: players, magnitude: magnitude, denominator: 12, numbers: &numbers)
        let expected = fractions(try game.shapleyValue(by: .permutations))
        for route in ShapleyRoute.allCases {
          let value = try game.shapleyValue(by: route)
          #expect(fractions(value) == expected, "\(route), \(players) players, \(magnitude)")
          #expect(checkShapley(value, of: game).claim != nil)
        }
        let weighted = try game.leastSquaresValue()
        #expect(fractions(weighted) == expected)
      }
    }
  }

  @Test("the four fast routes agree on twelve players; permutations refuse ten")
  func twelvePlayers() throws {
    var numbers = TestNumbers(seed: 52)
    let game = try randomGame(players: 12, numbers: &numbers)
    let expected = fractions(try game.shapleyValue())
    for route in [ShapleyRoute.subsets, .dividends, .differences] {
      #expect(fractions(try game.shapleyValue(by: route)) == expected, "\(route)")
    }
    #expect(fractions(try game.leastSquaresValue()) == expected)
    #expect(throws: GameError.tooManyPlayers(count: 12, limit: 9)) {
      try game.shapleyValue(by: .permutations)
    }
  }

  @Test("the axioms hold, as the kernel states them")
  func axioms() throws {
    var numbers = TestNumbers(seed: 53)
    for players in 2...5 {
      let first = try randomGame(players: players, numbers: &numbers)
      let second = try randomGame(players: players, denominator: 35, numbers: &numbers)
      let sum = try first.adding(second)
      let factor = Rational(-7, 9)
      let (x, y) = (try first.shapleyValue(), try second.shapleyValue())
      #expect(checkEfficiency(x, of: first) == nil)
      #expect(checkAdditivity((first, x), (second, y), sum: (sum, try sum.shapleyValue())) == nil)
      let scaled = first.scaled(by: factor)
      let multiple = (game: scaled, vector: try scaled.shapleyValue())
      #expect(checkScaling((first, x), by: factor, multiple: multiple) == nil)
      // A carrier without the last player: all its members are symmetric, all others null.
      let carrier = Coalition(allOf: players - 1)
      let unanimity = try CooperativeGame.unanimity(
        of: carrier, playerCount: players, weight: Rational(5, 2))
      let share = try unanimity.shapleyValue()
      #expect(checkSymmetry(share, of: unanimity) == nil)
      #expect(checkNullPlayers(share, of: unanimity) == nil)
      #expect(share[0] == Rational(5, 2 * (players - 1)) && share[players - 1] == 0)
      let banzhaf = unanimity.banzhafValue
      #expect(banzhaf[0] == Rational(5, 2) / Rational(1 << (players - 2)))
    }
  }

  @Test("dividends rebuild the game from unanimity games")
  func dividends() throws {
    var numbers = TestNumbers(seed: 54)
    let game = try randomGame(players: 4, numbers: &numbers)
    let dividends = game.dividends
    var sum = game.scaled(by: 0)
    for mask in 1..<16 {
      sum = try sum.adding(
        .unanimity(
          of: Coalition(mask: UInt64(mask)), playerCount: 4, weight: dividends[mask]))
    }
    #expect(fractions(sum.values) == fractions(game.values))
    let additive = try CooperativeGame.additive(ExactVector([1, 2, Rational(1, 2)]))
    #expect(checkModular(additive) == nil)
    #expect(additive[additive.everyone] == Rational(7, 2))
    #expect(fractions(additive.leaveOneOut) == [1, 2, Rational(1, 2)])
    #expect(fractions(additive.banzhafValue) == [1, 2, Rational(1, 2)])
  }

  @Test("least squares with other weights: no vector of the same sum does better")
  func leastSquares() throws {
    var numbers = TestNumbers(seed: 55)
    let game = try randomGame(players: 4, numbers: &numbers)
    let weights: [Rational] = [1, 1, 1]
    let best = fractions(try game.leastSquaresValue(weights: weights))
    func loss(_ x: [Rational]) -> Rational {
      (1..<15).reduce(Rational(0)) { sum, mask in
        let coalition = Coalition(mask: UInt64(mask))
        let error = coalition.players.reduce(game[coalition]) { $0 - x[$1.index] }
        return sum + error * error
      }
    }
    #expect(best.reduce(0, +) == game[game.everyone])
    for i in 0..<4 {
      for j in 0..<4 where i != j {
        var other = best
        other[i] += Rational(1, 1000)
        other[j] -= Rational(1, 1000)
        #expect(loss(other) > loss(best))
      }
    }
    #expect(best != fractions(try game.shapleyValue()))
    #expect(throws: GameError.wrongCount(field: "weights", expected: 3, found: 2)) {
      try game.leastSquaresValue(weights: [1, 1])
    }
  }

  @Test("in a quotient game a group is worth what its members are; bad groups are refused")
  func quotient() throws {
    var numbers = TestNumbers(seed: 56)
    let game = try randomGame(players: 5, numbers: &numbers)
    let groups = [[Player(3), Player(0)], [Player(1)], [Player(4), Player(2)]]
    let quotient = try game.quotient(by: groups)
    #expect(quotient.playerCount == 3)
    #expect(quotient[Coalition(mask: 1)] == game[Coalition(mask: 0b01001)])
    #expect(quotient[Coalition(mask: 5)] == game[Coalition(mask: 0b11101)])
    #expect(quotient[quotient.everyone] == game[game.everyone])
    func refused(_ error: GameError, _ groups: [[Player]]) {
      #expect(throws: error) { try game.quotient(by: groups) }
    }
    let all = (0..<5).map { Player($0) }
    refused(.overlap(member: 2, first: Player(0), second: Player(1)), [all, [Player(2)]])
    refused(.ungrouped(token: 4), [Array(all.dropLast())])
    refused(.tokenOutOfRange(token: 5, tokens: 5), [all, [Player(5)]])
    refused(.noPlayers, [])
  }

  @Test("tables of wrong sizes, and games of more than 24 players, are refused")
  func badGames() throws {
    #expect(throws: GameError.wrongCount(field: "values", expected: 2, found: 6)) {
      try CooperativeGame(table: [0, 1, 1, 1, 1, 1])
    }
    #expect(throws: GameError.noPlayers) { try CooperativeGame(table: [0]) }
    #expect(throws: GameError.emptyCoalition(value: 1)) { try CooperativeGame(table: [1, 1]) }
    #expect(throws: GameError.emptyCoalition(value: 1)) {
      try CooperativeGame.unanimity(of: Coalition(mask: 0), playerCount: 2)
    }
    #expect(throws: GameError.tooManyPlayers(count: 25, limit: 24)) {
      try CooperativeGame.additive(ExactVector([Rational](repeating: 1, count: 25)))
    }
    let two = try CooperativeGame(table: [0, 1, 1, 1])
    #expect(throws: GameError.wrongCount(field: "players", expected: 2, found: 1)) {
      try two.adding(CooperativeGame(table: [0, 1]))
    }
  }
}

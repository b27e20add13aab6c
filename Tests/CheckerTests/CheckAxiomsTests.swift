import Checker
import ExactArithmetic
import TestSupport
import Testing

private func table(_ values: Rational...) throws -> CooperativeGame {
  try CooperativeGame(
    playerCount: values.count.trailingZeroBitCount, values: ExactVector(values))
}

private func vector(_ entries: Rational...) -> ExactVector { ExactVector(entries) }

/// Three data sets A, B, C, worth 50, 20, 25, and 75 (AB), 80 (AC), 90 (BC), 100 together.
private func dataSets() throws -> CooperativeGame { try table(0, 50, 20, 75, 25, 80, 90, 100) }

private func expect(
  _ rejection: Rejection?, _ rule: Rule, _ place: Place, _ left: Rational, _ right: Rational,
  count: Int = 1, _ location: SourceLocation = #_sourceLocation
) {
  guard let rejection else {
    Issue.record("accepted", sourceLocation: location)
    return
  }
  expect(
    Judgement<Never>.rejected(rejection), rule, place, left, right, count: count, location)
}

@Suite("The Shapley value and its axioms")
struct CheckAxiomsTests {
  @Test("the worked examples are Shapley values, and nothing else is")
  func shapley() throws {
    let two = try table(0, 5, 3, 10)
    #expect(checkShapley(vector(6, 4), of: two).claim?.values == vector(6, 4))
    expect(checkShapley(vector(6, 3), of: two), .shapley, .players([Player(1)]), 3, 4)
    expect(checkShapley(vector(5, 3), of: two), .shapley, .players([Player(0)]), 5, 6, count: 2)
    expect(checkShapley(vector(6), of: two), .shape, .field("vector"), 1, 2)
    let sets = vector(Rational(115, 3), Rational(85, 3), Rational(100, 3))
    #expect(checkShapley(sets, of: try dataSets()).claim != nil)
    // A corner is seen by any three of four pixels that do not include the last one.
    let corner = try CooperativeGame(
      playerCount: 4, values: ExactVector((0..<16).map { $0 & 7 == 7 ? 1 : 0 }))
    let third = Rational(1, 3)
    #expect(checkShapley(vector(third, third, third, 0), of: corner).claim != nil)
    #expect(checkShapley(vector(7), of: try table(0, 7)).claim != nil)
  }

  @Test("efficiency compares the sums")
  func efficiency() throws {
    let game = try table(0, 5, 3, 10)
    #expect(checkEfficiency(vector(7, 3), of: game) == nil)
    expect(
      checkEfficiency(vector(7, 2), of: game), .efficiency,
      .coalition(game.everyone, joining: []), 9, 10)
    expect(checkEfficiency(vector(10), of: game), .shape, .field("vector"), 1, 2)
  }

  @Test("players that the game does not tell apart must get the same, others need not")
  func symmetry() throws {
    let game = try table(0, 1, 1, 4, 2, 5, 5, 9)
    #expect(checkSymmetry(vector(3, 3, 1), of: game) == nil)
    expect(
      checkSymmetry(vector(3, 2, 4), of: game), .symmetry, .players([Player(0), Player(1)]), 3, 2)
    // Players 0 and 1 differ beside player 2 only.
    let other = try table(0, 1, 1, 4, 2, 5, 6, 9)
    #expect(checkSymmetry(vector(3, 2, 4), of: other) == nil)
  }

  @Test("a player who changes nothing must get nothing")
  func nullPlayer() throws {
    let game = try table(0, 1, 0, 1, 2, 5, 2, 5)
    #expect(checkNullPlayers(vector(3, 0, 2), of: game) == nil)
    expect(checkNullPlayers(vector(3, 1, 1), of: game), .nullPlayer, .players([Player(1)]), 1, 0)
    let other = try table(0, 1, 0, 1, 2, 5, 2, 6)
    #expect(checkNullPlayers(vector(3, 1, 1), of: other) == nil)
  }

  @Test("additivity names the coalition where the games do not add up, or else the player")
  func additivity() throws {
    let first = (game: try table(0, 1, 2, 4), vector: vector(1, 3))
    let second = (game: try table(0, half, 0, half), vector: vector(half, 0))
    let sum = try table(0, Rational(3, 2), 2, Rational(9, 2))
    let right = vector(Rational(3, 2), 3)
    #expect(checkAdditivity(first, second, sum: (sum, right)) == nil)
    expect(
      checkAdditivity(first, second, sum: (sum, vector(2, 3))), .additivity,
      .players([Player(0)]), 2, Rational(3, 2))
    expect(
      checkAdditivity(first, second, sum: (first.game, right)), .additivity,
      .coalition(Coalition(mask: 1), joining: []), 1, Rational(3, 2), count: 2)
    expect(
      checkAdditivity(first, (try table(0, 1), vector(1)), sum: (sum, right)), .shape,
      .field("vector"), 1, 2)
  }

  @Test("scaling names the coalition that is not scaled, or else the player")
  func scaling() throws {
    let base = (game: try table(0, 1, 2, 4), vector: vector(1, 3))
    let third = Rational(1, 3)
    let multiple = try table(0, third, 2 * third, 4 * third)
    #expect(checkScaling(base, by: third, multiple: (multiple, vector(third, 1))) == nil)
    expect(
      checkScaling(base, by: third, multiple: (multiple, vector(third, 2))), .scaling,
      .players([Player(1)]), 2, 1)
    expect(
      checkScaling(base, by: 2, multiple: (multiple, vector(2, 6))), .scaling,
      .coalition(Coalition(mask: 1), joining: []), third, 2, count: 3)
  }

  @Test("monotone, submodular and modular name the coalition and who joins")
  func shape() throws {
    #expect(try checkMonotone(dataSets()) == nil)
    expect(
      checkMonotone(try table(0, 2, 1, 1)), .monotone,
      .coalition(Coalition(mask: 1), joining: [Player(1)]), 2, 1)
    #expect(checkSubmodular(try table(0, 2, 2, 4)) == nil)
    #expect(checkSubmodular(try table(0, 2, 2, 3)) == nil)
    expect(
      checkSubmodular(try table(0, 2, 2, 5)), .submodular,
      .coalition(Coalition(mask: 0), joining: [Player(0), Player(1)]), 5, 4)
    // Beside player 2, and only there, the first two are worth more together.
    expect(
      checkSubmodular(try table(0, 2, 2, 4, 3, 4, 4, 6)), .submodular,
      .coalition(Coalition(mask: 4), joining: [Player(0), Player(1)]), 9, 8)
    #expect(checkModular(try table(0, 2, 3, 5)) == nil)
    expect(
      checkModular(try table(0, 2, 3, 4)), .modular, .coalition(Coalition(mask: 3), joining: []),
      4, 5)
  }

  @Test("the base polytope has the sum of all, and no coalition above its value")
  func basePolytope() throws {
    let game = try table(0, 2, 2, 3)
    #expect(checkBasePolytope(vector(2, 1), of: game) == nil)
    #expect(checkBasePolytope(vector(Rational(3, 2), Rational(3, 2)), of: game) == nil)
    expect(
      checkBasePolytope(vector(3, 0), of: game), .basePolytope,
      .coalition(Coalition(mask: 1), joining: []), 3, 2)
    expect(
      checkBasePolytope(vector(1, 1), of: game), .efficiency,
      .coalition(game.everyone, joining: []), 2, 3)
  }

  @Test("sums over coalitions of more than 12 players are right")
  func manyPlayers() throws {
    let count = 14
    let values = (0..<(1 << count)).map { mask in
      Int64((0..<count).reduce(0) { $0 + (mask >> $1 & 1) * (1 << $1) })
    }
    let powers = ExactVector((0..<count).map { Int64(1 << $0) }, denominator: 1)
    let game = try CooperativeGame(
      playerCount: count, values: ExactVector(values, denominator: 1))
    #expect(checkModular(game) == nil)
    #expect(checkBasePolytope(powers, of: game) == nil)
    #expect(checkShapley(powers, of: game).claim != nil)
    var lower = values
    lower[1 << 13 | 1] -= 1
    let changed = try CooperativeGame(
      playerCount: count, values: ExactVector(lower, denominator: 1))
    expect(
      checkBasePolytope(powers, of: changed), .basePolytope,
      .coalition(Coalition(mask: 1 << 13 | 1), joining: []), 8193, 8192)
  }

  @Test("an automorphism permutes players, who then must get the same")
  func automorphism() throws {
    let network = try FlowNetwork(
      tensor: tensor([[[half, half], [half, half]]]), mode: .all)
    let game = try FlowGame(network: network, layer: 0)
    // Nodes t, two bottom, two top, s; the map swaps the bottom tokens.
    let (nodes, arcs) = ([0, 2, 1, 3, 4, 5], [1, 0, 3, 2, 4, 5, 7, 6])
    let claim = try #require(checkAutomorphism(nodes: nodes, arcs: arcs, of: game).claim)
    #expect(claim.players == [Player(1), Player(0)])
    #expect(checkSymmetry(vector(1, 1), under: claim) == nil)
    expect(
      checkSymmetry(vector(2, 0), under: claim), .symmetry, .players([Player(0), Player(1)]), 2,
      0, count: 2)
    func refused(_ nodes: [Int], _ arcs: [Int], _ rule: Rule, _ place: Place) {
      let first = checkAutomorphism(nodes: nodes, arcs: arcs, of: game).rejection?.first
      #expect(first?.rule == rule && first?.place == place)
    }
    refused(Array(nodes.dropLast()), arcs, .shape, .field("nodes"))
    refused(nodes, arcs + [8], .shape, .field("arcs"))
    refused([0, 2, 2, 3, 4, 5], arcs, .range, .field("nodes"))
    refused([0, 2, 1, 3, 4, 6], arcs, .range, .field("nodes"))
    refused([5, 2, 1, 3, 4, 0], arcs, .automorphism, .node(5))
    refused(nodes, [0, 1, 3, 2, 4, 5, 7, 6], .automorphism, .arc(0))
    let uneven = try FlowNetwork(tensor: tensor([[[1, 0], [half, half]]]), mode: .all)
    let other = checkAutomorphism(
      nodes: nodes, arcs: arcs, of: try FlowGame(network: uneven, layer: 0))
    #expect(other.rejection?.first.rule == .automorphism)
    #expect(other.rejection?.first.place == .arc(0))
    let grouped = try FlowGame(network: network, playerArcs: [[6], [4]])
    let moved = checkAutomorphism(nodes: nodes, arcs: arcs, of: grouped)
    #expect(moved.rejection?.first.place == .players([Player(0)]))
  }
}

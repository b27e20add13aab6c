import Checker
import ExactArithmetic
import Solvers
import Testing

@Suite("Shapley flows")
struct ShapleyFlowTests {
  private func solved(_ games: [FlowGame]) throws -> ShapleyFlow {
    guard case .solved(let flow) = try findShapleyFlow(of: games) else {
      throw GameError.noPlayers
    }
    return flow
  }

  @Test("two top tokens that want one bottom token share it")
  func shared() throws {
    let tensor = try tensor([[[1, 0], [0, 1]], [[1, 0], [1, 0]]])
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    let half = Rational(1, 2)
    let flow = try solved([FlowGame(network: network, layer: 2)])
    #expect(flow.vectors.map(fractions) == [[half, half]])
    #expect(flow.realised.count == 1 && flow.certified.count == 1)
    #expect(fractions(flow.realised[0].vector) == [half, half])
  }

  @Test("bottom, top and both at once are always realised, in every mode")
  func terminalLayers() throws {
    var numbers = TestNumbers(seed: 91)
    for round in 0..<30 {
      let tokens = 2 + round % 4
      let tensor = try randomTensor(
        layers: 1 + round % 3, tokens: tokens, denominator: 5, numbers: &numbers)
      let mode: Mode = round % 3 == 0 ? .single(round % tokens) : .all
      let network = try FlowNetwork(tensor: tensor, mode: mode)
      let games = try [0, tensor.layers].map { try FlowGame(network: network, layer: $0) }
      for chosen in [[games[0]], [games[1]], games] {
        let flow = try solved(chosen)
        #expect(flow.realised.count == chosen.count, "round \(round)")
        for (solution, vector) in zip(flow.solutions, flow.vectors) {
          #expect(checkBasePolytope(vector, of: solution.table) == nil)
        }
      }
    }
  }

  @Test("a vector is realised iff it lies in the base polytope, in every layer")
  func vectors() throws {
    var numbers = TestNumbers(seed: 92)
    var (realised, violated) = (0, 0)
    for round in 0..<250 {
      let tensor = try randomTensor(layers: 4, tokens: 3, denominator: 3, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      let source = round % 2 == 0 ? network : network.reversed
      let game = try FlowGame(network: source, layer: round % 5)
      let table = try #require(try game.solve().solution?.table)
      let total = table[table.everyone]
      let first = Rational(Int.random(in: -1...6, using: &numbers), 3)
      let second = Rational(Int.random(in: 0...6, using: &numbers), 3)
      let vector = ExactVector([first, second, total - first - second])
      let isInside =
        checkBasePolytope(vector, of: table) == nil && fractions(vector).allSatisfy { $0 >= 0 }
      switch try game.realise(vector) {
      case .realised(let flow, let cut):
        #expect(isInside)
        let feasible = try #require(checkFeasible(flow, in: source).claim)
        let maximum = try #require(checkMaximum(feasible, cut: cut).claim)
        #expect(checkAttribution(vector, by: maximum, of: game).claim != nil)
        realised += 1
      case .violated(0, let coalition, let cut):
        #expect(!isInside)
        let amount = coalition.players.reduce(Rational(0)) { $0 + vector[$1.index] }
        let bound = try #require(cutCapacity(cut, in: game.network(of: coalition)).claim)
        #expect(bound >= table[coalition])
        #expect(bound < amount)
        violated += 1
      case let other: Issue.record("\(other)")
      }
    }
    #expect(realised > 5 && violated > 5, "\(realised) realised, \(violated) violated")
  }

  @Test("sums, lengths, negative entries and scattered groups are answered for")
  func refusals() throws {
    let half = Rational(1, 2)
    let tensor = try tensor([[[half, half], [half, half]], [[half, half], [half, half]]])
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    let game = try FlowGame(network: network, layer: 0)
    #expect(try game.realise(ExactVector([1, half])) == .inefficient(sum: 1 + half, value: 2))
    guard case .violated(0, let others, _) = try game.realise(ExactVector([3, -1])) else {
      Issue.record("a negative entry is realised")
      return
    }
    #expect(others == Coalition(mask: 1))
    #expect(throws: GameError.wrongCount(field: "vector", expected: 2, found: 1)) {
      try game.realise(ExactVector([2]))
    }
    let group = try FlowGame(network: network, layer: 1, groups: [[0, 1]])
    #expect(throws: GameError.scattered(player: Player(0))) {
      try group.realise(ExactVector([2]))
    }
    for layer in [0, 2] {
      let group = try FlowGame(network: network, layer: layer, groups: [[0, 1]])
      guard case .realised = try group.realise(ExactVector([2])) else {
        Issue.record("layer \(layer)")
        continue
      }
    }
  }

  @Test("the Shapley values of layers 0, 1, L-1 and L can be had one by one, not always together")
  func notTogether() throws {
    var numbers = TestNumbers(seed: 93)
    var apart = 0
    for _ in 0..<150 {
      let tensor = try randomTensor(layers: 3, tokens: 3, denominator: 2, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      let games = try (0...3).map { try FlowGame(network: network, layer: $0) }
      for game in games { #expect(try solved([game]).realised.count == 1) }
      let together = try solved(games)
      if together.realisation == .notTogether {
        #expect(together.realised.isEmpty)
        apart += 1
      } else {
        #expect(together.realised.count == 4)
      }
    }
    #expect(apart > 0)
  }
}

import Checker
import ExactArithmetic
import TestSupport
import Testing

@Suite("Statements about games")
struct GameStatementTests {
  @Test("a coalition knows its members, up to player 63")
  func coalitions() {
    let coalition = Coalition([Player(0), Player(5), Player(63)])
    #expect(coalition.count == 3)
    #expect(coalition.players == [Player(0), Player(5), Player(63)])
    #expect(coalition.contains(Player(5)))
    #expect(!coalition.contains(Player(4)) && !coalition.contains(Player(64)))
    #expect(coalition.description == "{0, 5, 63}")
    #expect(Coalition(allOf: 3).mask == 7)
    #expect(Coalition(allOf: 64).count == 64)
  }

  @Test("a table is read by its masks")
  func table() throws {
    let game = try CooperativeGame(playerCount: 2, values: ExactVector([0, 5, 3, half]))
    #expect(game[Coalition([Player(0)])] == 5)
    #expect(game[Coalition([Player(1)])] == 3)
    #expect(game[game.everyone] == half)
    #expect(game.players == [Player(0), Player(1)] && game.coalitionCount == 4)
  }

  @Test("what is not a game is refused, with the cost it would have")
  func badTables() {
    #expect(throws: GameError.noPlayers) {
      try CooperativeGame(playerCount: 0, values: ExactVector([0]))
    }
    #expect(throws: GameError.wrongCount(field: "values", expected: 4, found: 3)) {
      try CooperativeGame(playerCount: 2, values: ExactVector([0, 1, 1]))
    }
    #expect(throws: GameError.emptyCoalition(value: half)) {
      try CooperativeGame(playerCount: 1, values: ExactVector([half, 1]))
    }
    let tooMany = GameError.tooManyPlayers(count: 30, limit: 24)
    #expect(throws: tooMany) { try CooperativeGame(playerCount: 30, values: ExactVector([0])) }
    #expect(tooMany.coalitionCount == BigInteger(1 << 30))
    #expect(GameError.noPlayers.coalitionCount == nil)
  }

  @Test("players own the arcs that let anything through them, in both directions")
  func playerArcs() throws {
    let tensor = try tensor([[[1, 0], [0, 1]], [[half, half], [half, half]]])
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    for network in [network, network.reversed] {
      #expect(try FlowGame(network: network, layer: 0).playerArcs == [[10], [11]])
      #expect(try FlowGame(network: network, layer: 1).playerArcs == [[4, 6], [5, 7]])
      #expect(try FlowGame(network: network, layer: 2).playerArcs == [[8], [9]])
      let group = try FlowGame(network: network, layer: 1, groups: [[1, 0]])
      #expect(group.playerArcs == [[4, 5, 6, 7]])
      let closed = try FlowGame(network: network, layer: 1).network(of: Coalition([Player(1)]))
      #expect(closed.capacities[4] == 0 && closed.capacities[6] == 0)
      #expect(closed.capacities[5] == half && closed.capacities[10] == 2)
      #expect(closed.arcs == network.arcs && closed.source == network.source)
    }
  }

  @Test("players of a network that overlap, are missing or do not exist are refused")
  func badPlayers() throws {
    let network = try FlowNetwork(tensor: tensor([[[1, 0], [0, 1]]]), mode: .all)
    func refused(_ error: GameError, _ layer: Int, _ groups: [[Int]]?) {
      #expect(throws: error) { try FlowGame(network: network, layer: layer, groups: groups) }
    }
    refused(.layerOutOfRange(layer: 2, layers: 1), 2, nil)
    refused(.layerOutOfRange(layer: -1, layers: 1), -1, nil)
    refused(.overlap(member: 1, first: Player(0), second: Player(1)), 0, [[0, 1], [1]])
    refused(.overlap(member: 0, first: Player(0), second: Player(0)), 0, [[0, 0], [1]])
    refused(.ungrouped(token: 1), 0, [[0]])
    refused(.tokenOutOfRange(token: 2, tokens: 2), 0, [[0, 1, 2]])
    refused(.noPlayers, 0, [])
    let row = [Rational](repeating: Rational(1, 25), count: 25)
    let wide = try FlowNetwork(
      tensor: tensor([[[Rational]](repeating: row, count: 25)]), mode: .all)
    #expect(throws: GameError.tooManyPlayers(count: 25, limit: 24)) {
      try FlowGame(network: wide, layer: 0)
    }
    let listed = try smallNetwork(nodes: 2, [(0, 1, 1)])
    #expect(throws: GameError.notLayered) { try FlowGame(network: listed, layer: 0) }
    #expect(throws: GameError.arcOutOfRange(arc: 1, arcs: 1)) {
      try FlowGame(network: listed, playerArcs: [[1]])
    }
    #expect(throws: GameError.overlap(member: 0, first: Player(0), second: Player(1))) {
      try FlowGame(network: listed, playerArcs: [[0], [0]])
    }
  }
}

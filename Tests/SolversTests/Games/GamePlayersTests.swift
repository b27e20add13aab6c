import Checker
import ExactArithmetic
import Solvers
import Testing

@Suite("Players of a flow game")
struct GamePlayersTests {
  private func tensor() throws -> EffectiveTensor {
    var numbers = TestNumbers(seed: 4)
    let entries = (0..<27).map { _ in Int64.random(in: 0...5, using: &numbers) }
    return try EffectiveTensor(
      layers: 3, tokens: 3, entries: ExactVector(entries, denominator: 7))
  }

  @Test("words are read and written; others are none")
  func words() {
    for (word, players) in [
      ("bottom", GamePlayers.bottom), ("top", .top), ("layer:0", .layer(0)),
      ("layer:12", .layer(12)),
    ] {
      #expect(GamePlayers(word) == players && players.description == word)
    }
    for word in ["", "Bottom", "layer", "layer:", "layer:-1", "layer:x", "both", "layer:1 "] {
      #expect(GamePlayers(word) == nil, "\(word)")
    }
  }

  @Test("the ends are layers of a tensor, and change places when arcs are reversed")
  func ends() throws {
    let network = try FlowNetwork(tensor: try tensor(), mode: .all)
    let listed = try network.listed()
    for (end, layer, other) in [(GamePlayers.bottom, 0, GamePlayers.top), (.top, 3, .bottom)] {
      let game = try end.game(on: network)
      #expect(game == (try FlowGame(network: network, layer: layer)))
      #expect(end.isTerminal(network) && GamePlayers.layer(layer).isTerminal(network))
      let turned = try other.game(on: network.reversed)
      #expect(turned.playerArcs == game.playerArcs)
      let plain = try end.game(on: listed)
      #expect(plain.playerArcs == game.playerArcs && plain.tokens == nil)
    }
    #expect(!GamePlayers.layer(1).isTerminal(network))
  }

  @Test("coalitions that are solved when they are drawn have the values of the table")
  func sampled() throws {
    let network = try FlowNetwork(tensor: try tensor(), mode: .all)
    let groups = [[2], [0, 1]]
    for players in [GamePlayers.bottom, .top, .layer(1), .layer(2)] {
      for (game, sampled) in [
        (try players.game(on: network), try players.sampledGame(on: network)),
        (
          try players.game(on: network, groups: groups),
          try players.sampledGame(on: network, groups: groups)
        ),
      ] {
        let table = try #require(try game.solve().solution?.table)
        for mask in 0..<UInt64(table.coalitionCount) {
          let coalition = Coalition(mask: mask)
          #expect(sampled.value(coalition) == table[coalition], "\(players) \(coalition)")
        }
        for player in table.players {
          let bounds = sampled.marginals[player.index]
          for mask in 0..<table.values.count where mask >> player.index & 1 == 0 {
            let marginal = table.values[mask | 1 << player.index] - table.values[mask]
            #expect(bounds.contains(marginal))
          }
        }
      }
    }
  }

  @Test("more players than a table holds can be sampled, up to 64")
  func many() throws {
    for count in [25, 64, 65] {
      let network = try FlowNetwork(
        nodeCount: 3, source: 0, sink: 2, tails: [0] + [Int32](repeating: 1, count: count),
        heads: [1] + [Int32](repeating: 2, count: count),
        capacities: ExactVector([10] + [Int64](repeating: 1, count: count), denominator: 1))
      if count > 64 {
        #expect(throws: GameError.tooManyPlayers(count: 65, limit: 64)) {
          try GamePlayers.bottom.sampledGame(on: network)
        }
        continue
      }
      let game = try GamePlayers.bottom.sampledGame(on: network)
      #expect(game.value(Coalition(allOf: 7)) == 7 && game.value(Coalition(allOf: count)) == 10)
      #expect(throws: GameError.tooManyPlayers(count: count, limit: 24)) {
        try GamePlayers.bottom.game(on: network)
      }
    }
  }

  @Test("layers and groups that do not fit are refused, with what is wrong")
  func refused() throws {
    let network = try FlowNetwork(tensor: try tensor(), mode: .all)
    for (groups, error) in [
      ([[0, 1], [1, 2]], GameError.overlap(member: 1, first: Player(0), second: Player(1))),
      ([[0], [1]], .ungrouped(token: 2)), ([[0, 1, 2, 3]], .tokenOutOfRange(token: 3, tokens: 3)),
    ] {
      #expect(throws: error) { try GamePlayers.bottom.game(on: network, groups: groups) }
      #expect(throws: error) { try GamePlayers.top.sampledGame(on: network, groups: groups) }
    }
    #expect(throws: GameError.layerOutOfRange(layer: 4, layers: 3)) {
      try GamePlayers.layer(4).game(on: network)
    }
    #expect(throws: GameError.layerOutOfRange(layer: 4, layers: 3)) {
      try GamePlayers.layer(4).sampledGame(on: network)
    }
    #expect(throws: GameError.notLayered) {
      try GamePlayers.layer(0).sampledGame(on: try network.listed())
    }
  }
}

extension FlowNetwork {
  /// The same arcs without layers.
  fileprivate func listed() throws -> FlowNetwork {
    var (tails, heads): ([Int32], [Int32]) = ([], [])
    arcs.forEach { _, tail, head in
      tails.append(Int32(tail))
      heads.append(Int32(head))
    }
    return try FlowNetwork(
      nodeCount: nodeCount, source: source, sink: sink, tails: tails, heads: heads,
      capacities: capacities)
  }
}

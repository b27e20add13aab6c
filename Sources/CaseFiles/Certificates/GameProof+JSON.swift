// A proof about games in a file. The flows of all coalitions of a game share one denominator, and
// each is written as the other flows of the format are: a character per arc of the network of all
// players, and the amounts where an arc is neither empty nor full.
import Checker
import ExactArithmetic
import Networks

extension JSONWriter {
  /// Writes a proof as an object.
  mutating func game(_ proof: GameProof) {
    object { writer in
      writer.arrayField("games") { writer in
        for game in proof.games { writer.game(game) }
      }
      guard let shapleyFlow = proof.shapleyFlow else { return }
      let capacities = proof.games[0].game.network.capacities
      let coded = BoundedFlows.WholeEncoding().run(on: [capacities, shapleyFlow.flow])
      writer.objectField("flow") { writer in
        writer.field("denominator", coded.denominator)
        writer.bounded(coded.flows[0])
      }
      writer.field("cut", shapleyFlow.cut.text)
    }
  }

  private mutating func game(_ part: GameProof.Game) {
    object { writer in
      if let tokens = part.game.tokens {
        writer.field("layer", tokens.layer)
        writer.integerLists("groups", tokens.groups)
      } else {
        writer.integerLists("arcs", part.game.playerArcs)
      }
      writer.field("shapley", (0..<part.shapley.count).map { part.shapley[$0] })
      let coded = BoundedFlows.WholeEncoding().run(
        on: [part.game.network.capacities] + part.coalitions.flows)
      writer.field("denominator", coded.denominator)
      writer.arrayField("coalitions") { writer in
        for (flow, cut) in zip(coded.flows, part.coalitions.cuts) {
          writer.object { writer in
            writer.bounded(flow)
            writer.field("cut", cut.text)
          }
        }
      }
    }
  }

  private mutating func integerLists(_ key: String, _ lists: [[Int]]) {
    arrayField(key) { writer in
      for list in lists {
        writer.integers(list)
      }
    }
  }
}

/// A proof about games while its numbers are still as they are written.
struct GameProofFields {
  private struct Coalition {
    var coded: BoundedFlows.Fields
    var cut: String
  }

  private struct Game {
    var place: String
    var layer: Int?
    var groups: [[Int]]?
    var arcs: [[Int]]?
    var shapley: [Rational]
    var denominator: BigInteger
    var coalitions: [Coalition]
  }

  private let place: String
  private var games: [Game] = []
  private var flow: BoundedFlows.Fields?
  private var cut: String?

  /// Reads an object.
  init(_ reader: inout JSONReader) throws(InputError) {
    place = reader.place
    var found: [Game]?
    var (flow, cut): (BoundedFlows.Fields?, String?) = (nil, nil)
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "games":
        var list: [Game] = []
        try reader.readArray { reader, _ throws(InputError) in
          list.append(try Self.readGame(&reader))
        }
        found = list
      case "flow": flow = try BoundedFlows.Fields(&reader)
      case "cut": cut = try reader.readString()
      default: throw reader.unknown(key)
      }
    }
    games = try reader.require(found, "games")
    if games.isEmpty {
      throw reader.error(.badStatement(reason: "a proof about games has at least one"))
    }
    if flow != nil || cut != nil {
      self.flow = try reader.require(flow, "flow")
      self.cut = try reader.require(cut, "cut")
    }
  }

  private static func readGame(_ reader: inout JSONReader) throws(InputError) -> Game {
    let place = reader.place
    var (layer, denominator): (Int?, BigInteger?) = (nil, nil)
    var lists: [String: [[Int]]] = [:]
    var shapley: [Rational]?
    var coalitions: [Coalition]?
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "layer": layer = try reader.readInt(in: 0...networkSizeLimit)
      case "groups", "arcs": lists[key] = try reader.readIntegerLists()
      case "shapley": shapley = try reader.readRationals()
      case "denominator": denominator = try reader.readDenominator()
      case "coalitions":
        var list: [Coalition] = []
        try reader.readArray { reader, _ throws(InputError) in
          list.append(try readCoalition(&reader))
        }
        coalitions = list
      default: throw reader.unknown(key)
      }
    }
    return Game(
      place: place, layer: layer, groups: lists["groups"], arcs: lists["arcs"],
      shapley: try reader.require(shapley, "shapley"),
      denominator: try reader.require(denominator, "denominator"),
      coalitions: try reader.require(coalitions, "coalitions"))
  }

  private static func readCoalition(_ reader: inout JSONReader) throws(InputError) -> Coalition {
    let place = reader.place
    var (states, cut): (String?, String?) = (nil, nil)
    var free: ExactVector.Elements?
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "states": states = try reader.readString()
      case "free": free = try reader.readIntegers()
      case "cut": cut = try reader.readString()
      default: throw reader.unknown(key)
      }
    }
    return Coalition(
      coded: BoundedFlows.Fields(
        place: place, states: try reader.require(states, "states"),
        free: try reader.require(free, "free"), denominator: nil),
      cut: try reader.require(cut, "cut"))
  }

  /// The proof about a network.
  func proof(_ network: FlowNetwork, _ reader: JSONReader) throws(InputError) -> GameProof {
    var parts: [GameProof.Game] = []
    for game in games { parts.append(try part(game, network, reader)) }
    guard let flow, let cut else { return GameProof(games: parts) }
    return GameProof(
      games: parts,
      shapleyFlow: GameProof.CommonFlow(
        flow: try flow.amounts(network, reader),
        cut: try reader.nodeSet(cut, network.nodeCount, place + ".cut")))
  }

  private func part(
    _ game: Game, _ network: FlowNetwork, _ reader: JSONReader
  ) throws(InputError) -> GameProof.Game {
    func refused(_ field: String, _ problem: InputProblem) -> InputError {
      InputError(file: reader.name, place: "\(game.place).\(field)", problem: problem)
    }
    let players: FlowGame
    do throws(GameError) {
      switch (game.layer, game.groups, game.arcs) {
      case (let layer?, let groups?, nil):
        players = try FlowGame(network: network, layer: layer, groups: groups)
      case (nil, nil, let arcs?): players = try FlowGame(network: network, playerArcs: arcs)
      default:
        throw GameError.wrongCount(field: "layer with groups, or arcs", expected: 1, found: 0)
      }
    } catch {
      throw refused("players", .badStatement(reason: error.sentence))
    }
    let limit = FlowGameCertificate.playerLimit
    guard players.playerCount <= limit else {
      throw refused(
        "players", .outOfRange(text: "\(players.playerCount)", range: "at most \(limit) players"))
    }
    let count = 1 << players.playerCount
    guard game.coalitions.count == count else {
      throw refused(
        "coalitions",
        .countMismatch(what: "coalition", found: game.coalitions.count, expected: count))
    }
    var certificate = FlowGameCertificate(flows: [], cuts: [])
    for coalition in game.coalitions {
      var coded = coalition.coded
      coded.denominator = game.denominator
      certificate.flows.append(try coded.amounts(network, reader))
      certificate.cuts.append(
        try reader.nodeSet(coalition.cut, network.nodeCount, coded.place + ".cut"))
    }
    return GameProof.Game(
      game: players, coalitions: certificate, shapley: ExactVector(game.shapley))
  }
}

extension JSONReader {
  fileprivate mutating func readIntegerLists() throws(InputError) -> [[Int]] {
    var lists: [[Int]] = []
    try readArray { reader, _ throws(InputError) in
      lists.append(try reader.readInt32s(in: 0...Int32.max).map { Int($0) })
    }
    return lists
  }
}

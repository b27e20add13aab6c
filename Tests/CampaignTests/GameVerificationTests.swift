// Proofs about games: files with every coalition of a game are valid, and no change of one is.
import CaseFiles
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers
import TestSupport
import Testing

@testable import Campaign

@Suite("Verification of games")
struct GameVerificationTests {
  /// Certificates of the bottom, of both ends, of groups, of a layer without a Shapley flow, and of
  /// a network without layers.
  private static func files() throws -> [(name: String, file: CaseFile)] {
    let entries: [Int64] = [2, 1, 1, 3, 1, 0, 2, 2, 4, 0, 3, 1]
    let tensor = try EffectiveTensor(
      layers: 3, tokens: 2, entries: ExactVector(entries, denominator: 4))
    let statement = Statement.tensor(tensor, .all, Conventions())
    let listed = try FlowNetwork(
      nodeCount: 4, source: 0, sink: 3, tails: [0, 0, 1, 2, 1, 0], heads: [1, 2, 3, 3, 2, 3],
      capacities: ExactVector([1, 2, 2, 1, 1, 1] as [Int64], denominator: 3))
    return [
      ("bottom", try proved([.bottom], statement)),
      ("both", try proved([.bottom, .top], statement)),
      ("groups", try proved([.bottom], statement, groups: [[0, 1]])),
      ("network", try proved([.bottom, .top], .network(listed))),
      ("inner", try innerLayer()),
    ]
  }

  private static func proved(
    _ players: [GamePlayers], _ statement: Statement, groups: [[Int]]? = nil
  ) throws -> CaseFile {
    let network = try statement.network()
    let games = try players.map { try $0.game(on: network, groups: groups) }
    guard case .solved(let found) = try findShapleyFlow(of: games, proof: .stored) else {
      throw GameRefusal(field: "test", reason: "not solved")
    }
    let proof: GameProof = try #require(GameProof(found, of: games))
    return CaseFile(
      about: "A test.", version: "test", provenance: [.init("file", "made")],
      statement: statement, game: proof)
  }

  /// Players of an inner layer of a real tensor, whose Shapley value no maximum flow realises.
  private static func innerLayer() throws -> CaseFile {
    let tensor = try RawTensor.read(Repository.attention + "p03_two.avg.f32.npy")
      .prepared(PreparationOptions()).tensor
    let file = try proved([.layer(3)], .tensor(tensor, .all, Conventions()))
    #expect(file.game?.shapleyFlow == nil)
    return file
  }

  @Test("files are valid as they come back from their bytes, and say the same")
  func valid() throws {
    for (name, file) in try Self.files() {
      let sealed = try reread(file)
      #expect(verify(sealed) == .valid, "\(name)")
      #expect(sealed.contents.bytes == file.bytes, "\(name)")
      #expect(file.format == "flowcheck-certificate/1")
      #expect(try Reading(try tree(file.bytes).turned) == .valid, "\(name)")
    }
  }

  @Test("no single change of a field goes unnoticed", arguments: 0..<4)
  func mutations(index: Int) throws {
    let (name, file) = try Self.files()[index]
    var invalid = 0
    for (place, changed) in try tree(file.bytes).mutations() {
      switch try Reading(changed) {
      case .valid: Issue.record("\(name): \(place) was changed and nobody noticed")
      case .invalid: invalid += 1
      case .unparsable: break
      }
    }
    #expect(invalid > 50)
  }

  @Test("under a new seal the kernel still refuses another value or another game", arguments: 0..<4)
  func resealed(index: Int) throws {
    let (name, file) = try Self.files()[index]
    var refused: [String: Int] = [:]
    for (place, changed) in try tree(file.bytes).mutations() where place.steps.first == "game" {
      let reading = try Reading(changed, resealed: true)
      if place.steps.contains("shapley") || place.steps.contains("coalitions") {
        // Another minimum cut is as good, and so is no change of what a closed arc carries.
        if place.steps.last != "cut" { #expect(reading != .valid, "\(name): \(place)") }
      }
      if case .invalid(let field) = reading { refused[field, default: 0] += 1 }
    }
    #expect(refused["game.games[0].shapley", default: 0] >= 3, "\(refused)")
    #expect(refused["game.games[0].coalitions", default: 0] >= 10, "\(refused)")
    #expect(refused.keys.contains { $0 == "game.flow" || $0 == "game.cut" }, "\(refused)")
  }

  @Test("a flow that realises something else is refused")
  func otherFlow() throws {
    var (_, file) = try Self.files()[0]
    let network = try file.statement.network()
    let solved = MaximumFlowSolver.dinic.solve(network)
    let shapley = try #require(file.game?.games[0].shapley)
    let attribution = network.sinkArcs.map { solved.flow[$0] }
    try #require(attribution != [shapley[0], shapley[1]])
    file.game?.shapleyFlow = GameProof.CommonFlow(flow: solved.flow, cut: solved.cut)
    guard case .invalid(let field, let reason) = verify(try reread(file)) else {
      Issue.record("accepted")
      return
    }
    #expect(field == "game.flow" && reason.hasPrefix("attribution at players"), "\(reason)")
  }

  @Test("what does not fit the network is unparsable, with its place")
  func malformed() throws {
    let (_, file) = try Self.files()[0]
    let text = String(decoding: file.bytes, as: UTF8.self)
    for (old, new, place) in [
      ("\"layer\": 0", "\"layer\": 4", "game.games[0].players: layer 4 does not exist"),
      ("          [1]", "          [0]", "game.games[0].players: players 0 and 1 overlap"),
      (",\n          [1]", "", "game.games[0].players: token 1 is in no group"),
      ("\"layer\": 0,", "", "game.games[0].players: "),
      ("\"shapley\": [", "\"shapely\": [", "game.games[0].shapely"),
    ] {
      let changed = text.replacing(old, with: new, maxReplacements: 1)
      #expect(changed != text, "\(old)")
      do {
        _ = try CaseFile.read(InputFile(bytes: Array(changed.utf8), name: "file"))
        Issue.record("\(new) was read")
      } catch {
        #expect("\(error)".contains(place), "\(error)")
      }
    }
  }

  @Test("the claim of a solver is judged against the Shapley value that the file proves")
  func claims() throws {
    var (_, file) = try Self.files()[0]
    let examined = try certificate(file.statement)
    (file.answer, file.proof) = (examined.answer, examined.proof)
    file.finding = CaseFile.Finding(
      property: "shapley/other", expected: "holds", verdict: "refuted", detail: "wrong")
    let shapley = try #require(file.game?.games[0].shapley)
    let wrong = ExactVector([shapley[0] + 1, shapley[1] - 1])
    file.claim = CaseFile.SolverClaim(
      solver: "other", tolerance: Rational(1, 1_000), question: .shapley, value: nil, flow: nil,
      cut: nil, attribution: wrong)
    #expect(verify(try reread(file)) == .valid)
    #expect(try reread(file).contents.bytes == file.bytes)
    file.claim?.attribution = shapley
    #expect(verify(try reread(file)) != .valid)
    file.claim?.attribution = wrong
    file.game = nil
    #expect(verify(try reread(file)) != .valid)
  }
}

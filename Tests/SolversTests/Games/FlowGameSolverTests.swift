import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import Networks
import Solvers
import TestSupport
import Testing

/// The values of a flow game from separate maximum flows, each from nothing.
private func separately(_ game: FlowGame) -> [Rational] {
  (0..<(1 << game.playerCount)).map { mask in
    let network = game.network(of: Coalition(mask: UInt64(mask)))
    return MaximumFlowSolver.edmondsKarp.solve(network).value
  }
}

/// Expects that all ways of solving a game give the values of separate maximum flows, proved.
private func expectSolved(_ game: FlowGame, _ note: String) throws {
  let expected = separately(game)
  for proof in [FlowGameProof.none, .checked, .stored] {
    let solution = try #require(try game.solve(proof: proof).solution, "\(note)")
    #expect(fractions(solution.table.values) == expected, "\(note) \(proof)")
    #expect(
      solution.certified.map { fractions($0.table.values) } == (proof == .none ? nil : expected))
    if let certificate = solution.certificate {
      #expect(proof == .stored)
      #expect(try checkFlowGame(certificate, of: game).claim == solution.certified)
    }
  }
}

/// A tensor whose rows do not add up to one: zero rows, zero columns and large entries.
private func unevenTensor(
  layers: Int, tokens: Int, numbers: inout SolversTests.TestNumbers
) throws -> EffectiveTensor {
  let choices: [Int64] = [0, 0, 1, 2, 3, 9]
  let entries = (0..<(layers * tokens * tokens)).map { _ in
    choices.randomElement(using: &numbers) ?? 0
  }
  return try EffectiveTensor(
    layers: layers, tokens: tokens, entries: ExactVector(entries, denominator: 4))
}

@Suite("Flow games")
struct FlowGameSolverTests {
  @Test("all layers, modes, groups and directions, against separate maximum flows")
  func againstSeparateFlows() throws {
    var numbers = SolversTests.TestNumbers(seed: 71)
    for round in 0..<40 {
      let (layers, tokens) = (1 + round % 4, 1 + round % 5)
      let tensor =
        round % 2 == 0
        ? try randomTensor(layers: layers, tokens: tokens, denominator: 4, numbers: &numbers)
        : try unevenTensor(layers: layers, tokens: tokens, numbers: &numbers)
      let mode: Mode = round % 3 == 0 ? .single(round % tokens) : .all
      let conventions = Conventions(superCapacity: round % 7 == 0 ? Rational(1, 2) : nil)
      let network = try FlowNetwork(tensor: tensor, mode: mode, conventions: conventions)
      for layer in 0...layers {
        let note = "round \(round), layer \(layer)"
        try expectSolved(FlowGame(network: network, layer: layer), note)
        try expectSolved(FlowGame(network: network.reversed, layer: layer), note + ", reversed")
        guard tokens > 2 else { continue }
        let groups = [Array(2..<tokens), [1, 0]]
        let grouped = try FlowGame(network: network, layer: layer, groups: groups)
        try expectSolved(grouped, note + ", groups")
      }
    }
  }

  @Test("players who own any arcs of any network")
  func listedNetworks() throws {
    var numbers = SolversTests.TestNumbers(seed: 72)
    var solved = 0
    for _ in 0..<60 {
      let made = TestNetwork(nodeCount: 4, arcCount: 9, numbers: &numbers)
      let network = try made.flowNetwork()
      // Every arc into the sink has an owner, or something would flow without players.
      let owners = network.sinkArcs.map { [$0] }
      guard !owners.isEmpty else { continue }
      try expectSolved(FlowGame(network: network, playerArcs: owners), "\(made)")
      solved += 1
    }
    #expect(solved > 40)
  }

  @Test("networks wider than a word of tokens, and numbers of every size")
  func widthsAndTiers() throws {
    var numbers = SolversTests.TestNumbers(seed: 73)
    let wide = try FlowNetwork(
      tensor: randomTensor(layers: 2, tokens: 66, denominator: 5, numbers: &numbers), mode: .all)
    let groups = (0..<3).map { Array(stride(from: $0, to: 66, by: 3)) }
    for layer in 0...2 {
      let game = try FlowGame(network: wide, layer: layer, groups: groups)
      let solution = try #require(try game.solve(proof: .checked).solution)
      #expect(fractions(solution.table.values) == separately(game))
    }
    let full = try FlowNetwork(
      tensor: randomTensor(layers: 2, tokens: 64, denominator: 5, numbers: &numbers), mode: .all)
    let halves = try FlowGame(
      network: full, layer: 0, groups: [Array(0..<40), Array(40..<64)])
    let solution = try #require(try halves.solve(proof: .checked).solution)
    #expect(fractions(solution.table.values) == separately(halves))
    for bits in [40, 70, 150] {
      let unit = Rational(1, BigInteger.powerOfTwo(bits) + 1)
      let small = try randomTensor(layers: 3, tokens: 3, denominator: 4, numbers: &numbers)
      let entries = (0..<27).map { small.entries[$0] + unit * Rational(Int64($0)) }
      let tensor = try EffectiveTensor(layers: 3, tokens: 3, entries: ExactVector(entries))
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      for layer in 0...3 { try expectSolved(FlowGame(network: network, layer: layer), "\(bits)") }
    }
  }

  @Test(
    "Shapley values of real attention, in all modes",
    arguments: [
      "p01_word", "p02_same_pair", "p03_two", "p06_yes", "p22_same_pair_sym", "p23_yes_sym",
    ])
  func realAttention(name: String) throws {
    let data = FileManager.default.contents(atPath: Repository.attention + "truth.json") ?? Data()
    let truth = try parsedJSON(String(decoding: data, as: UTF8.self))
    let modes = try #require(truth["tensors"]?[name]?["modes"])
    #expect(modes.keys.count == 4)
    for key in modes.keys {
      let file = key.hasSuffix("+residual") ? ".mix.f64.npy" : ".avg.f32.npy"
      let tensor = try RawTensor.read(Repository.attention + name + file).prepared(.init()).tensor
      let mode = try #require(Mode(key.replacingOccurrences(of: "+residual", with: "")))
      let network = try FlowNetwork(tensor: tensor, mode: mode)
      let game = try FlowGame(network: network, layer: 0)
      let proof: FlowGameProof = game.playerCount <= 4 ? .stored : .checked
      let table = try #require(try game.solve(proof: proof).solution?.certified?.table)
      let value = try table.shapleyValue()
      let expected = try #require(modes[key]?["shapley_exact"]?.asArray)
      #expect(fractions(value) == expected.compactMap(\.asRational), "\(name) \(key)")
      #expect(checkShapley(value, of: table).claim != nil)
      #expect(checkMonotone(table) == nil)
      #expect(checkSubmodular(table) == nil)
    }
  }

  @Test("equal words are found exchangeable where they were made so, and get the same")
  func exchangeable() throws {
    for (name, pairs) in [
      ("p22_same_pair_sym", [[1, 2]]), ("p02_same_pair", []),
      ("p23_yes_sym", [[1, 2], [1, 3], [2, 3], [1, 4], [2, 4], [3, 4]]),
    ] {
      let path = Repository.attention + name + ".avg.f32.npy"
      let tensor = try RawTensor.read(path).prepared(.init()).tensor
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      for layer in [0, 3, tensor.layers] {
        let game = try FlowGame(network: network, layer: layer)
        let found = game.exchangeableTokens
        #expect(found.map { [$0.first, $0.second] } == pairs, "\(name)")
        let value = try #require(try game.solve().solution?.table.shapleyValue())
        for pair in found { #expect(checkSymmetry(value, under: pair.automorphism) == nil) }
      }
    }
    let listed = try TestNetwork(nodeCount: 2, [(0, 1, 1)]).flowNetwork()
    #expect(listed.tokenMap([]) == nil)
    #expect(try FlowGame(network: listed, playerArcs: [[0]]).exchangeableTokens.isEmpty)
  }

  @Test("a computation can be stopped, and says how far it came")
  func progress() throws {
    var numbers = SolversTests.TestNumbers(seed: 74)
    let tensor = try randomTensor(layers: 1, tokens: 13, denominator: 3, numbers: &numbers)
    let game = try FlowGame(network: FlowNetwork(tensor: tensor, mode: .all), layer: 0)
    var calls: [Int] = []
    let outcome = try game.solve { done, all in
      calls.append(done)
      #expect(all == 8192)
      return false
    }
    #expect(outcome == .stopped(coalitions: 4096) && calls == [4096])
    calls = []
    let whole = try game.solve { done, _ in
      calls.append(done)
      return true
    }
    #expect(whole.solution != nil && calls == [4096, 8192])
  }

  @Test("too little memory, too many players to keep flows for, and flows without players")
  func errors() throws {
    var numbers = SolversTests.TestNumbers(seed: 75)
    let tensor = try randomTensor(layers: 1, tokens: 9, denominator: 3, numbers: &numbers)
    let game = try FlowGame(network: FlowNetwork(tensor: tensor, mode: .all), layer: 0)
    #expect(throws: GameError.tooManyPlayers(count: 9, limit: 8)) {
      try game.solve(proof: .stored)
    }
    #expect {
      try game.solve(memoryLimit: 1000)
    } throws: { error in
      guard case .memory(let bytes, 1000) = error as? GameError else { return false }
      return bytes > 1000
    }
    let listed = try FlowGame(
      network: TestNetwork(nodeCount: 2, [(0, 1, 1), (0, 1, 1)]).flowNetwork(), playerArcs: [[0]])
    #expect(throws: GameError.emptyCoalition(value: 1)) { try listed.solve() }
    let sentence = GameError.tooManyPlayers(count: 30, limit: 24).sentence
    #expect(sentence.contains("30 players") && sentence.contains("1073741824 coalitions"))
  }
}

import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import Solvers
import TestSupport
import Testing

/// Runs `solve --method shapley` with some words and reads the answer.
private func shapley(_ file: String, _ words: String...) throws -> JSONValue {
  let run = try flowcheck(words: ["solve", file, "--method", "shapley", "--json"] + words)
  #expect(run.exitCode == 0, "\(words): \(run.errors)")
  return try parsedJSON(run.output)
}

private let twoTokens = Repository.attention + "p03_two.avg.f32.npy"

@Suite("Shapley values on the command line")
struct ShapleyCommandTests {
  private static let modes = ["all", "single:0", "all+residual", "single:0+residual"]

  @Test(
    "values are those of the reference, exactly",
    arguments: ["p01_word", "p02_same_pair", "p03_two", "p06_yes", "p22_same_pair_sym"])
  func truth(name: String) throws { try expectTruth(name) }

  @Test(
    "the same on the other tensors of up to 12 tokens", .tags(.long), .onlyInFullRuns,
    arguments: [
      "p04_again", "p05_dull", "p07_warm", "p08_nobody", "p09_charming", "p10_round", "p11_dog",
      "p23_yes_sym",
    ])
  func allTruth(name: String) throws { try expectTruth(name) }

  private func expectTruth(_ name: String) throws {
    let text = FileManager.default.contents(atPath: Repository.attention + "truth.json") ?? Data()
    let truth = try #require(
      try parsedJSON(String(decoding: text, as: UTF8.self))["tensors"]?[name]?["modes"])
    for mode in Self.modes {
      let reference = try #require(truth[mode])
      let parts = mode.split(separator: "+").map(String.init)
      let run = try flowcheck(
        words: [
          "solve", Repository.attention + name + ".avg.f32.npy", "--method", "shapley", "--json",
          "--mode", parts[0],
        ] + (parts.count == 2 ? ["--residual"] : []))
      let answer = try parsedJSON(run.output)
      #expect(answer["attribution"]?.asDoubles == reference["shapley"]?.asDoubles, "\(mode)")
      #expect(answer["value"]?.asDouble == reference["maxflow"]?.asDouble, "\(mode)")
      #expect(answer["flowCertified"] == .bool(true))
      if let exact = reference["shapley_exact"] {
        #expect(answer["attributionExact"] == exact, "\(mode)")
      }
    }
  }

  @Test("both ends at once are what each is alone, and the flow printed has them")
  func both() throws {
    let both = try shapley(twoTokens, "--players", "both", "--flow")
    #expect(
      both.keys == [
        "layers", "tokens", "mode", "residual", "method", "players", "status", "value",
        "valueExact", "attribution", "attributionExact", "attributionTop", "attributionTopExact",
        "gameCertified", "flowCertified", "flow",
      ])
    let bottom = try shapley(twoTokens, "--players", "bottom")
    let top = try shapley(twoTokens, "--players", "top")
    #expect(both["attributionExact"] == bottom["attributionExact"])
    #expect(both["attributionTopExact"] == top["attributionExact"])
    #expect(try shapley(twoTokens, "--players", "layer:6")["attribution"] == top["attribution"])
    #expect(both["gameCertified"]?.asString == "whole")
    // What reaches a bottom token of the flow is its Shapley value, up to the rounding of doubles.
    let flow = try #require(both["flow"]?.flattened)
    let values = try #require(both["attribution"]?.asDoubles)
    for token in 0..<4 {
      let inflow = (0..<4).reduce(0.0) { $0 + flow[$1 * 4 + token] }
      #expect(abs(inflow - values[token]) < 1e-12)
    }
  }

  @Test("a layer whose Shapley value no flow realises names the players who would get too much")
  func innerLayer() throws {
    let answer = try shapley(twoTokens, "--players", "layer:3")
    #expect(answer["flowCertified"] == .bool(false))
    #expect(answer["violatedCoalition"]?.asDoubles == [1, 2, 3])
    let network = try FlowNetwork(tensor: try realTensor("p03_two"), mode: .all)
    let game = try FlowGame(network: network, layer: 3)
    let value = FlowOracle.value(game.network(of: Coalition(mask: 0b1110)))
    let fractions = try #require(answer["attributionExact"]?.asArray)
      .map { try #require(Rational($0.asString ?? "")) }
    #expect(fractions[1] + fractions[2] + fractions[3] > value)
    let text = try flowcheck("solve", twoTokens, "--method", "shapley", "--players", "layer:3")
    #expect(text.output.contains("flow     none: players {1, 2, 3} would get more"))
  }

  @Test("tokens in groups play as one, at the ends")
  func groups() throws {
    let answer = try shapley(twoTokens, "--groups", "0,1/3/2")
    let network = try FlowNetwork(tensor: try realTensor("p03_two"), mode: .all)
    let game = try FlowGame(network: network, layer: 0, groups: [[0, 1], [3], [2]])
    let table = try #require(try game.solve().solution?.table)
    let value = try table.shapleyValue(by: .permutations)
    #expect(
      answer["attributionExact"]?.asArray?.map(\.asString)
        == (0..<3).map { value[$0].description })
    let text = try flowcheck("solve", twoTokens, "--method", "shapley", "--groups", "0,1/3/2")
    #expect(text.output.contains("\n  0,1  "))
  }

  @Test("players of a network are its arcs at the ends, of which there need not be equally many")
  func network() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      {"nodes": 4, "source": 0, "sink": 3, "tails": [0, 1, 1, 1], "heads": [1, 3, 3, 3],
       "capacities": [2, 2, 1, 1]}
      """, to: "n.json")
    let answer = try shapley(path, "--players", "both")
    // v = 2, 1, 1 alone, 2, 2, 2 in pairs, 2 together.
    #expect(answer["attributionExact"]?.asArray?.map(\.asString) == ["1", "1/2", "1/2"])
    #expect(answer["attributionTopExact"]?.asArray?.map(\.asString) == ["2"])
    let text = try flowcheck("solve", path, "--method", "shapley", "--players", "both")
    #expect(text.exitCode == 0 && text.output.contains("1/2"))
  }

  @Test("a certificate holds every coalition and is verified; above eight players there is none")
  func certificate() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/out.json"
    for players in ["bottom", "both", "layer:3"] {
      _ = try shapley(twoTokens, "--players", players, "--certificate", path, "--about", "A test.")
      #expect(try flowcheck("verify", path).exitCode == 0)
      let contents = try CaseFile.read(try InputFile(path: path)).contents
      #expect(contents.about == "A test.")
      #expect(contents.game?.games.count == (players == "both" ? 2 : 1))
      #expect((contents.game?.shapleyFlow == nil) == (players == "layer:3"))
    }
    let again = try shapley(path, "--players", "bottom")
    #expect(again["attribution"] == (try shapley(twoTokens))["attribution"])
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let damaged = text.replacing("\"shapley\": [\"1", with: "\"shapley\": [\"2", maxReplacements: 1)
    try #require(damaged != text)
    let run = try flowcheck("verify", try folder.write(damaged, to: "damaged.json"))
    #expect(run.exitCode == 1 && run.output.contains("game.games[0].shapley"))
    let large = try flowcheck(
      "solve", Repository.attention + "p10_round.avg.f32.npy", "--method", "shapley",
      "--certificate", path)
    #expect(large.exitCode == 5 && large.errors.contains("up to 8 players, not 9"))
  }

  @Test("above eight players each coalition is checked as it is solved, and the answer says so")
  func large() throws {
    let answer = try shapley(Repository.attention + "p10_round.avg.f32.npy")
    #expect(answer["gameCertified"]?.asString == "each coalition as it was solved")
    #expect(answer["flowCertified"] == .bool(true))
  }

  @Test(
    "estimates lie within their bars of the value, and are the same for the same seed",
    arguments: ["permutation", "antithetic", "stratified", "difference"])
  func estimates(sampler: String) throws {
    let words = ["--estimate", sampler, "--samples", "40", "--seed", "3"]
    func run() throws -> JSONValue {
      try parsedJSON(
        try flowcheck(
          words: ["solve", twoTokens, "--method", "shapley", "--json", "--players", "both"] + words
        ).output)
    }
    let estimate = try run()
    #expect(try run() == estimate)
    let exact = try shapley(twoTokens, "--players", "both")
    for suffix in ["", "Top"] {
      let values = try #require(estimate["attribution" + suffix]?.asDoubles)
      let bars = try #require(estimate["halfWidths" + suffix]?.asDoubles)
      let right = try #require(exact["attribution" + suffix]?.asDoubles)
      for player in 0..<4 {
        #expect(abs(values[player] - right[player]) <= bars[player])
        #expect(bars[player] > 0 && bars[player].isFinite)
      }
    }
    #expect(estimate["value"] == exact["value"])
    #expect(estimate["status"]?.asString == "estimate")
    #expect(estimate["flowCertified"] == .bool(false) && estimate["gameCertified"] == .null)
    #expect(estimate["attributionExact"] == nil)
    #expect(estimate["estimate"]?["confidence"]?.asDouble == 0.95)
    #expect(estimate["estimate"]?["samples"]?.asDouble == 40)
  }

  @Test("more players than a table holds are refused with the cost, and can be sampled")
  func tooMany() throws {
    let file = Repository.attention + "p18_review40.avg.f32.npy"
    let run = try flowcheck("solve", file, "--method", "shapley")
    #expect(run.exitCode == 5 && run.output.isEmpty)
    #expect(run.errors.contains("36 players are too many, the limit is 24"))
    #expect(run.errors.contains("68719476736 coalitions") && run.errors.contains("--estimate"))
    let answer = try shapley(file, "--estimate", "difference", "--samples", "3")
    #expect(answer["attribution"]?.asDoubles?.count == 36)
    let memory = try flowcheck(
      "solve", Repository.attention + "p12_river.avg.f32.npy", "--method", "shapley", "--memory",
      "1")
    #expect(memory.exitCode == 5 && memory.errors.contains("--memory allows more"))
  }

  @Test("mistakes in words are usage, what needs the file to be seen is bad input")
  func mistakes() throws {
    for (words, code, reason) in [
      (["--players", "middle"], 2, "--players takes bottom, top, layer:K or both, not 'middle'"),
      (["--players", "layer:-1"], 2, "not 'layer:-1'"),
      (["--players", "layer:7"], 5, "layer 7 does not exist, layers are 0 to 6"),
      (["--groups", "0,1/1,2"], 2, "groups 0 and 1 overlap in token 1"),
      (["--groups", "0,1/"], 2, "--groups takes groups such as"),
      (["--groups", "0,1/2"], 5, "token 3 is in no group"),
      (["--groups", "0,1/2,9"], 5, "token 9 does not exist"),
      (["--groups", "0,1/2,3", "--players", "layer:2"], 5, "--groups goes with players at"),
      (["--estimate", "guess"], 2, "--estimate takes one of permutation, antithetic"),
      (["--samples", "5"], 2, "--samples goes with --estimate"),
      (["--estimate", "difference", "--samples", "0"], 2, "--samples takes a whole number"),
      (["--estimate", "difference", "--flow"], 2, "--flow needs the exact value"),
      (["--about", "x"], 2, "--about goes with --certificate"),
      (["--memory", "0"], 2, "--memory takes a whole number"),
      (["--solver", "dinic"], 2, "--solver goes with --method maxflow"),
      (["--lambda", "1"], 2, "--lambda does not go with --method shapley"),
    ] as [([String], Int32, String)] {
      let run = try flowcheck(words: ["solve", twoTokens, "--method", "shapley"] + words)
      #expect(run.exitCode == code, "\(words): \(run.errors)")
      #expect(run.errors.contains(reason), "\(words): \(run.errors)")
      #expect(run.output.isEmpty)
    }
    let other = try flowcheck("solve", twoTokens, "--players", "top")
    #expect(other.exitCode == 2)
    #expect(other.errors.contains("--players does not go with --method maxflow"))
  }

  @Test("the benchmark times all coalitions, and leaves too many players out")
  func bench() throws {
    let run = try flowcheck(
      "bench", twoTokens, "--task", "shapley", "--runs", "2", "--json")
    let results = try #require(try parsedJSON(run.output)["results"]?.asArray)
    #expect(run.exitCode == 0 && results.count == 1)
    #expect(
      results[0]["task"]?.asString == "shapley" && results[0]["status"]?.asString == "optimal")
    #expect(results[0]["seconds"]?.asDoubles?.count == 2)
    #expect(results[0]["value"] == (try shapley(twoTokens))["value"])
    let all = try flowcheck("bench", "--layers", "1", "--tokens", "17", "--runs", "1")
    #expect(all.exitCode == 0 && !all.output.contains("shapley"))
    let many = try flowcheck(
      "bench", "--layers", "1", "--tokens", "25", "--runs", "1", "--task", "shapley")
    #expect(many.exitCode == 2 && many.errors.contains("25 players are too many"))
  }
}

import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import TestSupport
import Testing

/// The keys of the answer of `check`, in order.
private let keys = [
  "layers", "tokens", "mode", "residual", "value", "valueExact", "uniqueFlow", "undeterminedArcs",
  "attributionMinimum", "attributionMaximum", "attributionWidthMaximum", "uniqueAttribution",
  "certainPairs", "certified", "secondFlow", "properties", "facts",
]

/// Runs `check --json` and reads the answer.
func checked(_ file: String, _ words: String...) throws -> JSONValue {
  let run = try flowcheck(words: ["check", file, "--json"] + words)
  #expect(run.exitCode == 0, "\(run.errors)")
  return try parsedJSON(run.output)
}

/// Networks and tensors as files, with the facts that follow from them by hand.
enum SampleFile {
  static let dimacs = "p max 4 5\nn 1 s\nn 4 t\na 1 2 3\na 1 3 2\na 2 4 2\na 3 4 3\na 2 3 1\n"
  /// Two parallel ways of capacity 1 into one of capacity 1: ambiguous.
  static let network = """
    {"network": {"nodes": 4, "source": 0, "sink": 3, "tails": [0, 0, 1, 2],
     "heads": [1, 2, 3, 3], "capacities": ["1/2", 1, 1, "1/3"]}}
    """
  static let oneToken = #"{"tensor": [[["1"]], [["1/2"]]]}"#
  static let oneLayer = #"{"tensor": [[["1/3", "2/3"], [1, 0]]]}"#
  /// The smallest tensor with two maximum flows: top (1, 0) or (0, 1).
  static let ambiguous = #"{"tensor": [[[1, 0], [0, 1]], [[1, 0], [1, 0]]]}"#
  /// Three tokens that attend to all alike.
  static let threeTokens = """
    {"tensor": [[["1/3", "1/3", "1/3"], ["1/3", "1/3", "1/3"], ["1/3", "1/3", "1/3"]]]}
    """
}

@Suite("check")
struct CheckCommandTests {
  /// Tests that every key is there with its type, and that the numbers agree with each other.
  private func expectContract(_ answer: JSONValue, players: Int) throws {
    #expect(answer.keys == keys)
    let exact = try #require(answer["valueExact"]?.asRational)
    #expect(answer["value"]?.asDouble == exact.nearestDouble)
    let unique = try #require(answer["uniqueFlow"]?.asBool as Bool?)
    let count = try #require(answer["undeterminedArcs"]?.asInt)
    #expect(unique == (count == 0))
    let least = try #require(answer["attributionMinimum"]?.asDoubles)
    let most = try #require(answer["attributionMaximum"]?.asDoubles)
    #expect(least.count == players && most.count == players)
    let width = try #require(answer["attributionWidthMaximum"]?.asDouble)
    #expect(try #require(answer["uniqueAttribution"]?.asBool as Bool?) == (width == 0))
    #expect(zip(most, least).allSatisfy { $0 >= $1 && $0 - $1 <= width * (1 + 1e-12) })
    var pairs = 0
    for i in 0..<players {
      for j in 0..<i where most[i] <= least[j] || most[j] <= least[i] { pairs += 1 }
    }
    #expect(answer["certainPairs"]?.asInt == pairs)
    #expect(answer["certified"]?.asBool == true)
    #expect(answer["residual"]?.asBool == false)
    if unique {
      #expect(answer["secondFlow"] == .null)
    } else {
      let second = try #require(answer["secondFlow"])
      #expect(second.keys == ["engine", "arcsChanged", "attributionChange"])
      #expect(["residual", "z3"].contains(second["engine"]?.asString))
      #expect((second["arcsChanged"]?.asInt ?? 0) >= 2)
      #expect(try #require(second["attributionChange"]?.asDouble) >= 0)
    }
    let properties = try #require(answer["properties"]?.asArray)
    #expect(properties.count > 8)
    let verdicts = ["holds", "refuted", "evidence", "inconclusive"]
    for property in properties {
      #expect(property.keys == ["name", "verdict", "expected", "certified", "detail"])
      #expect(verdicts.contains(property["verdict"]?.asString ?? ""))
      #expect(property["verdict"] == property["expected"])
      #expect(property["certified"]?.asBool == true)
      #expect(property["detail"]?.asString != nil)
    }
    #expect(Set(properties.map { $0["name"]?.asString }).count == properties.count)
  }

  @Test("the answer about a tensor has every key of the contract", arguments: ["all", "single:2"])
  func tensor(mode: String) throws {
    let answer = try checked(Repository.attention + "p03_two.avg.f32.npy", "--mode", mode)
    try expectContract(answer, players: 4)
    #expect(answer["layers"]?.asInt == 6)
    #expect(answer["tokens"]?.asInt == 4)
    #expect(answer["mode"]?.asString == mode)
  }

  @Test("the answer about a network has the same keys, null where there is no tensor")
  func network() throws {
    let folder = try TemporaryFolder()
    for (name, text, players, value) in [
      ("n.max", SampleFile.dimacs, 2, "5"), ("n.json", SampleFile.network, 2, "5/6"),
      ("one.max", "p max 2 1\nn 1 s\nn 2 t\na 1 2 7\n", 1, "7"),
      ("cut.max", "p max 3 1\nn 1 s\nn 3 t\na 1 2 7\n", 0, "0"),
    ] {
      let answer = try checked(try folder.write(text, to: name))
      try expectContract(answer, players: players)
      for key in ["layers", "tokens", "mode"] { #expect(answer[key] == .null) }
      #expect(answer["valueExact"]?.asString == value)
    }
  }

  @Test("one token and one layer are cases like any other")
  func smallest() throws {
    let folder = try TemporaryFolder()
    let token = try checked(try folder.write(SampleFile.oneToken, to: "t.json"))
    try expectContract(token, players: 1)
    #expect(token["valueExact"]?.asString == "1/2")
    #expect(token["uniqueFlow"]?.asBool == true)
    let layer = try checked(try folder.write(SampleFile.oneLayer, to: "l.json"))
    try expectContract(layer, players: 2)
    #expect(layer["valueExact"]?.asString == "2")
    #expect(layer["attributionMinimum"]?.asDoubles == [4.0 / 3, 2.0 / 3])
    let single = try checked(folder.path + "/l.json", "--mode", "single:0")
    #expect(single["valueExact"]?.asString == "1")
    #expect(single["attributionMaximum"]?.asDoubles == [1.0 / 3, 2.0 / 3])
  }

  @Test("a network without any arc, or without one into the sink, is answered")
  func noArcs() throws {
    let folder = try TemporaryFolder()
    for (name, text) in [
      ("none.max", "p max 2 0\nn 1 s\nn 2 t\n"),
      (
        "none.json",
        #"{"network":{"nodes":3,"source":2,"sink":0,"tails":[],"heads":[],"capacities":[]}}"#
      ),
      ("loop.max", "p max 2 1\nn 1 s\nn 2 t\na 1 1 4\n"),
      ("back.max", "p max 2 1\nn 1 s\nn 2 t\na 2 1 4\n"),
    ] {
      let answer = try checked(try folder.write(text, to: name))
      #expect(answer["valueExact"]?.asString == "0", "\(name)")
      let path = folder.path + "/c.json"
      _ = try checked(folder.path + "/" + name, "--certificate", path)
      #expect(try flowcheck("verify", path).exitCode == 0, "\(name)")
      #expect(try flowcheck("solve", folder.path + "/" + name).exitCode == 0, "\(name)")
    }
  }

  @Test("both flows of --flow are feasible, of the answer's value, and differ as it says")
  func flows() throws {
    let file = Repository.attention + "p03_two.avg.f32.npy"
    for mode in [Mode.all, .single(1)] {
      let answer = try checked(file, "--mode", mode.description, "--flow")
      let second = try #require(answer["secondFlow"])
      let tensor = try RawTensor.read(file).prepared(PreparationOptions()).tensor
      let network = try FlowNetwork(tensor: tensor, mode: mode)
      // Attention arcs as [l][i][j]; terminal arcs carry what their token passes on.
      let flows = try ["first", "second"].map { key in
        let layers = try #require(second[key]?.asArray)
        #expect(layers.count == 6 && layers[0].asArray?.count == 4)
        let inner = try layers.flatMap(\.flattened).map { try #require(Rational(exactly: $0)) }
        let top = (0..<4).map { i in (0..<4).reduce(Rational(0)) { $0 + inner[80 + i * 4 + $1] } }
        let bottom = (0..<4).map { j in (0..<4).reduce(Rational(0)) { $0 + inner[$1 * 4 + j] } }
        let flow = ExactVector(inner + top + bottom)
        let feasible = try #require(checkFeasible(flow, in: network).claim)
        #expect(feasible.value == answer["valueExact"]?.asRational)
        return inner + top + bottom
      }
      let changed = flows[0].indices.filter { flows[0][$0] != flows[1][$0] }
      #expect(changed.count == second["arcsChanged"]?.asInt)
      let moves = network.sinkArcs.map { (flows[0][$0] - flows[1][$0]).magnitude.nearestDouble }
      #expect(moves.max() == second["attributionChange"]?.asDouble)
    }
  }

  @Test("flows that differ while attributions agree are shown too")
  func sameAttributions() throws {
    let folder = try TemporaryFolder()
    // I ; three rows (h, h, 0): the bottom is unique, the top is not.
    let path = try folder.write(
      #"{"tensor": [[[1,0,0],[0,1,0],[0,0,1]],[["1/2","1/2",0],["1/2","1/2",0],["1/2","1/2",0]]]}"#,
      to: "t.json")
    let answer = try checked(path)
    #expect(answer["uniqueFlow"]?.asBool == false)
    #expect(answer["uniqueAttribution"]?.asBool == true)
    #expect(answer["secondFlow"]?["attributionChange"]?.asDouble == 0)
    #expect(answer["attributionMinimum"]?.asDoubles == [1, 1, 0])
    #expect(answer["certainPairs"]?.asInt == 3)
  }

  @Test("a requirement that is met gives 0, and one that is not gives 1 and the whole answer")
  func requirements() throws {
    let folder = try TemporaryFolder()
    let ambiguous = try folder.write(SampleFile.ambiguous, to: "a.json")
    let unique = try folder.write(SampleFile.oneLayer, to: "u.json")
    for requirement in ["unique-flow", "unique-attribution", "attribution-width=0"] {
      #expect(try flowcheck("check", unique, "--require", requirement).exitCode == 0)
    }
    let flow = try flowcheck("check", ambiguous, "--require", "unique-flow", "--json")
    #expect(flow.exitCode == 1)
    #expect(try parsedJSON(flow.output).keys == keys)
    #expect(flow.errors.contains("unique-flow"))
    // The bottom attribution is (1, 0) in every maximum flow of this one.
    #expect(try flowcheck("check", ambiguous, "--require", "unique-attribution").exitCode == 0)
    let real = Repository.attention + "p01_word.avg.f32.npy"
    #expect(try flowcheck("check", real, "--require", "unique-attribution").exitCode == 1)
    // The widest interval is [353.../2^31, ...]: 0.2959... wide.
    let width = try #require(try checked(real)["attributionWidthMaximum"]?.asDouble)
    for (bound, code) in [(width, 0), (width.nextDown, 1), (1, 0), (1e-6, 1)] as [(Double, Int32)] {
      let run = try flowcheck("check", real, "--require", "attribution-width=\(bound)")
      #expect(run.exitCode == code, "\(bound)")
    }
    let both = try flowcheck(
      "check", unique, "--require", "unique-flow", "--require", "attribution-width=1e-6")
    #expect(both.exitCode == 0)
  }

  @Test("words of --tokens stand in the table, and rows that do not sum to 1 are warned about")
  func words() throws {
    let run = try flowcheck(
      "check", "corpus/attention/p03_two.avg.f32.npy", "--tokens",
      "corpus/attention/p03_two.tokens.json", "--row-tolerance", "0")
    #expect(run.exitCode == 0)
    for word in ["[CLS]", "[SEP]", "maximum flow", "certified"] {
      #expect(run.output.contains(word))
    }
    #expect(run.errors.contains("warning"))
    let strict = try flowcheck(
      "check", "corpus/attention/p03_two.avg.f32.npy", "--row-tolerance", "0", "--strict")
    #expect(strict.exitCode == 5)
  }

  @Test("the same tensor in every container gives the same answer")
  func containers() throws {
    func answer(_ words: String...) throws -> [JSONValue] {
      let run = try flowcheck(
        words: ["check"] + words + ["--json", "--z3", "never"],
        in: Repository.folder + "/corpus/attention")
      let value = try parsedJSON(run.output)
      return keys.dropLast().compactMap { value[$0] }
    }
    let single = try answer("p06_yes.avg.f32.npy")
    for bundle in ["bundle.npz", "bundle_deflate.npz", "bundle.safetensors"] {
      #expect(try answer("\(bundle):p06_yes.avg.f32") == single)
      // A warning says which array it is about.
      let strict = ["--row-tolerance", "0", "--z3", "never"]
      let run = try flowcheck(
        words: ["check", "\(bundle):p06_yes.avg.f32"] + strict,
        in: Repository.folder + "/corpus/attention")
      #expect(run.errors.contains("warning: \(bundle): p06_yes.avg.f32: ["))
    }
    let mixed = try answer("p06_yes.avg.f32.npy", "--residual")
    let stored = try answer("p06_yes.mix.f64.npy")
    #expect(mixed[3] == .bool(true) && stored[3] == .bool(false))
    #expect(mixed[4...] == stored[4...])
    let means = try answer("p06_yes.full.f32.npy", "--heads", "mean")
    #expect(means == (try answer("p06_yes.avg.f64.npy")))
  }

  @Test("the answer is printed although its certificate cannot be written")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    let tensor = try folder.write(SampleFile.ambiguous, to: "t.json")
    for words in [
      ["check", tensor, "--z3", "never"], ["check", tensor, "--z3", "never", "--json"],
      ["solve", tensor, "--method", "shapley"],
    ] {
      let whole = try flowcheck(words: words)
      let run = try flowcheck(words: words + ["--certificate", "/dev/full"])
      #expect(run.exitCode == 75)
      #expect(run.output == whole.output && !run.output.isEmpty, "\(run)")
      #expect(run.errors.contains("/dev/full: the file cannot be written: No space"), "\(run)")

      // Where no file can be made, nothing is solved or printed.
      let nowhere = try flowcheck(words: words + ["--certificate", "\(folder.path)/none/c.json"])
      #expect(nowhere.exitCode == 5 && nowhere.output.isEmpty, "\(nowhere)")
      #expect(nowhere.errors.contains("none/c.json: the file cannot be written: No such file"))
    }
  }

  @Test("a certificate is input too, in whatever order its fields stand")
  func certificateAsInput() throws {
    let folder = try TemporaryFolder()
    let tensor = Repository.attention + "p01_word.avg.f32.npy"
    let path = folder.path + "/certificate.json"
    let direct = try flowcheck("check", tensor, "--mode", "single:1", "--certificate", path)
    #expect(direct.exitCode == 0)
    let again = try flowcheck("check", path)
    #expect(again.exitCode == 0)
    #expect(again.output == direct.output)
    #expect(try flowcheck("check", path, "--mode", "all").exitCode == 2)
  }

  @Test("axioms of the flow game are judged up to 8 players, method by method")
  func axioms() throws {
    let file = Repository.attention + "p02_same_pair.avg.f32.npy"
    let text = try flowcheck("check", file)
    #expect(text.exitCode == 0)
    let lines = text.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.contains(["axioms", "efficiency", "symmetry", "null-player", "shapley"]))
    #expect(lines.contains(["maximum-flow", "yes", "yes", "yes", "no"]))
    #expect(lines.contains(["leave-one-out", "no", "yes", "yes", "no"]))
    let names = try #require(try checked(file)["properties"]?.asArray).map { $0["name"]?.asString }
    #expect(names.contains("axioms/rollout-null-player"))
    #expect(!names.contains("axioms/rollout-efficiency"))
    #expect(names.contains("game/shapley-flow@bottom"))
    let large = try flowcheck("check", Repository.attention + "p12_river.avg.f32.npy")
    #expect(large.exitCode == 0)
    #expect(!large.output.contains("axioms"))
  }
}

import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import TestSupport
import Testing

/// Runs `solve --json` and reads the answer.
private func solved(_ file: String, _ words: String...) throws -> JSONValue {
  let run = try flowcheck(words: ["solve", file, "--json"] + words)
  #expect(run.exitCode == 0, "\(run.errors)")
  return try parsedJSON(run.output)
}

/// A real tensor of the corpus, as it is prepared without options.
func realTensor(_ name: String) throws -> EffectiveTensor {
  try RawTensor.read(Repository.attention + name + ".avg.f32.npy")
    .prepared(PreparationOptions()).tensor
}

@Suite("solve")
struct SolveCommandTests {
  private let keys = [
    "layers", "tokens", "mode", "residual", "method", "solver", "status", "value", "valueExact",
    "attribution", "attributionTop",
  ]

  @Test(
    "every solver finds the value of check, and its flow is feasible",
    arguments: ["dinic", "push-relabel", "edmonds-karp", "layered"], ["all", "single:3"])
  func solvers(solver: String, mode: String) throws {
    let file = Repository.attention + "p06_yes.avg.f32.npy"
    let answer = try solved(file, "--solver", solver, "--mode", mode, "--flow")
    #expect(answer.keys == keys + ["flow"])
    #expect(answer["method"]?.asString == "maxflow")
    #expect(answer["solver"]?.asString == solver)
    #expect(answer["status"]?.asString == "optimal")
    let expected = try checked(file, "--mode", mode, "--z3", "never")
    #expect(answer["valueExact"] == expected["valueExact"])
    #expect(answer["value"] == expected["value"])
    let network = try FlowNetwork(
      tensor: try realTensor("p06_yes"), mode: try #require(Mode(mode)))
    let layers = try #require(answer["flow"]?.asArray)
    #expect(layers.count == 6)
    for layer in layers {
      #expect(layer.asArray?.count == 6)
      #expect(layer.asArray?.allSatisfy { $0.asArray?.count == 6 } == true)
    }
    let bottom = try #require(answer["attribution"]?.asDoubles)
    let top = try #require(answer["attributionTop"]?.asDoubles)
    let amounts = layers.flatMap(\.flattened) + top + bottom
    let flow = try #require(ExactVector(exactly: amounts))
    let feasible = try #require(checkFeasible(flow, in: network).claim)
    #expect(feasible.value == answer["valueExact"]?.asRational)
    // A flow lies within the certified intervals.
    let least = try #require(expected["attributionMinimum"]?.asDoubles)
    let most = try #require(expected["attributionMaximum"]?.asDoubles)
    for k in bottom.indices { #expect(least[k] <= bottom[k] && bottom[k] <= most[k]) }
  }

  @Test("the text of a flow names the entry of the tensor, or the arc and its ends")
  func flowText() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(SampleFile.dimacs, to: "n.max")
    let network = try flowcheck("solve", path, "--flow")
    #expect(network.output.contains("\narc  tail  head  flow\n  0     0     1   3.0\n"))
    let file = try folder.write("[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]", to: "t.json")
    let tensor = try flowcheck("solve", file, "--flow")
    let table = try #require(tensor.output.components(separatedBy: "l  i  j  flow\n").last)
    #expect(table.hasPrefix("0  0  0   1.0\n0  0  1   0.0\n0  1  0   0.0\n0  1  1   1.0\n1  0  0"))
    #expect(table.split(separator: "\n").count == 8)
  }

  @Test("a network's flow is one number for each arc, and its attributions are terminal arcs")
  func network() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(SampleFile.dimacs, to: "n.max")
    for solver in ["dinic", "push-relabel", "edmonds-karp"] {
      let answer = try solved(path, "--flow", "--solver", solver)
      #expect(answer["flow"]?.asDoubles == [3, 2, 2, 3, 1])
      #expect(answer["attribution"]?.asDoubles == [2, 3])
      #expect(answer["attributionTop"]?.asDoubles == [3, 2])
      #expect(answer["valueExact"]?.asString == "5")
      #expect(answer["layers"] == .null)
    }
  }

  @Test("pairwise values are maximum flows between two nodes, found another way")
  func pairwise() throws {
    let tensor = try realTensor("p03_two")
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    let answer = try solved(Repository.attention + "p03_two.avg.f32.npy", "--method", "pairwise")
    let rows = try #require(answer["matrix"]?.asArray)
    #expect(rows.count == 4)
    for i in 0..<4 {
      for j in 0..<4 {
        // Node (l, i) is T*l + i + 1; source and sink take no part.
        let value = FlowOracle.value(
          network, from: 4 * 6 + i + 1, to: j + 1, without: [network.source, network.sink])
        #expect(rows[i].asArray?[j].asDouble == value.nearestDouble, "\(i) to \(j)")
      }
    }
  }

  @Test("rollout is the product of the layers, and attention is the last one")
  func matrices() throws {
    let tensor = try realTensor("p03_two")
    var product = (0..<16).map { Rational($0 / 4 == $0 % 4 ? 1 : 0) }
    for l in stride(from: 5, through: 0, by: -1) {
      product = (0..<16).map { at in
        (0..<4).reduce(Rational(0)) { $0 + product[at / 4 * 4 + $1] * tensor[l, $1, at % 4] }
      }
    }
    let file = Repository.attention + "p03_two.avg.f32.npy"
    let rollout = try #require(try solved(file, "--method", "rollout")["matrix"]?.flattened)
    for (ours, exact) in zip(rollout, product) {
      // Six products of four terms each: at most some 30 roundings.
      #expect(abs(ours - exact.nearestDouble) <= 30 * exact.nearestDouble * 1.2e-16)
    }
    let last = try #require(try solved(file, "--method", "attention")["matrix"]?.flattened)
    #expect(last == (0..<16).map { tensor[5, $0 / 4, $0 % 4].nearestDouble })
  }

  @Test(
    "an attribution is row K of the matrix in single:K, and the column sums in all",
    arguments: ["pairwise", "rollout", "attention"])
  func attributions(method: String) throws {
    let file = Repository.attention + "p06_yes.avg.f32.npy"
    let all = try solved(file, "--method", method)
    #expect(all.keys == keys + ["matrix"])
    #expect(all["solver"] == .null)
    #expect(all["value"] == .null)
    #expect(all["attributionTop"] == .null)
    let matrix = try #require(all["matrix"]?.asArray).map { try #require($0.asDoubles) }
    let sums = (0..<6).map { j in matrix.reduce(0) { $0 + $1[j] } }
    let attribution = try #require(all["attribution"]?.asDoubles)
    #expect(zip(sums, attribution).allSatisfy { abs($0 - $1) <= 1e-14 })
    for row in [0, 5] {
      let single = try solved(file, "--method", method, "--mode", "single:\(row)")
      #expect(single["attribution"]?.asDoubles == matrix[row])
      #expect(single["matrix"] == all["matrix"])
    }
  }

  @Test("one token and one layer are solved by every method")
  func smallest() throws {
    let folder = try TemporaryFolder()
    let token = try folder.write(SampleFile.oneToken, to: "t.json")
    let layer = try folder.write(SampleFile.oneLayer, to: "l.json")
    for (method, value) in [("pairwise", 0.5), ("rollout", 0.5), ("attention", 0.5)] {
      #expect(try solved(token, "--method", method)["matrix"]?.flattened == [value])
    }
    for method in ["pairwise", "rollout", "attention"] {
      let matrix = try solved(layer, "--method", method)["matrix"]?.flattened
      #expect(matrix == [1.0 / 3, 2.0 / 3, 1, 0])
    }
  }

  @Test("the tables for people name the method and hold every token")
  func text() throws {
    for method in ["maxflow", "pairwise", "rollout", "attention"] {
      let run = try flowcheck(
        "solve", "corpus/attention/p03_two.avg.f32.npy", "--method", method, "--tokens",
        "corpus/attention/p03_two.tokens.json")
      #expect(run.exitCode == 0)
      #expect(run.output.contains(method))
      #expect(run.output.contains("[CLS]") && run.output.contains("[SEP]"))
    }
  }
}

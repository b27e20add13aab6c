import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import TestSupport
import Testing

/// Runs `solve` with some words and reads the answer.
private func solved(_ file: String, _ words: [String], code: Int32 = 0) throws -> JSONValue {
  let run = try flowcheck(words: ["solve", file, "--json"] + words)
  #expect(run.exitCode == code, "\(words): \(run.errors)")
  return try parsedJSON(run.output)
}

private let twoTokens = Repository.attention + "p03_two.avg.f32.npy"

@Suite("Regularised flows on the command line")
struct RegularisedCommandTests {
  /// What reference answers a run must come to.
  private struct Reference: CustomTestStringConvertible, Sendable {
    let name: String
    let mode: String
    let key: String
    let words: [String]

    var testDescription: String { "\(name) \(mode) \(key)" }

    static func about(_ names: [String]) -> [Reference] {
      names.flatMap { name in
        ["all", "single:0", "all+residual", "single:0+residual"].flatMap { mode in
          [
            ("l2", ["--method", "l2", "--lambda", "0.01"]),
            ("l2_lambda_0.2", ["--method", "l2", "--lambda", "0.2"]),
            ("barrier", ["--method", "barrier", "--mu", "1e-3"]),
          ].map { Reference(name: name, mode: mode, key: $0.0, words: $0.1) }
        }
      }
    }
  }

  @Test(
    "attributions are those of the reference to 1e-9, and within the certified radius",
    arguments: Reference.about(["p01_word", "p02_same_pair", "p03_two", "p06_yes"]))
  private func truth(reference: Reference) throws { try expectTruth(reference) }

  @Test(
    "the same on the other tensors", .tags(.long), .onlyInFullRuns,
    arguments: Reference.about([
      "p12_river", "p14_not", "p20_orchard128", "p22_same_pair_sym", "p23_yes_sym",
    ]))
  private func allTruth(reference: Reference) throws { try expectTruth(reference) }

  private func expectTruth(_ reference: Reference) throws {
    let text = FileManager.default.contents(atPath: Repository.attention + "truth.json") ?? Data()
    let truth = try #require(
      try parsedJSON(String(decoding: text, as: UTF8.self))["tensors"]?[reference.name]?["modes"]?[
        reference.mode]?[reference.key])
    let parts = reference.mode.split(separator: "+").map(String.init)
    let answer = try solved(
      Repository.attention + reference.name + ".avg.f32.npy",
      reference.words + ["--mode", parts[0]] + (parts.count == 2 ? ["--residual"] : []))
    #expect(answer["status"]?.asString == "optimal")
    let radius = try #require(answer["certifiedRadius"]?.asDouble)
    #expect(radius <= 1e-8)
    let ours = try #require(answer["attribution"]?.asDoubles)
    let theirs = try #require(truth["attr"]?.asDoubles)
    #expect(ours.count == theirs.count)
    for (our, their) in zip(ours, theirs) { #expect(abs(our - their) <= min(1e-9, radius + 1e-10)) }
    // The reference sums in doubles.
    let objective = try #require(answer["objective"]?.asDouble)
    let expected = try #require(truth["objective"]?.asDouble)
    #expect(abs(objective - expected) <= 1e-7 * max(1, abs(expected)))
  }

  @Test("the exact l2 flow is accepted without a residual and agrees with the one in doubles")
  func exact() throws {
    for lambda in ["0.01", "1/5"] {
      let exact = try solved(twoTokens, ["--method", "l2", "--lambda", lambda, "--exact"])
      let near = try solved(twoTokens, ["--method", "l2", "--lambda", lambda])
      #expect(exact["certifiedRadius"]?.asDouble == 0)
      #expect(exact["unique"]?.asBool == true)
      let texts = try #require(exact["attributionExact"]?.asArray)
      let fractions = texts.compactMap(\.asRational)
      #expect(fractions.map(\.nearestDouble) == exact["attribution"]?.asDoubles)
      let radius = try #require(near["certifiedRadius"]?.asDouble)
      let doubles = try #require(near["attribution"]?.asDoubles)
      for (fraction, double) in zip(fractions, doubles) {
        #expect(abs(fraction.nearestDouble - double) <= radius + 1e-15)
      }
    }
  }

  @Test("l1 is one flow of several, l1l2 and central are the only ones")
  func otherMethods() throws {
    let l1 = try solved(twoTokens, ["--method", "l1", "--lambda", "0.01"])
    #expect(l1["unique"]?.asBool == false)
    #expect(l1["certifiedRadius"] == .null)
    let both = try solved(twoTokens, ["--method", "l1l2", "--lambda", "0.01", "--alpha", "1/8"])
    #expect(both["unique"]?.asBool == true)
    #expect(both["alpha"]?.asDouble == 0.125)
    let central = try solved(twoTokens, ["--method", "central"])
    #expect(central["unique"]?.asBool == true)
    let maximum = try solved(twoTokens, [])
    #expect(central["valueExact"]?.asRational == maximum["valueExact"]?.asRational)
    let barrier = try solved(twoTokens, ["--method", "barrier", "--mu", "1e-7"])
    let limits = try #require(central["attribution"]?.asDoubles)
    let close = try #require(barrier["attribution"]?.asDoubles)
    for (limit, found) in zip(limits, close) { #expect(abs(limit - found) < 1e-4) }
  }

  @Test("what cannot be asked is a usage error that says what to do")
  func usage() throws {
    for (words, reason) in [
      (["--method", "l2"], "--method l2 needs --lambda"),
      (["--method", "barrier", "--lambda", "1"], "--lambda does not go with --method barrier"),
      (["--method", "l2", "--lambda", "0"], "--lambda takes a positive number, not 0"),
      (["--method", "barrier", "--mu", "-1"], "--mu takes a number such as 1e-6 or 1/3, not '-1'"),
      (["--method", "barrier", "--mu", "1", "--exact"], "--exact goes with --method l2"),
      (["--alpha", "1"], "--alpha does not go with --method maxflow"),
    ] {
      let run = try flowcheck(words: ["solve", twoTokens] + words)
      #expect(run.exitCode == 2 && run.output.isEmpty, "\(words)")
      #expect(run.errors.contains(reason), "\(run.errors)")
    }
  }

  @Test("weights beyond what doubles resolve end without a claim, and never as optimal")
  func extremes() throws {
    for words in [
      ["--method", "l2", "--lambda", "1e-300"], ["--method", "l2", "--lambda", "1e300"],
      ["--method", "barrier", "--mu", "1e-60"], ["--method", "barrier", "--mu", "1e60"],
    ] {
      let run = try flowcheck(words: ["solve", twoTokens, "--json"] + words)
      let answer = try parsedJSON(run.output)
      if run.exitCode == 0 {
        #expect(answer["status"]?.asString == "optimal" && answer["certifiedRadius"] != nil)
      } else {
        #expect(run.exitCode == 3, "\(words): \(run.errors)")
        #expect(answer["status"]?.asString != "optimal")
        #expect(answer["certifiedRadius"] == .null)
        #expect(answer["attribution"] == .null)
      }
    }
  }

  @Test("check adds both flows, and its certificate of them is verified and no other")
  func checkAndVerify() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/certificate.json"
    let run = try flowcheck(words: [
      "check", twoTokens, "--lambda", "1/5", "--mu", "1e-3", "--certificate", file, "--json",
    ])
    #expect(run.exitCode == 0, "\(run.errors)")
    let answer = try parsedJSON(run.output)
    for key in ["l2", "barrier"] {
      let part = try #require(answer[key])
      #expect(part["status"]?.asString == "optimal")
      #expect(part["unique"]?.asBool == true && part["certified"]?.asBool == true)
      #expect(part["uniqueness"]?["verdict"]?.asString == "confirmed")
      let flow = try solved(
        twoTokens,
        ["--method", key] + (key == "l2" ? ["--lambda", "1/5"] : ["--mu", "1e-3"]))
      #expect(part["attribution"]?.asDoubles == flow["attribution"]?.asDoubles)
    }
    #expect(try flowcheck("verify", file).exitCode == 0)
    // A smaller radius than the proof gives is refused by the rule that bounds it.
    let bytes = try #require(folder.bytes("certificate.json"))
    let sealed = try CaseFile.read(InputFile(bytes: Array(bytes), name: "certificate"))
    for position in sealed.contents.regularised.indices {
      var changed = sealed.contents
      guard case .near(var certificate) = changed.regularised[position].support else {
        Issue.record("a proof without a radius")
        continue
      }
      certificate.radius /= 2
      changed.regularised[position].support = .near(certificate)
      try folder.write(String(decoding: changed.bytes, as: UTF8.self), to: "changed.json")
      let refused = try flowcheck("verify", folder.path + "/changed.json")
      #expect(refused.exitCode == 1)
      #expect(refused.output.contains("regularised[\(position)]"), "\(refused.output)")
      #expect(refused.output.contains("radius"), "\(refused.output)")
    }
  }
}

import CaseFiles
import ExactArithmetic
import Foundation
import TestSupport
import Testing

/// A question about a real tensor to which another program knows the answer.
private struct Question: CustomTestStringConvertible, Sendable {
  let name: String
  let mode: String

  var testDescription: String { "\(name) \(mode)" }

  static func about(_ names: [String]) -> [Question] {
    names.flatMap { name in
      ["all", "single:0", "all+residual", "single:0+residual"].map {
        Question(name: name, mode: $0)
      }
    }
  }
}

@Suite("Reference answers on real attention")
struct TruthTests {
  @Test(
    "the answers on small tensors are those of the reference, to the last bit",
    arguments: Question.about(["p01_word", "p02_same_pair", "p03_two", "p06_yes"]))
  private func small(question: Question) throws { try expectTruth(question) }

  @Test(
    "the answers on the other tensors are those of the reference, to the last bit", .tags(.long),
    .onlyInFullRuns,
    arguments: Question.about([
      "p12_river", "p14_not", "p20_orchard128", "p22_same_pair_sym", "p23_yes_sym",
    ]))
  private func large(question: Question) throws { try expectTruth(question) }

  private func expectTruth(_ question: Question) throws {
    let text = FileManager.default.contents(atPath: Repository.attention + "truth.json") ?? Data()
    let truth = try #require(
      try parsedJSON(String(decoding: text, as: UTF8.self))["tensors"]?[question.name]?["modes"]?[
        question.mode])
    let parts = question.mode.split(separator: "+").map(String.init)
    let answer = try parsedJSON(
      try flowcheck(
        words: [
          "check", Repository.attention + question.name + ".avg.f32.npy", "--json", "--z3", "never",
          "--mode", parts[0],
        ] + (parts.count == 2 ? ["--residual"] : [])
      ).output)
    #expect(answer["residual"]?.asBool == (parts.count == 2))
    // The exact value is num / 2^log2den.
    let exponent = try #require(truth["maxflow_exact"]?["log2den"]?.asInt)
    let scale = (0..<exponent).reduce(Rational(1)) { power, _ in power * 2 }
    let numerator = try #require(truth["maxflow_exact"]?["num"]?.asRational)
    #expect(answer["valueExact"]?.asRational == numerator / scale)
    #expect(answer["value"]?.asDouble == truth["maxflow"]?.asDouble)
    #expect(answer["uniqueFlow"]?.asBool == truth["unique_flow"]?.asBool)
    #expect(answer["undeterminedArcs"]?.asInt == truth["edges_not_determined"]?.asInt)
    for (ours, theirs) in [("attributionMinimum", "attr_min"), ("attributionMaximum", "attr_max")] {
      let expected = try #require(truth[theirs]?.asDoubles)
      #expect(answer[ours]?.asDoubles == expected)
      if let exact = truth[theirs + "_num"]?.asArray {
        let nearest = exact.compactMap { $0.asRational.map { ($0 / scale).nearestDouble } }
        #expect(answer[ours]?.asDoubles == nearest)
      }
    }
    #expect(answer["uniqueAttribution"]?.asBool == truth["unique_attribution"]?.asBool)
  }
}

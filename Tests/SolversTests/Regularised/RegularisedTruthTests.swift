// Regularised flows of real tensors against answers that another program computed.
import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import Solvers
import TestSupport
import Testing

/// A method, as the reference names it, with its term and the weight of the term.
private struct Method: Sendable, CustomTestStringConvertible {
  let key: String
  let term: CirculationProblem.Term

  var testDescription: String { key }

  static let all = [
    Method(key: "l2", term: .squares(lambda: Rational(1, 100))),
    Method(key: "l2_lambda_0.2", term: .squares(lambda: Rational(1, 5))),
    Method(key: "barrier", term: .logarithms(mu: Rational(1, 1000))),
  ]
}

@Suite("Regularised flows of real attention")
struct RegularisedTruthTests {
  @Test(
    "attributions are those of the reference, within the certified radius",
    arguments: ["p01_word", "p02_same_pair", "p03_two", "p06_yes"], Method.all)
  private func small(name: String, method: Method) throws { try expectTruth(name, method) }

  @Test(
    "attributions of larger tensors are those of the reference", .tags(.long), .onlyInFullRuns,
    arguments: ["p12_river", "p16_train", "p18_review40", "p19_harbour64"], Method.all)
  private func large(name: String, method: Method) throws { try expectTruth(name, method) }

  private func expectTruth(_ name: String, _ method: Method) throws {
    let text = try Data(contentsOf: URL(fileURLWithPath: Repository.attention + "truth.json"))
    let truth = try parsedJSON(String(decoding: text, as: UTF8.self))
    let raw = try RawTensor.read(Repository.attention + name + ".avg.f32.npy")
    for hasResidual in [false, true] {
      var options = PreparationOptions()
      options.hasResidual = hasResidual
      let tensor = try raw.prepared(options).tensor
      for mode in [Mode.all, .single(0)] {
        let title = mode.description + (hasResidual ? "+residual" : "")
        let expected = try #require(truth["tensors"]?[name]?["modes"]?[title]?[method.key])
        let network = try FlowNetwork(tensor: tensor, mode: mode)
        let solution = try CirculationProblem(network: network, term: method.term)
          .solveRegularised()
        #expect(solution.status == .optimal, "\(title)")
        let radius = try #require(solution.certificate?.radius.nearestDouble)
        #expect(radius <= 1e-8, "\(title)")
        let attribution = try #require(expected["attr"]?.asDoubles)
        for (amount, arc) in zip(attribution, network.sinkArcs) {
          #expect(abs(solution.flow[arc] - amount) <= radius + 1e-10, "\(title) \(arc)")
        }
        let objective = try #require(expected["objective"]?.asDouble)
        #expect(abs(solution.objective - objective) <= 1e-9 * max(1, abs(objective)), "\(title)")
      }
    }
  }
}

import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import Solvers
import TestSupport
import Testing

@Suite("Exact squares on real attention")
struct ExactTruthTests {
  @Test(
    "attributions, value and objective are those of another program, and the kernel accepts",
    arguments: ["p01_word", "p02_same_pair", "p03_two", "p06_yes", "p12_river"],
    ["all", "single:0", "all+residual", "single:0+residual"])
  func truth(name: String, mode: String) throws {
    let data = FileManager.default.contents(atPath: Repository.attention + "truth.json") ?? Data()
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let tensors = try #require(json["tensors"] as? [String: [String: Any]])
    let modes = try #require(tensors[name]?["modes"] as? [String: [String: Any]])
    let parts = mode.split(separator: "+").map(String.init)
    var options = PreparationOptions()
    options.hasResidual = parts.count == 2
    let path = Repository.attention + name + ".avg.f32.npy"
    let tensor = try RawTensor.read(path).prepared(options).tensor
    let network = try FlowNetwork(tensor: tensor, mode: try #require(Mode(parts[0])))
    for (key, lambda) in [("l2", Rational(1, 100)), ("l2_lambda_0.2", Rational(1, 5))] {
      let truth = try #require(modes[mode]?[key] as? [String: Any])
      let problem = try CirculationProblem(network: network, term: .squares(lambda: lambda))
      let solution = exactRegularisedFlow(problem)
      let optimum = try #require(solution.optimum)
      #expect(kernelVerdict(problem, optimum) == nil)
      #expect(solution.iterations <= 3, "\(solution.iterations) systems")
      let ours = network.sinkArcs.map { optimum.flow[$0].nearestDouble }
      let theirs = try #require(truth["attr"] as? [Double])
      #expect(ours.count == theirs.count)
      #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) <= 1e-10 }, "\(ours) \(theirs)")
      let value = try #require(truth["value"] as? Double)
      #expect(abs(optimum.value.nearestDouble - value) <= 1e-10)
      let objective = try #require(truth["objective"] as? Double)
      #expect(abs(optimum.objective.nearestDouble - objective) <= 1e-10)
    }
  }
}

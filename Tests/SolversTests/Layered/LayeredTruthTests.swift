import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import Solvers
import TestSupport
import Testing

@Suite("Maximum flow on real attention")
struct LayeredTruthTests {
  @Test(
    "values are those of another program, and the kernel accepts flow and cut",
    arguments: ["all", "single:0", "all+residual", "single:0+residual"])
  func truth(mode: String) throws {
    let data = FileManager.default.contents(atPath: Repository.attention + "truth.json") ?? Data()
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let tensors = try #require(json["tensors"] as? [String: [String: Any]])
    let parts = mode.split(separator: "+").map(String.init)
    var options = PreparationOptions()
    options.hasResidual = parts.count == 2
    var compared = 0
    for (name, entry) in tensors {
      let modes = try #require(entry["modes"] as? [String: [String: Any]])
      guard let expected = modes[mode]?["maxflow"] as? Double else { continue }
      let path = Repository.attention + name + ".avg.f32.npy"
      let tensor = try RawTensor.read(path).prepared(options).tensor
      let network = try FlowNetwork(tensor: tensor, mode: try #require(Mode(parts[0])))
      let answer = MaximumFlowSolver.layered.solve(network)
      let flow = try #require(checkFeasible(answer.flow, in: network).claim)
      let maximum = try #require(checkMaximum(flow, cut: answer.cut).claim)
      #expect(maximum.value == answer.value)
      #expect(abs(answer.value.nearestDouble - expected) <= 1e-12 * expected, "\(name)")
      compared += 1
    }
    #expect(compared >= 20)
  }
}

import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

@Suite struct SecondOptimumTests {
  @Test("there is a second optimum exactly if two integral flows are best, and it shows where")
  func enumeration() throws {
    var numbers = TestNumbers(seed: 63)
    var (unique, ambiguous) = (0, 0)
    for round in 0..<400 {
      let small = TestCirculation(
        nodeCount: 2 + round % 4, arcCount: 2 + round % 6, numbers: &numbers)
      let flows = small.integralFlows
      guard let least = flows.map({ small.cost($0) }).min() else { continue }
      let best = flows.filter { small.cost($0) == least }
      let problem = try small.problem(unit: Rational(1, 3), costUnit: 5)
      let optimum = try #require(problem.minimumCostCirculation().optimum)
      guard let second = problem.secondOptimum(beside: optimum) else {
        #expect(best.count == 1, "\(small)")
        unique += 1
        continue
      }
      ambiguous += 1
      #expect(brokenConditions(problem, second) == [], "\(small)")
      #expect(second.objective == optimum.objective)
      // The flows of least cost are a polytope with integral corners.
      let undetermined = small.arcs.indices.filter { arc in Set(best.map { $0[arc] }).count > 1 }
      let changed = small.arcs.indices.filter { second.flow[$0] != optimum.flow[$0] }
      #expect(changed == undetermined, "\(small)")
    }
    #expect(unique > 50 && ambiguous > 50, "\(unique) unique, \(ambiguous) ambiguous")
  }

  @Test("l1 below its threshold leaves the two maximum flows of the smallest ambiguous tensor")
  func l1Decides() throws {
    let network = try FlowNetwork(
      tensor: tensor([[[1, 0], [0, 1]], [[1, 0], [1, 0]]]), mode: .all)
    let problem = try CirculationProblem(
      network: network, costs: ExactVector([Rational](repeating: Rational(1, 5), count: 12)))
    let optimum = try #require(problem.minimumCostCirculation().optimum)
    let second = try #require(problem.secondOptimum(beside: optimum))
    #expect(brokenConditions(problem, second) == [])
    #expect(optimum.value == 1 && second.value == 1)
    let sources = network.sourceArcs
    #expect(sources.map { optimum.flow[$0] } != sources.map { second.flow[$0] })
  }
}

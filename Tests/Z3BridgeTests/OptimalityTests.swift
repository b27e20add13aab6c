import Checker
import ExactArithmetic
import Testing
import Z3Bridge

@Suite("Optimality")
struct OptimalityTests {
  @Test("maximum flows are maximum, and parts of them can be improved, on random tiny networks")
  func randomNetworks() throws {
    let session = Z3Session()
    var improved = 0
    for number in 0..<200 {
      let maximum = try maximumFlow(try sampleNetwork(number))
      #expect(try session.optimality(of: maximum.flow).answer == .maximum, "network \(number)")
      let network = maximum.flow.network
      let part = ExactVector((0..<network.arcCount).map { maximum.flow.amounts[$0] / 3 })
      let feasible = try #require(checkFeasible(part, in: network).claim)
      let answer = try session.optimality(of: feasible).answer
      guard maximum.value > 0 else {
        #expect(answer == .maximum, "network \(number)")
        continue
      }
      guard case .improvable(let better) = answer else {
        Issue.record("network \(number): \(answer)")
        continue
      }
      #expect(better.value > feasible.value && better.value <= maximum.value)
      improved += 1
    }
    #expect(improved > 100)
  }

  @Test("a flow that misses the maximum by the smallest double is not maximum")
  func smallestImprovement() throws {
    let tiny = try #require(Rational(exactly: Double.leastNonzeroMagnitude))
    let path = try network(nodes: 3, [(0, 2, 1), (2, 1, 1)])
    let flow = try #require(
      checkFeasible(ExactVector([1 - tiny, 1 - tiny]), in: path).claim)
    guard case .improvable(let better) = try Z3Session().optimality(of: flow).answer else {
      Issue.record("taken for maximum")
      return
    }
    #expect(better.value > flow.value)
  }

  @Test("a source without arcs has the maximum flow 0")
  func isolatedSource() throws {
    let apart = try network(nodes: 3, [(2, 1, 1), (1, 2, 1)])
    let flow = try #require(
      checkFeasible(ExactVector([0, 0] as [Int64], denominator: 1), in: apart).claim)
    let answer = try Z3Session().optimality(of: flow)
    #expect(answer.answer == .maximum)
    #expect(answer.effort.checkCount == 0)
  }
}

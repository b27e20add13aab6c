import Checker
import ExactArithmetic
import Networks
import Testing

@Suite struct ResidualGraphTests {
  private let graph = TestGraph(nodeCount: 4, arcs: [(0, 1), (1, 2), (2, 0), (1, 1), (3, 1)])

  @Test("residuals are what is left forward and what can be taken back")
  func residuals() {
    let residual = ResidualGraph<Int64>(
      adjacency: graph.adjacency, source: 0, sink: 2, capacities: [5, 4, 3, 2, 1],
      flow: [3, 2, 0, 2, 0])
    #expect(residual.residual == [2, 3, 2, 2, 3, 0, 0, 2, 1, 0])
    #expect(residual.flow == [3, 2, 0, 2, 0])
    #expect(residual.value == 3)
  }

  @Test("the value counts arcs into the source against it, and loops at the source not at all")
  func value() {
    let graph = TestGraph(nodeCount: 2, arcs: [(0, 1), (1, 0), (0, 0)])
    let residual = ResidualGraph<Double>(
      adjacency: graph.adjacency, source: 0, sink: 1, capacities: [4, 4, 4], flow: [3, 1, 2])
    #expect(residual.value == 2)
  }

  @Test("reachable nodes are those of open half-arcs")
  func reachable() {
    var numbers = TestNumbers(seed: 5)
    for round in 0..<200 {
      let graph = TestGraph(nodeCount: 2 + round % 6, arcCount: round % 9, numbers: &numbers)
      let capacities = graph.arcs.map { _ in Int64.random(in: 0..<2, using: &numbers) }
      let residual = ResidualGraph(
        adjacency: graph.adjacency, source: 0, sink: 1, capacities: capacities)
      let isOpen = residual.openHalfArcs
      let reach = graph.reach { isOpen[$0] }
      for node in 0..<graph.nodeCount {
        let members = residual.reachable(from: node).members
        #expect(members == (0..<graph.nodeCount).filter { reach[node][$0] })
      }
    }
  }

  @Test("a work limit is exceeded only above it, and no limit never is")
  func workLimit() {
    #expect(!WorkLimit(arcScans: 3).isExceeded(by: 3))
    #expect(WorkLimit(arcScans: 3).isExceeded(by: 4))
    #expect(!WorkLimit.unlimited.isExceeded(by: .max))
    #expect(WorkLimit(arcScans: 3).remaining(after: 2) == WorkLimit(arcScans: 1))
    #expect(WorkLimit(arcScans: 3).remaining(after: 9) == WorkLimit(arcScans: 0))
    #expect(WorkLimit.unlimited.remaining(after: 9) == .unlimited)
  }
}

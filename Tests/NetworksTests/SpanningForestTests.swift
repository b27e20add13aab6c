import Networks
import Testing

@Suite struct SpanningForestTests {
  @Test("trees are named by their smallest node, and parents come first")
  func randomGraphs() {
    var numbers = TestNumbers(seed: 4)
    for round in 0..<300 {
      let graph = TestGraph(nodeCount: 1 + round % 8, arcCount: round % 10, numbers: &numbers)
      let isIncluded = graph.arcs.map { _ in Bool.random(using: &numbers) }
      let adjacency = graph.adjacency
      let forest = SpanningForest(adjacency, isIncluded: isIncluded)
      let reach = graph.reach { isIncluded[$0 >> 1] }
      #expect(forest.order.sorted() == (0..<Int32(graph.nodeCount)).map { $0 })
      var isMet = [Bool](repeating: false, count: graph.nodeCount)
      for node in forest.order.map({ Int($0) }) {
        isMet[node] = true
        #expect(Int(forest.root[node]) == reach[node].firstIndex(of: true))
        let halfArc = Int(forest.parentHalfArc[node])
        #expect((halfArc < 0) == (Int(forest.root[node]) == node))
        if halfArc >= 0 {
          #expect(isIncluded[halfArc >> 1])
          #expect(Int(adjacency.target[halfArc]) == node)
          #expect(isMet[Int(adjacency.target[halfArc ^ 1])])
        }
      }
    }
  }
}

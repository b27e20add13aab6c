import Checker
import ExactArithmetic
import Networks
import Testing

@Suite struct AdjacencyTests {
  @Test("every half-arc is listed once, at the node that it leaves, in increasing order")
  func halfArcsAreGrouped() {
    var numbers = TestNumbers(seed: 1)
    for arcCount in 0..<12 {
      let graph = TestGraph(nodeCount: 5, arcCount: arcCount, numbers: &numbers)
      let adjacency = graph.adjacency
      #expect(adjacency.halfArcs.sorted() == (0..<Int32(2 * arcCount)).map { $0 })
      for node in 0..<5 {
        let slots = Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1])
        let group = Array(adjacency.halfArcs[slots])
        #expect(group == group.sorted())
        #expect(group.allSatisfy { Int(adjacency.target[Int($0) ^ 1]) == node })
        #expect(group.map { adjacency.target[Int($0)] } == Array(adjacency.neighbors[slots]))
        #expect(adjacency.degree(of: node) == group.count)
      }
      for (arc, ends) in graph.arcs.enumerated() {
        #expect(adjacency.ends(of: arc) == ends)
      }
    }
  }

  @Test("a self loop leaves its node twice")
  func selfLoop() {
    let adjacency = TestGraph(nodeCount: 2, arcs: [(1, 1)]).adjacency
    #expect(adjacency.degree(of: 0) == 0)
    #expect(adjacency.degree(of: 1) == 2)
  }

  @Test("the adjacency of a layered network is that of the same arcs in a list")
  func layeredIsListed() {
    for (layers, tokens) in [(1, 1), (1, 3), (2, 2), (3, 4)] {
      for arcs in [
        Arcs.layered(layers: layers, tokens: tokens),
        Arcs.layeredForward(layers: layers, tokens: tokens),
      ] {
        let ends = (0..<arcs.count).map { arcs.ends(of: $0) }
        let listed = Arcs.listed(
          tails: ends.map { Int32($0.tail) }, heads: ends.map { Int32($0.head) })
        let nodeCount = (layers + 1) * tokens + 2
        #expect(
          Adjacency(nodeCount: nodeCount, arcs: arcs)
            == Adjacency(nodeCount: nodeCount, arcs: listed))
      }
    }
  }
}

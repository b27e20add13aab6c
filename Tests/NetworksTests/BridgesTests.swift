import Networks
import Testing

@Suite struct BridgesTests {
  @Test("an arc is a bridge exactly if its removal separates its ends")
  func removal() {
    var numbers = TestNumbers(seed: 3)
    for round in 0..<400 {
      let graph = TestGraph(nodeCount: 2 + round % 7, arcCount: round % 11, numbers: &numbers)
      let isIncluded = graph.arcs.map { _ in Int.random(in: 0..<5, using: &numbers) > 0 }
      let found = bridges(graph.adjacency, isIncluded: isIncluded)
      for (arc, ends) in graph.arcs.enumerated() {
        let without = graph.reach { $0 >> 1 != arc && isIncluded[$0 >> 1] }
        let isBridge = isIncluded[arc] && !without[ends.tail][ends.head]
        #expect(found[arc] == isBridge, "arc \(arc) of \(graph) with \(isIncluded)")
      }
    }
  }

  @Test("parallel and antiparallel arcs and self loops are no bridges, a single arc is one")
  func multigraph() {
    func found(_ arcs: [(tail: Int, head: Int)]) -> [Bool] {
      bridges(
        TestGraph(nodeCount: 3, arcs: arcs).adjacency,
        isIncluded: [Bool](repeating: true, count: arcs.count))
    }
    #expect(found([(0, 1)]) == [true])
    #expect(found([(0, 1), (0, 1)]) == [false, false])
    #expect(found([(0, 1), (1, 0)]) == [false, false])
    #expect(found([(0, 0)]) == [false])
    #expect(found([(0, 1), (1, 1), (1, 2), (2, 1)]) == [true, false, false, false])
  }

  @Test("on a path of 100,000 nodes every arc is a bridge")
  func longPath() {
    let arcs = (0..<99_999).map { (tail: $0 + 1, head: $0) }
    let graph = TestGraph(nodeCount: 100_000, arcs: arcs)
    let all = [Bool](repeating: true, count: arcs.count)
    #expect(bridges(graph.adjacency, isIncluded: all) == all)
  }
}

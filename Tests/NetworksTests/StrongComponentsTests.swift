import Networks
import Testing

@Suite struct StrongComponentsTests {
  @Test("components of every digraph with three nodes are those of mutual reachability")
  func everyDigraphWithThreeNodes() {
    let pairs = (0..<9).map { ($0 / 3, $0 % 3) }
    for chosen in 0..<512 {
      let arcs = pairs.enumerated().filter { chosen >> $0.offset & 1 == 1 }.map(\.element)
      let graph = TestGraph(nodeCount: 3, arcs: arcs.map { (tail: $0.0, head: $0.1) })
      expectMutualReachability(graph, isOpen: (0..<(2 * arcs.count)).map { $0 & 1 == 0 })
    }
  }

  @Test("components of random half-arcs are those of mutual reachability")
  func randomHalfArcs() {
    var numbers = TestNumbers(seed: 2)
    for round in 0..<300 {
      let graph = TestGraph(nodeCount: 2 + round % 9, arcCount: round % 17, numbers: &numbers)
      let isOpen = (0..<(2 * graph.arcs.count)).map { _ in Bool.random(using: &numbers) }
      expectMutualReachability(graph, isOpen: isOpen)
    }
  }

  @Test("a path of 100,000 nodes needs no deep recursion")
  func longPath() {
    let nodeCount = 100_000
    let arcs = (0..<(nodeCount - 1)).map { (tail: $0, head: $0 + 1) }
    let adjacency = TestGraph(nodeCount: nodeCount, arcs: arcs).adjacency
    let forward = (0..<(2 * arcs.count)).map { $0 & 1 == 0 }
    #expect(StrongComponents(adjacency, isOpen: forward).count == nodeCount)
    let both = [Bool](repeating: true, count: 2 * arcs.count)
    #expect(StrongComponents(adjacency, isOpen: both).count == 1)
  }

  private func expectMutualReachability(_ graph: TestGraph, isOpen: [Bool]) {
    let components = StrongComponents(graph.adjacency, isOpen: isOpen)
    let reach = graph.reach { isOpen[$0] }
    #expect(Set(components.component) == Set(0..<Int32(components.count)))
    for a in 0..<graph.nodeCount {
      for b in 0..<graph.nodeCount {
        let isSame = components.component[a] == components.component[b]
        #expect(isSame == (reach[a][b] && reach[b][a]), "nodes \(a), \(b) of \(graph) \(isOpen)")
        if reach[a][b] { #expect(components.component[a] >= components.component[b]) }
      }
    }
  }
}

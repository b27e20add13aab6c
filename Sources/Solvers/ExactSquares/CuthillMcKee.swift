// An order of nodes in which arcs do not reach far.
//
// Elimination in an order fills each row from its first entry on. Numbering the nodes in breadth
// from a node of small degree, neighbours of small degree first, keeps the ends of arcs in the same
// or neighbouring levels of the search. Source: [CM].
import Networks

/// The place of each node in breadth, the nodes that are left out at the end.
func cuthillMcKeePlaces(_ adjacency: Adjacency, isLeftOut: [Bool]) -> [Int32] {
  let nodeCount = adjacency.nodeCount
  func isSmaller(_ a: Int, _ b: Int) -> Bool {
    (adjacency.degree(of: a), a) < (adjacency.degree(of: b), b)
  }
  var isMet = isLeftOut
  var order: [Int] = []
  var finished = 0
  for start in (0..<nodeCount).sorted(by: isSmaller) where !isMet[start] {
    isMet[start] = true
    order.append(start)
    while finished < order.count {
      let node = order[finished]
      finished += 1
      var next: [Int] = []
      let slots = Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1])
      for neighbor in adjacency.neighbors[slots].lazy.map({ Int($0) }) where !isMet[neighbor] {
        isMet[neighbor] = true
        next.append(neighbor)
      }
      order += next.sorted(by: isSmaller)
    }
  }
  order += (0..<nodeCount).filter { isLeftOut[$0] }
  var place = [Int32](repeating: 0, count: nodeCount)
  for (position, node) in order.enumerated() { place[node] = Int32(truncatingIfNeeded: position) }
  return place
}

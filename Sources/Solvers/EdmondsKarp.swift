// Maximum flow by shortest augmenting paths: the reference for the other two.
//
// Problem: given capacities, the flow from source to sink of the largest value.
// Idea: while the residual graph has a path from source to sink, push the smallest residual of a
// shortest one along it. When there is none, the nodes still reached form a saturated cut.
// Why it terminates, on doubles too: the smallest residual of the path becomes exactly 0, since
// x - x = 0. That half-arc can be on a path again only after a push on its reverse, when its tail
// is at least two steps farther from the source; so each half-arc is emptied at most n / 2 times.
// The argument uses distances only, never amounts.
// Cost: O(n m) paths of O(m) looks each. Source: [EK].
import Networks

/// Pushes a maximum flow by shortest augmenting paths.
func solveByEdmondsKarp<Number: FlowNumber>(
  _ graph: inout ResidualGraph<Number>, limit: WorkLimit
) -> MaximumFlowRun {
  let adjacency = graph.adjacency
  let (first, halfArcs) = (adjacency.firstHalfArc, adjacency.halfArcs)
  let (neighbors, target) = (adjacency.neighbors, adjacency.target)
  let (source, sink) = (graph.source, graph.sink)
  // The half-arc by which each node was reached, -1 for none.
  var entry = [Int32](repeating: -1, count: adjacency.nodeCount)
  var queue: [Int32] = []
  queue.reserveCapacity(adjacency.nodeCount)
  var work = 0

  // Every pass empties a half-arc of a shortest path; see above for the bound.
  while true {
    for node in 0..<entry.count { entry[node] = -1 }
    queue.removeAll(keepingCapacity: true)
    queue.append(Int32(truncatingIfNeeded: source))
    var finished = 0
    while finished < queue.count && entry[sink] < 0 {
      let node = Int(queue[finished])
      finished += 1
      let slots = Int(first[node])..<Int(first[node + 1])
      work += slots.count
      for slot in slots {
        let next = Int(neighbors[slot])
        guard entry[next] < 0, next != source, graph.residual[Int(halfArcs[slot])] > .zero
        else { continue }
        entry[next] = halfArcs[slot]
        queue.append(Int32(truncatingIfNeeded: next))
      }
    }
    guard entry[sink] >= 0 else { return MaximumFlowRun(status: .optimal, work: work) }

    var amount = graph.residual[Int(entry[sink])]
    var node = sink
    while node != source {
      let halfArc = Int(entry[node])
      amount = min(amount, graph.residual[halfArc])
      node = Int(target[halfArc ^ 1])
    }
    node = sink
    while node != source {
      let halfArc = Int(entry[node])
      graph.residual[halfArc] -= amount
      graph.residual[halfArc ^ 1] += amount
      node = Int(target[halfArc ^ 1])
    }
    if limit.isExceeded(by: work) {
      return MaximumFlowRun(status: .workLimitReached, work: work)
    }
  }
}

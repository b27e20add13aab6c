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
  let first = adjacency.firstHalfArc.span
  let halfArcs = adjacency.halfArcs.span
  let neighbors = adjacency.neighbors.span
  let target = adjacency.target.span
  let (source, sink) = (graph.source, graph.sink)
  var residual = graph.residual.mutableSpan
  // The half-arc by which each node was reached, -1 for none; any other number at the source.
  var entries = filled(adjacency.nodeCount, with: Int32(-1))
  var entry = entries.mutableSpan
  // The nodes reached, in order.
  var nodes = filled(adjacency.nodeCount, with: Int32(0))
  var queue = nodes.mutableSpan
  var work = 0

  // Every pass empties a half-arc of a shortest path; see above for the bound.
  while true {
    for node in 0..<entry.count { entry[node] = -1 }
    entry[source] = 0
    queue[0] = Int32(truncatingIfNeeded: source)
    var (finished, reached) = (0, 1)
    while finished < reached && entry[sink] < 0 {
      let node = Int(queue[finished])
      finished += 1
      let slots = Int(first[node])..<Int(first[node + 1])
      work += slots.count
      for slot in slots {
        let next = Int(neighbors[slot])
        guard entry[next] < 0, residual[Int(halfArcs[slot])] > .zero else { continue }
        entry[next] = halfArcs[slot]
        queue[reached] = Int32(truncatingIfNeeded: next)
        reached += 1
      }
    }
    guard entry[sink] >= 0 else { return MaximumFlowRun(status: .optimal, work: work) }

    var amount = residual[Int(entry[sink])]
    var node = sink
    while node != source {
      let halfArc = Int(entry[node])
      amount = min(amount, residual[halfArc])
      node = Int(target[halfArc ^ 1])
    }
    node = sink
    while node != source {
      let halfArc = Int(entry[node])
      residual[halfArc] -= amount
      residual[halfArc ^ 1] += amount
      node = Int(target[halfArc ^ 1])
    }
    if limit.isExceeded(by: work) {
      return MaximumFlowRun(status: .workLimitReached, work: work)
    }
  }
}

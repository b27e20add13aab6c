// Maximum flow by blocking flows.
//
// Idea: measure each node's distance to the sink in the residual graph, push flow along shortest
// paths until every one of them has an empty half-arc, and start again. Measuring from the sink
// keeps walks away from nodes that do not lead to it.
// Why it terminates, on doubles too: a push empties a half-arc exactly, and reverses of pushed
// half-arcs lead up a level, not down; so after a phase no path of the old length is left, and the
// distance from source to sink has grown. It is below n. Amounts do not enter the argument.
// Cost: at most n phases of O(n m) steps each; on networks of L layers hardly more than L phases.
// Source: [D].
import Networks

/// Pushes a maximum flow by blocking flows.
func solveByDinic<Number: FlowNumber>(
  _ graph: inout ResidualGraph<Number>, limit: WorkLimit
) -> MaximumFlowRun {
  let levels = LevelGraph(root: graph.sink, goal: graph.source, flip: 0)
  var level = filled(graph.adjacency.nodeCount, with: Int32(-1))
  var queue = level
  var buffers = WalkBuffers()
  var remaining: Number?
  var pushed: [Int32]?
  var work = 0
  // Every pass makes the way from source to sink longer.
  while true {
    measureLevels(
      levels, graph.adjacency, graph.residual, &level, queue: &queue, work: &work)
    if level[graph.source] < 0 { return MaximumFlowRun(status: .optimal, work: work) }
    pushBlockingFlow(
      in: levels, graph.adjacency, level: level, residual: &graph.residual,
      remaining: &remaining, pushed: &pushed, buffers: &buffers, work: &work)
    if limit.isExceeded(by: work) {
      return MaximumFlowRun(status: .workLimitReached, work: work)
    }
  }
}

/// Distances to the root, -1 where there is no way; complete below the goal's level.
///
/// `queue` is an array to work in, of one entry per node.
private func measureLevels<Number: FlowNumber>(
  _ levels: LevelGraph, _ adjacency: Adjacency, _ residual: [Number], _ level: inout [Int32],
  queue: inout [Int32], work: inout Int
) {
  let first = adjacency.firstHalfArc.span
  let halfArcs = adjacency.halfArcs.span
  let neighbors = adjacency.neighbors.span
  let residual = residual.span
  var level = level.mutableSpan
  var queue = queue.mutableSpan
  for node in 0..<level.count { level[node] = -1 }
  queue[0] = Int32(truncatingIfNeeded: levels.root)
  level[levels.root] = 0
  var (finished, reached) = (0, 1)
  while finished < reached && level[levels.goal] < 0 {
    let node = Int(queue[finished])
    finished += 1
    let slots = Int(first[node])..<Int(first[node + 1])
    work += slots.count
    for slot in slots {
      let next = Int(neighbors[slot])
      guard level[next] < 0, residual[Int(halfArcs[slot]) ^ 1] > .zero else { continue }
      level[next] = level[node] + 1
      queue[reached] = Int32(truncatingIfNeeded: next)
      reached += 1
    }
  }
}

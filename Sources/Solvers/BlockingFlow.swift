// Flow along shortest paths until none is left: the inner part of Dinic's algorithm, used from
// either end.
//
// A search in breadth from a root gives each node its level, the distance to the root. Walks start
// at the goal and go down one level per step, so they end at the root after as many steps as the
// goal's level and never run in a circle. Each node remembers the first of its half-arcs that may
// still be of use; a half-arc that led nowhere, or was emptied, is not looked at again. Every push
// empties a half-arc, so a blocking flow takes at most m pushes and O(n m) steps, on doubles too.
//
// The root is the end of the paths when levels count the way to the sink (`flip` = 0), and their
// beginning when they count the way from the source (`flip` = 1); then the walk goes backwards
// along the paths, and the half-arc to push on is the reverse of the one walked.
import Networks

/// Distances from a root, to walk down towards it from a goal.
struct LevelGraph {
  /// The node of level 0.
  var root: Int
  /// The node where walks begin, at the highest level of interest.
  var goal: Int
  /// 0 if paths run from goal to root, 1 if they run from root to goal.
  var flip: Int
}

/// The arrays of a blocking flow, kept from one to the next.
struct WalkBuffers {
  /// For each node the position of the half-arc to look at next.
  var nextSlot: [Int32] = []
  /// The half-arcs to push on, from the goal down.
  var walk: [Int32] = []
}

/// Pushes along paths of the level graph until none is left, or the amount allowed is used up.
///
/// - Parameters:
///   - graph: root, goal and direction.
///   - adjacency: the half-arcs of the network.
///   - level: the distance of each node from the root, negative if it was not reached; right for
///     all nodes below the goal's level.
///   - residual: the residual of each half-arc.
///   - remaining: the amount that may still be pushed; nil for any amount.
///   - pushed: receives the half-arcs that were pushed on, with repetitions; nil if nobody asks.
///   - buffers: arrays to work in.
///   - work: counts looks at half-arcs.
func pushBlockingFlow<Number: FlowNumber>(
  in graph: LevelGraph, _ adjacency: Adjacency, level: [Int32], residual: inout [Number],
  remaining: inout Number?, pushed: inout [Int32]?, buffers: inout WalkBuffers, work: inout Int
) {
  buffers.nextSlot.removeAll(keepingCapacity: true)
  buffers.nextSlot.append(contentsOf: adjacency.firstHalfArc)
  if buffers.walk.count < adjacency.nodeCount {
    buffers.walk = filled(adjacency.nodeCount, with: 0)
  }
  pushBlockingFlow(
    in: graph, adjacency, level: level, residual: &residual, remaining: &remaining,
    pushed: &pushed, nextSlot: &buffers.nextSlot, walk: &buffers.walk, work: &work)
}

/// The same with two arrays of one entry per node: the slots to begin with, and one to work in.
private func pushBlockingFlow<Number: FlowNumber>(
  in graph: LevelGraph, _ adjacency: Adjacency, level: [Int32], residual: inout [Number],
  remaining: inout Number?, pushed: inout [Int32]?, nextSlot: inout [Int32],
  walk: inout [Int32], work: inout Int
) {
  let first = adjacency.firstHalfArc.span
  let halfArcs = adjacency.halfArcs.span
  let neighbors = adjacency.neighbors.span
  let target = adjacency.target.span
  let level = level.span
  var residual = residual.mutableSpan
  var nextSlot = nextSlot.mutableSpan
  var walk = walk.mutableSpan
  let flip = graph.flip

  var node = graph.goal
  // The number of steps of the walk.
  var steps = 0
  // Every pass takes a step down, gives up a half-arc for good, or empties one.
  while true {
    if node == graph.root {
      let kept = push(
        along: walk.span.extracting(0..<steps), residual: &residual, remaining: &remaining)
      if pushed != nil {
        for step in 0..<steps { pushed?.append(walk[step]) }
      }
      if remaining == .zero { return }
      node = Int(target[Int(walk[kept]) ^ 1 ^ flip])
      steps = kept
      continue
    }
    let below = level[node] - 1
    let start = Int(nextSlot[node])
    let end = Int(first[node + 1])
    var slot = start
    while slot < end {
      if level[Int(neighbors[slot])] == below && residual[Int(halfArcs[slot]) ^ flip] > .zero {
        break
      }
      slot += 1
    }
    work += slot - start + 1
    nextSlot[node] = Int32(truncatingIfNeeded: slot)
    if slot < end {
      let halfArc = Int(halfArcs[slot])
      walk[steps] = Int32(truncatingIfNeeded: halfArc ^ flip)
      steps += 1
      node = Int(neighbors[slot])
    } else {
      if steps == 0 { return }
      steps -= 1
      node = Int(target[Int(walk[steps]) ^ 1 ^ flip])
      nextSlot[node] += 1
    }
  }
}

/// Pushes the smallest residual of the walk, or what remains if that is less.
///
/// - Returns: the number of steps of the walk before the first half-arc that it emptied.
@inline(__always)
private func push<Number: FlowNumber>(
  along walk: Span<Int32>, residual: inout MutableSpan<Number>, remaining: inout Number?
) -> Int {
  var amount = residual[Int(walk[0])]
  for step in walk.indices { amount = min(amount, residual[Int(walk[step])]) }
  if let most = remaining {
    amount = min(amount, most)
    remaining = most - amount
  }
  var kept = walk.count
  for step in stride(from: walk.count - 1, through: 0, by: -1) {
    let halfArc = Int(walk[step])
    residual[halfArc] -= amount
    residual[halfArc ^ 1] += amount
    // Not `== .zero`, so that overflowing doubles end the walk too.
    if !(residual[halfArc] > .zero) { kept = step }
  }
  return kept
}

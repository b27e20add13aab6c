// Maximum flow by pushing excess downhill.
//
// Problem and idea: a preflow lets nodes take in more than they send on. Saturate every half-arc
// out of the source, then move the excess of nodes towards the sink, along half-arcs that go down
// exactly one in height, where heights are lower bounds of the distance to the sink. A node with
// excess and no way down is raised (relabelled). Of the nodes with excess the highest is served
// first. Two measures keep heights close to the truth: now and then all are measured again by a
// search from the sink (global relabelling), and when no node is left at some height, what is above
// it cannot reach the sink and is given up (gap).
//
// The second phase: what was given up still holds excess. The same procedure, towards the source,
// sends it back, so that the result is a flow and not a preflow. In the first phase the sink passes
// nothing on, so no excess comes from it, and every excess has its way back to the source.
//
// Why it terminates, on doubles too: heights only grow, and never above n. Between two relabellings
// of a node each of its half-arcs is emptied at most once, exactly (x - x = 0); any other push
// leaves the node without excess, exactly, and the usual bound for the highest label counts those
// by heights alone. Doubles may leave a rest of excess at a node whose inflow is used up by
// rounding; it finds no way back, is given up, and breaks conservation by the rounding error.
// Cost: O(n^2 sqrt(m)). Source: [GT]; heuristics [CG].
import Networks

/// Pushes a maximum flow by preflows, highest label first.
func solveByPushRelabel<Number: FlowNumber>(
  _ graph: inout ResidualGraph<Number>, limit: WorkLimit
) -> MaximumFlowRun {
  var residual: [Number] = []
  swap(&residual, &graph.residual)
  var preflow = Preflow(graph.adjacency, graph.source, graph.sink, residual)
  residual = []
  let closed = preflow.saturateSource()
  var isDone = preflow.settle(into: graph.sink, limit: limit)
  if isDone { isDone = preflow.settle(into: graph.source, limit: limit) }
  let work = preflow.work
  for (halfArc, amount) in closed { preflow.residual[halfArc] += amount }
  swap(&graph.residual, &preflow.residual)
  return MaximumFlowRun(status: isDone ? .optimal : .workLimitReached, work: work)
}

/// A preflow with its heights and its queue of nodes with excess.
private struct Preflow<Number: FlowNumber> {
  let adjacency: Adjacency
  let source: Int
  let sink: Int
  var residual: [Number]
  /// Inflow minus outflow of each node; never negative but at the source.
  private var excess: [Number]
  /// A lower bound of the distance to the node that excess moves to; `nodeCount` if there is no
  /// way.
  private var height: [Int32]
  /// The number of nodes at each height.
  private var population: [Int32]
  /// For each node the position of the half-arc to look at next.
  private var nextSlot: [Int32]
  /// The first node with excess at each height, -1 for none.
  private var firstActive: [Int32]
  /// The next node with excess at the same height, -1 for none.
  private var nextActive: [Int32]
  /// The nodes that a search has met, in its order.
  private var queue: [Int32]
  /// No node with excess is higher.
  private var highest = 0
  /// The number of looks at a half-arc.
  private(set) var work = 0

  init(_ adjacency: Adjacency, _ source: Int, _ sink: Int, _ residual: [Number]) {
    self.adjacency = adjacency
    self.source = source
    self.sink = sink
    self.residual = residual
    let nodeCount = adjacency.nodeCount
    excess = filled(nodeCount, with: .zero)
    height = filled(nodeCount, with: 0)
    population = filled(nodeCount + 1, with: 0)
    nextSlot = adjacency.firstHalfArc
    firstActive = filled(nodeCount + 1, with: -1)
    nextActive = filled(nodeCount, with: -1)
    queue = filled(nodeCount, with: 0)
  }

  private var nodeCount: Int { adjacency.nodeCount }

  /// Fills every half-arc out of the source, and closes the arcs into it.
  ///
  /// What comes back to the source comes on the arcs that it left by: another way would leave flow
  /// that goes round through the source and is of no use.
  /// - Returns: the half-arcs that were closed, with their residuals.
  mutating func saturateSource() -> [(halfArc: Int, amount: Number)] {
    var closed: [(halfArc: Int, amount: Number)] = []
    for slot in Int(adjacency.firstHalfArc[source])..<Int(adjacency.firstHalfArc[source + 1]) {
      let halfArc = Int(adjacency.halfArcs[slot])
      let next = Int(adjacency.target[halfArc])
      guard next != source else { continue }
      push(residual[halfArc], on: halfArc, from: source, to: next)
      // An odd half-arc is the way back on an arc into the source.
      if halfArc & 1 == 1 {
        closed.append((halfArc ^ 1, residual[halfArc ^ 1]))
        residual[halfArc ^ 1] = .zero
      }
    }
    return closed
  }

  /// Moves excess into a node until no other holds any that can reach it; false at the limit.
  mutating func settle(into target: Int, limit: WorkLimit) -> Bool {
    measureHeights(to: target)
    // As much work as a few searches over the network justifies the next one.
    let workBetweenSearches = 6 * nodeCount + 2 * adjacency.arcCount
    var nextSearch = work + workBetweenSearches
    // Bounded by the number of pushes and relabellings; see the head of this file.
    while let node = takeHighest() {
      discharge(node, target)
      if limit.isExceeded(by: work) { return false }
      if work > nextSearch {
        measureHeights(to: target)
        nextSearch = work + workBetweenSearches
      }
    }
    return true
  }

  @inline(__always)
  private mutating func push(_ amount: Number, on halfArc: Int, from node: Int, to next: Int) {
    residual[halfArc] -= amount
    residual[halfArc ^ 1] += amount
    excess[node] -= amount
    excess[next] += amount
  }

  /// Sets all heights to the distance to a node, and queues all other nodes with excess.
  private mutating func measureHeights(to target: Int) {
    let unreachable = Int32(truncatingIfNeeded: nodeCount)
    for node in 0..<nodeCount {
      height[node] = unreachable
      nextSlot[node] = adjacency.firstHalfArc[node]
      firstActive[node] = -1
      population[node] = 0
    }
    height[target] = 0
    queue[0] = Int32(truncatingIfNeeded: target)
    var (finished, reached) = (0, 1)
    highest = 0
    while finished < reached {
      let node = Int(queue[finished])
      finished += 1
      population[Int(height[node])] += 1
      if excess[node] > .zero && node != target { activate(node) }
      let slots = Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1])
      work += slots.count
      for slot in slots {
        let halfArc = Int(adjacency.halfArcs[slot])
        let next = Int(adjacency.target[halfArc])
        guard height[next] == unreachable, residual[halfArc ^ 1] > .zero, next != source,
          next != sink
        else { continue }
        height[next] = height[node] + 1
        queue[reached] = Int32(truncatingIfNeeded: next)
        reached += 1
      }
    }
  }

  /// Queues a node that has got excess.
  private mutating func activate(_ node: Int) {
    let level = Int(height[node])
    nextActive[node] = firstActive[level]
    firstActive[level] = Int32(truncatingIfNeeded: node)
    highest = max(highest, level)
  }

  /// Takes a highest node with excess off the queue.
  private mutating func takeHighest() -> Int? {
    while highest >= 0 {
      let node = Int(firstActive[highest])
      if node >= 0 {
        firstActive[highest] = nextActive[node]
        return node
      }
      highest -= 1
    }
    highest = 0
    return nil
  }

  /// Moves the excess of a node downhill, raising it as often as needed, until none is left or the
  /// node is given up.
  private mutating func discharge(_ node: Int, _ target: Int) {
    let end = Int(adjacency.firstHalfArc[node + 1])
    while true {
      let below = height[node] - 1
      var slot = Int(nextSlot[node])
      let start = slot
      while slot < end {
        let halfArc = Int(adjacency.halfArcs[slot])
        let next = Int(adjacency.target[halfArc])
        if height[next] == below && residual[halfArc] > .zero {
          let wakes = excess[next] == .zero && next != target
          push(min(excess[node], residual[halfArc]), on: halfArc, from: node, to: next)
          if wakes { activate(next) }
          if excess[node] == .zero { break }
        }
        slot += 1
      }
      work += slot - start + 1
      nextSlot[node] = Int32(truncatingIfNeeded: slot)
      if slot < end || !relabel(node) { return }
    }
  }

  /// Raises a node to one above its lowest open neighbour; false if it is given up.
  private mutating func relabel(_ node: Int) -> Bool {
    let unreachable = Int32(truncatingIfNeeded: nodeCount)
    var lowest = unreachable
    let slots = Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1])
    work += slots.count
    for slot in slots {
      let halfArc = Int(adjacency.halfArcs[slot])
      if residual[halfArc] > .zero {
        lowest = min(lowest, height[Int(adjacency.target[halfArc])])
      }
    }
    let old = height[node]
    let raised = min(lowest + 1, unreachable)
    population[Int(old)] -= 1
    if population[Int(old)] == 0 {
      // Nothing is left at the old height: whatever is above it, the node too, has no way down.
      for other in 0..<nodeCount where height[other] > old && height[other] < unreachable {
        population[Int(height[other])] -= 1
        height[other] = unreachable
      }
      // None of them is queued, since the node itself is a highest one with excess.
      height[node] = unreachable
      return false
    }
    height[node] = raised
    if raised == unreachable { return false }
    population[Int(raised)] += 1
    nextSlot[node] = Int32(truncatingIfNeeded: slots.lowerBound)
    return true
  }
}

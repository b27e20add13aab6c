// Further flow from one node to another through a residual graph, to be taken back afterwards.
//
// Intervals and pairwise values ask for many small flows on one large residual graph. Each is found
// by blocking flows. The search before a blocking flow runs from both ends, always on the side that
// has done less, and stops as soon as one side reaches the other end (that side's levels then guide
// the walks) or has nowhere left to go (there is no path, and what it met proves it). So a flow
// that one end's few arcs decide costs a few hundred looks, not a pass over the network. In a
// network of at most 64 nodes the search runs from the start alone, on words (`OpenNeighbors`).
//
// Afterwards only the arcs that were touched are put back; no array is copied per flow.
import Checker
import Networks

/// A residual graph on which flows are tried and undone.
struct WarmStart<Number: FlowNumber>: FlowTrials {
  private let adjacency: Adjacency
  /// The residuals between trials.
  private let base: [Number]
  private var residual: [Number]
  private var fromStart: SearchSide
  private var fromEnd: SearchSide
  private var buffers = WalkBuffers()
  /// The half-arcs that a trial pushes on, kept from one to the next.
  private var pushed: [Int32]? = []
  private var isTouched: [Bool]
  /// The neighbours of each node between trials, if the nodes fit a word, and during one.
  private let baseNeighbors: OpenNeighbors?
  private var neighbors: OpenNeighbors?
  /// The number of looks at a half-arc, or at the word of a node, so far.
  private(set) var work = 0

  /// Trials begin from the residuals of this graph.
  init(_ graph: ResidualGraph<Number>) {
    adjacency = graph.adjacency
    base = graph.residual
    residual = graph.residual
    fromStart = SearchSide(nodeCount: adjacency.nodeCount)
    fromEnd = fromStart
    isTouched = filled(adjacency.arcCount, with: false)
    baseNeighbors =
      adjacency.nodeCount <= OpenNeighbors.nodeLimit ? OpenNeighbors(adjacency, residual) : nil
    neighbors = baseNeighbors
  }

  func residual(of halfArc: Int) -> Number { base[halfArc] }

  mutating func push(
    from start: Int, to end: Int, atMost most: Number, blocked: Int?, limit: WorkLimit
  ) -> FlowTrial<Number>? {
    guard most > .zero else { return FlowTrial(amount: .zero, arcs: [], changes: [], cut: nil) }
    if let blocked {
      residual[2 * blocked] = .zero
      residual[2 * blocked + 1] = .zero
      let (tail, head) = adjacency.ends(of: blocked)
      neighbors?.update(tail, adjacency, residual)
      neighbors?.update(head, adjacency, residual)
    }
    var remaining: Number? = most
    pushed?.removeAll(keepingCapacity: true)
    var cut: NodeSet?
    var isStopped = false
    // Every pass but the last makes the way from start to end longer.
    while true {
      let known = pushed?.count ?? 0
      switch search(from: start, to: end) {
      case .closed(let set): cut = set
      case .reached(.start):
        pushBlockingFlow(
          in: LevelGraph(root: start, goal: end, flip: 1), adjacency, level: fromStart.level,
          residual: &residual, remaining: &remaining, pushed: &pushed, buffers: &buffers,
          work: &work)
      case .reached(.end):
        pushBlockingFlow(
          in: LevelGraph(root: end, goal: start, flip: 0), adjacency, level: fromEnd.level,
          residual: &residual, remaining: &remaining, pushed: &pushed, buffers: &buffers,
          work: &work)
      }
      if cut != nil || remaining == .zero { break }
      if let pushed {
        neighbors?.update(afterPushesOn: pushed[known...], adjacency, residual)
      }
      if limit.isExceeded(by: work) {
        isStopped = true
        break
      }
    }
    var trial = takeBack()
    if let blocked {
      residual[2 * blocked] = base[2 * blocked]
      residual[2 * blocked + 1] = base[2 * blocked + 1]
    }
    if let baseNeighbors { neighbors?.restore(baseNeighbors) }
    trial.amount = most - (remaining ?? .zero)
    trial.cut = cut
    return isStopped ? nil : trial
  }

  private enum Side {
    case start
    case end
  }

  /// What a search finds.
  private enum Finding {
    /// This side has met the other's root.
    case reached(Side)
    /// There is no path: nodes with the start and without the end, with no way out.
    case closed(NodeSet)
  }

  /// Searches from both ends, or on words from the start.
  private mutating func search(from start: Int, to end: Int) -> Finding {
    if let neighbors {
      let met = neighbors.search(from: start, to: end, &fromStart.level, work: &work)
      if met & (1 &<< UInt64(end)) != 0 { return .reached(.start) }
      return .closed(NodeSet(nodeCount: adjacency.nodeCount, word: met))
    }
    let found = searchFromBothEnds(
      adjacency, residual, start, end, &fromStart.level, &fromStart.queue, &fromStart.met,
      &fromEnd.level, &fromEnd.queue, &fromEnd.met)
    work += found.work
    let side = found.isStartDone ? Side.start : .end
    return found.isReached ? .reached(side) : .closed(closedSet(side))
  }

  /// The nodes that the start reaches, or all but those that reach the end.
  private func closedSet(_ side: Side) -> NodeSet {
    let level = side == .start ? fromStart.level : fromEnd.level
    var set = NodeSet(nodeCount: level.count)
    for node in 0..<level.count where (level[node] >= 0) == (side == .start) { set.insert(node) }
    return set
  }

  /// Restores the residuals of the arcs that were pushed on, and says how their flow had changed.
  private mutating func takeBack() -> FlowTrial<Number> {
    var trial = FlowTrial<Number>(amount: .zero, arcs: [], changes: [], cut: nil)
    guard let pushed, !pushed.isEmpty else { return trial }
    // One more, for the arc that the flow is pushed around.
    trial.arcs.reserveCapacity(pushed.count + 1)
    for halfArc in pushed where !isTouched[Int(halfArc >> 1)] {
      isTouched[Int(halfArc >> 1)] = true
      trial.arcs.append(halfArc >> 1)
    }
    trial.arcs.sort()
    trial.changes.reserveCapacity(trial.arcs.count + 1)
    var kept = 0
    for position in trial.arcs.indices {
      let arc = trial.arcs[position]
      isTouched[Int(arc)] = false
      let (forward, backward) = (2 * Int(arc), 2 * Int(arc) + 1)
      let change = residual[backward] - base[backward]
      if change != .zero {
        trial.arcs[kept] = arc
        kept += 1
        trial.changes.append(change)
      }
      residual[forward] = base[forward]
      residual[backward] = base[backward]
    }
    trial.arcs.removeLast(trial.arcs.count - kept)
    return trial
  }
}

/// One side of a search from both ends.
private struct SearchSide {
  /// The distance of each node from this side's root, -1 if it is not met.
  var level: [Int32]
  /// The nodes that were met, in order.
  var queue: [Int32]
  /// The number of nodes that were met.
  var met = 0

  init(nodeCount: Int) {
    level = filled(nodeCount, with: -1)
    queue = level
  }
}

/// Searches from two nodes, always on the side that has done less, until one side meets the other's
/// root or has no node left.
///
/// The arrays of each side hold its last search, which is forgotten.
///
/// - Returns: which side is done, whether it met the other's root, and the number of looks at a
///   half-arc.
private func searchFromBothEnds<Number: FlowNumber>(
  _ adjacency: Adjacency, _ residual: [Number], _ start: Int, _ end: Int,
  _ startLevel: inout [Int32], _ startQueue: inout [Int32], _ startMet: inout Int,
  _ endLevel: inout [Int32], _ endQueue: inout [Int32], _ endMet: inout Int
) -> (isStartDone: Bool, isReached: Bool, work: Int) {
  let first = adjacency.firstHalfArc.span
  let halfArcs = adjacency.halfArcs.span
  let neighbors = adjacency.neighbors.span
  let residual = residual.span
  var startLevel = startLevel.mutableSpan
  var startQueue = startQueue.mutableSpan
  var endLevel = endLevel.mutableSpan
  var endQueue = endQueue.mutableSpan
  begin(at: start, &startLevel, &startQueue, &startMet)
  begin(at: end, &endLevel, &endQueue, &endMet)
  var (startFinished, endFinished, startWork, endWork) = (0, 0, 0, 0)
  // Every pass finishes a node.
  while true {
    let isStart = startWork <= endWork
    let isExhausted = isStart ? startFinished == startMet : endFinished == endMet
    if isExhausted { return (isStart, false, startWork + endWork) }
    let node = Int(isStart ? startQueue[startFinished] : endQueue[endFinished])
    let slots = Int(first[node])..<Int(first[node + 1])
    let isReached: Bool
    if isStart {
      startFinished += 1
      startWork += slots.count
      isReached = visit(
        slots, halfArcs, neighbors, residual, opposite: 0, startLevel[node] + 1, &startLevel,
        &startQueue, &startMet, goal: end)
    } else {
      endFinished += 1
      endWork += slots.count
      isReached = visit(
        slots, halfArcs, neighbors, residual, opposite: 1, endLevel[node] + 1, &endLevel,
        &endQueue, &endMet, goal: start)
    }
    if isReached { return (isStart, true, startWork + endWork) }
  }
}

/// Forgets the last search of a side and begins one.
@inline(__always)
private func begin(
  at root: Int, _ level: inout MutableSpan<Int32>, _ queue: inout MutableSpan<Int32>,
  _ met: inout Int
) {
  for position in 0..<met { level[Int(queue[position])] = -1 }
  queue[0] = Int32(truncatingIfNeeded: root)
  level[root] = 0
  met = 1
}

/// Gives the neighbours that are open and not met yet their level, and queues them.
///
/// - Returns: whether the goal is among them; then the rest are not looked at.
@inline(__always)
private func visit<Number: FlowNumber>(
  _ slots: Range<Int>, _ halfArcs: Span<Int32>, _ neighbors: Span<Int32>,
  _ residual: Span<Number>, opposite: Int, _ above: Int32, _ level: inout MutableSpan<Int32>,
  _ queue: inout MutableSpan<Int32>, _ met: inout Int, goal: Int
) -> Bool {
  for slot in slots {
    let next = Int(neighbors[slot])
    guard level[next] < 0, residual[Int(halfArcs[slot]) ^ opposite] > .zero else { continue }
    level[next] = above
    queue[met] = Int32(truncatingIfNeeded: next)
    met += 1
    if next == goal { return true }
  }
  return false
}

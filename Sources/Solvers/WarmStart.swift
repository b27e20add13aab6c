// Further flow from one node to another through a residual graph, to be taken back afterwards.
//
// Intervals and pairwise values ask for many small flows on one large residual graph. Each is found
// by blocking flows. The search before a blocking flow runs from both ends, always on the side that
// has done less, and stops as soon as one side reaches the other end (that side's levels then guide
// the walks) or has nowhere left to go (there is no path, and what it met proves it). So a flow
// that one end's few arcs decide costs a few hundred looks, not a pass over the network.
//
// Afterwards only the arcs that were touched are put back; no array is copied per flow.
import Checker
import Networks

/// A residual graph on which flows are tried and undone.
struct WarmStart<Number: FlowNumber> {
  private let adjacency: Adjacency
  /// The residuals between trials.
  private let base: [Number]
  private var residual: [Number]
  private var fromStart: SearchSide
  private var fromEnd: SearchSide
  private var buffers = WalkBuffers()
  private var isTouched: [Bool]
  /// The number of looks at a half-arc so far.
  private(set) var work = 0

  /// What a trial found.
  struct Trial {
    /// The amount that was pushed.
    var amount: Number
    /// The arcs whose flow changes, in increasing order.
    var arcs: [Int32]
    /// The change on each of them.
    var changes: [Number]
    /// Nodes with the start and without the end, with no way out; nil if the amount allowed was
    /// pushed.
    var cut: NodeSet?
  }

  /// Trials begin from the residuals of this graph.
  init(_ graph: ResidualGraph<Number>) {
    adjacency = graph.adjacency
    base = graph.residual
    residual = graph.residual
    fromStart = SearchSide(flip: 1, nodeCount: adjacency.nodeCount)
    fromEnd = SearchSide(flip: 0, nodeCount: adjacency.nodeCount)
    isTouched = filled(adjacency.arcCount, with: false)
  }

  /// The residual of a half-arc between trials.
  func residual(of halfArc: Int) -> Number { base[halfArc] }

  /// Pushes as much as possible between two nodes, at most a given amount, and undoes it.
  ///
  /// - Parameters:
  ///   - start: the node where the flow begins.
  ///   - end: the node where it ends; not the start.
  ///   - most: the amount allowed, not negative.
  ///   - blocked: an arc that may not be used in either direction, or nil.
  ///   - limit: the bound on all work of this value.
  /// - Returns: what was found, or nil if the limit was reached.
  mutating func push(
    from start: Int, to end: Int, atMost most: Number, blocked: Int?, limit: WorkLimit
  ) -> Trial? {
    guard most > .zero else { return Trial(amount: .zero, arcs: [], changes: [], cut: nil) }
    if let blocked {
      residual[2 * blocked] = .zero
      residual[2 * blocked + 1] = .zero
    }
    var remaining: Number? = most
    var pushed: [Int32]? = []
    var cut: NodeSet?
    var isStopped = false
    // Every pass but the last makes the way from start to end longer.
    while remaining != .zero {
      let (side, isReached) = search(from: start, to: end)
      guard isReached else {
        cut = closedSet(side)
        break
      }
      if side == .start {
        pushBlockingFlow(
          in: LevelGraph(root: start, goal: end, flip: 1), adjacency, level: fromStart.level,
          residual: &residual, remaining: &remaining, pushed: &pushed, buffers: &buffers,
          work: &work)
      } else {
        pushBlockingFlow(
          in: LevelGraph(root: end, goal: start, flip: 0), adjacency, level: fromEnd.level,
          residual: &residual, remaining: &remaining, pushed: &pushed, buffers: &buffers,
          work: &work)
      }
      if limit.isExceeded(by: work) {
        isStopped = true
        break
      }
    }
    var trial = takeBack(pushed ?? [])
    if let blocked {
      residual[2 * blocked] = base[2 * blocked]
      residual[2 * blocked + 1] = base[2 * blocked + 1]
    }
    trial.amount = most - (remaining ?? .zero)
    trial.cut = cut
    return isStopped ? nil : trial
  }

  private enum Side {
    case start
    case end
  }

  /// Searches from both ends; says which side is done, and whether it reached the other end.
  private mutating func search(from start: Int, to end: Int) -> (side: Side, isReached: Bool) {
    fromStart.begin(at: start)
    fromEnd.begin(at: end)
    // Every pass finishes a node.
    while true {
      if fromStart.work <= fromEnd.work {
        if let isReached = fromStart.finishNode(adjacency, residual, goal: end) {
          work += fromStart.work + fromEnd.work
          return (.start, isReached)
        }
      } else if let isReached = fromEnd.finishNode(adjacency, residual, goal: start) {
        work += fromStart.work + fromEnd.work
        return (.end, isReached)
      }
    }
  }

  /// The nodes that the start reaches, or all but those that reach the end.
  private func closedSet(_ side: Side) -> NodeSet {
    let level = side == .start ? fromStart.level : fromEnd.level
    var set = NodeSet(nodeCount: level.count)
    for node in 0..<level.count where (level[node] >= 0) == (side == .start) { set.insert(node) }
    return set
  }

  /// Restores the residuals of the arcs that were pushed on, and says how their flow had changed.
  private mutating func takeBack(_ pushed: [Int32]) -> Trial {
    if pushed.isEmpty { return Trial(amount: .zero, arcs: [], changes: [], cut: nil) }
    var touched: [Int32] = []
    touched.reserveCapacity(pushed.count)
    for halfArc in pushed where !isTouched[Int(halfArc >> 1)] {
      isTouched[Int(halfArc >> 1)] = true
      touched.append(halfArc >> 1)
    }
    touched.sort()
    var trial = Trial(amount: .zero, arcs: [], changes: [], cut: nil)
    // One more, for the arc that the flow is pushed around.
    trial.arcs.reserveCapacity(touched.count + 1)
    trial.changes.reserveCapacity(touched.count + 1)
    for arc in touched {
      isTouched[Int(arc)] = false
      let (forward, backward) = (2 * Int(arc), 2 * Int(arc) + 1)
      let change = residual[backward] - base[backward]
      if change != .zero {
        trial.arcs.append(arc)
        trial.changes.append(change)
      }
      residual[forward] = base[forward]
      residual[backward] = base[backward]
    }
    return trial
  }
}

/// One side of a search from both ends.
private struct SearchSide {
  /// The distance of each node from this side's root, -1 if it is not met.
  private(set) var level: [Int32]
  /// The number of looks at a half-arc since the search began.
  private(set) var work = 0
  /// The nodes that were met, in order.
  private var queue: [Int32]
  private var met = 0
  private var finished = 0
  /// 1 if the root is where paths begin, 0 if it is where they end.
  private let flip: Int

  init(flip: Int, nodeCount: Int) {
    self.flip = flip
    level = filled(nodeCount, with: -1)
    queue = level
  }

  /// Forgets the last search and begins one.
  mutating func begin(at root: Int) {
    for position in 0..<met { level[Int(queue[position])] = -1 }
    queue[0] = Int32(truncatingIfNeeded: root)
    level[root] = 0
    met = 1
    finished = 0
    work = 0
  }

  /// Looks at all half-arcs of the next node.
  ///
  /// - Returns: true if the goal was met, false if no node is left, nil if the search goes on.
  @inline(__always)
  mutating func finishNode<Number: FlowNumber>(
    _ adjacency: Adjacency, _ residual: [Number], goal: Int
  ) -> Bool? {
    guard finished < met else { return false }
    let node = Int(queue[finished])
    finished += 1
    let slots = Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1])
    work += slots.count
    return visit(
      adjacency.halfArcs.span.extracting(slots), adjacency.neighbors.span.extracting(slots),
      residual.span, opposite: flip ^ 1, level[node] + 1, &level, &queue, &met, goal: goal)
  }
}

/// Gives the neighbours that are open and not met yet their level, and queues them.
///
/// - Returns: true if the goal is among them, nil otherwise.
private func visit<Number: FlowNumber>(
  _ halfArcs: Span<Int32>, _ neighbors: Span<Int32>, _ residual: Span<Number>, opposite: Int,
  _ above: Int32, _ level: inout [Int32], _ queue: inout [Int32], _ met: inout Int, goal: Int
) -> Bool? {
  var level = level.mutableSpan
  var queue = queue.mutableSpan
  for slot in halfArcs.indices {
    let next = Int(neighbors[slot])
    guard level[next] < 0, residual[Int(halfArcs[slot]) ^ opposite] > .zero else { continue }
    level[next] = above
    queue[met] = Int32(truncatingIfNeeded: next)
    met += 1
    if next == goal { return true }
  }
  return nil
}

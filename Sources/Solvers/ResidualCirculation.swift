// A circulation of the residual graph that is not 0 on exactly the given arcs.
//
// Idea: in each strong component choose a root, a tree of open half-arcs out of it and one into it.
// Every arc, in a direction in which it is open, closes a walk: root -> tail, the arc, head ->
// root. The sum of one unit round all these walks is a circulation, computed by adding up the trees
// from their leaves. It pushes half-arcs in open directions only, so it has the right sign wherever
// an arc has only one; it is 0 on bridges, as every circulation is; and an arc outside the trees
// carries exactly its own unit. So the numbers are 1 nearly everywhere, and at most m on the trees.
//
// An arc of the trees that is open both ways may end at 0 by accident. It lies on a cycle that does
// not return through it, found by a short search; adding it k times, with the least k >= 1 that
// makes no other arc of the cycle 0, repairs it. Each arc of the cycle forbids one k, so k is at
// most the length of the cycle; and the number of zeros falls, so the repairs end.
import ExactArithmetic
import Networks

/// A circulation in open directions that is not 0 on exactly the arcs with `isUndetermined`.
///
/// - Parameters:
///   - adjacency: the half-arcs of the network.
///   - isOpen: whether each half-arc can carry something.
///   - components: the strong components of the open half-arcs.
///   - isUndetermined: the arcs inside components that are not bridges there.
/// - Returns: one integer per arc, positive for a change along the arc.
func residualCirculation(
  _ adjacency: Adjacency, isOpen: [Bool], components: StrongComponents, isUndetermined: [Bool]
) -> [Int64] {
  guard isUndetermined.contains(true) else {
    return filled(adjacency.arcCount, with: Int64(0))
  }
  let roots = componentRoots(adjacency, components, isUndetermined)
  let outward = DirectedForest(
    adjacency, roots: roots, component: components.component, isOpen: isOpen, isInward: false)
  let inward = DirectedForest(
    adjacency, roots: roots, component: components.component, isOpen: isOpen, isInward: true)

  let target = adjacency.target.span
  var sums = filled(adjacency.arcCount, with: Int64(0))
  var circulation = sums.mutableSpan
  // The amount to bring to each node from its root, and from it to its root.
  var amountsIn = filled(adjacency.nodeCount, with: Int64(0))
  var amountsOut = amountsIn
  var arriving = amountsIn.mutableSpan
  var leaving = amountsOut.mutableSpan
  for arc in 0..<adjacency.arcCount where isUndetermined[arc] {
    if target[2 * arc] == target[2 * arc + 1] {
      circulation[arc] = isOpen[2 * arc] ? 1 : -1
      continue
    }
    // A walk that comes or goes through the arc itself, backwards, would leave nothing on it.
    for halfArc in (2 * arc)...(2 * arc + 1) where isOpen[halfArc] {
      let (from, to) = (Int(target[halfArc ^ 1]), Int(target[halfArc]))
      let back = Int32(truncatingIfNeeded: halfArc ^ 1)
      guard outward.entry[from] != back, inward.entry[to] != back else { continue }
      circulation[arc] += halfArc & 1 == 0 ? 1 : -1
      arriving[from] += 1
      leaving[to] += 1
      break
    }
  }
  for node in outward.order.reversed().lazy.map({ Int($0) }) where outward.entry[node] >= 0 {
    let halfArc = Int(outward.entry[node])
    circulation[halfArc >> 1] += halfArc & 1 == 0 ? arriving[node] : -arriving[node]
    arriving[Int(target[halfArc ^ 1])] += arriving[node]
  }
  for node in inward.order.reversed().lazy.map({ Int($0) }) where inward.entry[node] >= 0 {
    let halfArc = Int(inward.entry[node])
    circulation[halfArc >> 1] += halfArc & 1 == 0 ? leaving[node] : -leaving[node]
    leaving[Int(target[halfArc])] += leaving[node]
  }
  repairZeros(&sums, adjacency, isOpen: isOpen, components, isUndetermined)
  return sums
}

/// Adds cycles until the circulation is 0 on no undetermined arc.
private func repairZeros(
  _ circulation: inout [Int64], _ adjacency: Adjacency, isOpen: [Bool],
  _ components: StrongComponents, _ isUndetermined: [Bool]
) {
  let first = circulation.indices.first { isUndetermined[$0] && circulation[$0] == 0 }
  guard let first else { return }
  var search = CycleSearch(adjacency, component: components.component, isOpen: isOpen)
  for arc in first..<adjacency.arcCount where isUndetermined[arc] && circulation[arc] == 0 {
    search.repair(arc, &circulation)
  }
}

/// For each component with undetermined arcs the node where most of them meet, so that trees are
/// shallow; -1 for the other components.
private func componentRoots(
  _ adjacency: Adjacency, _ components: StrongComponents, _ isUndetermined: [Bool]
) -> [Int32] {
  var degree = filled(adjacency.nodeCount, with: Int32(0))
  for arc in 0..<adjacency.arcCount where isUndetermined[arc] {
    let (tail, head) = adjacency.ends(of: arc)
    degree[tail] += 1
    degree[head] += 1
  }
  var roots = filled(components.count, with: Int32(-1))
  for node in 0..<adjacency.nodeCount where degree[node] > 0 {
    let component = Int(components.component[node])
    let root = Int(roots[component])
    if root < 0 || degree[node] > degree[root] {
      roots[component] = Int32(truncatingIfNeeded: node)
    }
  }
  return roots
}

/// Trees of open half-arcs out of the roots, or into them, each within its component.
private struct DirectedForest {
  /// The half-arc of the tree that enters each node, or leaves it towards the root; -1 at roots and
  /// at nodes of components without root.
  var entry: [Int32]
  /// The nodes of the trees, nearest to the root first.
  var order: [Int32]

  init(
    _ adjacency: Adjacency, roots: [Int32], component: [Int32], isOpen: [Bool], isInward: Bool
  ) {
    let first = adjacency.firstHalfArc.span
    let halfArcs = adjacency.halfArcs.span
    let neighbors = adjacency.neighbors.span
    let isOpen = isOpen.span
    let component = component.span
    let flip = isInward ? 1 : 0
    entry = filled(adjacency.nodeCount, with: -1)
    order = []
    order.reserveCapacity(adjacency.nodeCount)
    var marks = filled(adjacency.nodeCount, with: false)
    var isMet = marks.mutableSpan
    for root in roots where root >= 0 {
      order.append(root)
      isMet[Int(root)] = true
    }
    var finished = 0
    while finished < order.count {
      let node = Int(order[finished])
      finished += 1
      // The two trees look at half-arcs in opposite orders, so that they share few arcs.
      let (start, end) = (Int(first[node]), Int(first[node + 1]))
      for step in 0..<(end - start) {
        let slot = isInward ? end - 1 - step : start + step
        let halfArc = Int(halfArcs[slot])
        let next = Int(neighbors[slot])
        guard !isMet[next], isOpen[halfArc ^ flip], component[next] == component[node]
        else { continue }
        isMet[next] = true
        entry[next] = Int32(truncatingIfNeeded: halfArc ^ flip)
        order.append(Int32(truncatingIfNeeded: next))
      }
    }
  }
}

/// Finds cycles of open half-arcs through an arc, to repair accidental zeros.
private struct CycleSearch {
  private let adjacency: Adjacency
  private let component: [Int32]
  private let isOpen: [Bool]
  /// The half-arc by which each node was met, -1 for none.
  private var entry: [Int32]

  init(_ adjacency: Adjacency, component: [Int32], isOpen: [Bool]) {
    self.adjacency = adjacency
    self.component = component
    self.isOpen = isOpen
    entry = filled(adjacency.nodeCount, with: Int32(-1))
  }

  /// Adds a cycle through an arc on which the circulation is 0, as often as it takes.
  mutating func repair(_ arc: Int, _ circulation: inout [Int64]) {
    guard let cycle = cycle(through: 2 * arc) ?? cycle(through: 2 * arc + 1) else {
      preconditionFailure("arc \(arc) is a bridge of its component")
    }
    var times: Int64 = 1
    // Each half-arc of the cycle forbids at most one number of times.
    while cycle.contains(where: { circulation[$0 >> 1] + ($0 & 1 == 0 ? times : -times) == 0 }) {
      times += 1
    }
    for halfArc in cycle { circulation[halfArc >> 1] += halfArc & 1 == 0 ? times : -times }
  }

  /// A simple cycle that begins with a half-arc and does not use its reverse, or nil.
  private mutating func cycle(through halfArc: Int) -> [Int]? {
    guard isOpen[halfArc] else { return nil }
    let (goal, start) = (Int(adjacency.target[halfArc ^ 1]), Int(adjacency.target[halfArc]))
    var queue = [Int32(truncatingIfNeeded: start)]
    defer { for node in queue { entry[Int(node)] = -1 } }
    var finished = 0
    search: while finished < queue.count {
      let node = Int(queue[finished])
      finished += 1
      for slot in Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1]) {
        let step = Int(adjacency.halfArcs[slot])
        let next = Int(adjacency.target[step])
        guard isOpen[step], step >> 1 != halfArc >> 1, entry[next] < 0, next != start,
          component[next] == component[node]
        else { continue }
        entry[next] = Int32(truncatingIfNeeded: step)
        queue.append(Int32(truncatingIfNeeded: next))
        if next == goal { break search }
      }
    }
    guard entry[goal] >= 0 else { return nil }
    var cycle = [halfArc]
    var node = goal
    while node != start {
      cycle.append(Int(entry[node]))
      node = Int(adjacency.target[Int(entry[node]) ^ 1])
    }
    return cycle
  }
}

/// The least `k >= 1` for which a circulation divided by `k` fits: `|d(e)| <= k slack(e)`.
///
/// - Parameters:
///   - circulation: one integer per arc, positive only on arcs that can carry more and negative
///     only on those that can carry less.
///   - slack: what the arc can still take in the direction of its change, at least 1; it is asked
///     for where the change is more than 1 in size.
/// - Returns: the least `k`.
func leastDivisor<Number: ExactFlowNumber>(
  of circulation: [Int64], slack: (_ arc: Int) -> Number
) -> Int64 {
  var divisor: Int64 = 1
  for arc in circulation.indices where !(-1...1 ~= circulation[arc]) {
    // A slack beyond 64 bits asks for nothing.
    guard let room = slack(arc).asBigInteger.asInt64 else { continue }
    divisor = max(divisor, (abs(circulation[arc]) - 1) / room + 1)
  }
  return divisor
}

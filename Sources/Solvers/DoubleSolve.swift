// Maximum flows in doubles, as good on a network near 1e-12 as on one near 1.
//
// Capacities far above what can pass are poison for doubles: a node that takes in 6 and can hand on
// 1e-12 has lost what it hands on to rounding by the time the rest is back where it came from. So
// every capacity is first lowered to what its ends can take in and hand on. An acyclic maximum flow
// passes no arc more than that, so the value stays the same.
//
// Rounding also leaves crumbs of residual on arcs that are saturated, and a search that walks over
// them finds no minimum cut. So the search is made with several thresholds, from both ends, and the
// cut of least capacity wins. Its capacity is a bound on every flow, whatever was rounded.
public import Checker
import ExactArithmetic
public import Networks

/// The capacities of a network as the algorithms in doubles take them, so that several share them.
public struct DoubleCapacities: Sendable {
  /// The double nearest to each capacity.
  let nearest: [Double]
  /// The same, lowered to what can pass.
  let lowered: [Double]

  /// The capacities of a network with its adjacency; their sums stay in the range of doubles.
  public init(_ network: FlowNetwork, adjacency: Adjacency) {
    self.init(
      network.capacities.nearestDoubles, adjacency, source: network.source, sink: network.sink)
  }

  init(_ capacities: [Double], _ adjacency: Adjacency, source: Int, sink: Int) {
    nearest = capacities
    lowered = Solvers.lowered(capacities, adjacency, source: source, sink: sink)
  }
}

/// Lowers each capacity to what its tail can take in and its head can hand on.
///
/// Capacities are finite and not negative. The result has one per arc, at most the given ones; a
/// maximum flow within them has the same value, up to rounding. Cost: two searches and a few passes
/// over the arcs.
package func lowered(
  _ capacities: [Double], _ adjacency: Adjacency, source: Int, sink: Int
) -> [Double] {
  var lowered = capacities
  var search = BreadthFirstSearch(nodeCount: adjacency.nodeCount)
  var amounts = filled(adjacency.nodeCount, with: 0.0)
  for direction in [1, 0] {
    let end = direction == 1 ? sink : source
    // In breadth-first order from the end, what a node can pass on towards it is known before it is
    // asked for, but along arcs between nodes of one distance or away from the end; these stay.
    search.run(adjacency, from: end) { halfArc in
      halfArc & 1 == direction && lowered[halfArc >> 1] > 0
    }
    // What has no way to the end passes nothing on; the others are not known yet.
    var passing = amounts.mutableSpan
    for node in passing.indices { passing[node] = 0 }
    for node in search.order { passing[node] = .infinity }
    let first = adjacency.firstHalfArc.span
    let halfArcs = adjacency.halfArcs.span
    let neighbors = adjacency.neighbors.span
    for node in search.order where node != end {
      var sum = 0.0
      for slot in Int(first[node])..<Int(first[node + 1]) {
        let (halfArc, next) = (Int(halfArcs[slot]), Int(neighbors[slot]))
        if halfArc & 1 != direction && next != node {
          sum += min(lowered[halfArc >> 1], passing[next])
        }
      }
      passing[node] = sum
    }
    let target = adjacency.target.span
    var rooms = lowered.mutableSpan
    for arc in rooms.indices {
      // The end of the arc that is nearer to where the pass began.
      let nearer = Int(target[2 * arc + 1 - direction])
      if nearer != end { rooms[arc] = min(rooms[arc], passing[nearer]) }
    }
  }
  return lowered
}

/// A search in breadth over half-arcs that are open; its arrays serve the next one too.
private struct BreadthFirstSearch {
  /// The nodes that were met, in order of their distance from the start.
  private(set) var order: [Int] = []
  private var isMet: [Bool]

  init(nodeCount: Int) {
    order.reserveCapacity(nodeCount)
    isMet = filled(nodeCount, with: false)
  }

  /// Meets what can be reached from a node, or reaches it, as `isOpen` has it.
  @inline(__always)
  mutating func run(
    _ adjacency: Adjacency, from start: Int, isOpen: (_ halfArc: Int) -> Bool
  ) {
    let first = adjacency.firstHalfArc.span
    let halfArcs = adjacency.halfArcs.span
    let neighbors = adjacency.neighbors.span
    for node in order { isMet[node] = false }
    order.removeAll(keepingCapacity: true)
    order.append(start)
    isMet[start] = true
    var finished = 0
    while finished < order.count {
      let node = order[finished]
      finished += 1
      for slot in Int(first[node])..<Int(first[node + 1]) {
        let next = Int(neighbors[slot])
        if !isMet[next] && isOpen(Int(halfArcs[slot])) {
          isMet[next] = true
          order.append(next)
        }
      }
    }
  }
}

/// The source side of the cut of least capacity among those that a flow suggests.
package func leastCut(
  _ capacities: [Double], _ flow: [Double], _ adjacency: Adjacency, source: Int, sink: Int,
  value: Double
) -> NodeSet {
  var best: NodeSet?
  var bestCapacity = Double.infinity
  var search = BreadthFirstSearch(nodeCount: adjacency.nodeCount)
  for threshold in [0, 1e-16, 1e-14, 1e-12] {
    let crumb = threshold * value
    // What is left on a half-arc, but for crumbs.
    func isOpen(_ halfArc: Int) -> Bool {
      let arc = halfArc >> 1
      return (halfArc & 1 == 0 ? capacities[arc] - flow[arc] : flow[arc]) > crumb
    }
    for fromSink in [false, true] {
      let start = fromSink ? sink : source
      var found = NodeSet(nodeCount: adjacency.nodeCount)
      // From the sink the search goes against the half-arcs.
      search.run(adjacency, from: start) { isOpen(fromSink ? $0 ^ 1 : $0) }
      for node in search.order { found.insert(node) }
      let set = fromSink ? found.complement : found
      guard set.contains(source), !set.contains(sink) else { continue }
      let capacity = capacityLeaving(set, adjacency, capacities)
      // Nothing can be gained any more but the last digits.
      if capacity <= value * (1 + 1e-13) { return set }
      if best == nil || capacity < bestCapacity { (best, bestCapacity) = (set, capacity) }
    }
  }
  // A flow that leaves a way to the sink at every threshold suggests no cut; the source alone is
  // one.
  return best ?? NodeSet(nodeCount: adjacency.nodeCount, members: [source])
}

private func capacityLeaving(
  _ set: NodeSet, _ adjacency: Adjacency, _ capacities: [Double]
) -> Double {
  var sum = 0.0
  for arc in capacities.indices
  where set.contains(Int(adjacency.target[2 * arc + 1]))
    && !set.contains(Int(adjacency.target[2 * arc]))
  {
    sum += capacities[arc]
  }
  return sum
}

// Shortest distances in reduced costs, by Dijkstra's algorithm with a binary heap.
//
// A node may lie in the heap several times, each time with a smaller distance; only the first time
// that it comes out counts. So the heap never holds more entries than half-arcs were looked at.
import ExactArithmetic
import Networks

/// The distances of one search, with arrays that are kept from one to the next.
struct ShortestDistances<Number: ExactFlowNumber> {
  private var distance: [Number]
  private var state: [State]
  private var heap: [Entry] = []
  private var limit = Number.zero

  private enum State: UInt8 {
    case unmet
    case met
    case settled
  }

  private struct Entry {
    var distance: Number
    var node: Int32
  }

  init(nodeCount: Int) {
    distance = [Number](repeating: .zero, count: nodeCount)
    state = [State](repeating: .unmet, count: nodeCount)
  }

  /// Whether the last search met a node.
  func isReached(_ node: Int) -> Bool { state[node] != .unmet }

  /// Measures from the source until the sink is settled; false if the sink cannot be reached.
  ///
  /// Precondition: no open half-arc has a negative reduced cost.
  mutating func measure(
    _ graph: borrowing ResidualGraph<Number>, costs: [Number], potentials: [Number],
    work: inout Int
  ) -> Bool {
    let adjacency = graph.adjacency
    let (first, halfArcs) = (adjacency.firstHalfArc, adjacency.halfArcs)
    let neighbors = adjacency.neighbors
    for node in 0..<state.count { state[node] = .unmet }
    heap.removeAll(keepingCapacity: true)
    distance[graph.source] = .zero
    state[graph.source] = .met
    insert(Entry(distance: .zero, node: Int32(truncatingIfNeeded: graph.source)))
    while let entry = removeLeast() {
      let node = Int(entry.node)
      guard state[node] != .settled else { continue }
      state[node] = .settled
      if node == graph.sink {
        limit = entry.distance
        return true
      }
      let slots = Int(first[node])..<Int(first[node + 1])
      work += slots.count
      for slot in slots {
        let halfArc = Int(halfArcs[slot])
        let next = Int(neighbors[slot])
        guard state[next] != .settled, graph.residual[halfArc] > .zero else { continue }
        let cost = halfArc & 1 == 0 ? costs[halfArc >> 1] : -costs[halfArc >> 1]
        let reduced = cost + potentials[node] - potentials[next]
        let candidate = entry.distance + reduced
        if state[next] == .unmet || candidate < distance[next] {
          state[next] = .met
          distance[next] = candidate
          insert(Entry(distance: candidate, node: Int32(truncatingIfNeeded: next)))
        }
      }
    }
    return false
  }

  /// Adds to each potential the node's distance, or the sink's if that is less.
  func raise(_ potentials: inout [Number], upTo sink: Int) {
    for node in 0..<potentials.count {
      potentials[node] += state[node] == .settled ? distance[node] : limit
    }
  }

  private mutating func insert(_ entry: Entry) {
    var position = heap.count
    heap.append(entry)
    // Every pass halves the position.
    while position > 0 {
      let parent = (position - 1) / 2
      guard entry.distance < heap[parent].distance else { break }
      heap[position] = heap[parent]
      position = parent
    }
    heap[position] = entry
  }

  private mutating func removeLeast() -> Entry? {
    guard let least = heap.first, let entry = heap.popLast() else { return nil }
    if heap.isEmpty { return least }
    var position = 0
    // Every pass doubles the position.
    while 2 * position + 1 < heap.count {
      var child = 2 * position + 1
      if child + 1 < heap.count && heap[child + 1].distance < heap[child].distance { child += 1 }
      guard heap[child].distance < entry.distance else { break }
      heap[position] = heap[child]
      position = child
    }
    heap[position] = entry
    return least
  }
}

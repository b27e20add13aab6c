// To which nodes can each node of a small network still push something?
//
// One word of bits for a node answers it, parallel arcs taken together. A search in breadth then
// takes one `or` for each node that it meets, whatever the number of arcs: on a dozen nodes, as a
// campaign has them, a tenth of a search along half-arcs. Words know nothing of amounts, so whoever
// changes residuals says where.
import Networks

/// The open neighbours of each node of a network with at most 64 nodes.
struct OpenNeighbors {
  /// The largest number of nodes: one bit each.
  static let nodeLimit = 64

  /// For each node the nodes to which a half-arc with a residual leads.
  private var words: [UInt64]

  /// The neighbours in a residual graph with at most ``nodeLimit`` nodes.
  init<Number: FlowNumber>(_ adjacency: Adjacency, _ residual: [Number]) {
    var found = filled(adjacency.nodeCount, with: UInt64(0))
    var words = found.mutableSpan
    let target = adjacency.target.span
    let residual = residual.span
    for halfArc in residual.indices where residual[halfArc] > .zero {
      words[Int(target[halfArc ^ 1])] |= 1 &<< UInt64(target[halfArc])
    }
    self.words = found
  }

  /// Looks at the residuals of a node again.
  @inline(__always)
  mutating func update<Number: FlowNumber>(
    _ node: Int, _ adjacency: Adjacency, _ residual: [Number]
  ) {
    let halfArcs = adjacency.halfArcs.span
    let neighbors = adjacency.neighbors.span
    let residual = residual.span
    var word: UInt64 = 0
    for slot in Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1])
    where residual[Int(halfArcs[slot])] > .zero {
      word |= 1 &<< UInt64(neighbors[slot])
    }
    words[node] = word
  }

  /// Looks again where half-arcs were pushed on: their reverses are open now, they may be empty.
  mutating func update<Number: FlowNumber>(
    afterPushesOn halfArcs: ArraySlice<Int32>, _ adjacency: Adjacency, _ residual: [Number]
  ) {
    let target = adjacency.target.span
    var emptied: UInt64 = 0
    for halfArc in halfArcs.lazy.map({ Int($0) }) {
      let (from, to) = (Int(target[halfArc ^ 1]), Int(target[halfArc]))
      words[to] |= 1 &<< UInt64(from)
      if !(residual[halfArc] > .zero) { emptied |= 1 &<< UInt64(from) }
    }
    forEachBit(emptied, offset: 0) { update($0, adjacency, residual) }
  }

  /// Goes back to what is known of the same nodes elsewhere.
  mutating func restore(_ other: OpenNeighbors) {
    for node in words.indices { words[node] = other.words[node] }
  }

  /// Searches from one node for another.
  ///
  /// - Parameters:
  ///   - start: the node where the search begins.
  ///   - end: the node to find.
  ///   - level: receives the distance of each node from the start, -1 if it was not met; right for
  ///     all nodes below the end's level.
  ///   - work: counts looks at nodes.
  /// - Returns: the nodes that were met, one bit each; without the end, all that can be reached.
  func search(from start: Int, to end: Int, _ level: inout [Int32], work: inout Int) -> UInt64 {
    let words = words.span
    var level = level.mutableSpan
    for node in level.indices { level[node] = -1 }
    level[start] = 0
    let goal: UInt64 = 1 &<< UInt64(end)
    var met: UInt64 = 1 &<< UInt64(start)
    var last = met
    var distance: Int32 = 0
    // Every pass meets a node that was not met before.
    while last != 0 && met & goal == 0 {
      var next: UInt64 = 0
      forEachBit(last, offset: 0) { node in
        next |= words[node]
        work += 1
      }
      next &= ~met
      met |= next
      distance += 1
      forEachBit(next, offset: 0) { node in level[node] = distance }
      last = next
    }
    return met
  }
}

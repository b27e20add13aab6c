public import Checker

/// The half-arcs of a network, grouped by the node that they leave.
///
/// Arc `e` has two half-arcs: `2e` runs from its tail to its head, `2e + 1` back. `h ^ 1` is the
/// reverse of half-arc `h`, and `h >> 1` its arc. The half-arcs that leave node `v` are
/// `halfArcs[k]` for `k` in `firstHalfArc[v] ..< firstHalfArc[v + 1]`, in increasing order. A self
/// loop leaves its node twice.
public struct Adjacency: Sendable, Equatable {
  /// The number of nodes.
  public let nodeCount: Int
  /// The number of arcs; there are twice as many half-arcs.
  public let arcCount: Int
  /// One position in `halfArcs` per node, and the end behind the last.
  public let firstHalfArc: [Int32]
  /// All half-arcs, sorted by the node that they leave.
  public let halfArcs: [Int32]
  /// The node that each half-arc enters, in the order of `halfArcs`: a search reads it in one run.
  public let neighbors: [Int32]
  /// The node that each half-arc enters, indexed by half-arc.
  public let target: [Int32]

  /// The adjacency of a network.
  public init(_ network: FlowNetwork) {
    self.init(nodeCount: network.nodeCount, arcs: network.arcs)
  }

  /// The adjacency of arcs whose ends are in `0 ..< nodeCount`.
  ///
  /// - Complexity: a few passes over the arcs and the nodes.
  public init(nodeCount: Int, arcs: Arcs) {
    let arcCount = arcs.count
    var targets = filled(2 * arcCount, with: Int32(0))
    var firsts = filled(nodeCount + 1, with: Int32(0))
    var target = targets.mutableSpan
    var first = firsts.mutableSpan
    arcs.forEach { arc, tail, head in
      target[2 * arc] = Int32(truncatingIfNeeded: head)
      target[2 * arc + 1] = Int32(truncatingIfNeeded: tail)
      first[tail + 1] += 1
      first[head + 1] += 1
    }
    for node in 0..<nodeCount { first[node + 1] += first[node] }
    var slots = firsts
    var next = slots.mutableSpan
    var sorted = filled(2 * arcCount, with: Int32(0))
    var ends = sorted
    var halfArcs = sorted.mutableSpan
    var neighbors = ends.mutableSpan
    let goals = targets.span
    for halfArc in 0..<(2 * arcCount) {
      let node = Int(goals[halfArc ^ 1])
      let slot = Int(next[node])
      halfArcs[slot] = Int32(truncatingIfNeeded: halfArc)
      neighbors[slot] = goals[halfArc]
      next[node] += 1
    }
    self.nodeCount = nodeCount
    self.arcCount = arcCount
    firstHalfArc = firsts
    self.halfArcs = sorted
    self.neighbors = ends
    self.target = targets
  }

  /// The two ends of an arc.
  public func ends(of arc: Int) -> (tail: Int, head: Int) {
    (Int(target[2 * arc + 1]), Int(target[2 * arc]))
  }

  /// The number of half-arcs that leave a node; a self loop counts twice.
  public func degree(of node: Int) -> Int {
    Int(firstHalfArc[node + 1] - firstHalfArc[node])
  }
}

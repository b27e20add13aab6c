/// A spanning forest of some arcs of a network, their directions forgotten.
///
/// Each tree is searched in breadth from its smallest node, so no path to a root is longer than it
/// need be.
public struct SpanningForest: Sendable, Equatable {
  /// The root of the tree of each node: the smallest node of the tree.
  public let root: [Int32]
  /// The half-arc from the parent to each node; -1 at a root.
  public let parentHalfArc: [Int32]
  /// All nodes, every parent before its children.
  public let order: [Int32]

  /// A forest of the arcs with `isIncluded[arc]`.
  ///
  /// - Complexity: one look at each half-arc.
  public init(_ adjacency: Adjacency, isIncluded: [Bool]) {
    let nodeCount = adjacency.nodeCount
    let first = adjacency.firstHalfArc.span
    let halfArcs = adjacency.halfArcs.span
    let neighbors = adjacency.neighbors.span
    let isIncluded = isIncluded.span
    var roots = filled(nodeCount, with: Int32(-1))
    var parents = roots
    var nodes = roots
    var root = roots.mutableSpan
    var parentHalfArc = parents.mutableSpan
    var queue = nodes.mutableSpan
    var (finished, reached) = (0, 0)
    for start in 0..<Int32(nodeCount) where root[Int(start)] < 0 {
      root[Int(start)] = start
      queue[reached] = start
      reached += 1
      while finished < reached {
        let node = Int(queue[finished])
        finished += 1
        for slot in Int(first[node])..<Int(first[node + 1]) {
          let next = Int(neighbors[slot])
          guard isIncluded[Int(halfArcs[slot] >> 1)], root[next] < 0 else { continue }
          root[next] = start
          parentHalfArc[next] = halfArcs[slot]
          queue[reached] = Int32(truncatingIfNeeded: next)
          reached += 1
        }
      }
    }
    self.root = roots
    self.parentHalfArc = parents
    order = nodes
  }
}

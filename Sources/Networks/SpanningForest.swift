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
    let (first, halfArcs) = (adjacency.firstHalfArc, adjacency.halfArcs)
    let target = adjacency.target
    var root = filled(nodeCount, with: Int32(-1))
    var parentHalfArc = root
    var order: [Int32] = []
    order.reserveCapacity(nodeCount)
    for start in 0..<Int32(nodeCount) where root[Int(start)] < 0 {
      root[Int(start)] = start
      var finished = order.count
      order.append(start)
      while finished < order.count {
        let node = Int(order[finished])
        finished += 1
        for slot in Int(first[node])..<Int(first[node + 1]) {
          let halfArc = halfArcs[slot]
          let next = target[Int(halfArc)]
          guard isIncluded[Int(halfArc >> 1)], root[Int(next)] < 0 else { continue }
          root[Int(next)] = start
          parentHalfArc[Int(next)] = halfArc
          order.append(next)
        }
      }
    }
    self.root = root
    self.parentHalfArc = parentHalfArc
    self.order = order
  }
}

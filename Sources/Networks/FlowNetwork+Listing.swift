public import Checker
public import ExactArithmetic

extension Arcs {
  /// The ends of all arcs, in arc order, as a network of listed arcs takes them.
  public var lists: (tails: [Int32], heads: [Int32]) {
    if case .listed(let tails, let heads) = self { return (tails, heads) }
    var (tails, heads): ([Int32], [Int32]) = ([], [])
    tails.reserveCapacity(count)
    heads.reserveCapacity(count)
    forEach { _, tail, head in
      tails.append(Int32(tail))
      heads.append(Int32(head))
    }
    return (tails, heads)
  }
}

extension FlowNetwork {
  /// The same arcs, listed, with other capacities.
  ///
  /// - Parameter capacities: one per arc, in arc order, none negative.
  /// - Returns: the network, with the same nodes, source and sink.
  /// - Throws: ``StatementError`` if the capacities are not such.
  public func listed(capacities: ExactVector) throws(StatementError) -> FlowNetwork {
    let ends = arcs.lists
    return try FlowNetwork(
      nodeCount: nodeCount, source: source, sink: sink, tails: ends.tails, heads: ends.heads,
      capacities: capacities)
  }

  /// The number of arcs that leave or enter the source, loops aside.
  ///
  /// Where the flow on each arc is known up to a radius, the value is known up to so many radii.
  public var sourceDegree: Int {
    var count = 0
    arcs.forEach { _, tail, head in if (tail == source) != (head == source) { count += 1 } }
    return count
  }
}

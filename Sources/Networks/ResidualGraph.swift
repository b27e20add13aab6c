public import Checker

/// What can still be pushed along each half-arc of a network that carries a flow.
///
/// With flow `f` and capacities `u`, the residual of half-arc `2e` is `u(e) - f(e)` and that of
/// `2e + 1` is `f(e)`. Source: [FF].
public struct ResidualGraph<Number: FlowNumber>: Sendable {
  /// The half-arcs.
  public let adjacency: Adjacency
  /// The node where flow begins.
  public let source: Int
  /// The node where flow ends; not the source.
  public let sink: Int
  /// The residual of each half-arc, never negative.
  public var residual: [Number]

  /// The residual graph of the empty flow.
  ///
  /// `capacities` has one number per arc, none negative; `source` and `sink` differ.
  public init(adjacency: Adjacency, source: Int, sink: Int, capacities: [Number]) {
    precondition(
      capacities.count == adjacency.arcCount,
      "\(capacities.count) capacities for \(adjacency.arcCount) arcs")
    precondition(source != sink, "source and sink are both node \(source)")
    self.adjacency = adjacency
    self.source = source
    self.sink = sink
    var rooms = filled(2 * capacities.count, with: Number.zero)
    var residual = rooms.mutableSpan
    for arc in 0..<capacities.count { residual[2 * arc] = capacities[arc] }
    self.residual = rooms
  }

  /// The residual graph of a flow.
  ///
  /// `capacities` and `flow` have one number per arc, `0 <= f(e) <= u(e)`.
  public init(
    adjacency: Adjacency, source: Int, sink: Int, capacities: [Number], flow: [Number]
  ) {
    precondition(
      flow.count == capacities.count, "\(flow.count) flows for \(capacities.count) arcs")
    self.init(adjacency: adjacency, source: source, sink: sink, capacities: capacities)
    var changed = residual.mutableSpan
    for arc in 0..<flow.count {
      changed[2 * arc] -= flow[arc]
      changed[2 * arc + 1] = flow[arc]
    }
  }

  /// The flow on each arc, in arc order.
  public var flow: [Number] {
    (0..<adjacency.arcCount).map { residual[2 * $0 + 1] }
  }

  /// The net flow out of the source, summed in arc order.
  public var value: Number {
    var value = Number.zero
    for slot in adjacency.firstHalfArc[source]..<adjacency.firstHalfArc[source + 1] {
      let halfArc = Int(adjacency.halfArcs[Int(slot)])
      if halfArc & 1 == 0 {
        value += residual[halfArc + 1]
      } else {
        value -= residual[halfArc]
      }
    }
    return value
  }

  /// Whether each half-arc can still carry something.
  public var openHalfArcs: [Bool] { residual.map { $0 > .zero } }

  /// The nodes to which something can be pushed from a node, itself among them.
  ///
  /// From the source of a maximum flow it is the smallest source side of a minimum cut.
  public func reachable(from start: Int) -> NodeSet {
    let (first, halfArcs) = (adjacency.firstHalfArc, adjacency.halfArcs)
    var reached = NodeSet(nodeCount: adjacency.nodeCount)
    reached.insert(start)
    var stack: [Int] = []
    stack.reserveCapacity(adjacency.nodeCount)
    stack.append(start)
    while let node = stack.popLast() {
      for slot in Int(first[node])..<Int(first[node + 1]) {
        let halfArc = Int(halfArcs[slot])
        let next = Int(adjacency.neighbors[slot])
        if !reached.contains(next) && residual[halfArc] > .zero {
          reached.insert(next)
          stack.append(next)
        }
      }
    }
    return reached
  }
}

import Checker
import Networks

/// What a further flow from one node to another of a residual graph was found to be.
struct FlowTrial<Number: FlowNumber> {
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

/// A residual graph on which further flows are tried and undone.
protocol FlowTrials<Number>: ~Copyable {
  associatedtype Number: FlowNumber

  /// What can be pushed along a half-arc between trials; `2e` is along arc `e`, `2e + 1` back.
  func residual(of halfArc: Int) -> Number

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
  ) -> FlowTrial<Number>?
}

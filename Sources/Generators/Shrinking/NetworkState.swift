// A network while it is being shrunk.

import Checker
import ExactArithmetic

/// A network in a form that is easy to change.
struct NetworkState: Hashable {
  /// An arc with its capacity.
  struct Arc: Hashable {
    /// The node it leaves.
    var tail: Int
    /// The node it enters.
    var head: Int
    /// The capacity, not negative.
    var capacity: Rational
  }

  /// The number of nodes.
  var nodeCount: Int
  /// The source.
  var source: Int
  /// The sink.
  var sink: Int
  /// The arcs, in order.
  var arcs: [Arc]

  /// The state of a network.
  init(_ network: FlowNetwork) {
    nodeCount = network.nodeCount
    source = network.source
    sink = network.sink
    var arcs: [Arc] = []
    network.arcs.forEach { arc, tail, head in
      arcs.append(Arc(tail: tail, head: head, capacity: network.capacities[arc]))
    }
    self.arcs = arcs
  }

  /// The network of this state, its arcs listed one by one.
  var network: FlowNetwork {
    do {
      return try FlowNetwork(
        nodeCount: nodeCount, source: source, sink: sink, tails: arcs.map { Int32($0.tail) },
        heads: arcs.map { Int32($0.head) }, capacities: ExactVector(arcs.map(\.capacity)))
    } catch {
      preconditionFailure("Shrinking made no network: \(error).")
    }
  }

  /// The state without some arcs.
  func dropping(_ dropped: Range<Int>) -> NetworkState {
    var state = self
    state.arcs.removeSubrange(dropped)
    return state
  }

  /// The state without a node, whose arcs are dropped or led to another node instead.
  ///
  /// Nodes with larger numbers move down by one. Arcs that would become loops are dropped. Nothing
  /// for the source and the sink.
  func removing(_ node: Int, insteadOf other: Int?) -> NetworkState? {
    if node == source || node == sink || node == other { return nil }
    func renamed(_ old: Int) -> Int? {
      guard let kept = old == node ? other : old else { return nil }
      return kept > node ? kept - 1 : kept
    }
    var state = self
    state.nodeCount -= 1
    state.source = source > node ? source - 1 : source
    state.sink = sink > node ? sink - 1 : sink
    state.arcs = arcs.compactMap { arc in
      guard let tail = renamed(arc.tail), let head = renamed(arc.head),
        tail != head || arc.tail == arc.head
      else { return nil }
      return Arc(tail: tail, head: head, capacity: arc.capacity)
    }
    return state
  }

  /// The state with another capacity of one arc.
  func replacing(_ arc: Int, by capacity: Rational) -> NetworkState {
    var state = self
    state.arcs[arc].capacity = capacity
    return state
  }
}

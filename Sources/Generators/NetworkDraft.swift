// How families state networks: a list of arcs that can be shuffled and renamed.

import Checker
import ExactArithmetic

/// A network under construction.
struct NetworkDraft {
  /// An arc with the numerator of its capacity.
  struct Arc {
    /// The node it leaves.
    var tail: Int32
    /// The node it enters.
    var head: Int32
    /// The capacity times the common denominator.
    var numerator: BigInteger
  }

  /// The number of nodes.
  let nodeCount: Int
  /// The source.
  private(set) var source: Int
  /// The sink.
  private(set) var sink: Int
  /// The arcs, in order.
  var arcs: [Arc] = []

  /// A network without arcs.
  init(nodeCount: Int, source: Int, sink: Int) {
    self.nodeCount = nodeCount
    self.source = source
    self.sink = sink
  }

  /// The nodes and arcs of a network.
  init(_ network: FlowNetwork) {
    self.init(nodeCount: network.nodeCount, source: network.source, sink: network.sink)
    var arcs: [Arc] = []
    arcs.reserveCapacity(network.arcCount)
    network.arcs.forEach { arc, tail, head in
      arcs.append(
        Arc(
          tail: Int32(tail), head: Int32(head), numerator: network.capacities.numerator(arc)))
    }
    self.arcs = arcs
  }

  /// Adds an arc behind the others.
  mutating func append(_ tail: Int, _ head: Int, _ numerator: Int64) {
    arcs.append(Arc(tail: Int32(tail), head: Int32(head), numerator: BigInteger(numerator)))
  }

  /// Calls node `n` by the name `names[n]` everywhere; `names` is a permutation of the nodes.
  mutating func rename(_ names: [Int]) {
    source = names[source]
    sink = names[sink]
    for index in arcs.indices {
      arcs[index].tail = Int32(names[Int(arcs[index].tail)])
      arcs[index].head = Int32(names[Int(arcs[index].head)])
    }
  }

  /// Turns all arcs round, and source and sink with them.
  mutating func reverse() {
    (source, sink) = (sink, source)
    for index in arcs.indices {
      (arcs[index].tail, arcs[index].head) = (arcs[index].head, arcs[index].tail)
    }
  }

  /// The network with the numerators over a denominator.
  func network(over denominator: BigInteger) -> FlowNetwork {
    network(capacities: ExactVector(arcs.map(\.numerator), denominator: denominator))
  }

  /// The network with other capacities, one per arc.
  func network(capacities: ExactVector) -> FlowNetwork {
    do {
      return try FlowNetwork(
        nodeCount: nodeCount, source: source, sink: sink, tails: arcs.map(\.tail),
        heads: arcs.map(\.head), capacities: capacities)
    } catch {
      preconditionFailure("A generator made no network: \(error).")
    }
  }
}

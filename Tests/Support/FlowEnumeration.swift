// Maximum flows without an algorithm: all integral flows of a tiny network, one after the other.
//
// The maximum flows of a network with integral capacities form a polytope with integral vertices.
// So the largest value, the least and the most flow on every arc, and whether there is only one
// maximum flow, are the same over integral flows as over all of them.
public import Checker
public import ExactArithmetic

/// All integral maximum flows of a network, in units of one over the denominator of its capacities.
public struct FlowEnumeration: Sendable {
  /// The unit is one over this number.
  public let denominator: BigInteger
  /// The largest value, in units.
  public let valueInUnits: Int
  /// Every integral maximum flow, one entry per arc, in units; never empty.
  public let flows: [[Int]]
  /// The arcs into the sink, in arc order.
  public let sinkArcs: [Int]

  /// Lists the flows; a network with more than a few arcs or units takes forever.
  public init(_ network: FlowNetwork) {
    var search = FlowSearch(network)
    search.assign(0)
    denominator = network.capacities.denominator
    valueInUnits = search.best
    flows = search.flows
    sinkArcs = (0..<network.arcCount).filter { network.arcs.ends(of: $0).head == network.sink }
  }

  /// The largest value.
  public var value: Rational { fraction(valueInUnits) }

  /// Whether there is exactly one maximum flow.
  public var isUnique: Bool { flows.count == 1 }

  /// The least flow on an arc over all maximum flows.
  public func least(_ arc: Int) -> Rational { fraction(flows.map { $0[arc] }.min() ?? 0) }

  /// The most flow on an arc over all maximum flows.
  public func most(_ arc: Int) -> Rational { fraction(flows.map { $0[arc] }.max() ?? 0) }

  /// The arcs whose flow is not the same in all maximum flows, in increasing order.
  public var undetermined: [Int] {
    flows[0].indices.filter { arc in flows.contains { $0[arc] != flows[0][arc] } }
  }

  /// The number of pairs of the given arcs whose order no maximum flow contradicts.
  public func certainPairs(_ arcs: [Int]) -> Int {
    var count = 0
    for (position, i) in arcs.enumerated() {
      for j in arcs.dropFirst(position + 1)
      where flows.allSatisfy({ $0[i] <= $0[j] }) || flows.allSatisfy({ $0[j] <= $0[i] }) {
        count += 1
      }
    }
    return count
  }

  /// A flow of the list as an exact vector.
  public func vector(_ position: Int) -> ExactVector {
    ExactVector(flows[position].map { Int64($0) }, denominator: denominator)
  }

  private func fraction(_ units: Int) -> Rational { Rational(BigInteger(units), denominator) }
}

/// A search that gives each arc every amount in turn.
private struct FlowSearch {
  private let tails: [Int]
  private let heads: [Int]
  private let capacities: [Int]
  private let source: Int
  private let sink: Int
  private var flow: [Int]
  /// Inflow minus outflow, over the arcs that have an amount.
  private var excess: [Int]
  /// The capacity of the arcs into and out of each node that have no amount yet.
  private var open: [(into: Int, out: Int)]
  private(set) var best = Int.min
  private(set) var flows: [[Int]] = []

  init(_ network: FlowNetwork) {
    let ends = (0..<network.arcCount).map { network.arcs.ends(of: $0) }
    tails = ends.map(\.tail)
    heads = ends.map(\.head)
    capacities = (0..<network.arcCount).map { network.capacities.numerator($0).asInt ?? .max }
    source = network.source
    sink = network.sink
    flow = [Int](repeating: 0, count: network.arcCount)
    excess = [Int](repeating: 0, count: network.nodeCount)
    open = Array(repeating: (0, 0), count: network.nodeCount)
    for arc in capacities.indices {
      open[tails[arc]].out += capacities[arc]
      open[heads[arc]].into += capacities[arc]
    }
  }

  /// Gives amounts to an arc and those after it; recursion is as deep as there are arcs.
  mutating func assign(_ arc: Int) {
    guard arc < flow.count else {
      let value = -excess[source]
      if value > best { (best, flows) = (value, []) }
      if value == best { flows.append(flow) }
      return
    }
    let (tail, head, capacity) = (tails[arc], heads[arc], capacities[arc])
    open[tail].out -= capacity
    open[head].into -= capacity
    for amount in 0...capacity {
      flow[arc] = amount
      excess[tail] -= amount
      excess[head] += amount
      if canBalance(tail) && canBalance(head) { assign(arc + 1) }
      excess[tail] += amount
      excess[head] -= amount
    }
    flow[arc] = 0
    open[tail].out += capacity
    open[head].into += capacity
  }

  /// Whether the arcs without an amount can still make up for the excess of a node.
  private func canBalance(_ node: Int) -> Bool {
    node == source || node == sink
      || (excess[node] <= open[node].out && -excess[node] <= open[node].into)
  }
}

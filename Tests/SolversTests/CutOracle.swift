// Maximum flows without flows: by duality, everything asked here is a minimum over node sets, and
// small networks have few. With out(R) the capacity of the arcs that leave R,
//   value V = min { out(S) : s in S, t not in S },
//   max h(e) = min { u(e), out(R) - V ([s in R] - [t in R]) : e enters R },
//   min h(e) = max { 0, V ([s in R] - [t in R]) - out(R) + u(e) : e leaves R },
// over all maximum flows h (Hoffman's circulation theorem).
import Checker

/// The capacities of all cuts of a network with few nodes.
struct CutOracle {
  private let network: TestNetwork
  /// out(R), indexed by the set as a bit pattern.
  private let leaving: [Int64]

  init(_ network: TestNetwork) {
    precondition(network.nodeCount <= 12, "2^\(network.nodeCount) sets")
    self.network = network
    leaving = (0..<(1 << network.nodeCount)).map { set in
      network.capacities.indices.reduce(into: Int64(0)) { sum, arc in
        if set >> network.tails[arc] & 1 == 1 && set >> network.heads[arc] & 1 == 0 {
          sum += network.capacities[arc]
        }
      }
    }
  }

  /// The value of a maximum flow.
  var value: Int64 {
    let cuts = leaving.indices.filter { net($0) == 1 }
    return cuts.map { leaving[$0] }.min() ?? 0
  }

  /// The least and the most flow on an arc over all maximum flows of the given value.
  func interval(of arc: Int, value: Int64) -> ClosedRange<Int64> {
    let (tail, head) = (network.tails[arc], network.heads[arc])
    let capacity = network.capacities[arc]
    var (least, most) = (Int64(0), capacity)
    for set in leaving.indices {
      let (hasTail, hasHead) = (set >> tail & 1 == 1, set >> head & 1 == 1)
      if hasHead && !hasTail { most = min(most, leaving[set] - value * net(set)) }
      if hasTail && !hasHead { least = max(least, value * net(set) - leaving[set] + capacity) }
    }
    return least...most
  }

  /// [s in R] - [t in R].
  private func net(_ set: Int) -> Int64 {
    Int64(set >> network.source & 1) - Int64(set >> network.sink & 1)
  }
}

// Maximum flows in fractions, written without any module under test but the numbers: augmenting
// paths by breadth-first search in a table of residual capacities between nodes.
public import Checker
public import ExactArithmetic

/// A slow maximum flow; meant for networks of some hundred nodes.
public struct FlowOracle {
  private var residual: [[Int: Rational]]
  private let network: FlowNetwork

  /// The value between the network's source and sink.
  public static func value(_ network: FlowNetwork) -> Rational {
    var oracle = FlowOracle(network, without: [])
    return oracle.maximum(from: network.source, to: network.sink)
  }

  /// The value between two nodes, with some nodes left out.
  public static func value(
    _ network: FlowNetwork, from source: Int, to sink: Int, without nodes: Set<Int>
  ) -> Rational {
    var oracle = FlowOracle(network, without: nodes)
    return oracle.maximum(from: source, to: sink)
  }

  private init(_ network: FlowNetwork, without nodes: Set<Int>) {
    self.network = network
    residual = Array(repeating: [:], count: network.nodeCount)
    for arc in 0..<network.arcCount {
      let (tail, head) = network.arcs.ends(of: arc)
      if tail == head || nodes.contains(tail) || nodes.contains(head) { continue }
      residual[tail][head, default: 0] += network.capacities[arc]
    }
  }

  private mutating func maximum(from source: Int, to sink: Int) -> Rational {
    var value = Rational(0)
    // Each pass saturates a pair of nodes on a shortest path.
    while let path = shortestPath(from: source, to: sink) {
      var amount: Rational?
      for (tail, head) in zip(path, path.dropFirst()) {
        guard let capacity = residual[tail][head] else { continue }
        amount = amount.map { min($0, capacity) } ?? capacity
      }
      guard let amount else { break }
      for (tail, head) in zip(path, path.dropFirst()) {
        residual[tail][head, default: 0] -= amount
        residual[head][tail, default: 0] += amount
      }
      value += amount
    }
    return value
  }

  private func shortestPath(from source: Int, to sink: Int) -> [Int]? {
    var previous = [source: source]
    var queue = [source]
    var next = 0
    while next < queue.count, previous[sink] == nil {
      let node = queue[next]
      next += 1
      for (head, capacity) in residual[node].sorted(by: { $0.key < $1.key })
      where capacity.signum() > 0 && previous[head] == nil {
        previous[head] = node
        queue.append(head)
      }
    }
    guard previous[sink] != nil else { return nil }
    var path = [sink]
    while let last = path.last, last != source, let before = previous[last] { path.append(before) }
    return path.reversed()
  }
}

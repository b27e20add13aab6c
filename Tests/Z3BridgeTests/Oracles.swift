// A maximum flow and a uniqueness test that share no code with the sources: short and slow.
import Checker
import ExactArithmetic

/// A maximum flow by shortest augmenting paths over fractions, judged by the kernel.
func maximumFlow(_ network: FlowNetwork) throws -> MaximumFlow {
  var residual = ResidualArcs(network)
  // Bound: each turn saturates a residual arc on a shortest path.
  while let path = residual.path(
    from: network.source, to: network.sink, avoiding: nil)
  {
    let amounts = path.map { residual.amounts[$0] }
    guard let amount = amounts.min() else { break }
    for half in path {
      residual.amounts[half] -= amount
      residual.amounts[half ^ 1] += amount
    }
  }
  let flow = ExactVector((0..<network.arcCount).map { residual.amounts[2 * $0 + 1] })
  let cut = NodeSet(
    nodeCount: network.nodeCount,
    members: (0..<network.nodeCount).filter {
      residual.path(from: network.source, to: $0, avoiding: nil) != nil
    })
  guard case .accepted(let feasible) = checkFeasible(flow, in: network),
    case .accepted(let maximum) = checkMaximum(feasible, cut: cut)
  else { throw OracleFailure.notMaximum }
  return maximum
}

enum OracleFailure: Error {
  case notMaximum
}

/// Whether some maximum flow differs on one of these arcs.
///
/// Maximum flows differ by circulations in the residual graph, which are sums of simple cycles over
/// distinct arcs. So an arc can change iff one of its two directions is open and its end is joined
/// to its beginning by an open path that does not use the arc, in either direction.
func canChange(_ flow: MaximumFlow, on arcs: some Sequence<Int>) -> Bool {
  let network = flow.flow.network
  var residual = ResidualArcs(network)
  for arc in 0..<network.arcCount {
    residual.amounts[2 * arc] -= flow.flow.amounts[arc]
    residual.amounts[2 * arc + 1] += flow.flow.amounts[arc]
  }
  return arcs.contains { arc in
    [2 * arc, 2 * arc + 1].contains { half in
      residual.amounts[half] > 0
        && residual.path(
          from: residual.ends[half].head, to: residual.ends[half].tail, avoiding: arc) != nil
    }
  }
}

/// Two half-arcs per arc, `2e` forward and `2e + 1` backward, with what they can still carry.
private struct ResidualArcs {
  var amounts: [Rational] = []
  var ends: [(tail: Int, head: Int)] = []
  private var leaving: [[Int]]

  init(_ network: FlowNetwork) {
    leaving = [[Int]](repeating: [], count: network.nodeCount)
    for arc in 0..<network.arcCount {
      let (tail, head) = network.arcs.ends(of: arc)
      leaving[tail].append(2 * arc)
      leaving[head].append(2 * arc + 1)
      ends += [(tail, head), (head, tail)]
      amounts += [network.capacities[arc], 0]
    }
  }

  /// The half-arcs of a shortest open path; empty from a node to itself.
  func path(from start: Int, to end: Int, avoiding arc: Int?) -> [Int]? {
    var arrival = [Int?](repeating: nil, count: leaving.count)
    var queue = [start]
    var position = 0
    while position < queue.count && queue[position] != end {
      for half in leaving[queue[position]]
      where amounts[half] > 0 && half / 2 != arc && arrival[ends[half].head] == nil
        && ends[half].head != start
      {
        arrival[ends[half].head] = half
        queue.append(ends[half].head)
      }
      position += 1
    }
    guard position < queue.count else { return nil }
    var path: [Int] = []
    var node = end
    while node != start, let half = arrival[node] {
      path.append(half)
      node = ends[half].tail
    }
    return path.reversed()
  }
}

import Checker
import ExactArithmetic

/// Splits one node of a network into two; the second part is a new node with the last number.
///
/// Each arc at the node is doubled with its capacity shared as `share : 1 - share`, or given whole
/// to both parts where `keepsWhole` says so. The doubles come behind all old arcs, in arc order.
private func splitting(
  _ network: FlowNetwork, node: Int, share: Rational, keepsWhole: (Int) -> Bool
) throws(StatementError) -> FlowNetwork {
  var (tails, heads): ([Int32], [Int32]) = ([], [])
  var capacities: [Rational] = []
  var doubles: [(tail: Int, head: Int, capacity: Rational)] = []
  let twin = network.nodeCount
  network.arcs.forEach { arc, tail, head in
    let capacity = network.capacities[arc]
    tails.append(Int32(tail))
    heads.append(Int32(head))
    guard tail == node || head == node else {
      capacities.append(capacity)
      return
    }
    let whole = keepsWhole(arc)
    capacities.append(whole ? capacity : capacity * share)
    doubles.append(
      (
        tail == node ? twin : tail, head == node ? twin : head,
        whole ? capacity : capacity * (1 - share)
      ))
  }
  for double in doubles {
    tails.append(Int32(double.tail))
    heads.append(Int32(double.head))
    capacities.append(double.capacity)
  }
  return try FlowNetwork(
    nodeCount: network.nodeCount + 1, source: network.source, sink: network.sink, tails: tails,
    heads: heads, capacities: ExactVector(capacities))
}

/// The two parts' sum moves between the old bounds: v'({a, b}) and v'(N) - v'(N \ {a, b}).
func splitBottom(_ examination: Examination) throws(StatementError) -> Outcome {
  guard let tensor = examination.tensor else { return .inconclusive("no tensor") }
  let token = examination.salt % tensor.tokens
  let player = tensor.layers * tensor.tokens * tensor.tokens + tensor.tokens + token
  let split = try splitting(
    examination.network, node: token + 1, share: Rational(1, 3), keepsWhole: { $0 == player })
  // The doubled player arc is the last one.
  let parts = Set([player, split.arcCount - 1])
  let players = split.sinkArcs
  let alone = try split.replacing { capacities in
    for arc in players where !parts.contains(arc) { capacities[arc] = 0 }
  }
  let without = try split.replacing { capacities in
    for arc in parts { capacities[arc] = 0 }
  }
  return related(examination.bottom, examination.solved(split, intervalsOf: [])) { before, after in
    examination.solved(alone, intervalsOf: []).outcome { alone in
      examination.solved(without, intervalsOf: []).outcome { without in
        .test(
          after.value == before.value && alone.value == before.maxima[token]
            && after.value - without.value == before.minima[token],
          "token \(token): value \(before.value), then \(after.value); interval "
            + "\(before.intervals[token]), then \(after.value - without.value) to \(alone.value)")
      }
    }
  }
}

/// Both halves of a middle token carry half of what it carried.
func splitMiddle(_ examination: Examination) throws(StatementError) -> Outcome {
  guard let tensor = examination.tensor else { return .inconclusive("no tensor") }
  let node = tensor.tokens + 1 + examination.salt % tensor.tokens
  let split = try splitting(
    examination.network, node: node, share: Rational(1, 2), keepsWhole: { _ in false })
  return related(
    examination.bottom, examination.solved(split, intervalsOf: split.sinkArcs), sameAnswer)
}

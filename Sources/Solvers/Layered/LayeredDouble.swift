// Maximum flows of layered networks in doubles: the two measures of `DoubleSolve`, without
// half-arcs.
import Checker
import Networks

/// A maximum flow from the upper end of a layered network to the lower, in doubles.
///
/// Capacities are lowered to what can pass before the flow is searched. Of the cuts that the flow
/// suggests, from both ends and with several thresholds for crumbs, the one of least capacity is
/// returned as the set of nodes on the upper side.
func solveLayeredDouble(
  _ layout: LayeredLayout, capacities: [Double], limit: WorkLimit
) -> (solution: LayeredSolution<Double>, upperSide: NodeSet) {
  let solution = solveLayered(layout, capacities: lowered(layout, capacities), limit: limit)
  let value = solution.flow.value
  let flow = LayeredFlow(layout, capacities: capacities, amounts: solution.flow.amounts)
  var best = NodeSet(nodeCount: layout.nodeCount, members: [layout.source])
  var least = upperCapacity(best, layout, capacities)
  for threshold in [0, 1e-16, 1e-14, 1e-12] {
    let crumb = threshold * value
    let open = LayeredOpenArcs(flow, crumb: crumb)
    func isOpen(_ arc: Int) -> Bool { capacities[arc] - flow.amounts[arc] > crumb }
    let reached = open.reachable {
      isOpen(layout.sourceArc($0))
    } isOpenBelow: {
      isOpen(layout.sinkArc($0))
    }
    var distances = LayeredDistances(layout)
    distances.measureAll(open) { isOpen(layout.sinkArc($0)) }
    for side in [reached, distances.lowerSide(layout).complement] where !side.contains(layout.sink)
    {
      let capacity = upperCapacity(side, layout, capacities)
      if capacity < least { (best, least) = (side, capacity) }
      // Nothing can be gained any more but the last digits.
      if least <= value * (1 + 1e-13) { return (solution, best) }
    }
  }
  return (solution, best)
}

/// Lowers each capacity to what its lower end can hand on and its upper end can take in.
private func lowered(_ layout: LayeredLayout, _ capacities: [Double]) -> [Double] {
  let (layers, tokens) = (layout.layers, layout.tokens)
  var result = capacities
  var lowered = result.mutableSpan
  var sums = filled((layers + 1) * tokens, with: 0.0)
  var passing = sums.mutableSpan
  for token in 0..<tokens { passing[token] = lowered[layout.sinkArc(token)] }
  for row in 0..<layout.rowCount {
    let lower = row / tokens * tokens
    for j in 0..<tokens {
      let amount = min(lowered[row * tokens + j], passing[lower + j])
      lowered[row * tokens + j] = amount
      passing[row + tokens] += amount
    }
  }
  for token in 0..<tokens {
    let (arc, node) = (layout.sourceArc(token), layers * tokens + token)
    lowered[arc] = min(lowered[arc], passing[node])
    passing[node] = lowered[arc]
  }
  for node in 0..<(layers * tokens) { passing[node] = 0 }
  for row in (0..<layout.rowCount).reversed() {
    let lower = row / tokens * tokens
    for j in 0..<tokens {
      let amount = min(lowered[row * tokens + j], passing[row + tokens])
      lowered[row * tokens + j] = amount
      passing[lower + j] += amount
    }
  }
  for token in 0..<tokens {
    lowered[layout.sinkArc(token)] = min(lowered[layout.sinkArc(token)], passing[token])
  }
  return result
}

/// The sum of the capacities from a node set with the upper end down and out of it.
private func upperCapacity(
  _ side: NodeSet, _ layout: LayeredLayout, _ capacities: [Double]
) -> Double {
  var sum = 0.0
  Arcs.layered(layers: layout.layers, tokens: layout.tokens).forEach { arc, upper, lower in
    if side.contains(upper) && !side.contains(lower) { sum += capacities[arc] }
  }
  return sum
}

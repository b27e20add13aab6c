// From a flow that is nearly conserved to one that is exactly.
//
// What a node has too much is pushed along a spanning forest to a grounded node, which has no
// balance to keep. The forest is a maximum one for a given preference, so that the pushes, tiny as
// they are, go where they do the least harm: for logarithms along arcs with much slack, for squares
// along arcs strictly between their bounds. All amounts are integers, so the result is exact. If a
// push leaves the bounds of an arc, it is cut short, and the rest is routed by a maximum flow from
// the nodes with too much to those with too little; the residual graph of any flow within its
// bounds has one that routes everything, the difference to a feasible flow.
import Checker
import Networks

extension WorkingProblem {
  /// Makes a flow within its bounds conserve exactly.
  ///
  /// - Parameters:
  ///   - flow: one integer per arc, in the units of the grid, within its bounds.
  ///   - preference: one number per arc in `0 ..< 4096`; pushes prefer large ones.
  /// - Returns: whether it succeeded.
  func repair(_ flow: inout [Int128], preference: [Int16]) -> Bool {
    repairUnknown(&flow, preference: preference) && setLinks(&flow)
  }

  /// Sets the flow of arcs without the term to what balances their tokens; false if one is beyond
  /// its bounds.
  private func setLinks(_ flow: inout [Int128]) -> Bool {
    guard !linkArcs.isEmpty else { return true }
    let network = problem.network
    for arc in linkArcs { flow[arc] = 0 }
    var excess = [Int128](repeating: 0, count: nodeCount)
    incidence.netInflow(of: flow, into: &excess)
    for arc in linkArcs {
      let (tail, head) = network.arcs.ends(of: arc)
      let leadsToToken = tail == network.source || tail == network.sink
      flow[arc] = leadsToToken ? -excess[head] : excess[tail]
    }
    return linkArcs.allSatisfy { flow[$0] >= lower[$0] && flow[$0] <= upper[$0] }
  }

  private func repairUnknown(_ flow: inout [Int128], preference: [Int16]) -> Bool {
    var excess = [Int128](repeating: 0, count: nodeCount)
    incidence.netInflow(of: flow, into: &excess)
    for node in 0..<nodeCount { excess[node] -= demand[node] }
    guard excess.indices.contains(where: { isUnknown[$0] != 0 && excess[$0] != 0 }) else {
      return true
    }
    let forest = RepairForest(self, preference: preference)
    var isWithinBounds = true
    for node in forest.order.reversed() where excess[node] != 0 {
      let arc = forest.parentArc[node]
      guard arc >= 0 else { continue }
      let (tail, head) = incidence.arcs.ends(of: arc)
      let wanted = tail == node ? flow[arc] + excess[node] : flow[arc] - excess[node]
      let taken = min(max(wanted, lower[arc]), upper[arc])
      if taken != wanted { isWithinBounds = false }
      let moved = tail == node ? taken - flow[arc] : flow[arc] - taken
      flow[arc] = taken
      excess[node] -= moved
      excess[tail == node ? head : tail] += moved
    }
    return isWithinBounds || (linkArcs.isEmpty && routeExcess(&flow))
  }

  /// Routes all that nodes have too much to where it lacks.
  private func routeExcess(_ flow: inout [Int128]) -> Bool {
    let network = problem.network
    var excess = [Int128](repeating: 0, count: nodeCount)
    incidence.netInflow(of: flow, into: &excess)
    var (tails, heads) = ([Int32](), [Int32]())
    var (capacities, amounts) = ([Int128](), [Int128]())
    func add(_ tail: Int, _ head: Int, _ capacity: Int128, _ amount: Int128) {
      tails.append(Int32(truncatingIfNeeded: tail))
      heads.append(Int32(truncatingIfNeeded: head))
      capacities.append(capacity)
      amounts.append(amount)
    }
    network.arcs.forEach { arc, tail, head in
      add(tail, head, upper[arc] - lower[arc], flow[arc] - lower[arc])
    }
    var (wanted, total) = (Int128(0), Int128(0))
    for node in 0..<nodeCount {
      excess[node] -= demand[node]
      if excess[node] > 0 {
        add(nodeCount, node, excess[node], 0)
        wanted += excess[node]
      } else if excess[node] < 0 {
        add(node, nodeCount + 1, -excess[node], 0)
      }
      total += abs(excess[node])
    }
    if case .free = problem.returnArc {
      add(network.source, network.sink, total, 0)
      add(network.sink, network.source, total, 0)
    }
    let adjacency = Adjacency(nodeCount: nodeCount + 2, arcs: .listed(tails: tails, heads: heads))
    var graph = ResidualGraph(
      adjacency: adjacency, source: nodeCount, sink: nodeCount + 1, capacities: capacities,
      flow: amounts)
    _ = MaximumFlowSolver.dinic.solve(&graph)
    for arc in flow.indices { flow[arc] = lower[arc] + graph.residual[2 * arc + 1] }
    return graph.value == wanted
  }
}

/// A maximum spanning forest of the active arcs, rooted at grounded nodes.
private struct RepairForest {
  /// The arc between each node and its parent; -1 at roots.
  private(set) var parentArc: [Int]
  /// The nodes, parents before children.
  private(set) var order: [Int] = []

  init(_ working: WorkingProblem, preference: [Int16]) {
    let (nodeCount, arcs) = (working.nodeCount, working.incidence.arcs)
    // Arcs by falling preference: counted, then placed.
    var starts = [Int](repeating: 0, count: 4098)
    for arc in preference.indices where working.isActive[arc] {
      starts[4096 - Int(preference[arc])] += 1
    }
    var sum = 0
    for bucket in starts.indices {
      (starts[bucket], sum) = (sum, sum + starts[bucket])
    }
    var sorted = [Int32](repeating: 0, count: sum)
    for arc in preference.indices where working.isActive[arc] {
      let bucket = 4096 - Int(preference[arc])
      sorted[starts[bucket]] = Int32(truncatingIfNeeded: arc)
      starts[bucket] += 1
    }
    // All grounded nodes are one: flow that reaches them may vanish.
    var group = Array(0..<nodeCount)
    func find(_ node: Int) -> Int {
      var root = node
      while group[root] != root {
        group[root] = group[group[root]]
        root = group[root]
      }
      return root
    }
    let grounded = (0..<nodeCount).filter { working.isUnknown[$0] == 0 }
    for node in grounded { group[node] = grounded[0] }
    var neighbours = [[(node: Int, arc: Int)]](repeating: [], count: nodeCount)
    var missing = nodeCount - max(grounded.count, 1)
    for arc in sorted where missing > 0 {
      let (tail, head) = arcs.ends(of: Int(arc))
      let (a, b) = (find(tail), find(head))
      guard a != b else { continue }
      group[a] = b
      missing -= 1
      neighbours[tail].append((head, Int(arc)))
      neighbours[head].append((tail, Int(arc)))
    }
    parentArc = [Int](repeating: -1, count: nodeCount)
    order = grounded
    var isReached = working.isUnknown.map { $0 == 0 }
    var next = 0
    // Every pass finishes a node.
    while next < order.count {
      for (node, arc) in neighbours[order[next]] where !isReached[node] {
        isReached[node] = true
        parentArc[node] = arc
        order.append(node)
      }
      next += 1
    }
  }
}

// Flows of least cost by shortest paths, all of one length at a time.
//
// Problem: minimise sum c f over l <= f <= u, where every node gives out what it takes in and its
// supply besides.
// Idea: start with every arc at the bound that its cost prefers, so that with all potentials y = 0
// no half-arc that is open has a negative reduced cost c - (y_head - y_tail). What the nodes then
// have too much must go to those that have too little. Measure the shortest distances from the
// first in reduced costs, raise the potentials by them, up to the distance D of the nearest node
// that has too little, and push a maximum flow along half-arcs of reduced cost 0. Reduced costs of
// open half-arcs never become negative, so when no excess is left, flow and potentials are optimal.
// When no way leads to a node with too little, the nodes reached must take in more than they can
// give out, and no flow is feasible.
// Why it terminates: after a phase every way to a node with too little has a positive reduced
// length, so the shortest length in true costs has grown. It is the length of a simple path, and
// there are finitely many of these. Inside a phase, Dinic's algorithm terminates.
// Cost: O(m log n) and a maximum flow for each length that occurs. On a layered network with one
// cost for all arcs there are two; in the worst case exponentially many, hence the work limit.
// Source: [F], chapter III; with reduced costs, so that Dijkstra's algorithm applies, [EK].
import Checker
import ExactArithmetic
import Networks

/// How the primal-dual algorithm ended.
struct PrimalDualRun<Number: ExactFlowNumber> {
  enum Outcome {
    /// A flow of least cost, and potentials under which no open half-arc has a negative cost.
    case optimal(flow: [Number], potentials: [Number])
    /// These nodes must take in more than they can give out.
    case infeasible(crowded: NodeSet)
    case workLimitReached
  }

  var outcome: Outcome
  var phases: Int
  var work: Int
}

/// A flow of least cost that respects bounds and supplies.
///
/// - Parameters:
///   - adjacency: the half-arcs.
///   - lower: the lower bound of each arc.
///   - upper: the upper bound of each arc, not below the lower one.
///   - costs: the cost of a unit on each arc.
///   - supplies: what each node gives out beyond what it takes in; their sum is 0.
///   - limit: the bound on the work.
/// - Returns: the flow, or why there is none.
func primalDualFlow<Number: ExactFlowNumber>(
  _ adjacency: Adjacency, lower: [Number], upper: [Number], costs: [Number], supplies: [Number],
  limit: WorkLimit
) -> PrimalDualRun<Number> {
  let arcCount = adjacency.arcCount
  var start = lower
  var excess = supplies
  for arc in 0..<arcCount {
    if costs[arc] < .zero {
      start[arc] = upper[arc]
    } else if costs[arc] == .zero {
      start[arc] = max(lower[arc], min(upper[arc], .zero))
    }
    let (tail, head) = adjacency.ends(of: arc)
    excess[tail] -= start[arc]
    excess[head] += start[arc]
  }
  let extended = ExtendedNetwork(adjacency, excess: excess)
  var graph = ResidualGraph(
    adjacency: extended.adjacency, source: extended.source, sink: extended.sink,
    capacities: [Number](repeating: .zero, count: extended.adjacency.arcCount))
  for arc in 0..<arcCount {
    graph.residual[2 * arc] = upper[arc] - start[arc]
    graph.residual[2 * arc + 1] = start[arc] - lower[arc]
  }
  var missing = Number.zero
  for (position, node) in extended.unbalanced.enumerated() {
    graph.residual[2 * (arcCount + position)] = abs(excess[node])
    if excess[node] > .zero { missing += excess[node] }
  }
  let extraCosts = [Number](repeating: .zero, count: extended.unbalanced.count)
  let allCosts = costs + extraCosts
  var potentials = [Number](repeating: .zero, count: extended.adjacency.nodeCount)
  var search = ShortestDistances<Number>(nodeCount: extended.adjacency.nodeCount)
  var run = PrimalDualRun<Number>(outcome: .workLimitReached, phases: 0, work: 0)

  // Every pass makes the shortest way from excess to demand longer; see above for the bound.
  while missing > .zero {
    if limit.isExceeded(by: run.work) { return run }
    run.phases += 1
    guard search.measure(graph, costs: allCosts, potentials: potentials, work: &run.work) else {
      var crowded = NodeSet(nodeCount: adjacency.nodeCount)
      for node in 0..<adjacency.nodeCount where search.isReached(node) { crowded.insert(node) }
      run.outcome = .infeasible(crowded: crowded)
      return run
    }
    search.raise(&potentials, upTo: extended.sink)
    let (pushed, isComplete) = pushAlongShortestPaths(
      &graph, costs: allCosts, potentials: potentials, limit: limit, work: &run.work)
    if !isComplete { return run }
    missing -= pushed
  }
  let flow = (0..<arcCount).map { lower[$0] + graph.residual[2 * $0 + 1] }
  run.outcome = .optimal(
    flow: flow, potentials: Array(potentials.prefix(adjacency.nodeCount)))
  return run
}

/// The network with a source before all excess and a sink behind all demand.
private struct ExtendedNetwork {
  let adjacency: Adjacency
  let source: Int
  let sink: Int
  /// The nodes of the arcs behind those of the network.
  let unbalanced: [Int]

  init<Number: ExactFlowNumber>(_ network: Adjacency, excess: [Number]) {
    let (nodeCount, arcCount) = (network.nodeCount, network.arcCount)
    source = nodeCount
    sink = nodeCount + 1
    unbalanced = (0..<nodeCount).filter { excess[$0] != .zero }
    var tails = [Int32](repeating: 0, count: arcCount + unbalanced.count)
    var heads = tails
    for arc in 0..<arcCount {
      tails[arc] = network.target[2 * arc + 1]
      heads[arc] = network.target[2 * arc]
    }
    for (position, node) in unbalanced.enumerated() {
      let isExcess = excess[node] > .zero
      tails[arcCount + position] = Int32(truncatingIfNeeded: isExcess ? source : node)
      heads[arcCount + position] = Int32(truncatingIfNeeded: isExcess ? node : sink)
    }
    adjacency = Adjacency(nodeCount: nodeCount + 2, arcs: .listed(tails: tails, heads: heads))
  }
}

/// Pushes a maximum flow along the half-arcs whose reduced cost is 0.
///
/// - Returns: its value, and whether it is maximum; otherwise the work limit was reached.
private func pushAlongShortestPaths<Number: ExactFlowNumber>(
  _ graph: inout ResidualGraph<Number>, costs: [Number], potentials: [Number], limit: WorkLimit,
  work: inout Int
) -> (pushed: Number, isComplete: Bool) {
  let target = graph.adjacency.target
  var tight = graph
  for arc in 0..<costs.count {
    let (tail, head) = (Int(target[2 * arc + 1]), Int(target[2 * arc]))
    if costs[arc] + potentials[tail] != potentials[head] {
      tight.residual[2 * arc] = .zero
      tight.residual[2 * arc + 1] = .zero
    }
  }
  work += costs.count
  let before = tight.value
  let run = MaximumFlowSolver.dinic.solve(&tight, limit: limit.remaining(after: work))
  work += run.work
  // Both half-arcs of an arc are tight or none is, so what is 0 for want of tightness stays out.
  for arc in 0..<costs.count {
    let (tail, head) = (Int(target[2 * arc + 1]), Int(target[2 * arc]))
    if costs[arc] + potentials[tail] == potentials[head] {
      graph.residual[2 * arc] = tight.residual[2 * arc]
      graph.residual[2 * arc + 1] = tight.residual[2 * arc + 1]
    }
  }
  return (tight.value - before, run.status == .optimal)
}

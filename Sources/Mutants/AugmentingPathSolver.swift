// Maximum flow by shortest augmenting paths, with at most one fault. Without a fault it is the
// algorithm of [EK]; the flow is counted beside the residuals, as many libraries do.
import Checker
import Networks
import SolverInterface
import Solvers

/// Augmenting paths with at most one fault.
struct AugmentingPathSolver: ConfigurableSolver, FlowAlgorithm {
  typealias Kind = AugmentingFault

  static let family = Mutant.Family.augmentingPath
  private let fault: AugmentingFault?
  private let numbers: InProcessSolver.Numbers

  init(_ fault: AugmentingFault?, _ numbers: InProcessSolver.Numbers) {
    self.fault = fault
    self.numbers = numbers
  }

  func solve(_ request: FlowRequest) -> FlowAnswer {
    guard numbers == .double else { return solveExactly(request) }
    return solveInDoubles(request) { rules in
      switch fault {
      case .scalingStopsAtOne: rules.isOpen = { $0 >= 1 }
      case .pushedOnGrid: rules.pushed = { ($0 * 0x1p20).rounded(.down) * 0x1p-20 }
      case .toleranceMillionth: rules.isOpen = { $0 > 1e-6 }
      case .toleranceBillionth: rules.isOpen = { $0 > 1e-9 }
      case .singleResiduals: rules.stored = { Double(Float($0)) }
      default: break
      }
    }
  }

  func run<Number: FlowNumber>(
    _ graph: inout ResidualGraph<Number>, _ rules: NumberRules<Number>, limit: WorkLimit
  ) -> AlgorithmResult<Number> {
    var rules = rules
    if fault == .closedArcsUsed { rules.isOpen = { $0 >= .zero } }
    let capacities = (0..<graph.adjacency.arcCount).map { graph.residual[2 * $0] }
    var search = PathSearch(graph.adjacency.nodeCount, fault)
    var result = AlgorithmResult(
      status: .optimal, flow: capacities.map { _ in Number.zero }, cut: nil)
    var value = Number.zero
    var paths = 0
    // Without a fault every pass empties a half-arc of a shortest path; with one, the limit ends
    // it.
    while search.findPath(graph, rules) {
      let path = search.path(graph)
      if fault == .cutBeforeLastPath { result.cut = search.reachedWithoutSink(graph) }
      let amount = rules.pushed(bottleneck(path, graph.residual))
      if fault == .stopsBelowThousandth && rules.isBelowThousandth(amount, value) { break }
      value += amount
      for halfArc in path {
        push(amount, on: halfArc, &graph, &result.flow, capacities, rules)
      }
      paths += 1
      if fault == .stopsAfterThreePaths && paths == 3 { break }
      if limit.isExceeded(by: search.work) {
        result.status = .workLimitReached
        break
      }
    }
    return result
  }

  /// The smallest residual of a path, whose half-arcs begin at the source.
  private func bottleneck<Number: FlowNumber>(_ path: [Int], _ residual: [Number]) -> Number {
    var part = path[...]
    if path.count > 1 {
      if fault == .bottleneckSkipsFirst { part = part.dropFirst() }
      if fault == .bottleneckSkipsLast { part = part.dropLast() }
    }
    return part.map { residual[$0] }.min() ?? .zero
  }

  private func push<Number: FlowNumber>(
    _ amount: Number, on halfArc: Int, _ graph: inout ResidualGraph<Number>,
    _ flow: inout [Number], _ capacities: [Number], _ rules: NumberRules<Number>
  ) {
    let arc = halfArc >> 1
    graph.residual[halfArc] = rules.stored(graph.residual[halfArc] - amount)
    switch fault {
    case .noReverseArcs: break
    case .reverseGetsCapacity: graph.residual[halfArc ^ 1] = capacities[arc]
    default: graph.residual[halfArc ^ 1] = rules.stored(graph.residual[halfArc ^ 1] + amount)
    }
    if halfArc & 1 == 0 || fault == .backwardPushAdds {
      flow[arc] += amount
    } else {
      flow[arc] -= amount
    }
  }
}

/// A search in breadth from the source.
private struct PathSearch {
  private let fault: AugmentingFault?
  /// The half-arc by which each node was reached, -1 for none.
  private var entry: [Int32]
  private var depth: [Int32]
  private(set) var work = 0

  init(_ nodeCount: Int, _ fault: AugmentingFault?) {
    self.fault = fault
    entry = [Int32](repeating: -1, count: nodeCount)
    depth = [Int32](repeating: 0, count: nodeCount)
  }

  /// Whether the sink can be reached.
  mutating func findPath<Number: FlowNumber>(
    _ graph: borrowing ResidualGraph<Number>, _ rules: NumberRules<Number>
  ) -> Bool {
    let adjacency = graph.adjacency
    if fault == .visitedKept {
      entry[graph.sink] = -1
    } else {
      for node in entry.indices { entry[node] = -1 }
    }
    var queue = [graph.source]
    var finished = 0
    while finished < queue.count && entry[graph.sink] < 0 {
      let node = queue[finished]
      finished += 1
      if fault == .searchDepthFour && depth[node] == 4 { continue }
      for slot in Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1]) {
        work += 1
        let next = Int(adjacency.neighbors[slot])
        guard entry[next] < 0, next != graph.source,
          rules.isOpen(graph.residual[Int(adjacency.halfArcs[slot])])
        else { continue }
        if fault == .queueOfSeven && queue.count - finished == 7 && next != graph.sink { continue }
        entry[next] = adjacency.halfArcs[slot]
        depth[next] = depth[node] + 1
        queue.append(next)
      }
    }
    return entry[graph.sink] >= 0
  }

  /// The half-arcs of the path that was found, from the source on.
  func path<Number: FlowNumber>(_ graph: borrowing ResidualGraph<Number>) -> [Int] {
    var path: [Int] = []
    var node = graph.sink
    // A tree of the search leads back to the source; the bound is the number of nodes.
    while node != graph.source {
      let halfArc = Int(entry[node])
      path.append(halfArc)
      node = Int(graph.adjacency.target[halfArc ^ 1])
    }
    return path.reversed()
  }

  /// The nodes reached, but for the sink.
  func reachedWithoutSink<Number: FlowNumber>(
    _ graph: borrowing ResidualGraph<Number>
  ) -> NodeSet {
    var set = NodeSet(nodeCount: entry.count, members: [graph.source])
    for node in entry.indices where entry[node] >= 0 && node != graph.sink { set.insert(node) }
    return set
  }
}

// Maximum flow by blocking flows, with at most one fault. Without a fault it is the algorithm of
// [D], levels measured from the source, walks along current arcs.
import Networks
import SolverInterface
import Solvers

/// Blocking flows with at most one fault.
struct BlockingFlowSolver: ConfigurableSolver, FlowAlgorithm {
  typealias Kind = BlockingFault

  static let family = Mutant.Family.blockingFlow
  private let fault: BlockingFault?

  init(_ fault: BlockingFault?, _ numbers: InProcessSolver.Numbers) { self.fault = fault }

  func solve(_ request: FlowRequest) -> FlowAnswer { solveExactly(request) }

  func run<Number: FlowNumber>(
    _ graph: inout ResidualGraph<Number>, _ rules: NumberRules<Number>, limit: WorkLimit
  ) -> AlgorithmResult<Number> {
    var run = BlockingRun(graph, fault)
    var status = MaximumFlowStatus.optimal
    var value = Number.zero
    // Without a fault every pass makes the way to the sink longer; with one, the limit ends it.
    while run.measureLevels() {
      let pushed = run.pushBlockingFlow(limit)
      value += pushed
      if limit.isExceeded(by: run.work) {
        status = .workLimitReached
        break
      }
      let isInVain = pushed == .zero && (fault == .levelsByCapacity || fault == .levelOffByOne)
      if isInVain || fault == .onePhase
        || (fault == .phaseBelowThousandth && rules.isBelowThousandth(pushed, value))
        || (fault == .deadlineReturnsPartial && run.work > 4 * graph.adjacency.arcCount)
      {
        break
      }
    }
    graph = run.graph
    return AlgorithmResult(status: status, flow: run.flow, cut: nil)
  }
}

/// The levels, current arcs and residuals of a run.
private struct BlockingRun<Number: FlowNumber> {
  private(set) var graph: ResidualGraph<Number>
  private(set) var flow: [Number]
  private(set) var work = 0
  private let fault: BlockingFault?
  private let capacities: [Number]
  private var level: [Int]
  private var isDead: [Bool]
  private var nextSlot: [Int32]

  init(_ graph: ResidualGraph<Number>, _ fault: BlockingFault?) {
    self.graph = graph
    self.fault = fault
    let adjacency = graph.adjacency
    capacities = (0..<adjacency.arcCount).map { graph.residual[2 * $0] }
    flow = capacities.map { _ in .zero }
    level = [Int](repeating: -1, count: adjacency.nodeCount)
    isDead = [Bool](repeating: false, count: adjacency.nodeCount)
    nextSlot = adjacency.firstHalfArc
  }

  /// Distances from the source; false if the sink has none.
  mutating func measureLevels() -> Bool {
    let adjacency = graph.adjacency
    // What a level is that nobody has set.
    let unseen = fault == .sourceLooksUnseen ? 0 : -1
    for node in level.indices { level[node] = unseen }
    level[graph.source] = 0
    if fault != .currentArcKept { nextSlot = adjacency.firstHalfArc }
    let levelCount = adjacency.nodeCount - (fault == .levelsTooFew ? 1 : 0)
    var queue = [graph.source]
    var finished = 0
    while finished < queue.count {
      let node = queue[finished]
      finished += 1
      for slot in Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1]) {
        work += 1
        let next = Int(adjacency.neighbors[slot])
        let halfArc = Int(adjacency.halfArcs[slot])
        guard level[next] == unseen, isOpenForLevels(halfArc), level[node] + 1 < levelCount,
          !(fault == .deadNodesKept && isDead[next])
        else { continue }
        level[next] = level[node] + 1
        queue.append(next)
      }
    }
    return level[graph.sink] != unseen
  }

  private func isOpenForLevels(_ halfArc: Int) -> Bool {
    switch fault {
    case .forwardLevels: halfArc & 1 == 0 && graph.residual[halfArc] > .zero
    case .levelsByCapacity: halfArc & 1 == 0 && capacities[halfArc >> 1] > .zero
    default: graph.residual[halfArc] > .zero
    }
  }

  /// Pushes along shortest paths until none is left; returns how much.
  mutating func pushBlockingFlow(_ limit: WorkLimit) -> Number {
    let adjacency = graph.adjacency
    var total = Number.zero
    var walk: [Int] = []
    // What may be pushed along the first so many arcs of the walk.
    var available: [Number] = []
    var node = graph.source
    // Every pass takes a step down, gives up a half-arc for good, or empties one.
    while !limit.isExceeded(by: work) {
      if node == graph.sink, let amount = available.last {
        for halfArc in walk { push(amount, on: halfArc) }
        total += amount
        if fault == .availableNotReduced {
          available.removeLast()
          node = Int(adjacency.target[walk.removeLast() ^ 1])
        } else {
          (walk, available, node) = ([], [], graph.source)
        }
        continue
      }
      if let halfArc = nextOpen(node) {
        let residual = graph.residual[halfArc]
        walk.append(halfArc)
        available.append(available.last.map { min($0, residual) } ?? residual)
        node = Int(adjacency.target[halfArc])
      } else {
        isDead[node] = true
        guard let last = walk.popLast() else { break }
        available.removeLast()
        node = Int(adjacency.target[last ^ 1])
        nextSlot[node] += 1
      }
    }
    return total
  }

  /// The first half-arc from the current one on that leads a level down and is open.
  private mutating func nextOpen(_ node: Int) -> Int? {
    let adjacency = graph.adjacency
    let end = adjacency.firstHalfArc[node + 1]
    let levelEnd = fault == .levelOffByOne ? level[graph.sink] : Int.max
    while nextSlot[node] < end {
      work += 1
      let slot = Int(nextSlot[node])
      let next = Int(adjacency.neighbors[slot])
      let halfArc = Int(adjacency.halfArcs[slot])
      if level[next] == level[node] + 1 && graph.residual[halfArc] > .zero && level[next] < levelEnd
      {
        return halfArc
      }
      nextSlot[node] += 1
    }
    return nil
  }

  private mutating func push(_ amount: Number, on halfArc: Int) {
    graph.residual[halfArc] -= amount
    if fault != .noReverseArcs { graph.residual[halfArc ^ 1] += amount }
    if halfArc & 1 == 0 { flow[halfArc >> 1] += amount } else { flow[halfArc >> 1] -= amount }
  }
}

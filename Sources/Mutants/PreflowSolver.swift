// Maximum flow by preflows, with at most one fault. Without a fault it is the first-in first-out
// algorithm of [GT] in one stage: heights go up to twice the number of nodes, and excess that
// cannot reach the sink climbs above the source and flows back. A gap in the heights lifts what is
// above it.
import Networks
import SolverInterface
import Solvers

/// Preflows with at most one fault.
struct PreflowSolver: ConfigurableSolver, FlowAlgorithm {
  typealias Kind = PreflowFault

  static let family = Mutant.Family.pushRelabel
  private let fault: PreflowFault?

  init(_ fault: PreflowFault?, _ numbers: InProcessSolver.Numbers) { self.fault = fault }

  func solve(_ request: FlowRequest) -> FlowAnswer { solveExactly(request) }

  func run<Number: FlowNumber>(
    _ graph: inout ResidualGraph<Number>, _ rules: NumberRules<Number>, limit: WorkLimit
  ) -> AlgorithmResult<Number> {
    var preflow = PreflowRun(graph, fault)
    preflow.saturateSource()
    if fault == .loopsCounted { preflow.countLoops() }
    let isDone = preflow.settle(limit)
    graph = preflow.graph
    return AlgorithmResult(
      status: isDone ? .optimal : .workLimitReached, flow: preflow.flow, cut: nil)
  }
}

/// A preflow with its heights and its queue of nodes with excess.
private struct PreflowRun<Number: FlowNumber> {
  private(set) var graph: ResidualGraph<Number>
  private(set) var flow: [Number]
  private let fault: PreflowFault?
  private let nodeCount: Int
  /// Nodes at this height are given up; without a fault none gets there.
  private let heightEnd: Int
  private var excess: [Number]
  private var height: [Int]
  private var population: [Int]
  private var nextSlot: [Int32]
  private var queue: [Int] = []
  private var isQueued: [Bool]
  private var work = 0

  init(_ graph: ResidualGraph<Number>, _ fault: PreflowFault?) {
    self.graph = graph
    self.fault = fault
    nodeCount = graph.adjacency.nodeCount
    heightEnd =
      switch fault {
      case .preflowReturned: nodeCount
      case .heightsTooFew: nodeCount + 2
      default: 2 * nodeCount
      }
    flow = [Number](repeating: .zero, count: graph.adjacency.arcCount)
    excess = [Number](repeating: .zero, count: nodeCount)
    height = distancesToSink(graph)
    if fault == .sourceHeightTwo { height[graph.source] = 2 }
    // Room for what faulty relabelling adds.
    population = [Int](repeating: 0, count: 2 * nodeCount + 3)
    for node in 0..<nodeCount { population[height[node]] += 1 }
    nextSlot = graph.adjacency.firstHalfArc
    isQueued = [Bool](repeating: false, count: nodeCount)
  }

  /// Fills every half-arc out of the source.
  mutating func saturateSource() {
    let adjacency = graph.adjacency
    let source = graph.source
    var isFirst = true
    for slot in Int(adjacency.firstHalfArc[source])..<Int(adjacency.firstHalfArc[source + 1]) {
      let halfArc = Int(adjacency.halfArcs[slot])
      let next = Int(adjacency.target[halfArc])
      guard graph.residual[halfArc] > .zero, next != source else { continue }
      let isMissed = isFirst && fault == .firstArcMissed
      isFirst = false
      if !isMissed { push(graph.residual[halfArc], on: halfArc, from: source, to: next) }
    }
  }

  /// Adds the capacities of self loops to the excess of their nodes.
  mutating func countLoops() {
    for arc in 0..<graph.adjacency.arcCount {
      let (node, head) = graph.adjacency.ends(of: arc)
      guard node == head, node != graph.source, node != graph.sink else { continue }
      excess[node] += graph.residual[2 * arc]
      queue.append(node)
    }
  }

  /// Serves nodes with excess, first come first served; false at the limit.
  mutating func settle(_ limit: WorkLimit) -> Bool {
    var served = 0
    // Bounded by the heights; a fault may make it end at the limit.
    while served < queue.count {
      let node = queue[served]
      served += 1
      if served > 4_096 && served * 2 > queue.count {
        queue.removeFirst(served)
        served = 0
      }
      if fault != .queuedOnce { isQueued[node] = false }
      if !discharge(node, limit) { return false }
    }
    return true
  }

  /// Moves the excess of a node downhill until none is left or the node is given up; false at the
  /// limit.
  private mutating func discharge(_ node: Int, _ limit: WorkLimit) -> Bool {
    let adjacency = graph.adjacency
    let end = adjacency.firstHalfArc[node + 1]
    while excess[node] > .zero && height[node] < heightEnd {
      if limit.isExceeded(by: work) { return false }
      work += 1
      guard nextSlot[node] < end else {
        relabel(node)
        continue
      }
      let halfArc = Int(adjacency.halfArcs[Int(nextSlot[node])])
      let next = Int(adjacency.target[halfArc])
      let residual = graph.residual[halfArc]
      let isTooMuch = fault == .saturatingOnly && excess[node] < residual
      guard residual > .zero, height[node] == height[next] + 1, !isTooMuch else {
        nextSlot[node] += 1
        continue
      }
      let amount =
        switch fault {
        case .pushesResidual: residual
        case .pushesExcess: excess[node]
        default: min(excess[node], residual)
        }
      push(amount, on: halfArc, from: node, to: next)
      if fault == .excessDropped { excess[node] = .zero }
    }
    return true
  }

  /// Raises a node to one above its lowest open neighbour.
  private mutating func relabel(_ node: Int) {
    let adjacency = graph.adjacency
    let slots = Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1])
    work += slots.count
    var lowest = heightEnd
    for slot in slots {
      let halfArc = Int(adjacency.halfArcs[slot])
      if graph.residual[halfArc] > .zero || fault == .relabelOverClosedArcs {
        lowest = min(lowest, height[Int(adjacency.target[halfArc])])
      }
    }
    let old = height[node]
    let raised = fault == .relabelByTwo ? old + 2 : lowest + 1
    set(height: min(raised, heightEnd), of: node)
    if fault != .currentArcKept { nextSlot[node] = Int32(truncatingIfNeeded: slots.lowerBound) }
    let isGap = population[old] == 0 && old < nodeCount
    if isGap && fault != .relabelOverClosedArcs { lift(above: old) }
  }

  /// Lifts the nodes above a gap over the source: they have no way to the sink.
  private mutating func lift(above gap: Int) {
    let least = fault == .gapOffByOne ? gap - 1 : gap + 1
    for node in 0..<nodeCount
    where height[node] >= least && height[node] < nodeCount && node != graph.sink {
      set(height: min(nodeCount + 1, heightEnd), of: node)
      nextSlot[node] = graph.adjacency.firstHalfArc[node]
    }
  }

  private mutating func set(height new: Int, of node: Int) {
    population[height[node]] -= 1
    height[node] = new
    population[new] += 1
  }

  private mutating func push(_ amount: Number, on halfArc: Int, from node: Int, to next: Int) {
    let isFilled = amount == graph.residual[halfArc]
    graph.residual[halfArc] -= amount
    if fault != .noReverseArcs { graph.residual[halfArc ^ 1] += amount }
    if halfArc & 1 == 0 { flow[halfArc >> 1] += amount } else { flow[halfArc >> 1] -= amount }
    excess[node] -= amount
    excess[next] += amount
    let isEnd = next == graph.source || (next == graph.sink && fault != .sinkPassesOn)
    if isEnd || isQueued[next] || (fault == .wakesOnlyFilled && !isFilled) { return }
    isQueued[next] = true
    queue.append(next)
  }
}

/// The distance of every node to the sink over open half-arcs; the number of nodes where there is
/// no way, and for the source.
private func distancesToSink<Number: FlowNumber>(_ graph: ResidualGraph<Number>) -> [Int] {
  let adjacency = graph.adjacency
  var distance = [Int](repeating: adjacency.nodeCount, count: adjacency.nodeCount)
  distance[graph.sink] = 0
  var queue = [graph.sink]
  var finished = 0
  while finished < queue.count {
    let node = queue[finished]
    finished += 1
    for slot in Int(adjacency.firstHalfArc[node])..<Int(adjacency.firstHalfArc[node + 1]) {
      let next = Int(adjacency.neighbors[slot])
      let isOpen = graph.residual[Int(adjacency.halfArcs[slot]) ^ 1] > .zero
      guard isOpen, distance[next] == adjacency.nodeCount, next != graph.source else { continue }
      distance[next] = distance[node] + 1
      queue.append(next)
    }
  }
  return distance
}

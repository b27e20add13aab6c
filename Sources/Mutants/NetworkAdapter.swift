// An adapter that turns a network into another one, has a correct solver solve it, and turns the
// flow back. Without a fault both ways keep every arc as it is.
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers

/// An adapter with at most one fault in what it makes of a network.
struct NetworkAdapter: ConfigurableSolver {
  typealias Kind = NetworkFault

  static let family = Mutant.Family.adapter
  private let fault: NetworkFault?

  init(_ fault: NetworkFault?, _ numbers: InProcessSolver.Numbers) { self.fault = fault }

  func solve(_ request: FlowRequest) -> FlowAnswer {
    let original = request.network
    var draft = AdaptedNetwork(original)
    draft.capacities = adaptedCapacities(draft.capacities, original, fault)
    if let fault { draft.apply(fault) }
    do {
      let solution = MaximumFlowSolver.dinic.solve(try draft.network(), limit: request.limit)
      guard solution.status == .optimal else { return FlowAnswer(status: .workLimitReached) }
      let flow = draft.flow(solution.flow, fault)
      return FlowAnswer(
        status: .optimal, value: solution.value, flow: ExactVector(flow), cut: solution.cut)
    } catch {
      return FlowAnswer(status: .failed("no network is left"))
    }
  }
}

/// A network whose arcs know for which arcs of the original they stand.
struct AdaptedNetwork {
  /// An arc and where its flow goes.
  struct Arc {
    var tail: Int
    var head: Int
    /// The position of its capacity.
    var original: Int
    /// The arcs of the original to which its flow is added.
    var receivers: [Int]
    /// Whether the flow is subtracted instead.
    var isBackward = false
  }

  private let original: FlowNetwork
  private var source: Int
  private var sink: Int
  private var arcs: [Arc] = []
  /// One per arc of the original.
  var capacities: [Rational]

  init(_ network: FlowNetwork) {
    original = network
    (source, sink) = (network.source, network.sink)
    capacities = (0..<network.arcCount).map { network.capacities[$0] }
    var arcs: [Arc] = []
    network.arcs.forEach { arc, tail, head in
      arcs.append(Arc(tail: tail, head: head, original: arc, receivers: [arc]))
    }
    self.arcs = arcs
  }

  /// The network to solve.
  func network() throws(StatementError) -> FlowNetwork {
    try FlowNetwork(
      nodeCount: original.nodeCount, source: source, sink: sink,
      tails: arcs.map { Int32(truncatingIfNeeded: $0.tail) },
      heads: arcs.map { Int32(truncatingIfNeeded: $0.head) },
      capacities: ExactVector(arcs.map { capacities[$0.original] }))
  }

  /// Changes the arcs as a fault does.
  mutating func apply(_ fault: NetworkFault) {
    switch fault {
    case .parallelOverwritten: joinParallel { $0 = $1 }
    case .parallelDropped: joinParallel { _, _ in }
    case .parallelMerged: mergeParallel(copying: false)
    case .parallelCopied: mergeParallel(copying: true)
    case .antiparallelOverwritten:
      arcs = arcs.filter { arc in
        !arcs.contains {
          $0.tail == arc.head && $0.head == arc.tail && $0.original > arc.original
        }
      }
    case .zeroArcsShift, .zeroArcsLeftOut:
      arcs = arcs.filter { !capacities[$0.original].isZero }
      if fault == .zeroArcsShift { moveUp() }
    case .loopsShift:
      arcs = arcs.filter { $0.tail != $0.head }
      moveUp()
    case .zeroDropsNode: dropNodesWithZeros()
    case .sourceBelowSink: if source > sink { swap(&source, &sink) }
    case .undirected:
      arcs += arcs.map { arc in
        var back = arc
        (back.tail, back.head, back.isBackward) = (arc.head, arc.tail, true)
        return back
      }
    case .nodesFromOne:
      for index in arcs.indices {
        arcs[index].tail = max(1, arcs[index].tail) - 1
        arcs[index].head = max(1, arcs[index].head) - 1
      }
      (source, sink) = (max(1, source) - 1, max(1, sink) - 1)
    default: break
    }
  }

  /// The flow on each arc of the original, given that on each arc of the adapted network.
  func flow(_ solved: ExactVector, _ fault: NetworkFault?) -> [Rational] {
    if fault == .zeroArcsLeftOut { return arcs.indices.map { solved[$0] } }
    var flow = [Rational](repeating: 0, count: original.arcCount)
    for (index, arc) in arcs.enumerated() {
      for receiver in arc.receivers {
        flow[receiver] += arc.isBackward ? -solved[index] : solved[index]
      }
    }
    guard fault == .antiparallelNetted else { return flow }
    var netted = flow
    for arc in arcs where flow[arc.original].isZero {
      for other in arcs where other.tail == arc.head && other.head == arc.tail {
        netted[arc.original] -= flow[other.original]
      }
    }
    return netted
  }

  /// Leaves one arc for each tail and head; `join` is called with the one kept and each later one.
  private mutating func joinParallel(_ join: (inout Arc, Arc) -> Void) {
    var positions: [[Int]: Int] = [:]
    var kept: [Arc] = []
    for arc in arcs {
      if let position = positions[[arc.tail, arc.head]] {
        join(&kept[position], arc)
      } else {
        positions[[arc.tail, arc.head]] = kept.count
        kept.append(arc)
      }
    }
    arcs = kept
  }

  private mutating func mergeParallel(copying: Bool) {
    var sums = capacities
    joinParallel { kept, arc in
      sums[kept.original] += sums[arc.original]
      if copying { kept.receivers += arc.receivers }
    }
    capacities = sums
  }

  /// Lets the flow of each arc go to the next place that is free from the beginning.
  private mutating func moveUp() {
    for index in arcs.indices { arcs[index].receivers = [index] }
  }

  private mutating func dropNodesWithZeros() {
    var isDropped = [Bool](repeating: false, count: original.nodeCount)
    for arc in arcs where capacities[arc.original].isZero {
      isDropped[arc.tail] = true
      isDropped[arc.head] = true
    }
    (isDropped[source], isDropped[sink]) = (false, false)
    arcs = arcs.filter { !isDropped[$0.tail] && !isDropped[$0.head] }
  }
}

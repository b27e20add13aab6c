// Solvers with one planted fault each, and two without.
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers

/// Dinic's algorithm, whose answer is changed before it is handed over.
struct PlantedSolver: FlowSolver {
  let name: String
  var contract = Contract.exact
  let change: @Sendable (FlowRequest, FlowAnswer) -> FlowAnswer

  func accepts(_ network: FlowNetwork) -> Bool {
    contract.tolerance.isZero || InProcessSolver(.dinic, .double).accepts(network)
  }

  func solve(_ request: FlowRequest) -> FlowAnswer {
    change(request, InProcessSolver(.dinic, .exact).solve(request))
  }
}

extension PlantedSolver {
  /// Every fault that exact checking must find.
  static let faulty: [PlantedSolver] = [
    valueOffByOne, leak, wrongCut, noResidualArcs, quantised, notANumber, noAnswer, doubles(1e-6),
  ]

  /// The value is one unit of the denominator too large.
  static let valueOffByOne = PlantedSolver(name: "value-off-by-one") { request, answer in
    var wrong = answer
    wrong.value = (answer.value ?? 0) + Rational(1, request.network.capacities.denominator)
    return wrong
  }

  /// The first terminal arc that carries flow carries one unit less.
  static let leak = PlantedSolver(name: "leak") { request, answer in
    guard let flow = answer.flow,
      let arc = request.network.sinkArcs.first(where: { !flow[$0].isZero })
    else { return answer }
    var amounts = (0..<flow.count).map { flow[$0] }
    amounts[arc] -= Rational(1, flow.denominator)
    var wrong = answer
    wrong.flow = ExactVector(amounts)
    return wrong
  }

  /// The cut is the source alone, whether it is minimum or not.
  static let wrongCut = PlantedSolver(name: "wrong-cut") { request, answer in
    var wrong = answer
    wrong.cut = NodeSet(
      nodeCount: request.network.nodeCount, members: [request.network.source])
    return wrong
  }

  /// Paths are augmented one at a time, and flow is never sent back.
  static let noResidualArcs = PlantedSolver(name: "no-residual-arcs") { request, _ in
    let network = request.network
    var rest = (0..<network.arcCount).map { network.capacities[$0] }
    var path: [Int] = []
    var reached: NodeSet
    // Each pass saturates an arc.
    repeat {
      reached = NodeSet(nodeCount: network.nodeCount, members: [network.source])
      path = forwardPath(network, rest, network.source, &reached) ?? []
      let amount = path.map { rest[$0] }.min() ?? 0
      for arc in path { rest[arc] -= amount }
    } while !path.isEmpty
    let flow = ExactVector((0..<network.arcCount).map { network.capacities[$0] - rest[$0] })
    let value = checkFeasible(flow, in: network).claim?.value
    return FlowAnswer(status: .optimal, value: value, flow: flow, cut: reached)
  }

  /// Capacities are rounded down to multiples of 1/8 first.
  static let quantised = PlantedSolver(name: "quantised") { request, answer in
    let network = request.network
    let coarse = (0..<network.arcCount).map {
      Rational((network.capacities[$0] * 8).floor) / 8
    }
    var (tails, heads): ([Int32], [Int32]) = ([], [])
    network.arcs.forEach { _, tail, head in
      tails.append(Int32(tail))
      heads.append(Int32(head))
    }
    guard
      let changed = try? FlowNetwork(
        nodeCount: network.nodeCount, source: network.source, sink: network.sink, tails: tails,
        heads: heads, capacities: ExactVector(coarse))
    else { return answer }
    let found = MaximumFlowSolver.edmondsKarp.solve(changed)
    return FlowAnswer(
      status: .optimal, value: found.value, flow: found.flow, cut: found.cut)
  }

  /// One entry of the flow is not a number.
  static let notANumber = PlantedSolver(name: "not-a-number") { request, answer in
    var flow = answer.flow?.nearestDoubles ?? []
    if !flow.isEmpty { flow[flow.count - 1] = .nan }
    return FlowAnswer(optimalValue: 0, flow: flow, cut: answer.cut)
  }

  /// It gives up on networks of more than four nodes.
  static let noAnswer = PlantedSolver(name: "no-answer") { request, answer in
    request.network.nodeCount > 4 ? FlowAnswer(status: .failed("gave up")) : answer
  }

  /// Doubles that are too small by a relative error.
  static func doubles(_ error: Double) -> PlantedSolver {
    PlantedSolver(name: "double-\(error)", contract: .double) { _, answer in
      FlowAnswer(
        optimalValue: (answer.value ?? 0).nearestDouble * (1 - error),
        flow: (answer.flow?.nearestDoubles ?? []).map { $0 * (1 - error) }, cut: answer.cut)
    }
  }

  /// It never ends, and its work limit says so.
  static let endless = PlantedSolver(name: "endless") { _, _ in
    FlowAnswer(status: .workLimitReached)
  }

  /// A cycle of arcs with room carries something round and round; the flow is still maximum.
  static let strayCirculation = PlantedSolver(name: "stray-circulation") { request, answer in
    guard let flow = answer.flow else { return answer }
    let network = request.network
    var amounts = (0..<flow.count).map { flow[$0] }
    guard let cycle = cycle(network, amounts) else { return answer }
    let room = cycle.map { network.capacities[$0] - amounts[$0] }.min() ?? 0
    for arc in cycle { amounts[arc] += room / 2 }
    var same = answer
    same.flow = ExactVector(amounts)
    return same
  }
}

/// The arcs of a path to the sink with something left on each.
private func forwardPath(
  _ network: FlowNetwork, _ rest: [Rational], _ node: Int, _ reached: inout NodeSet
) -> [Int]? {
  if node == network.sink { return [] }
  for arc in 0..<network.arcCount where rest[arc].signum() > 0 {
    let (tail, head) = network.arcs.ends(of: arc)
    if tail != node || reached.contains(head) { continue }
    reached.insert(head)
    if let path = forwardPath(network, rest, head, &reached) { return [arc] + path }
  }
  return nil
}

/// The arcs of a directed cycle with room on each arc, found from some arc.
private func cycle(_ network: FlowNetwork, _ amounts: [Rational]) -> [Int]? {
  let open = (0..<network.arcCount).filter { amounts[$0] < network.capacities[$0] }
  for first in open {
    let (start, next) = network.arcs.ends(of: first)
    if start == next { return [first] }
    // Breadth-first search from the head back to the tail.
    var entry = [next: first]
    var queue = [next]
    var position = 0
    while position < queue.count {
      let node = queue[position]
      position += 1
      for arc in open where network.arcs.ends(of: arc).tail == node {
        let head = network.arcs.ends(of: arc).head
        guard entry[head] == nil else { continue }
        entry[head] = arc
        queue.append(head)
      }
    }
    guard entry[start] != nil else { continue }
    var arcs: [Int] = []
    var node = start
    repeat {
      guard let arc = entry[node] else { return nil }
      arcs.append(arc)
      node = network.arcs.ends(of: arc).tail
    } while node != start
    return arcs
  }
  return nil
}

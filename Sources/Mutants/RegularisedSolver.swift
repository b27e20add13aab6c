// The interior-point solver with at most one fault: in the problem that it is given, or in what is
// made of its answer.
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers

/// A solver of regularised flows with at most one fault.
struct RegularisedSolver: ConfigurableSolver {
  static let family = Mutant.Family.regularised
  private let fault: RegularisedFault?

  init(_ fault: RegularisedFault?, _ numbers: InProcessSolver.Numbers) { self.fault = fault }

  func solve(_ request: FlowRequest) -> FlowAnswer {
    let network = request.network
    do {
      guard let method = request.task.method, let task = faulty(method) else {
        return FlowAnswer(status: .unsupported)
      }
      if fault == .barrierSign, case .barrier = method { return attracted(request) }
      let changed = try self.changed(network)
      let problem = try task.problem(
        changed,
        termArcs: fault == .termOnAttentionOnly && changed.isLayered
          ? .attention : .allButReturn)
      let settings = RegularisedSettings(limit: request.limit)
      var answer = FlowAnswer(problem.solveRegularised(settings: settings), of: problem)
      guard answer.status == .optimal, let flow = answer.flow, let potentials = answer.potentials
      else { return answer }
      // What the changed network has beyond the given one is not reported.
      answer.flow = ExactVector((0..<network.arcCount).map { flow[$0] })
      answer.potentials = ExactVector((0..<network.nodeCount).map { potentials[$0] })
      change(&answer, request)
      return answer
    } catch {
      return FlowAnswer(status: .gaveUp("the changed problem is none: \(error)"))
    }
  }

  /// The method with the weight that the fault makes of it.
  private func faulty(_ method: RegularisedMethod) -> RegularisedMethod? {
    switch (fault, method) {
    case (.squaresHalved, .l2(let lambda)): .l2(lambda: lambda / 2)
    case (.squaresDoubled, .l2(let lambda)): .l2(lambda: 2 * lambda)
    case (.weightRounded, .l2(let lambda)): .l2(lambda: lambda.roundedToTenth)
    case (.weightRounded, .barrier(let mu)): .barrier(mu: mu.roundedToTenth)
    default: method
    }
  }

  /// The network that the fault makes of the given one; the arcs stay the first in their order.
  private func changed(_ network: FlowNetwork) throws(StatementError) -> FlowNetwork {
    var (tails, heads) = network.arcs.lists
    var capacities = (0..<network.arcCount).map { network.capacities[$0] }
    var (nodes, source) = (network.nodeCount, network.source)
    switch fault {
    case .missingPresolve:
      let little = (capacities.max() ?? 0) / 1_000_000
      for arc in capacities.indices where capacities[arc].isZero { capacities[arc] = little }
    case .transposedIncidence:
      for arc in tails.indices
      where ![source, network.sink].contains(Int(tails[arc]))
        && ![source, network.sink].contains(Int(heads[arc]))
      {
        (tails[arc], heads[arc]) = (heads[arc], tails[arc])
      }
    case .squaresOnReturnArc:
      // An arc in front of the source carries the value, and a term.
      tails.append(Int32(nodes))
      heads.append(Int32(source))
      capacities.append(capacities.reduce(1, +))
      source = nodes
      nodes += 1
    default: return network
    }
    return try FlowNetwork(
      nodeCount: nodes, source: source, sink: network.sink, tails: tails, heads: heads,
      capacities: ExactVector(capacities))
  }

  /// What the fault makes of a correct answer.
  private func change(
    _ answer: inout FlowAnswer, _ request: FlowRequest
  ) {
    let network = request.network
    if fault != .falseRadius { answer.certificate = nil }
    switch fault {
    case .earlyStop: answer.flow = answer.flow?.multiplied(by: Rational(999, 1_000))
    case .dualSign: answer.potentials = answer.potentials?.multiplied(by: -1)
    case .dualShifted:
      guard let potentials = answer.potentials else { return }
      answer.potentials = ExactVector(
        (0..<network.nodeCount).map { $0 == network.sink ? 0 : potentials[$0] + 1 })
    case .falseRadius:
      answer.certificate?.norm /= 1_000
      answer.certificate?.radius /= 1_000
    case .flowNormalised:
      guard let value = answer.value, !value.isZero else { return }
      answer.flow = answer.flow?.multiplied(by: 1 / value)
    case .valueIsMaximum:
      answer.value =
        MaximumFlowSolver.dinic.solve(
          network, adjacency: request.adjacency, limit: request.limit
        ).value
    case .circulationLeft:
      guard case .layered(_, let tokens) = network.arcs, tokens >= 2, let flow = answer.flow else {
        return
      }
      var amounts = (0..<network.arcCount).map { flow[$0] }
      let step = (amounts.max() ?? 0) / 1_000
      for (arc, sign) in [(0, 1), (1, -1), (tokens, -1), (tokens + 1, 1)] {
        amounts[arc] += Rational(sign) * step
      }
      answer.flow = ExactVector(amounts)
    default: break
    }
    if fault != .valueIsMaximum, let flow = answer.flow { answer.value = outflow(flow, network) }
  }

  /// A flow at its bounds, where a barrier that attracts leads.
  private func attracted(_ request: FlowRequest) -> FlowAnswer {
    let found = MaximumFlowSolver.dinic.solve(
      request.network, adjacency: request.adjacency, limit: request.limit)
    guard found.status == .optimal else { return FlowAnswer(status: .workLimitReached) }
    return FlowAnswer(status: .optimal, value: found.value, flow: found.flow)
  }
}

private func outflow(_ flow: ExactVector, _ network: FlowNetwork) -> Rational {
  var value = Rational(0)
  network.arcs.forEach { arc, tail, head in
    if tail == network.source { value += flow[arc] }
    if head == network.source { value -= flow[arc] }
  }
  return value
}

extension FlowNetwork {
  fileprivate var isLayered: Bool {
    switch arcs {
    case .layered, .layeredForward: true
    case .listed: false
    }
  }
}

extension ExactVector {
  fileprivate func multiplied(by factor: Rational) -> ExactVector {
    ExactVector((0..<count).map { factor * self[$0] })
  }
}

extension Rational {
  /// The nearest multiple of a tenth, at least one tenth.
  fileprivate var roundedToTenth: Rational {
    max(Rational((self * 10 + Rational(1, 2)).floor) / 10, Rational(1, 10))
  }
}

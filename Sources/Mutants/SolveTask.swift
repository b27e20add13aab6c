// How a configurable algorithm gets its numbers and hands its result on.
//
// Faulty arithmetic may leave the head room that exact vectors promise, and overflow would end the
// process. So 64-bit numerators are solved in 128 bits, and wider ones in integers of any size.
import Checker
import ExactArithmetic
import Networks
import SolverInterface
import Solvers

/// What an algorithm comes back with.
struct AlgorithmResult<Number: FlowNumber> {
  var status: MaximumFlowStatus
  /// One per arc, in arc order.
  var flow: [Number]
  /// The source side of a cut, if the algorithm has its own idea of it.
  var cut: NodeSet?
}

/// What differs between exact numbers and doubles, and what faults change about it.
struct NumberRules<Number: FlowNumber>: Sendable {
  /// Whether something can be pushed along a half-arc with this residual.
  var isOpen: @Sendable (Number) -> Bool = { $0 > .zero }
  /// What a result of arithmetic is stored as.
  var stored: @Sendable (Number) -> Number = { $0 }
  /// What a push along a path is cut down to.
  var pushed: @Sendable (Number) -> Number = { $0 }
  /// Whether the first is below a thousandth of the second.
  var isBelowThousandth: @Sendable (Number, Number) -> Bool
}

/// An algorithm that is generic in the numbers.
protocol FlowAlgorithm: Sendable {
  /// Solves a problem whose residual graph is that of the empty flow.
  func run<Number: FlowNumber>(
    _ graph: inout ResidualGraph<Number>, _ rules: NumberRules<Number>, limit: WorkLimit
  ) -> AlgorithmResult<Number>
}

extension FlowAlgorithm {
  /// Solves a request in exact numbers.
  func solveExactly(_ request: FlowRequest) -> FlowAnswer {
    let capacities = request.network.capacities
    switch capacities.elements {
    case .int64(let values):
      return solve(request, values.map { Int128($0) }, over: capacities.denominator)
    case .int128(let values):
      return solve(request, values.map { BigInteger($0) }, over: capacities.denominator)
    case .big(let values): return solve(request, values, over: capacities.denominator)
    }
  }

  private func solve<Number: ExactFlowNumber>(
    _ request: FlowRequest, _ numerators: [Number], over denominator: BigInteger
  ) -> FlowAnswer {
    let network = request.network
    var graph = ResidualGraph(
      adjacency: request.adjacency, source: network.source, sink: network.sink,
      capacities: numerators)
    let rules = NumberRules<Number>(isBelowThousandth: {
      $0.asBigInteger * 1_000 < $1.asBigInteger
    })
    let result = run(&graph, rules, limit: request.limit)
    guard result.status == .optimal else { return FlowAnswer(status: .workLimitReached) }
    let value = netOutflow(result.flow, network)
    return FlowAnswer(
      status: .optimal, value: Rational(value.asBigInteger, denominator),
      flow: Number.vector(result.flow, over: denominator),
      cut: result.cut ?? graph.reachable(from: network.source))
  }

  /// Solves a request in doubles, with the care that correct solvers take.
  func solveInDoubles(
    _ request: FlowRequest, _ change: (inout NumberRules<Double>) -> Void = { _ in }
  ) -> FlowAnswer {
    let network = request.network
    let capacities = network.capacities.nearestDoubles
    var graph = ResidualGraph(
      adjacency: request.adjacency, source: network.source, sink: network.sink,
      capacities: lowered(
        capacities, request.adjacency, source: network.source, sink: network.sink))
    var rules = NumberRules<Double>(isBelowThousandth: { $0 * 1_000 < $1 })
    change(&rules)
    let result = run(&graph, rules, limit: request.limit)
    guard result.status == .optimal else { return FlowAnswer(status: .workLimitReached) }
    let value = netOutflow(result.flow, network)
    let cut =
      result.cut
      ?? leastCut(
        capacities, result.flow, request.adjacency, source: network.source, sink: network.sink,
        value: value)
    return FlowAnswer(optimalValue: value, flow: result.flow, cut: cut)
  }
}

/// The net flow out of the source.
func netOutflow<Number: FlowNumber>(_ flow: [Number], _ network: FlowNetwork) -> Number {
  var value = Number.zero
  network.arcs.forEach { arc, tail, head in
    if tail == network.source { value += flow[arc] }
    if head == network.source { value -= flow[arc] }
  }
  return value
}

// What every maximum-flow solver promises, in every number type, as one list of broken promises.
import Checker
import ExactArithmetic
import Networks
import Solvers

/// Solves a network and lists what is wrong with the answer; empty if nothing is.
///
/// `value` is the maximum-flow value, from elsewhere; `number` is a capacity in the number type,
/// exact for the integers in question.
func brokenPromises<Number: FlowNumber>(
  _ solver: MaximumFlowSolver, _ network: TestNetwork, value: Int64,
  number: (Int64) -> Number
) -> [String] {
  let capacities = network.capacities.map(number)
  var graph = ResidualGraph(
    adjacency: Adjacency(nodeCount: network.nodeCount, arcs: network.arcs),
    source: network.source, sink: network.sink, capacities: capacities)
  let run = solver.solve(&graph)
  var broken: [String] = []
  func promise(_ isKept: Bool, _ what: @autoclosure () -> String) {
    if !isKept { broken.append("\(solver) \(Number.self): \(what()); \(network)") }
  }

  promise(run.status == .optimal, "status \(run.status)")
  promise(graph.value == number(value), "value \(graph.value), not \(value)")
  let flow = graph.flow
  var excess = [Number](repeating: .zero, count: network.nodeCount)
  for arc in flow.indices {
    promise(flow[arc] >= .zero && flow[arc] <= capacities[arc], "flow \(flow[arc]) on arc \(arc)")
    promise(
      graph.residual[2 * arc] + flow[arc] == capacities[arc], "residuals of arc \(arc)")
    excess[network.tails[arc]] -= flow[arc]
    excess[network.heads[arc]] += flow[arc]
  }
  for node in excess.indices where node != network.source && node != network.sink {
    promise(excess[node] == .zero, "excess \(excess[node]) at node \(node)")
  }
  let cut = graph.reachable(from: network.source)
  promise(!cut.contains(network.sink), "the sink is still reached")
  var leaving = Number.zero
  for arc in flow.indices where cut.contains(network.tails[arc]) {
    if !cut.contains(network.heads[arc]) { leaving += capacities[arc] }
  }
  promise(leaving == number(value), "cut of capacity \(leaving), not \(value)")
  return broken
}

/// The promises of one solver in all number types.
func brokenPromises(
  _ solver: MaximumFlowSolver, _ network: TestNetwork, value: Int64
) -> [String] {
  brokenPromises(solver, network, value: value) { $0 }
    + brokenPromises(solver, network, value: value) { Int128($0) << 64 }
    + brokenPromises(solver, network, value: value) { BigInteger($0).shifted(left: 200) }
    + brokenPromises(solver, network, value: value) { Double($0) / 1024 }
}

/// Takes a whole certificate to the kernel; gives the answer, or says why it is refused.
func judged(_ network: FlowNetwork, _ certificate: FlowCertificate?) -> (CertifiedAnswer?, String) {
  guard let certificate else { return (nil, "no certificate") }
  let judgement = checkAnswer(network, certificate)
  return (judgement.claim, judgement.rejection.map { "\($0.first)" } ?? "accepted")
}

// The optimality conditions of a circulation problem, in fractions, without the kernel.
import Checker
import ExactArithmetic
import Networks
import Solvers

/// What is wrong with an optimum: the conditions that fail, in words; empty if it is optimal.
func brokenConditions(
  _ problem: CirculationProblem, _ optimum: CirculationOptimum
) -> [String] {
  let network = problem.network
  let (flow, duals) = (optimum.flow, optimum.duals)
  guard flow.count == network.arcCount, duals.potentials.count == network.nodeCount,
    duals.lowerMultipliers.count == flow.count, duals.upperMultipliers.count == flow.count
  else { return ["counts"] }
  var broken: [String] = []
  var excess = [Rational](repeating: 0, count: network.nodeCount)
  var objective = Rational(0)
  for arc in 0..<flow.count {
    let (tail, head) = network.arcs.ends(of: arc)
    let amount = flow[arc]
    let (lower, upper) = (problem.lowerBounds[arc], network.capacities[arc])
    let (below, above) = (duals.lowerMultipliers[arc], duals.upperMultipliers[arc])
    if amount < lower || amount > upper { broken.append("\(lower) <= \(amount) <= \(upper)") }
    excess[tail] -= amount
    excess[head] += amount
    var gradient = problem.costs[arc]
    objective += problem.costs[arc] * amount
    if problem.carriesTerm(arc), case .squares(let lambda) = problem.term {
      gradient += 2 * lambda * amount
      objective += lambda * amount * amount
    }
    let rise = duals.potentials[head] - duals.potentials[tail]
    if gradient - rise + above - below != 0 { broken.append("stationarity of arc \(arc)") }
    if below < 0 || above < 0 { broken.append("a negative multiplier of arc \(arc)") }
    if below != 0 && amount != lower { broken.append("slackness below on arc \(arc)") }
    if above != 0 && amount != upper { broken.append("slackness above on arc \(arc)") }
  }
  let value = -excess[network.source]
  switch problem.returnArc {
  case .free(let gain):
    objective -= gain * value
    let rise = duals.potentials[network.sink] - duals.potentials[network.source]
    if rise != gain { broken.append("the return arc earns \(gain), not \(rise)") }
  case .fixed(let given):
    if value != given { broken.append("value \(value), not \(given)") }
  }
  excess[network.source] += value
  excess[network.sink] -= value
  if excess.contains(where: { $0 != 0 }) { broken.append("excess \(excess)") }
  if optimum.value != value { broken.append("reported value \(optimum.value), not \(value)") }
  if optimum.objective != objective {
    broken.append("reported objective \(optimum.objective), not \(objective)")
  }
  return broken
}

/// Whether a set of nodes shows that no flow is feasible.
func isCrowded(_ problem: CirculationProblem, _ nodes: NodeSet) -> Bool {
  let network = problem.network
  var surplus = Rational(0)
  for arc in 0..<network.arcCount {
    let (tail, head) = network.arcs.ends(of: arc)
    if nodes.contains(head) && !nodes.contains(tail) { surplus += problem.lowerBounds[arc] }
    if nodes.contains(tail) && !nodes.contains(head) { surplus -= network.capacities[arc] }
  }
  let (hasSource, hasSink) = (nodes.contains(network.source), nodes.contains(network.sink))
  switch problem.returnArc {
  case .free: if hasSource != hasSink { return false }
  case .fixed(let value):
    if hasSource && !hasSink { surplus += value }
    if hasSink && !hasSource { surplus -= value }
  }
  return surplus > 0
}

// Problems whose answers are known because they are made for them.
import Checker
import ExactArithmetic
import Testing

/// A problem with one of its optima, which the kernel has accepted.
struct SolvedProblem {
  let problem: CirculationProblem
  let flow: ExactVector
  let duals: CirculationDuals
}

/// Makes a feasible flow the optimum: draws duals, and sets the costs so that they fit.
///
/// With any potentials, and multipliers where the flow meets its bounds, the costs
/// `c = By + s_l - s_u - 2 lambda f` satisfy all conditions of optimality.
func solvedProblem(
  _ network: FlowNetwork, flow: ExactVector, seed: UInt64, weight: Rational?,
  attentionOnly: Bool = false, isFixed: Bool = false
) throws -> SolvedProblem {
  var choices = Choices(seed: seed)
  let gain = Rational(choices.below(3))
  var potentials = (0..<network.nodeCount).map { _ in Rational(choices.below(40), 7) - 3 }
  potentials[network.sink] = potentials[network.source] + gain
  let amounts = try #require(checkFeasible(flow, in: network).claim)
  let returnArc: CirculationProblem.ReturnArc =
    isFixed ? .fixed(value: amounts.value) : .free(gain: gain)
  func problem(_ costs: ExactVector?) throws -> CirculationProblem {
    try CirculationProblem(
      network: network, costs: costs, returnArc: returnArc,
      term: weight.map { .squares(lambda: $0) } ?? .none,
      termArcs: attentionOnly ? .attention : .allButReturn)
  }
  let plain = try problem(nil)
  var (lower, upper, costs): ([Rational], [Rational], [Rational]) = ([], [], [])
  for arc in 0..<network.arcCount {
    let (tail, head) = network.arcs.ends(of: arc)
    lower.append(flow[arc].isZero ? Rational(choices.below(3), 5) : 0)
    upper.append(flow[arc] == network.capacities[arc] ? Rational(choices.below(3), 3) : 0)
    let square = plain.carriesTerm(arc) ? 2 * (weight ?? 0) * flow[arc] : 0
    costs.append(potentials[head] - potentials[tail] + lower[arc] - upper[arc] - square)
  }
  let duals = CirculationDuals(
    potentials: ExactVector(potentials), lowerMultipliers: ExactVector(lower),
    upperMultipliers: ExactVector(upper))
  let solved = try problem(ExactVector(costs))
  let circulation = try #require(checkCirculation(flow, in: solved).claim)
  _ = try #require(checkOptimality(circulation, duals).claim)
  return SolvedProblem(problem: solved, flow: flow, duals: duals)
}

/// A flow strictly inside the bounds wherever a feasible flow can be: a little on a closed walk
/// through every arc that has one, the return arc included.
func interiorFlow(_ network: FlowNetwork) -> ExactVector {
  var amounts = [Rational](repeating: 0, count: network.arcCount)
  for arc in 0..<network.arcCount where network.capacities[arc] > 0 {
    let (tail, head) = network.arcs.ends(of: arc)
    guard let walk = openWalk(network, from: head, to: tail) else { continue }
    for used in walk + [arc] { amounts[used] += 1 }
  }
  var factor = Rational(1)
  for arc in 0..<network.arcCount where amounts[arc] > 0 {
    factor = min(factor, network.capacities[arc] / (2 * amounts[arc]))
  }
  return ExactVector(amounts.map { $0 * factor })
}

/// The arcs of a shortest walk along arcs with capacity and the return arc, which is left out of
/// the answer; it has no bounds and is used in both directions.
private func openWalk(_ network: FlowNetwork, from start: Int, to end: Int) -> [Int]? {
  var arrival = [(arc: Int?, from: Int)?](repeating: nil, count: network.nodeCount)
  var queue = [start]
  var position = 0
  var leaving = [[(arc: Int?, head: Int)]](repeating: [], count: network.nodeCount)
  network.arcs.forEach { arc, tail, head in
    if network.capacities[arc] > 0 { leaving[tail].append((arc, head)) }
  }
  leaving[network.sink].append((nil, network.source))
  leaving[network.source].append((nil, network.sink))
  while position < queue.count {
    for (arc, head) in leaving[queue[position]] where head != start && arrival[head] == nil {
      arrival[head] = (arc, queue[position])
      queue.append(head)
    }
    position += 1
  }
  var walk: [Int] = []
  var node = end
  while node != start {
    guard let step = arrival[node] else { return nil }
    if let arc = step.arc { walk.append(arc) }
    node = step.from
  }
  return walk
}

/// Flow spread evenly over the attention arcs: half of the smallest capacity on each.
func evenFlow(_ network: FlowNetwork, layers: Int, tokens: Int) -> ExactVector {
  let attention = layers * tokens * tokens
  var least = Rational(1)
  for arc in 0..<attention { least = min(least, network.capacities[arc] / 2) }
  return ExactVector(
    [Rational](repeating: least, count: attention)
      + [Rational](repeating: Rational(tokens) * least, count: 2 * tokens))
}

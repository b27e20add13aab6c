// What an accepted answer says, held against what enumeration found.
public import Checker
import ExactArithmetic

/// The first thing that is untrue in an accepted answer, or nil if all of it is true.
///
/// Flows are added up here in fractions, without the kernel's arithmetic.
public func untruth(_ answer: CertifiedAnswer, _ truth: FlowEnumeration) -> String? {
  let network = answer.maximum.flow.network
  for flow in [answer.maximum.flow, answer.undetermined.second] {
    if let reason = leak(flow, network, truth) { return reason }
  }
  if answer.maximum.value != truth.value {
    return "value \(answer.maximum.value), not \(truth.value)"
  }
  if answer.undetermined.arcs != truth.undetermined {
    return "undetermined arcs \(answer.undetermined.arcs), not \(truth.undetermined)"
  }
  if answer.undetermined.isUnique != truth.isUnique { return "isUnique" }
  let (first, second) = (answer.maximum.flow.amounts, answer.undetermined.second.amounts)
  let changed = (0..<network.arcCount).filter { first[$0] != second[$0] }
  if changed != truth.undetermined { return "the second flow differs on \(changed)" }
  return untruth(answer.attributions, truth)
}

/// The first interval that is wrong, or nil.
public func untruth(_ intervals: ArcIntervals, _ truth: FlowEnumeration) -> String? {
  for (position, arc) in intervals.arcs.enumerated() {
    let (least, most) = (intervals.minima[position], intervals.maxima[position])
    if least != truth.least(arc) || most != truth.most(arc) {
      return "arc \(arc) in \(least)...\(most), not \(truth.least(arc))...\(truth.most(arc))"
    }
  }
  return nil
}

/// Says what is wrong with a feasible flow of the largest value, or nil.
private func leak(
  _ flow: FeasibleFlow, _ network: FlowNetwork, _ truth: FlowEnumeration
) -> String? {
  var excess = [Rational](repeating: 0, count: network.nodeCount)
  for arc in 0..<network.arcCount {
    let (tail, head) = network.arcs.ends(of: arc)
    let amount = flow.amounts[arc]
    if amount < 0 || amount > network.capacities[arc] { return "\(amount) on arc \(arc)" }
    excess[tail] -= amount
    excess[head] += amount
  }
  for node in excess.indices where node != network.source && node != network.sink {
    if excess[node] != 0 { return "\(excess[node]) left at node \(node)" }
  }
  let value = -excess[network.source]
  return value == truth.value && flow.value == value ? nil : "a flow of value \(value)"
}

import Checker
import ExactArithmetic

/// What is wrong with an attribution, against the flow if there is one, otherwise by what every
/// flow obeys; nil if nothing is.
///
/// Without a flow, each entry must lie between 0 and the capacity of its arc, and the sum must be
/// the maximum; if arcs leave the sink it can be more. All comparisons allow for `allowed`.
func attributionFault(
  _ attribution: ExactVector, _ flow: ExactVector?, _ network: FlowNetwork, _ maximum: Rational,
  _ allowed: Rational
) -> String? {
  if let flow, flow.count == network.arcCount {
    return agreementFault(attribution, flow, network, allowed: allowed)
  }
  let arcs = network.sinkArcs
  if let wrong = countFault(attribution, arcs.count) { return wrong }
  for (player, arc) in arcs.enumerated() {
    let (amount, capacity) = (attribution[player], network.capacities[arc])
    if amount + allowed < 0 || amount > capacity + allowed {
      return "attribution[\(player)] \(amount.nearestDouble) on arc \(arc) of capacity "
        + "\(capacity.nearestDouble)"
    }
  }
  let excess = attribution.sum - maximum
  if excess + allowed < 0 || (excess > allowed && !network.hasArcsFromSink) {
    return "attribution sums to \(attribution.sum.nearestDouble) against the maximum "
      + "\(maximum.nearestDouble)"
  }
  return nil
}

/// Where an attribution is not the flow on the arcs into the sink; nil if it is.
private func agreementFault(
  _ attribution: ExactVector, _ flow: ExactVector, _ network: FlowNetwork, allowed: Rational
) -> String? {
  let arcs = network.sinkArcs
  if let wrong = countFault(attribution, arcs.count) { return wrong }
  for (player, arc) in arcs.enumerated()
  where (attribution[player] - flow[arc]).magnitude > allowed {
    return "attribution[\(player)] \(attribution[player].nearestDouble) against flow[\(arc)] "
      + "\(flow[arc].nearestDouble)"
  }
  return nil
}

/// What is wrong with the number of entries; nil if nothing is.
func countFault(_ attribution: ExactVector, _ count: Int) -> String? {
  attribution.count == count
    ? nil : "attribution has \(attribution.count) entries where \(count) are needed"
}

extension FlowNetwork {
  /// Whether an arc leaves the sink for another node.
  fileprivate var hasArcsFromSink: Bool {
    var found = false
    arcs.forEach { _, tail, head in if tail == sink && head != sink { found = true } }
    return found
  }
}

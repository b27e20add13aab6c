import Checker
import ExactArithmetic

/// Judges an attribution: against the flow if there is one, otherwise by what every flow obeys.
///
/// Without a flow, each entry must lie between 0 and the capacity of its arc, and the sum must be
/// the maximum; if arcs leave the sink it can be more. All comparisons allow for `allowed`.
func judgeAttribution(
  _ attribution: ExactVector?, _ flow: ExactVector?, _ network: FlowNetwork, _ maximum: Rational,
  _ allowed: Rational
) -> AnswerJudgement? {
  guard let attribution else { return nil }
  if let flow { return judgeAgreement(attribution, flow, network, allowed: allowed) }
  let arcs = network.sinkArcs
  if let wrong = judgeCount(attribution, arcs.count) { return wrong }
  for (player, arc) in arcs.enumerated() {
    let (amount, capacity) = (attribution[player], network.capacities[arc])
    if amount + allowed < 0 || amount > capacity + allowed {
      return .broken(
        "attribution[\(player)] \(amount.nearestDouble) on arc \(arc) of capacity "
          + "\(capacity.nearestDouble)")
    }
  }
  let excess = attribution.sum - maximum
  if excess + allowed < 0 || (excess > allowed && !network.hasArcsFromSink) {
    return .broken(
      "attribution sums to \(attribution.sum.nearestDouble) against the maximum "
        + "\(maximum.nearestDouble)")
  }
  return nil
}

/// Judges whether an attribution is the flow on the arcs into the sink.
func judgeAgreement(
  _ attribution: ExactVector, _ flow: ExactVector, _ network: FlowNetwork, allowed: Rational
) -> AnswerJudgement? {
  let arcs = network.sinkArcs
  if let wrong = judgeCount(attribution, arcs.count) { return wrong }
  for (player, arc) in arcs.enumerated()
  where (attribution[player] - flow[arc]).magnitude > allowed {
    return .broken(
      "attribution[\(player)] \(attribution[player].nearestDouble) against flow[\(arc)] "
        + "\(flow[arc].nearestDouble)")
  }
  return nil
}

/// Judges the number of entries.
func judgeCount(_ attribution: ExactVector, _ count: Int) -> AnswerJudgement? {
  attribution.count == count
    ? nil : .broken("attribution has \(attribution.count) entries where \(count) are needed")
}

extension FlowNetwork {
  /// Whether an arc leaves the sink for another node.
  fileprivate var hasArcsFromSink: Bool {
    var found = false
    arcs.forEach { _, tail, head in if tail == sink && head != sink { found = true } }
    return found
  }
}

public import Checker
public import ExactArithmetic

/// Judges the fields of an answer about a Shapley value.
///
/// The attribution must be there. Value, flow and cut may be: they are those of a maximum flow, and
/// a flow need not have this attribution.
///
/// - Parameters:
///   - answer: the answer, `optimal`.
///   - contract: what the solver promises; its tolerance is relative to the maximum-flow value.
///   - network: the network that the answer is about.
///   - shapley: the Shapley value of the flow game of the arcs into the sink, in arc order.
///   - maximum: the exact maximum-flow value.
/// - Returns: which fields break the contract, and which are wrong beside it.
public func judgeShapley(
  _ answer: FlowAnswer, contract: Contract, in network: FlowNetwork, shapley: ExactVector,
  maximum: Rational
) -> AnswerJudgement {
  var judge = FieldJudge(contract, .shapley)
  let allowed = contract.allowance(of: maximum)
  judge.judgeNeeded(.attribution, answer.attribution) { attribution in
    if let wrong = countFault(attribution, shapley.count) { return wrong }
    for player in 0..<shapley.count
    where (attribution[player] - shapley[player]).magnitude > allowed {
      return "attribution[\(player)] \(attribution[player].nearestDouble) against the Shapley "
        + "value \(shapley[player].nearestDouble)"
    }
    return nil
  }
  judge.judgeMaximumFlow(answer, contract, network) { maximum }
  return judge.judgement
}

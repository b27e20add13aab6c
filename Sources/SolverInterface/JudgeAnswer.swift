// Answers are judged by the kernel: an exact solver by equality, any other by the largest violation
// that the kernel measures, compared with its contract. The tolerance is relative to the exact
// maximum-flow value, so that a network near 1e-12 must be solved as well as one near 1.
public import Checker
public import ExactArithmetic

/// What is said of an answer.
public enum AnswerJudgement: Sendable, Hashable {
  /// Every field that was given keeps the contract.
  case kept
  /// A field breaks it; what and where, in a sentence.
  case broken(String)
  /// The exact maximum-flow value is needed and not known.
  case undecided
}

/// Judges the fields of an answer.
///
/// - Parameters:
///   - value: the value that is claimed.
///   - flow: one rational per arc, in arc order.
///   - cut: the source side of a cut.
///   - attribution: the flow on the arcs into the sink, in arc order.
///   - contract: the tolerance.
///   - network: the network that the answer is about.
///   - maximum: computes the exact maximum-flow value, when it is needed; nil if it is not known.
/// - Returns: whether every field keeps the contract, and which does not.
public func judgeAnswer(
  value: Rational?, flow: ExactVector?, cut: NodeSet?, attribution: ExactVector? = nil,
  contract: Contract, in network: FlowNetwork, maximum: () -> Rational?
) -> AnswerJudgement {
  if contract.tolerance.isZero, let flow, let cut {
    let judgement = judgeExact(value, flow, cut, network)
    guard judgement == .kept, let attribution else { return judgement }
    return judgeAgreement(attribution, flow, network, allowed: 0) ?? .kept
  }
  guard let maximum = maximum() else { return .undecided }
  let allowed = contract.tolerance * maximum
  return judgeValue("value", value, maximum, allowed)
    ?? judgeFlow(flow, network, maximum, allowed) ?? judgeCut(cut, network, maximum, allowed)
    ?? judgeAttribution(attribution, flow, network, maximum, allowed)
    ?? .kept
}

/// An exact answer with a cut needs no reference: the cut proves it.
private func judgeExact(
  _ value: Rational?, _ flow: ExactVector, _ cut: NodeSet, _ network: FlowNetwork
) -> AnswerJudgement {
  switch checkFeasible(flow, in: network) {
  case .rejected(let rejection): return .broken(rejection.first.summary)
  case .accepted(let feasible):
    if let value, let rejection = checkValue(value, of: feasible) {
      return .broken(rejection.first.summary)
    }
    if let rejection = checkMaximum(feasible, cut: cut).rejection {
      return .broken(rejection.first.summary)
    }
    return .kept
  }
}

private func judgeValue(
  _ what: String, _ value: Rational?, _ maximum: Rational, _ allowed: Rational
) -> AnswerJudgement? {
  guard let value, (value - maximum).magnitude > allowed else { return nil }
  return .broken("\(what) \(value.nearestDouble) against the maximum \(maximum.nearestDouble)")
}

private func judgeFlow(
  _ flow: ExactVector?, _ network: FlowNetwork, _ maximum: Rational, _ allowed: Rational
) -> AnswerJudgement? {
  guard let flow else { return nil }
  return judgeFeasibility(flow, network, allowed) { value in
    judgeValue("net flow", value, maximum, allowed)
  }
}

/// Judges bounds and conservation of a flow, each up to what is allowed; if they are kept, what
/// follows from its value is judged.
func judgeFeasibility(
  _ flow: ExactVector, _ network: FlowNetwork, _ allowed: Rational,
  then judgeValue: (_ value: Rational) -> AnswerJudgement?
) -> AnswerJudgement? {
  switch measureFlow(flow, in: network) {
  case .rejected(let rejection): return .broken(rejection.first.summary)
  case .accepted(let report):
    for rejection in [report.bounds, report.conservation].compactMap({ $0 })
    where rejection.largest.difference > allowed {
      return .broken(rejection.largest.summary)
    }
    return judgeValue(report.value)
  }
}

private func judgeCut(
  _ cut: NodeSet?, _ network: FlowNetwork, _ maximum: Rational, _ allowed: Rational
) -> AnswerJudgement? {
  guard let cut else { return nil }
  switch cutCapacity(cut, in: network) {
  case .rejected(let rejection): return .broken(rejection.first.summary)
  case .accepted(let capacity): return judgeValue("cut capacity", capacity, maximum, allowed)
  }
}

extension Violation {
  /// The violation in one line: rule, place, both sides.
  public var summary: String {
    "\(rule.rawValue) at \(place.summary): \(leftSide) against \(rightSide)"
      + " (difference \(difference))"
  }
}

extension Place {
  /// The place in words.
  public var summary: String {
    switch self {
    case .arc(let arc): "arc \(arc)"
    case .node(let node): "node \(node)"
    case .field(let field): field
    case .returnArc: "return arc"
    case .intervalArc(let interval, let arc): "arc \(arc), interval of arc \(interval)"
    case .intervalNode(let interval, let node): "node \(node), interval of arc \(interval)"
    case .players(let players): "players \(players)"
    case .coalition(let coalition, let joining):
      joining.isEmpty ? "coalition \(coalition)" : "coalition \(coalition), joined by \(joining)"
    }
  }
}

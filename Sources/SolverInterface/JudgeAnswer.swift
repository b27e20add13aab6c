// Answers are judged by the kernel: an exact solver by equality, any other by the largest violation
// that the kernel measures, compared with its contract. The tolerance is relative to the exact
// maximum-flow value, so that a network near 1e-12 must be solved as well as one near 1.
public import Checker
public import ExactArithmetic

/// Judges the fields of an answer about a maximum flow.
///
/// - Parameters:
///   - answer: the answer, `optimal`.
///   - contract: what the solver promises.
///   - network: the network that the answer is about.
///   - maximum: computes the exact maximum-flow value, when it is needed; nil if it is not known.
///   - smallestCut: computes the smallest source side of a minimum cut, when it is needed; nil if
///     it is not known.
/// - Returns: which fields break the contract, and which are wrong beside it.
public func judgeAnswer(
  _ answer: FlowAnswer, contract: Contract, in network: FlowNetwork,
  maximum: () -> Rational?, smallestCut: () -> NodeSet? = { nil }
) -> AnswerJudgement {
  var judge = FieldJudge(contract, .maximumFlow)
  judge.judgeMaximumFlow(answer, contract, network, maximum)
  judge.judgeQualities(answer, network, smallestCut)
  return judge.judgement
}

extension FieldJudge {
  /// Judges the fields of a maximum flow.
  mutating func judgeMaximumFlow(
    _ answer: FlowAnswer, _ contract: Contract, _ network: FlowNetwork,
    _ maximum: () -> Rational?
  ) {
    // An exact flow with its cut needs no reference: they prove each other.
    let proved = contract.tolerance.isZero ? provedMaximum(answer, network) : nil
    guard let known = proved ?? maximum() else {
      judgeWithoutMaximum(answer, contract, network)
      return
    }
    let allowed = contract.tolerance * known
    judge(.value, answer.value) { valueFault("value", $0, known, allowed) }
    judge(.flow, answer.flow) { proved == nil ? flowFault($0, network, known, allowed) : nil }
    judge(.cut, answer.cut) { proved == nil ? cutFault($0, network, known, allowed) : nil }
    judge(.potentials, answer.potentials) {
      potentialFault($0, network, known, contract.tolerance)
    }
    // Beside a Shapley value it is that, and no flow need have it.
    if task == .shapley { return }
    judge(.attribution, answer.attribution) {
      attributionFault($0, answer.flow, network, known, allowed)
    }
  }

  /// Judges what can be judged of an answer when the maximum is not known: that an exact flow is
  /// feasible and has the value claimed, and that a cut is one.
  private mutating func judgeWithoutMaximum(
    _ answer: FlowAnswer, _ contract: Contract, _ network: FlowNetwork
  ) {
    var feasible: FeasibleFlow?
    judge(.flow, answer.flow) { flow in
      guard contract.tolerance.isZero else { return nil }
      let judgement = checkFeasible(flow, in: network)
      feasible = judgement.claim
      return judgement.rejection?.first.summary
    }
    judge(.value, answer.value) { value in
      feasible.flatMap { checkValue(value, of: $0)?.first.summary }
    }
    judge(.cut, answer.cut) { cutCapacity($0, in: network).rejection?.first.summary }
    if judgement.broken.isEmpty { leaveOpen() }
  }
}

/// The maximum-flow value that the flow and the cut of an answer prove, if they do.
private func provedMaximum(_ answer: FlowAnswer, _ network: FlowNetwork) -> Rational? {
  guard let flow = answer.flow, let cut = answer.cut,
    let feasible = checkFeasible(flow, in: network).claim
  else { return nil }
  return checkMaximum(feasible, cut: cut).claim?.value
}

/// What is wrong with a number that should be the maximum; nil if nothing is.
func valueFault(
  _ what: String, _ value: Rational, _ maximum: Rational, _ allowed: Rational
) -> String? {
  guard (value - maximum).magnitude > allowed else { return nil }
  let (here, there) = (value.nearestDouble, maximum.nearestDouble)
  // Numbers beyond 53 bits can differ although their nearest doubles do not.
  return here == there
    ? "\(what) \(value) against the maximum \(maximum)"
    : "\(what) \(here) against the maximum \(there)"
}

private func flowFault(
  _ flow: ExactVector, _ network: FlowNetwork, _ maximum: Rational, _ allowed: Rational
) -> String? {
  feasibilityFault(flow, network, allowed) { valueFault("net flow", $0, maximum, allowed) }
}

/// What is wrong with the bounds and the conservation of a flow, each up to what is allowed; if
/// nothing is, with its value.
func feasibilityFault(
  _ flow: ExactVector, _ network: FlowNetwork, _ allowed: Rational,
  then fault: (_ value: Rational) -> String?
) -> String? {
  switch measureFlow(flow, in: network) {
  case .rejected(let rejection): return rejection.first.summary
  case .accepted(let report):
    for rejection in [report.bounds, report.conservation].compactMap({ $0 })
    where rejection.largest.difference > allowed {
      return rejection.largest.summary
    }
    return fault(report.value)
  }
}

private func cutFault(
  _ cut: NodeSet, _ network: FlowNetwork, _ maximum: Rational, _ allowed: Rational
) -> String? {
  switch cutCapacity(cut, in: network) {
  case .rejected(let rejection): return rejection.first.summary
  case .accepted(let capacity): return valueFault("cut capacity", capacity, maximum, allowed)
  }
}

/// What is wrong with potentials `y` of a maximum flow; nil if nothing is.
///
/// With `y_sink - y_source = 1` no flow is larger than `sum_e u(e) max(0, y_head - y_tail)`, and
/// the best potentials reach the maximum: this is the dual linear programme. Each difference may be
/// too large by the tolerance.
private func potentialFault(
  _ potentials: ExactVector, _ network: FlowNetwork, _ maximum: Rational, _ tolerance: Rational
) -> String? {
  guard potentials.count == network.nodeCount else {
    return "potentials has \(potentials.count) entries where \(network.nodeCount) are needed"
  }
  let difference = potentials[network.sink] - potentials[network.source]
  guard (difference - 1).magnitude <= tolerance else {
    return "potentials of sink and source differ by \(difference.nearestDouble), not by 1"
  }
  var bound = Rational.zero
  network.arcs.forEach { arc, tail, head in
    let slope = potentials[head] - potentials[tail] - tolerance
    if slope > 0 { bound += slope * network.capacities[arc] }
  }
  return bound > maximum * (1 + tolerance)
    ? valueFault("potentials' bound", bound, maximum, 0) : nil
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

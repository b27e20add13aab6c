// Answers about regularised flows are judged against a flow that the kernel has accepted as near
// the unique optimum. What the answer may differ by is its contract's tolerance and what is not
// known of the optimum, the radius.
public import Checker
public import ExactArithmetic
import Networks

/// Judges the fields of an answer about a regularised flow.
///
/// The tolerance is relative to the maximum-flow value or the largest flow on an arc of the
/// optimum, whichever is more: a network without a path from source to sink can have circulations.
///
/// - Parameters:
///   - answer: the answer, `optimal`.
///   - contract: what the solver promises.
///   - reference: a flow near the optimum of the problem that the solver was asked.
///   - maximum: the exact maximum-flow value of the network.
/// - Returns: which fields break the contract, and which are wrong beside it.
public func judgeRegularised(
  _ answer: FlowAnswer, contract: Contract, reference: CertifiedDistance, maximum: Rational
) -> AnswerJudgement {
  let problem = reference.circulation.problem
  let amounts = reference.circulation.amounts
  let largest = (0..<amounts.count).reduce(maximum) { max($0, amounts[$1].magnitude) }
  let faults = RegularisedFaults(
    problem: problem, optimum: amounts, optimumValue: reference.circulation.value,
    radius: reference.radius, tolerance: contract.tolerance,
    allowed: contract.allowance(of: largest))
  // What can be promised is the same for squares and logarithms.
  var judge = FieldJudge(contract, .l2)
  judge.judge(.flow, answer.flow) { faults.certificate(answer) ?? faults.flow($0) }
  judge.judge(.value, answer.value, fault: faults.value)
  judge.judge(.attribution, answer.attribution, fault: faults.attribution)
  judge.judge(.potentials, answer.potentials, fault: faults.potentials)
  return judge.judgement
}

/// What is wrong with each field; nil if nothing is.
private struct RegularisedFaults {
  let problem: CirculationProblem
  let optimum: ExactVector
  let optimumValue: Rational
  let radius: Rational
  let tolerance: Rational
  let allowed: Rational

  private var network: FlowNetwork { problem.network }

  /// A certificate must be one that the kernel accepts for the flow beside it.
  func certificate(_ answer: FlowAnswer) -> String? {
    guard let certificate = answer.certificate, let flow = answer.flow else { return nil }
    switch checkCirculation(flow, in: problem) {
    case .rejected(let rejection): return rejection.first.summary
    case .accepted(let circulation):
      if let rejection = checkDistance(circulation, certificate).rejection {
        return "certificate: \(rejection.first.summary)"
      }
      return nil
    }
  }

  func flow(_ flow: ExactVector) -> String? {
    feasibilityFault(flow, network, allowed) { found in
      nearness("flow", Array(0..<network.arcCount), flow) ?? value(found)
    }
  }

  /// The value of the optimum is known up to the radius on each arc at the source.
  func value(_ value: Rational) -> String? {
    let known = Rational(network.sourceDegree) * radius
    guard (value - optimumValue).magnitude > allowed + known else { return nil }
    return "value \(value.nearestDouble) against the optimum's \(optimumValue.nearestDouble)"
  }

  func attribution(_ attribution: ExactVector) -> String? {
    let arcs = network.sinkArcs
    return countFault(attribution, arcs.count) ?? nearness("attribution", arcs, attribution)
  }

  private func nearness(_ name: String, _ arcs: [Int], _ found: ExactVector) -> String? {
    for (index, arc) in arcs.enumerated()
    where (found[index] - optimum[arc]).magnitude > allowed + radius {
      return "\(name)[\(index)] \(found[index].nearestDouble) against the optimum's "
        + "\(optimum[arc].nearestDouble)"
    }
    return nil
  }

  /// The reduced gradient must vanish where the optimum is free and have the sign of its bound
  /// elsewhere; the optimum's gradient is known up to its slope times the radius.
  func potentials(_ potentials: ExactVector) -> String? {
    guard potentials.count == network.nodeCount else {
      return "potentials has \(potentials.count) entries where \(network.nodeCount) are needed"
    }
    if case .free(let gain) = problem.returnArc {
      let difference = potentials[network.sink] - potentials[network.source]
      if (difference - gain).magnitude > tolerance * max(1, gain) {
        return "potentials of sink and source differ by \(difference.nearestDouble)"
      }
    }
    for arc in 0..<network.arcCount {
      guard let gradient = gradient(arc) else { continue }
      let (tail, head) = network.arcs.ends(of: arc)
      let reduced = gradient.value - (potentials[head] - potentials[tail])
      // A double holds a potential, however large it is, to some digits of its own.
      let size = max(potentials[head].magnitude, potentials[tail].magnitude)
      let slack = tolerance * max(1, gradient.value.magnitude, size) + gradient.uncertainty
      let mayBePositive = optimum[arc] - problem.lowerBounds[arc] <= radius
      let mayBeNegative = network.capacities[arc] - optimum[arc] <= radius
      if (reduced > slack && !mayBePositive) || (reduced < -slack && !mayBeNegative) {
        return "potentials leave a reduced gradient of \(reduced.nearestDouble) on arc \(arc)"
      }
    }
    return nil
  }

  /// The gradient of an arc's cost and term at the optimum, and how far off it may be; nil where a
  /// logarithm has none because the arc is empty or full.
  private func gradient(_ arc: Int) -> (value: Rational, uncertainty: Rational)? {
    let cost = problem.costs[arc]
    guard problem.carriesTerm(arc) else { return (cost, 0) }
    // Twice the radius, for slopes that change between the flow that is known and the optimum.
    switch problem.term {
    case .none: return (cost, 0)
    case .squares(let lambda):
      return (cost + 2 * lambda * optimum[arc], 4 * lambda * radius)
    case .logarithms(let mu):
      let lower = optimum[arc] - problem.lowerBounds[arc]
      let upper = network.capacities[arc] - optimum[arc]
      guard lower > 2 * radius, upper > 2 * radius else { return nil }
      let slope = mu * (1 / (lower * lower) + 1 / (upper * upper))
      // Within the radius neither slack falls below half, so the slope grows at most fourfold.
      return (cost - mu / lower + mu / upper, 4 * slope * radius)
    }
  }
}

public import ExactArithmetic

/// Everything that supports one answer about a network: what `check` writes and `verify` reads.
public struct FlowCertificate: Sendable, Equatable {
  /// A maximum flow, one entry per arc.
  public var flow: ExactVector
  /// The source side of a cut that it saturates.
  public var cut: NodeSet
  /// Which arcs are undetermined.
  public var undetermined: UndeterminedArcsCertificate
  /// The interval of each arc into the sink, in arc order.
  public var intervals: [ArcIntervalCertificate]

  /// A certificate from its parts; nothing is checked here.
  public init(
    flow: ExactVector, cut: NodeSet, undetermined: UndeterminedArcsCertificate,
    intervals: [ArcIntervalCertificate]
  ) {
    self.flow = flow
    self.cut = cut
    self.undetermined = undetermined
    self.intervals = intervals
  }
}

/// An answer about a network of which every part is proved.
///
/// It is made of claims that only the kernel constructs.
public struct CertifiedAnswer: Sendable, Equatable {
  /// A maximum flow and its cut.
  public let maximum: MaximumFlow
  /// The arcs on which maximum flows differ, and a second flow that differs on all of them.
  public let undetermined: UndeterminedArcs
  /// The interval of each arc into the sink: the attributions of the bottom tokens.
  public let attributions: ArcIntervals

  /// The answer whose parts were accepted one by one; nil if they are not about one flow.
  public init?(
    maximum: MaximumFlow, undetermined: UndeterminedArcs, attributions: ArcIntervals
  ) {
    guard undetermined.maximum == maximum, attributions.flow == maximum,
      attributions.arcs == maximum.flow.network.sinkArcs
    else { return nil }
    self.maximum = maximum
    self.undetermined = undetermined
    self.attributions = attributions
  }
}

/// Accepts a whole certificate, part by part; the first part that fails is the rejection.
///
/// - Complexity: a few passes over the arcs, and one for each end of an interval.
public func checkAnswer(
  _ network: FlowNetwork, _ certificate: FlowCertificate
) -> Judgement<CertifiedAnswer> {
  let feasible = checkFeasible(certificate.flow, in: network)
  guard case .accepted(let flow) = feasible else { return feasible.refused() }
  let optimal = checkMaximum(flow, cut: certificate.cut)
  guard case .accepted(let maximum) = optimal else { return optimal.refused() }
  let moving = checkUndetermined(maximum, certificate.undetermined)
  guard case .accepted(let undetermined) = moving else { return moving.refused() }
  let bounded = checkIntervals(maximum, arcs: network.sinkArcs, certificate.intervals)
  guard case .accepted(let attributions) = bounded else { return bounded.refused() }
  guard
    let answer = CertifiedAnswer(
      maximum: maximum, undetermined: undetermined, attributions: attributions)
  else { preconditionFailure("the parts were checked against one flow") }
  return .accepted(answer)
}

extension Judgement {
  /// A rejected judgement as one about another claim.
  fileprivate func refused<Other>() -> Judgement<Other> {
    guard case .rejected(let rejection) = self else {
      preconditionFailure("an accepted judgement is not a refusal")
    }
    return .rejected(rejection)
  }
}

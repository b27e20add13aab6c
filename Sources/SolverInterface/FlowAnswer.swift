public import Checker
public import ExactArithmetic

/// How a solver stopped.
public enum AnswerStatus: Sendable, Hashable {
  /// It claims that its answer is optimal.
  case optimal
  /// It does not do this task.
  case unsupported
  /// It reached its work limit first.
  case workLimitReached
  /// It says itself that it did not get there, for the reason said.
  case gaveUp(String)
  /// It gave no usable answer, for the reason said.
  case failed(String)
  /// It crashed, or was never there, as said.
  case crashed(String)
  /// It gave no answer in time, so that it had to be ended, as said.
  case timedOut(String)
}

/// What a solver hands over: a status and whatever it has to support it.
public struct FlowAnswer: Sendable {
  /// How it stopped.
  public var status: AnswerStatus
  /// The value that it claims.
  public var value: Rational?
  /// The flow on each arc, in arc order.
  public var flow: ExactVector?
  /// The source side of a minimum cut.
  public var cut: NodeSet?
  /// The flow on the arcs into the sink, in arc order.
  public var attribution: ExactVector?
  /// The potentials, one per node; `y_head - y_tail` is the reduced gradient of an arc.
  public var potentials: ExactVector?
  /// What it claims to prove how near the flow is to the unique optimum.
  public var certificate: DistanceCertificate?

  /// An answer from its parts; fields that the solver did not give are nil.
  public init(
    status: AnswerStatus, value: Rational? = nil, flow: ExactVector? = nil, cut: NodeSet? = nil,
    attribution: ExactVector? = nil, potentials: ExactVector? = nil,
    certificate: DistanceCertificate? = nil
  ) {
    self.status = status
    self.value = value
    self.flow = flow
    self.cut = cut
    self.attribution = attribution
    self.potentials = potentials
    self.certificate = certificate
  }

  /// An answer in doubles, each taken as the dyadic rational that it is.
  ///
  /// Its status is `failed` if a number is not finite; the field is named.
  public init(optimalValue value: Double, flow: [Double], cut: NodeSet?) {
    guard let exactValue = Rational(exactly: value) else {
      self.init(status: .failed("value: \(value) is not a finite number"))
      return
    }
    guard let exactFlow = ExactVector(exactly: flow) else {
      let arc = flow.firstIndex { !$0.isFinite } ?? 0
      self.init(status: .failed("flow[\(arc)]: \(flow[arc]) is not a finite number"))
      return
    }
    self.init(status: .optimal, value: exactValue, flow: exactFlow, cut: cut)
  }
}

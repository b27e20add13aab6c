public import Checker
public import ExactArithmetic

/// What supports an answer about a regularised flow, as it stands in a file.
public struct RegularisedProof: Sendable, Equatable {
  /// What the duals of a proof establish about its flow.
  public enum Support: Sendable, Equatable {
    /// The flow is optimal, exactly.
    case optimal(CirculationDuals)
    /// The flow is no further from the unique optimum than the radius.
    case near(DistanceCertificate)
  }

  /// One step of an argument that no other flow is optimal, as a solver of formulas was asked it.
  public struct Step: Sendable, Equatable {
    /// What the step shows, in a few words joined by hyphens.
    public var name: String
    /// The SMT-LIB logic.
    public var logic: String
    /// The whole text in SMT-LIB 2, one question.
    public var text: String
    /// The answer that the argument needs, `sat` or `unsat`.
    public var expected: String
    /// The answer that was given.
    public var answer: String

    /// A step from its parts.
    public init(name: String, logic: String, text: String, expected: String, answer: String) {
      self.name = name
      self.logic = logic
      self.text = text
      self.expected = expected
      self.answer = answer
    }
  }

  /// The method with its weights.
  public var method: RegularisedMethod
  /// The arcs that carry the term.
  public var termArcs: Conventions.TermArcs
  /// The flow on each arc, in arc order.
  public var flow: ExactVector
  /// What is shown of it.
  public var support: Support
  /// Who was asked the steps of uniqueness, with the version; nil if nobody was.
  public var engine: String?
  /// The steps of uniqueness, in order.
  public var steps: [Step]

  /// A proof from its parts.
  public init(
    method: RegularisedMethod, termArcs: Conventions.TermArcs = .allButReturn, flow: ExactVector,
    support: Support, engine: String? = nil, steps: [Step] = []
  ) {
    self.method = method
    self.termArcs = termArcs
    self.flow = flow
    self.support = support
    self.engine = engine
    self.steps = steps
  }

  /// The problem that the proof is about.
  ///
  /// - Throws: `StatementError` for weights that are not positive, or unsuitable term arcs.
  public func problem(_ network: FlowNetwork) throws(StatementError) -> CirculationProblem {
    try method.problem(network, termArcs: termArcs)
  }
}

public import ExactArithmetic

/// The choices that change an attention-flow answer and that papers leave unsaid.
///
/// Every case and certificate carries them, so that two answers are compared only when they
/// answer the same question.
public struct Conventions: Sendable, Hashable {
  /// The arcs that carry a regularisation term.
  public enum TermArcs: String, Sendable, Hashable {
    /// Every arc of the network; the return arc never carries one.
    case allButReturn = "all-but-return"
    /// The attention arcs alone, without source and sink arcs.
    case attention
  }

  /// The capacity of each source and sink arc; nil stands for the number of tokens, `T`.
  public var superCapacity: Rational?
  /// The arcs that carry a regularisation term.
  public var termArcs: TermArcs
  /// The weight of the squares, for an `l2` statement.
  public var lambda: Rational?
  /// The weight of the flow itself, for an `l1` statement.
  public var alpha: Rational?
  /// The weight of the logarithms, for a `barrier` statement.
  public var mu: Rational?

  /// The conventions of [U] as this tool reads them.
  ///
  /// The super capacity is `T`, and all arcs but the return arc carry terms.
  public init(
    superCapacity: Rational? = nil, termArcs: TermArcs = .allButReturn, lambda: Rational? = nil,
    alpha: Rational? = nil, mu: Rational? = nil
  ) {
    self.superCapacity = superCapacity
    self.termArcs = termArcs
    self.lambda = lambda
    self.alpha = alpha
    self.mu = mu
  }
}

public import ExactArithmetic

/// The regularised flows of the literature, each with its weights.
///
/// Sources: [U] for `l1`, `l2` and the barrier; [F] for the central flow, the limit of the barrier
/// flows as `mu` falls to 0.
public enum RegularisedMethod: Sendable, Hashable {
  /// Minimises `-val(f) + alpha sum_e f(e)`.
  case l1(alpha: Rational)
  /// Minimises `-val(f) + lambda sum_e f(e)^2`.
  case l2(lambda: Rational)
  /// Minimises `-val(f) + alpha sum_e f(e) + lambda sum_e f(e)^2`.
  case l1l2(alpha: Rational, lambda: Rational)
  /// Minimises `-val(f) - mu sum_e (log f(e) + log(u(e) - f(e)))`.
  case barrier(mu: Rational)
  /// Minimises `-sum_e (log f(e) + log(u(e) - f(e)))` over the flows of a value, the largest.
  case central(value: Rational)

  /// The name of the method without its weights.
  public var name: String {
    switch self {
    case .l1: "l1"
    case .l2: "l2"
    case .l1l2: "l1l2"
    case .barrier: "barrier"
    case .central: "central"
    }
  }

  /// The problem of the method on a network, with lower bounds 0.
  ///
  /// - Throws: ``StatementError`` for a weight that is not positive, and for term arcs that the
  ///   network does not have.
  public func problem(
    _ network: FlowNetwork, termArcs: Conventions.TermArcs = .allButReturn
  ) throws(StatementError) -> CirculationProblem {
    switch self {
    case .l1(let alpha):
      // A cost is what an l1 term comes to on flows that are nowhere negative.
      let plain = try CirculationProblem(network: network, termArcs: termArcs)
      return try CirculationProblem(
        network: network, costs: try plain.equalCosts(alpha), termArcs: termArcs)
    case .l2(let lambda):
      return try CirculationProblem(
        network: network, term: .squares(lambda: lambda), termArcs: termArcs)
    case .l1l2(let alpha, let lambda):
      let squares = try CirculationProblem(
        network: network, term: .squares(lambda: lambda), termArcs: termArcs)
      return try CirculationProblem(
        network: network, costs: try squares.equalCosts(alpha), term: squares.term,
        termArcs: termArcs)
    case .barrier(let mu):
      return try CirculationProblem(
        network: network, term: .logarithms(mu: mu), termArcs: termArcs)
    case .central(let value):
      return try CirculationProblem(
        network: network, returnArc: .fixed(value: value),
        term: .logarithms(mu: Rational(1)), termArcs: termArcs)
    }
  }
}

extension CirculationProblem {
  /// One cost on every arc that may carry a term, 0 on the others.
  fileprivate func equalCosts(_ alpha: Rational) throws(StatementError) -> ExactVector {
    guard alpha.signum() > 0 else { throw .notPositive(field: "alpha", value: alpha) }
    let carrying = termArcs.count(in: network)
    return ExactVector(
      (0..<network.arcCount).map { $0 < carrying ? alpha.numerator : .zero },
      denominator: alpha.denominator)
  }
}

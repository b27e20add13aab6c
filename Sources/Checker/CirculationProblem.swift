public import ExactArithmetic

/// A flow problem in circulation form: bounds, linear costs, and a convex term that makes its
/// answer unique.
///
///     minimise    -gain * val(f) + sum_e c(e) f(e) + sum_e phi(f(e))
///     subject to  l(e) <= f(e) <= u(e), and conservation at every node but source and sink
///
/// The first part is the cost of the return arc, from the sink to the source, which makes a flow a
/// circulation. It has no bounds and carries no term; nor do arcs on which all feasible flows agree
/// on a bound, where a logarithm would be infinite. Source: [U], with the signs of [F].
public struct CirculationProblem: Sendable, Equatable {
  /// The convex function `phi` that is added on every arc with a term.
  public enum Term: Sendable, Hashable {
    /// None: a minimum-cost circulation. With equal costs on all arcs it is the `l1` problem.
    case none
    /// `phi(x) = lambda x^2`, `lambda > 0`.
    case squares(lambda: Rational)
    /// `phi(x) = -mu (log(x - l) + log(u - x))`, `mu > 0`.
    case logarithms(mu: Rational)
  }

  /// What is asked of the return arc.
  public enum ReturnArc: Sendable, Hashable {
    /// Its flow is free and earns `gain` a unit; 1 by default, 0 is allowed.
    case free(gain: Rational)
    /// Its flow, the value, is given: the problem ranges over the flows of that value.
    case fixed(value: Rational)
  }

  /// The network; its capacities are the upper bounds `u`.
  public let network: FlowNetwork
  /// The lower bounds `l`, one per arc; they may be negative.
  public let lowerBounds: ExactVector
  /// The linear costs `c`, one per arc.
  public let costs: ExactVector
  /// What is asked of the return arc.
  public let returnArc: ReturnArc
  /// The convex term.
  public let term: Term
  /// The arcs that carry the term.
  public let termArcs: Conventions.TermArcs

  /// A problem from its parts; bounds and costs that are not given are 0.
  ///
  /// - Throws: ``StatementError`` if a count is not the number of arcs, a lower bound exceeds the
  ///   capacity, a weight is not positive, or the term sits on the attention arcs of a network that
  ///   is not layered.
  public init(
    network: FlowNetwork, lowerBounds: ExactVector? = nil, costs: ExactVector? = nil,
    returnArc: ReturnArc = .free(gain: Rational(1)), term: Term = .none,
    termArcs: Conventions.TermArcs = .allButReturn
  ) throws(StatementError) {
    let zeros = ExactVector([Int64](repeating: 0, count: network.arcCount), denominator: .one)
    for (field, vector) in [("lowerBounds", lowerBounds), ("costs", costs)] {
      guard let vector, vector.count != network.arcCount else { continue }
      throw .wrongCount(field: field, expected: network.arcCount, found: vector.count)
    }
    if let lowerBounds,
      let arc = aligned([lowerBounds, network.capacities], FirstCrossedBound())
    {
      throw .crossedBounds(
        arc: arc, lower: lowerBounds[arc], upper: network.capacities[arc])
    }
    switch term {
    case .squares(let weight) where weight.signum() <= 0:
      throw .notPositive(field: "lambda", value: weight)
    case .logarithms(let weight) where weight.signum() <= 0:
      throw .notPositive(field: "mu", value: weight)
    default: break
    }
    if case .listed = network.arcs, termArcs == .attention {
      throw .notLayered(field: "termArcs")
    }
    self.network = network
    self.lowerBounds = lowerBounds ?? zeros
    self.costs = costs ?? zeros
    self.returnArc = returnArc
    self.term = term
    self.termArcs = termArcs
  }

  /// The number of arcs that carry the term: they are the first in arc order.
  ///
  /// Frozen arcs are counted, although a logarithm leaves them out; see ``checkDistance(_:_:)``.
  public var termArcCount: Int { term == .none ? 0 : termArcs.count(in: network) }

  /// Whether an arc is one of those that carry the term; `arc` is in `0 ..< network.arcCount`.
  public func carriesTerm(_ arc: Int) -> Bool { arc < termArcCount }
}

extension Conventions.TermArcs {
  /// The number of these arcs, the first in arc order.
  func count(in network: FlowNetwork) -> Int {
    switch (self, network.arcs) {
    case (.attention, .layered(let layers, let tokens)),
      (.attention, .layeredForward(let layers, let tokens)):
      layers * tokens * tokens
    default: network.arcCount
    }
  }
}

/// The first arc whose lower bound exceeds its upper bound.
private struct FirstCrossedBound: AlignedCheck {
  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> Int? {
    vectors[0].indices.first { vectors[0][$0] > vectors[1][$0] }
  }
}

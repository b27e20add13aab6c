public import Checker
public import ExactArithmetic

/// Every way in which an exact circulation solver stops.
///
/// A problem cannot be unbounded: every arc has two finite bounds, and they bound the free return
/// arc.
public enum CirculationStatus: String, Sendable, Hashable, CaseIterable {
  /// The flow is optimal.
  case optimal
  /// No flow satisfies the bounds, as a set of nodes shows.
  case infeasible
  /// The work limit was reached first.
  case workLimitReached = "work-limit-reached"
}

/// How an exact circulation solver ended; nothing about it is proved yet.
public struct ExactCirculationSolution: Sendable, Equatable {
  /// Why it stopped.
  public let status: CirculationStatus
  /// The optimum, exactly if the status is optimal.
  public let optimum: CirculationOptimum?
  /// Where the status is infeasible, nodes that must take in more than they can give out.
  ///
  /// The lower bounds of the arcs that enter the set add up to more than the upper bounds of those
  /// that leave it. A return arc of fixed value counts as an arc with both bounds; of a free one
  /// the set holds both ends or none.
  public let crowdedNodes: NodeSet?
  /// The number of main steps: phases, or changes of the active set.
  public let iterations: Int
  /// The work, in looks at a half-arc or what costs as much.
  public let work: Int

  /// A solution from its parts.
  init(
    status: CirculationStatus, optimum: CirculationOptimum? = nil, crowdedNodes: NodeSet? = nil,
    iterations: Int, work: Int
  ) {
    self.status = status
    self.optimum = optimum
    self.crowdedNodes = crowdedNodes
    self.iterations = iterations
    self.work = work
  }
}

/// An optimal flow of a circulation problem with what proves it.
public struct CirculationOptimum: Sendable, Equatable {
  /// The flow on each arc, in arc order.
  public let flow: ExactVector
  /// Potentials and multipliers that satisfy the optimality conditions exactly.
  public let duals: CirculationDuals
  /// The net flow out of the source.
  public let value: Rational
  /// The minimum: the cost of the return arc, the linear costs and the squares.
  public let objective: Rational

  /// The optimum with its value and objective added up from the flow.
  init(_ problem: CirculationProblem, flow: ExactVector, duals: CirculationDuals) {
    self.flow = flow
    self.duals = duals
    let network = problem.network
    var out = BigInteger.zero
    network.arcs.forEach { arc, tail, head in
      guard tail != head else { return }
      if tail == network.source { out += flow.numerator(arc) }
      if head == network.source { out -= flow.numerator(arc) }
    }
    value = Rational(out, flow.denominator)

    // -gain val + (sum n c') / (D C) + lambda (sum n^2) / D^2, for flows n / D and costs c' / C.
    var (linear, squares) = (BigInteger.zero, BigInteger.zero)
    for arc in 0..<flow.count {
      let numerator = flow.numerator(arc)
      if numerator.isZero { continue }
      linear += numerator * problem.costs.numerator(arc)
      if problem.carriesTerm(arc) { squares += numerator * numerator }
    }
    var objective = Rational(linear, flow.denominator * problem.costs.denominator)
    if case .squares(let lambda) = problem.term {
      objective += lambda * Rational(squares, flow.denominator * flow.denominator)
    }
    if case .free(let gain) = problem.returnArc { objective -= gain * value }
    self.objective = objective
  }
}

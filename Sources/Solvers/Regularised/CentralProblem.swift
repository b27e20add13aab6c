public import Checker
import ExactArithmetic

extension ExactMaximumFlow {
  /// The problem whose optimum is the central flow: the analytic centre of the maximum flows.
  ///
  /// It is the limit of the flows with logarithms as their weight goes to 0. Source: [U],
  /// repaired: the arcs on which all maximum flows agree are left out, as presolve finds them.
  ///
  /// This flow is a feasible one for the problem, and spares the solver the search for one.
  ///
  /// - Parameters:
  ///   - network: the network of this flow, which is maximum.
  ///   - termArcs: the arcs that carry the logarithms.
  /// - Returns: the problem, whose value is fixed.
  /// - Throws: ``StatementError`` if the term arcs are those of a tensor and the network has none.
  public func centralProblem(
    in network: FlowNetwork, termArcs: Conventions.TermArcs = .allButReturn
  ) throws(StatementError) -> CirculationProblem {
    try CirculationProblem(
      network: network, returnArc: .fixed(value: value), term: .logarithms(mu: 1),
      termArcs: termArcs)
  }
}

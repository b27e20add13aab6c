public import Checker
public import ExactArithmetic

/// Every way in which a regularised solver stops.
public enum RegularisedStatus: String, Sendable, Hashable, CaseIterable {
  /// The kernel accepted a distance from the unique optimum that is at most ``radiusLimit`` of the
  /// largest amount that an arc can pass.
  case optimal
  /// Rounding ended the progress before the distance was small enough.
  case stagnated
  /// The bound on the number of iterations was reached.
  case iterationLimit = "iteration-limit"
  /// Doubles, or integers of 128 bits, do not resolve these weights and bounds.
  case unresolvable
  /// No flow satisfies the bounds, or none has the value that is asked for.
  case infeasible
  /// The work limit was reached.
  case workLimitReached = "work-limit-reached"

  /// The largest certified distance that counts as optimal, relative to the largest amount that an
  /// arc can pass: `1e-6`.
  public static let radiusLimit = 1e-6
}

/// How far an answer is from satisfying the optimality conditions, as doubles saw it.
public struct RegularisedResiduals: Sendable, Hashable {
  /// The largest imbalance at a node, relative to the largest amount that an arc can pass.
  public var primal: Double
  /// The largest violation of stationarity, relative to the larger of 1 and the arc's multipliers.
  public var dual: Double
  /// The largest complementarity product, less its target, relative to gain times amount.
  public var complementarity: Double

  /// Residuals from their parts.
  public init(primal: Double, dual: Double, complementarity: Double) {
    self.primal = primal
    self.dual = dual
    self.complementarity = complementarity
  }
}

/// What was known before the first iteration.
public struct PresolveReport: Sendable, Hashable {
  /// The number of arcs whose two bounds are equal.
  public var closedArcs: Int
  /// The number of other arcs that join different components: all feasible flows agree on them.
  public var separatingArcs: Int
  /// The number of strongly connected components.
  public var components: Int

  /// The number of arcs that the problem is not about.
  public var droppedArcs: Int { closedArcs + separatingArcs }

  /// A report from its parts.
  public init(closedArcs: Int = 0, separatingArcs: Int = 0, components: Int = 0) {
    self.closedArcs = closedArcs
    self.separatingArcs = separatingArcs
    self.components = components
  }
}

/// What a regularised solver found.
public struct RegularisedSolution: Sendable {
  /// Why the solver stopped; the flow is near the optimum only if it says so.
  public var status: RegularisedStatus
  /// The number of iterations of the interior point method.
  public var iterations: Int
  /// The number of factorisations, those of the refinement included.
  public var factorisations: Int
  /// The flow on each arc, in arc order; empty if there is none.
  public var flow: [Double]
  /// The net flow out of the source.
  public var value: Double
  /// The objective of the problem, over the arcs that are not dropped.
  public var objective: Double
  /// What is left of the optimality conditions.
  public var residuals: RegularisedResiduals
  /// What the presolve removed.
  public var presolve: PresolveReport
  /// An exactly feasible flow, the one that the certificate speaks of.
  public var exactFlow: ExactVector?
  /// What proves the distance from the unique optimum.
  public var certificate: DistanceCertificate?
  /// What the kernel accepted of flow and certificate.
  public var distance: CertifiedDistance?
}

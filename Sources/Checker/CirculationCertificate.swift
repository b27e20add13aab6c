public import ExactArithmetic

/// Potentials and multipliers of a circulation problem: its dual variables.
///
/// With `(By)_e = y_head - y_tail` and `g` the gradient of the objective, a flow `f` is optimal
/// iff `g - By + s_u - s_l = 0`, `s_l (f - l) = 0`, `s_u (u - f) = 0` and `s_l, s_u >= 0` on every
/// arc, and `y_sink - y_source = gain` where the return arc is free.
public struct CirculationDuals: Sendable, Equatable {
  /// The potentials `y`, one per node.
  public var potentials: ExactVector
  /// The multipliers `s_l` of the lower bounds, one per arc, none negative.
  public var lowerMultipliers: ExactVector
  /// The multipliers `s_u` of the upper bounds, one per arc, none negative.
  public var upperMultipliers: ExactVector

  /// Duals from their parts.
  public init(
    potentials: ExactVector, lowerMultipliers: ExactVector, upperMultipliers: ExactVector
  ) {
    self.potentials = potentials
    self.lowerMultipliers = lowerMultipliers
    self.upperMultipliers = upperMultipliers
  }
}

/// What bounds the distance of a feasible flow from the unique optimum of a circulation problem.
public struct DistanceCertificate: Sendable, Equatable {
  /// The potentials and multipliers; for logarithms the multipliers satisfy complementary slackness
  /// exactly, so that they are 0 on arcs with the term.
  public var duals: CirculationDuals
  /// A level per node: arcs that join different levels are proved to be frozen at a bound.
  ///
  /// Level never falls along an arc that can take more flow, nor against one that can give some
  /// back; source and sink have one level where the return arc is free. All equal: none is frozen.
  public var levels: [Int32]
  /// An upper bound of the residuals' norm over the arcs with the term: of `delta` for logarithms,
  /// of `|rho|` for squares; see the head of `CheckDistance.swift`.
  public var norm: Rational
  /// The claimed distance: on no arc with the term does the flow differ by more from the optimum's.
  public var radius: Rational

  /// A certificate from its parts.
  public init(duals: CirculationDuals, levels: [Int32], norm: Rational, radius: Rational) {
    self.duals = duals
    self.levels = levels
    self.norm = norm
    self.radius = radius
  }
}

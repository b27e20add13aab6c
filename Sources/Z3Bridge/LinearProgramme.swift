// Small linear programmes over the rationals, solved exactly.
//
// Problem: find a point that maximises a linear objective, and prove that it does. Z3 optimises,
// too, but its optimum is its word alone, and has been wrong (Z3Prover/z3#7245).
// Idea: strong duality turns optimisation into satisfaction. A point and multipliers are both
// feasible and have equal values iff both are optimal; so Z3 is asked for all of it at once, and
// its model, substituted back in fractions, is the proof. If there is no optimum, there are
// multipliers that prove infeasibility, or a point and a direction that prove unboundedness, and
// Z3 is asked for those. No answer rests on `unsat`.
// Cost: one to three questions in QF_LRA; seconds at a thousand unknowns.
// Source: [Sch], section 7.4, for duality and the two certificates without an optimum.
public import ExactArithmetic

/// A linear programme: maximise an objective of free unknowns under constraints.
///
/// Unknowns are numbered `0 ..< objective.count`; bounds of an unknown are constraints like others.
public struct LinearProgramme: Sendable, Hashable {
  /// How the two sides of a constraint compare.
  public enum Relation: String, Sendable, Hashable, CaseIterable {
    /// The left side is at most the bound.
    case atMost = "<="
    /// Both sides are equal.
    case equal = "="
    /// The left side is at least the bound.
    case atLeast = ">="
  }

  /// An unknown with its coefficient.
  public struct Term: Sendable, Hashable {
    /// The unknown.
    public let unknown: Int
    /// The coefficient.
    public let coefficient: Rational

    /// A term from its parts.
    public init(_ coefficient: Rational = 1, unknown: Int) {
      self.unknown = unknown
      self.coefficient = coefficient
    }
  }

  /// A sum of terms compared with a number.
  public struct Constraint: Sendable, Hashable {
    /// The terms of the left side; an unknown may occur more than once.
    public let terms: [Term]
    /// How the sides compare.
    public let relation: Relation
    /// The right side.
    public let bound: Rational

    /// A constraint from its parts.
    public init(_ terms: [Term], _ relation: Relation, _ bound: Rational) {
      self.terms = terms
      self.relation = relation
      self.bound = bound
    }

    /// The left side at a point.
    fileprivate func leftSide(_ point: [Rational]) -> Rational {
      terms.reduce(.zero) { $0 + $1.coefficient * point[$1.unknown] }
    }

    /// Whether a left side satisfies the constraint with some right side.
    fileprivate func holds(_ leftSide: Rational, bound: Rational) -> Bool {
      switch relation {
      case .atMost: leftSide <= bound
      case .equal: leftSide == bound
      case .atLeast: leftSide >= bound
      }
    }
  }

  /// The coefficients of the objective, one per unknown.
  public let objective: [Rational]
  /// The constraints.
  public let constraints: [Constraint]

  /// A programme from its parts.
  ///
  /// - Precondition: the constraints speak of unknowns `0 ..< objective.count`.
  public init(maximise objective: [Rational], subjectTo constraints: [Constraint]) {
    for (index, constraint) in constraints.enumerated() {
      for term in constraint.terms {
        precondition(
          objective.indices.contains(term.unknown),
          "constraint \(index) speaks of unknown \(term.unknown) of \(objective.count)")
      }
    }
    self.objective = objective
    self.constraints = constraints
  }

  /// Whether a point satisfies all constraints, exactly.
  public func isFeasible(_ point: [Rational]) -> Bool {
    point.count == objective.count
      && constraints.allSatisfy { $0.holds($0.leftSide(point), bound: $0.bound) }
  }

  /// The objective at a point.
  public func value(at point: [Rational]) -> Rational {
    zip(objective, point).reduce(.zero) { $0 + $1.0 * $1.1 }
  }

  /// Whether multipliers have the signs that their constraints ask for: not negative for `atMost`,
  /// not positive for `atLeast`.
  private func hasSigns(_ multipliers: [Rational]) -> Bool {
    multipliers.count == constraints.count
      && zip(multipliers, constraints).allSatisfy { multiplier, constraint in
        switch constraint.relation {
        case .atMost: multiplier.signum() >= 0
        case .equal: true
        case .atLeast: multiplier.signum() <= 0
        }
      }
  }

  /// The sum of the constraints' left sides, each times its multiplier, as coefficients.
  private func combination(_ multipliers: [Rational]) -> [Rational] {
    var sum = [Rational](repeating: .zero, count: objective.count)
    for (constraint, multiplier) in zip(constraints, multipliers) where !multiplier.isZero {
      for term in constraint.terms { sum[term.unknown] += multiplier * term.coefficient }
    }
    return sum
  }

  /// The sum of the right sides, each times its multiplier.
  private func bound(_ multipliers: [Rational]) -> Rational {
    zip(constraints, multipliers).reduce(.zero) { $0 + $1.0.bound * $1.1 }
  }

  /// Whether multipliers prove that no point has a value above theirs.
  public func isDualFeasible(_ multipliers: [Rational]) -> Bool {
    hasSigns(multipliers) && combination(multipliers) == objective
  }

  /// The value that multipliers prove not to be exceeded.
  public func dualValue(_ multipliers: [Rational]) -> Rational { bound(multipliers) }

  /// Whether multipliers prove that no point satisfies the constraints: combined, they say that 0
  /// is at most a negative number.
  public func isInfeasible(by multipliers: [Rational]) -> Bool {
    hasSigns(multipliers) && combination(multipliers).allSatisfy(\.isZero)
      && bound(multipliers).signum() < 0
  }

  /// Whether a point and a direction prove that the objective is unbounded.
  public func isUnbounded(at point: [Rational], towards direction: [Rational]) -> Bool {
    isFeasible(point) && direction.count == objective.count
      && constraints.allSatisfy { $0.holds($0.leftSide(direction), bound: .zero) }
      && value(at: direction).signum() > 0
  }
}

/// An optimum of a linear programme, with its proof.
///
/// It exists only if the point is feasible, the multipliers are, and their values agree: all
/// tested in fractions when it is made.
public struct LinearOptimum: Sendable, Hashable {
  /// The programme.
  public let programme: LinearProgramme
  /// The point, one fraction per unknown.
  public let point: [Rational]
  /// The multipliers, one per constraint.
  public let multipliers: [Rational]
  /// The largest value of the objective.
  public let value: Rational

  /// An optimum from its parts, or nil if they do not prove it.
  public init?(of programme: LinearProgramme, point: [Rational], multipliers: [Rational]) {
    guard programme.isFeasible(point), programme.isDualFeasible(multipliers) else { return nil }
    value = programme.value(at: point)
    guard value == programme.dualValue(multipliers) else { return nil }
    self.programme = programme
    self.point = point
    self.multipliers = multipliers
  }
}

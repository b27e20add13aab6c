import Checker
import ExactArithmetic

/// A shifted problem on its way through Z3: asserted once, then asked several times.
struct ShiftedQuestion {
  private let problem: ShiftedProblem
  private let workspace: Z3Workspace
  private let solver: Z3Solver
  private let budget: Z3Budget
  /// The context's counter of steps when the question began.
  private let firstResourceCount: UInt32
  /// What the question has cost so far.
  private(set) var effort = Z3Effort(resourceCount: 0, checkCount: 0)

  /// Asserts the signs and the conservation of all changes.
  init(_ problem: ShiftedProblem, in workspace: Z3Workspace, budget: Z3Budget) throws(Z3Error) {
    self.problem = problem
    self.workspace = workspace
    self.budget = budget
    solver = try workspace.context.linearSolverForPushing(resourceLimit: budget.resourceLimit)
    firstResourceCount = try solver.resourceCount() ?? 0
    for position in 0..<problem.arcs.count {
      let unknown = workspace.unknowns[position]
      // l - f <= d <= u - f, as far as it is a matter of signs
      if problem.lowerBounds[position].isZero {
        try solver.assert(try unknown.isAtLeast(workspace.zero))
      } else if problem.upperBounds[position].isZero {
        try solver.assert(try unknown.isAtMost(workspace.zero))
      }
    }
    for sum in problem.conservation {
      try solver.assert(try term(sum).isAtLeast(workspace.zero))
    }
  }

  /// Asserts that the value stays as it is.
  func assertValueUnchanged() throws(Z3Error) {
    guard !problem.valueChange.isEmpty else { return }
    try solver.assert(try term(problem.valueChange).equals(workspace.zero))
  }

  /// Asserts that a sum of changes, with an integer factor each, is not positive.
  ///
  /// - Parameter factors: one factor per unknown.
  /// - Throws: ``Z3Error``.
  func assertNotPositive(_ factors: [BigInteger]) throws(Z3Error) {
    let (context, real) = (workspace.context, workspace.real)
    var terms: [Z3Term] = []
    for (position, factor) in factors.enumerated() where !factor.isZero {
      let numeral = try context.numeral(factor, sort: real)
      terms.append(try numeral.times(workspace.unknowns[position]))
    }
    guard !terms.isEmpty else { return }
    try solver.assert(try context.sum(terms).isAtMost(workspace.zero))
  }

  /// Asks for a change that raises the value.
  mutating func changeRaisingValue() throws(Z3Error) -> SolverOutcome<[Rational]> {
    // With no arc at the source the value is 0 and stays 0.
    guard !problem.valueChange.isEmpty else { return .unsatisfiable }
    return try ask(try term(problem.valueChange).isGreater(than: workspace.zero))
  }

  /// Asks for a change on one of some arcs: first on all that can change in one direction only,
  /// together, then arc by arc.
  ///
  /// On an arc without flow `d >= 0`, on a full one `d <= 0`: one of these arcs changes iff the sum
  /// of all these `d`, each with its sign, is positive. That is one check, where there would be one
  /// for each arc. On the others `d > 0` is asked before `d < 0`, in the given order.
  ///
  /// - Parameter positions: the unknowns to ask about.
  /// - Returns: the changes of all unknowns, of any scale, if one of these can change.
  /// - Throws: ``Z3Error``.
  mutating func changeOnAny(of positions: some Sequence<Int>) throws(Z3Error)
    -> SolverOutcome<[Rational]>
  {
    var oneSided: [ShiftedProblem.SignedUnknown] = []
    var twoSided: [Int] = []
    for position in positions {
      let isFull = problem.upperBounds[position].isZero
      if isFull || problem.lowerBounds[position].isZero {
        oneSided.append(.init(position: position, isNegative: isFull))
      } else {
        twoSided.append(position)
      }
    }
    if !oneSided.isEmpty {
      let outcome = try ask(try term(oneSided).isGreater(than: workspace.zero))
      guard case .unsatisfiable = outcome else { return outcome }
    }
    for position in twoSided {
      let unknown = workspace.unknowns[position]
      let more = try ask(try unknown.isGreater(than: workspace.zero))
      guard case .unsatisfiable = more else { return more }
      let less = try ask(try unknown.isLess(than: workspace.zero))
      guard case .unsatisfiable = less else { return less }
    }
    return .unsatisfiable
  }

  private mutating func ask(_ formula: Z3Term) throws(Z3Error) -> SolverOutcome<[Rational]> {
    guard effort.resourceCount < UInt64(budget.resourceLimit) else {
      return .unknown(reason: "the budget of the question is spent")
    }
    let outcome = try solver.check(with: formula)
    // The counter has 32 bits; its differences survive an overflow.
    let resourceCount = (try solver.resourceCount() ?? 0) &- firstResourceCount
    effort = Z3Effort(
      resourceCount: UInt64(resourceCount), checkCount: effort.checkCount + 1)
    switch outcome {
    case .satisfiable(let model):
      var change: [Rational] = []
      for position in 0..<problem.arcs.count {
        change.append(try model.value(of: workspace.unknowns[position]))
      }
      return .satisfiable(change)
    case .unsatisfiable: return .unsatisfiable
    case .unknown(let reason): return .unknown(reason: reason)
    }
  }

  private func term(_ sum: [ShiftedProblem.SignedUnknown]) throws(Z3Error) -> Z3Term {
    var terms: [Z3Term] = []
    for part in sum {
      let unknown = workspace.unknowns[part.position]
      terms.append(part.isNegative ? try unknown.negated() : unknown)
    }
    return try workspace.context.sum(terms)
  }
}

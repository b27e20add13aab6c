public import Checker
import ExactArithmetic

/// On which arcs a second optimal circulation is looked for.
public enum SecondOptimumScope: Sendable, Hashable, CaseIterable {
  /// On arcs without a positive multiplier; on all others optimal circulations agree.
  ///
  /// The quick way to find one. That there is none is then partly the word of the duals.
  case unheldArcs
  /// On all arcs, with the costs as one more condition: the question to ask when the answer `none`
  /// is to count as a second opinion.
  case allArcs
}

/// Whether there is a second optimal circulation.
public enum SecondOptimumAnswer: Sendable, Equatable {
  /// There is: Z3's model was substituted back exactly, and the kernel accepted it as an optimum.
  case found(OptimalCirculation)
  /// There is none, says Z3.
  case none
  /// Z3 stopped before it knew; the reason is for people only.
  case unknown(reason: String)
}

extension Z3Session {
  /// Looks for an optimal circulation of a linear problem that differs on some arc.
  ///
  /// The unknowns are the changes `d = f' - f`. They are conserved, keep a fixed value, and do not
  /// raise the costs. The second optimum has the duals of the first: if duals prove one circulation
  /// optimal, they fit all optimal ones.
  ///
  /// - Parameters:
  ///   - optimum: an optimal circulation of a problem without a convex term.
  ///   - scope: the arcs to look at.
  ///   - budget: the work to spend.
  /// - Returns: the second optimum, or that there is none, or that the budget did not suffice.
  /// - Throws: ``Z3Error``, also when the kernel refuses the circulation that Z3 found.
  public func secondOptimum(
    of optimum: OptimalCirculation, scope: SecondOptimumScope, budget: Z3Budget = .standard
  ) throws(Z3Error) -> Z3Answer<SecondOptimumAnswer> {
    let (circulation, duals) = (optimum.circulation, optimum.duals)
    let problem = circulation.problem
    guard problem.term == .none else { throw .unsuitableTerm(problem.term) }
    let shifted = ShiftedProblem(circulation: circulation) { arc in
      scope == .allArcs
        || (duals.lowerMultipliers.numerator(arc).isZero
          && duals.upperMultipliers.numerator(arc).isZero)
    }
    guard !shifted.arcs.isEmpty else {
      return Z3Answer(answer: .none, effort: Z3Effort(resourceCount: 0, checkCount: 0))
    }
    let found = try ask(shifted, budget: budget) { question throws(Z3Error) in
      if case .fixed = problem.returnArc { try question.assertValueUnchanged() }
      if scope == .allArcs { try question.assertNotPositive(objective(problem, shifted)) }
      return try question.changeOnAny(of: shifted.arcs.indices)
    }
    switch found.answer {
    case .unsatisfiable: return Z3Answer(answer: .none, effort: found.effort)
    case .unknown(let reason):
      return Z3Answer(answer: .unknown(reason: reason), effort: found.effort)
    case .satisfiable(let change):
      let amounts = shifted.flow(after: change, of: circulation.amounts)
      let second = try accepted(checkCirculation(amounts, in: problem))
      let differs = (0..<amounts.count).contains { amounts[$0] != circulation.amounts[$0] }
      guard differs else { throw .modelChangesNothing(claim: "circulation") }
      return Z3Answer(
        answer: .found(try accepted(checkOptimality(second, duals))), effort: found.effort)
    }
  }
}

/// What a change of one unit on each arc costs, the gain of the return arc included, in integers.
private func objective(_ problem: CirculationProblem, _ shifted: ShiftedProblem) -> [BigInteger] {
  var costs = shifted.arcs.map { problem.costs[$0] }
  if case .free(let gain) = problem.returnArc {
    for part in shifted.valueChange { costs[part.position] -= part.isNegative ? -gain : gain }
  }
  let integers = ExactVector(costs)
  return costs.indices.map { integers.numerator($0) }
}

private func accepted<Claim>(_ judgement: Judgement<Claim>) throws(Z3Error) -> Claim {
  switch judgement {
  case .accepted(let claim): return claim
  case .rejected(let rejection): throw .modelRefused(rejection)
  }
}

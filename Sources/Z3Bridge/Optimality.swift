public import Checker
import ExactArithmetic

/// Whether a flow has the largest possible value.
public enum OptimalityAnswer: Sendable, Equatable {
  /// It has, says Z3; the proof is a cut.
  case maximum
  /// It has not: this flow, which the kernel accepted as feasible, has a larger value.
  case improvable(FeasibleFlow)
  /// Z3 stopped before it knew; the reason is for people only.
  case unknown(reason: String)
}

extension Z3Session {
  /// Asks for a flow with a larger value, among the changes of this one on all arcs.
  ///
  /// - Parameters:
  ///   - flow: a feasible flow.
  ///   - budget: the work to spend.
  /// - Returns: that there is none, or one, or that the budget did not suffice.
  /// - Throws: ``Z3Error``, also when the kernel refuses the flow that Z3 found.
  public func optimality(
    of flow: FeasibleFlow, budget: Z3Budget = .standard
  ) throws(Z3Error) -> Z3Answer<OptimalityAnswer> {
    let problem = ShiftedProblem(flow: flow) { _, _ in true }
    let found = try ask(problem, budget: budget) { question throws(Z3Error) in
      try question.changeRaisingValue()
    }
    switch found.answer {
    case .unsatisfiable: return Z3Answer(answer: .maximum, effort: found.effort)
    case .unknown(let reason):
      return Z3Answer(answer: .unknown(reason: reason), effort: found.effort)
    case .satisfiable(let change):
      switch checkFeasible(problem.flow(after: change, of: flow.amounts), in: flow.network) {
      case .rejected(let rejection): throw .modelRefused(rejection)
      case .accepted(let better):
        guard better.value > flow.value else { throw .modelChangesNothing(claim: "value") }
        return Z3Answer(answer: .improvable(better), effort: found.effort)
      }
    }
  }
}

public import Checker
import ExactArithmetic

/// On which arcs a second flow is looked for.
public enum SecondFlowScope: Sendable, Hashable, CaseIterable {
  /// On arcs inside the strong components of the residual graph; on all others nothing can change.
  ///
  /// The quick way to find a flow. That there is none is then partly the word of the components.
  case residualComponents
  /// On all arcs: the question to ask when the answer `none` is to count as a second opinion.
  case allArcs
}

/// Whether there is a second maximum flow.
public enum SecondFlowAnswer: Sendable, Equatable {
  /// There is; Z3's model was substituted back exactly, and the kernel accepted it.
  case found(DistinctMaximumFlows)
  /// There is none, says Z3.
  case none
  /// Z3 stopped before it knew; the reason is for people only.
  case unknown(reason: String)
}

extension Z3Session {
  /// Looks for a maximum flow that differs from this one on some arc.
  ///
  /// Empty and full arcs are asked about together, then the others in arc order, for each first
  /// more flow and then less; the first change gives the answer. The README of this module has the
  /// encoding.
  ///
  /// - Parameters:
  ///   - flow: a maximum flow.
  ///   - scope: the arcs to look at.
  ///   - budget: the work to spend.
  /// - Returns: the second flow, or that there is none, or that the budget did not suffice.
  /// - Throws: ``Z3Error``, also when the kernel refuses the flow that Z3 found.
  public func secondFlow(
    of flow: MaximumFlow, scope: SecondFlowScope, budget: Z3Budget = .standard
  ) throws(Z3Error) -> Z3Answer<SecondFlowAnswer> {
    try secondFlow(of: flow, scope: scope, budget: budget, differingOn: nil)
  }

  /// Looks for a maximum flow with another attribution: one that differs on an arc into the sink.
  ///
  /// Only arcs into the sink are asked about; otherwise as ``secondFlow(of:scope:budget:)``.
  ///
  /// - Parameters:
  ///   - flow: a maximum flow.
  ///   - scope: the arcs that may change.
  ///   - budget: the work to spend.
  /// - Returns: the second flow, or that there is none, or that the budget did not suffice.
  /// - Throws: ``Z3Error``, also when the kernel refuses the flow that Z3 found.
  public func secondFlowWithDifferentAttribution(
    of flow: MaximumFlow, scope: SecondFlowScope, budget: Z3Budget = .standard
  ) throws(Z3Error) -> Z3Answer<SecondFlowAnswer> {
    let found = try secondFlow(
      of: flow, scope: scope, budget: budget, differingOn: Set(flow.flow.network.sinkArcs))
    if case .found(let flows) = found.answer, flows.attributionChange.isZero {
      throw .modelChangesNothing(claim: "attribution")
    }
    return found
  }

  /// Looks for a maximum flow that differs on one of some arcs, or of all arcs if `chosen` is nil.
  private func secondFlow(
    of flow: MaximumFlow, scope: SecondFlowScope, budget: Z3Budget, differingOn chosen: Set<Int>?
  ) throws(Z3Error) -> Z3Answer<SecondFlowAnswer> {
    let problem: ShiftedProblem
    switch scope {
    case .allArcs: problem = ShiftedProblem(flow: flow.flow) { _, _ in true }
    case .residualComponents:
      let components = residualComponents(of: flow.flow)
      problem = ShiftedProblem(flow: flow.flow) { components[$0] == components[$1] }
    }
    let asked = problem.arcs.indices.filter { chosen?.contains(problem.arcs[$0]) ?? true }
    guard !asked.isEmpty else {
      return Z3Answer(answer: .none, effort: Z3Effort(resourceCount: 0, checkCount: 0))
    }
    let found = try ask(problem, budget: budget) { question throws(Z3Error) in
      try question.assertValueUnchanged()
      return try question.changeOnAny(of: asked)
    }
    switch found.answer {
    case .unsatisfiable: return Z3Answer(answer: .none, effort: found.effort)
    case .unknown(let reason):
      return Z3Answer(answer: .unknown(reason: reason), effort: found.effort)
    case .satisfiable(let change):
      switch checkDistinct(flow, problem.flow(after: change, of: flow.flow.amounts)) {
      case .accepted(let flows): return Z3Answer(answer: .found(flows), effort: found.effort)
      case .rejected(let rejection): throw .modelRefused(rejection)
      }
    }
  }
}

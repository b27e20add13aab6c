import CZ3
import Checker

/// The version of Z3 that is linked, such as `4.8.12.0`.
public var z3Version: String {
  var major: CUnsignedInt = 0
  var minor: CUnsignedInt = 0
  var build: CUnsignedInt = 0
  var revision: CUnsignedInt = 0
  Z3_get_version(&major, &minor, &build, &revision)
  return "\(major).\(minor).\(build).\(revision)"
}

/// A place to ask Z3 questions, one after the other.
///
/// It keeps one instance of Z3 for many questions, since starting one takes as long as several
/// tiny questions. Answers do not depend on what was asked before: every question has a solver
/// of its own, see ``Z3Workspace``, networks with many arcs get an instance of their own, and an
/// instance that ran out of budget or failed is not used again. A session is for one thread;
/// several threads use a session each.
public final class Z3Session {
  /// After how many questions the instance is replaced, so that its memory stays bounded.
  public let renewalInterval: Int
  private var workspace: Z3Workspace?
  private var questionCount = 0

  /// A session that renews its instance of Z3 after some questions, at least 1.
  public init(renewalInterval: Int = 256) {
    precondition(renewalInterval >= 1, "an interval of \(renewalInterval) is not possible")
    self.renewalInterval = renewalInterval
  }

  /// Puts a problem to Z3.
  ///
  /// - Parameters:
  ///   - problem: what Z3 is told before it is asked.
  ///   - budget: the work to spend.
  ///   - body: tells Z3 the rest, and asks.
  /// - Returns: the outcome of `body`, and what it has cost.
  /// - Throws: ``Z3Error``; the instance is then not used again.
  func ask<Answer>(
    _ problem: ShiftedProblem, budget: Z3Budget,
    _ body: (inout ShiftedQuestion) throws(Z3Error) -> SolverOutcome<Answer>
  ) throws(Z3Error) -> Z3Answer<SolverOutcome<Answer>> {
    let workspace = try takeWorkspace(unknownCount: problem.arcs.count)
    var question = try ShiftedQuestion(problem, in: workspace, budget: budget)
    let outcome = try body(&question)
    putBack(workspace, after: outcome)
    return Z3Answer(answer: outcome, effort: question.effort)
  }

  /// The instance to use for a question; the session has none until it is put back.
  private func takeWorkspace(unknownCount: Int) throws(Z3Error) -> Z3Workspace {
    guard unknownCount <= Z3Workspace.sharedUnknownCount else {
      return try Z3Workspace(unknownCount: unknownCount)
    }
    let kept = workspace
    workspace = nil
    if let kept { return kept }
    questionCount = 0
    return try Z3Workspace(unknownCount: unknownCount)
  }

  private func putBack<Answer>(_ used: Z3Workspace, after outcome: SolverOutcome<Answer>) {
    guard used.unknowns.count == Z3Workspace.sharedUnknownCount else { return }
    questionCount += 1
    if case .unknown = outcome { return }
    if questionCount < renewalInterval { workspace = used }
  }
}

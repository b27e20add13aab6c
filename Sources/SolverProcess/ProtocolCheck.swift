// Whether a program speaks the protocol, apart from whether it solves well: what a campaign relies
// on, one check at a time, each with a sentence about what is wrong.
import Checker
import ExactArithmetic
import SolverInterface

/// What one check came to.
public struct ProtocolCheckResult: Sendable, Hashable {
  /// How a check ends; the raw value is the word in reports.
  public enum Verdict: String, Sendable, Hashable {
    /// All is as it should be.
    case passed
    /// Something is not.
    case failed
    /// The process crashed or hung.
    case crashed
    /// It does not apply: the solver does not do the task.
    case skipped
  }

  /// A short name, stable.
  public let name: String
  /// What became of it.
  public let verdict: Verdict
  /// What was checked, or what is wrong, in a sentence without a full stop.
  public let detail: String
  /// Whether the numbers of an answer break a promise; its form can be right all the same, and the
  /// check is passed then.
  public var isAnswerWrong = false
}

/// The conformance checks of a solver in another process.
public struct ProtocolCheck {
  private let command: SolverCommand
  private let declared: DeclaredContract
  private let journalFolder: String
  private let isInterrupted: () -> Bool
  private let tell: (ProtocolCheckResult) -> Void

  /// The checks of a command.
  ///
  /// - Parameters:
  ///   - command: the command line and its limits.
  ///   - declared: what is promised for it.
  ///   - journalFolder: where each request is written before it is sent.
  ///   - isInterrupted: asked after each check; true ends the run, and the check under way does not
  ///     count, since its process may have been ended from here.
  ///   - report: is told each result as soon as it is known.
  public init(
    _ command: SolverCommand, declared: DeclaredContract = DeclaredContract(),
    journalFolder: String = ".flowcheck", isInterrupted: @escaping () -> Bool = { false },
    report: @escaping (ProtocolCheckResult) -> Void
  ) {
    self.command = command
    self.declared = declared
    self.journalFolder = journalFolder
    self.isInterrupted = isInterrupted
    tell = report
  }

  /// Runs all checks.
  ///
  /// - Returns: what the solver says of itself, with what was declared laid over it; nil if it does
  ///   not start, so that nothing else was checked.
  public func run() -> SolverDescription? {
    let solver: ExternalSolver
    do {
      solver = try ExternalSolver(command, declared: declared, journalFolder: journalFolder)
    } catch {
      report(
        ProtocolCheckResult(
          name: "describe", verdict: error.isCrash ? .crashed : .failed, detail: error.reason))
      return nil
    }
    defer { solver.close() }
    pass("describe", "it starts, and says what it is")
    // Conversations have processes of their own, so the first one ends if it bears no other.
    if !secondProcess(solver) { solver.close() }
    if command.dialect == .jsonLines {
      for conversation in conversations(solver) {
        let result = conversation.run(command)
        report(result)
        // What does not even answer would cost a deadline for each network too.
        if result.verdict == .crashed || isInterrupted() { return solver.description }
      }
    }
    for test in ConformanceCase.all + ConformanceCase.fullRange(solver.contract.numbers) {
      for task in Self.tasks where solver.tasks.contains(task.kind) {
        if isInterrupted() { return solver.description }
        report(check(solver, task, test))
      }
    }
    return solver.description
  }

  private static let tasks: [FlowTask] = [
    .maximumFlow, .l2(lambda: Rational(1, 4)), .barrier(mu: Rational(1, 8)), .shapley,
  ]

  private func report(_ result: ProtocolCheckResult) {
    if !isInterrupted() { tell(result) }
  }

  private func pass(_ name: String, _ detail: String) {
    report(ProtocolCheckResult(name: name, verdict: .passed, detail: detail))
  }

  /// Starts a second process beside the first, as a campaign with several jobs has it; returns
  /// whether that is possible.
  private func secondProcess(_ solver: ExternalSolver) -> Bool {
    do {
      let other = try ExternalSolver(command, declared: declared, journalFolder: journalFolder)
      other.close()
      pass("second-process", "a second process runs beside the first")
      return true
    } catch {
      report(
        ProtocolCheckResult(
          name: "second-process", verdict: error.isCrash ? .crashed : .failed,
          detail: "beside the first process: \(error.reason)"))
      return false
    }
  }

  /// Puts a network to the solver, as a campaign does.
  private func check(
    _ solver: ExternalSolver, _ task: FlowTask, _ test: ConformanceCase
  ) -> ProtocolCheckResult {
    func result(_ verdict: ProtocolCheckResult.Verdict, _ detail: String) -> ProtocolCheckResult {
      ProtocolCheckResult(
        name: "\(task.kind.rawValue)/\(test.name)", verdict: verdict, detail: detail)
    }
    switch judgeConformance(of: solver, task, on: test.network) {
    case .declined: return result(.skipped, "\(test.about): it is not solved")
    case .failed(let reason, let isCrash):
      return result(isCrash ? .crashed : .failed, "\(test.about): \(reason)")
    case .judged(let judgement):
      if let reason = judgement.reasonOfMissing {
        return result(.failed, "\(test.about): \(reason)")
      }
      if let reason = judgement.reason {
        var found = result(.passed, "\(test.about); in form, and wrong: \(reason)")
        found.isAnswerWrong = true
        return found
      }
      if let told = judgement.brokenUnpromised.first {
        return result(.passed, "\(test.about); not promised, and not so: \(told.reason)")
      }
      return result(.passed, test.about)
    }
  }
}

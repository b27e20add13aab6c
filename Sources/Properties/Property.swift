public import SolverInterface

/// One entry of the table of claims: a statement that a case can bear out or refute.
///
/// An object, so that the loop over cases and properties copies a reference and no closures.
public final class Property: Sendable {
  /// A short name, unique in the table.
  public let name: String
  /// The statement, in one sentence.
  public let statement: String
  /// Where the statement comes from, as a key of the root README and a place.
  public let source: String
  /// The verdict that a correct program reaches.
  public let expected: Verdict
  /// Whether it is a fact that nobody promises: its verdicts are counted, and none is a failure.
  public let isFact: Bool
  /// How often it is tried in a campaign: on case `k` when `k % period == phase`.
  public let period: Int
  /// The offset of its turn, in `0 ..< period`.
  public let phase: Int
  /// Whether its turn is rare because it costs much, and not because it shares one with others.
  public let isSampled: Bool
  /// The solver whose answer is judged, if the property is about one.
  public let solver: (any FlowSolver)?
  /// What that solver is asked for.
  public let task: FlowTask
  /// Whether the statement speaks of the case at all.
  public let applies: @Sendable (Examination) -> Bool
  /// Tries the statement on a case to which it applies.
  public let run: @Sendable (Examination) -> Outcome

  /// A property from its parts; by default it is expected to hold and tried on every case.
  public init(
    name: String, statement: String, source: String, expected: Verdict = .holds,
    isFact: Bool = false, period: Int = 1, phase: Int = 0, isSampled: Bool = false,
    solver: (any FlowSolver)? = nil,
    task: FlowTask = .maximumFlow,
    applies: @escaping @Sendable (Examination) -> Bool = { _ in true },
    run: @escaping @Sendable (Examination) -> Outcome
  ) {
    self.name = name
    self.statement = statement
    self.source = source
    self.expected = expected
    self.isFact = isFact
    self.period = period
    self.phase = phase
    self.isSampled = isSampled
    self.solver = solver
    self.task = task
    self.applies = applies
    self.run = run
  }

  /// The same property with its turn in a rotation.
  func onTurn(_ phase: Int, of period: Int) -> Property {
    Property(
      name: name, statement: statement, source: source, expected: expected, isFact: isFact,
      period: period, phase: phase, isSampled: isSampled, solver: solver, task: task,
      applies: applies, run: run)
  }

  /// The outcome on a case; nil if the statement does not speak of it.
  public func outcome(on examination: Examination) -> Outcome? {
    guard applies(examination) else { return nil }
    let outcome = run(examination)
    return outcome.isSkipped ? nil : outcome
  }

  /// Whether an outcome is contrary to what is expected; not knowing is not.
  public func isFailed(by outcome: Outcome) -> Bool {
    if isFact { return false }
    return switch outcome.verdict {
    case .inconclusive: false
    case .evidence: expected == .refuted
    case .holds, .refuted: outcome.verdict != expected
    }
  }
}

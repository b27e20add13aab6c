public import Checker
public import Solvers

/// One entry of the ledger: a statement of the literature, or of this project, that computing can
/// decide, with the verdict to be reached.
///
/// A statement is about all cases of its kind. One case can refute it, and then it is false; as
/// many as are asked for can bear it out, and then it is said to hold, which is not a proof.
public struct Claim: Sendable {
  /// A short name that stays, unique in the ledger.
  public let id: String
  /// The statement, in one sentence.
  public let statement: String
  /// Where the statement comes from: a key of the root README with the place, or this project.
  public let source: String
  /// What cases are generated.
  public let generated: String
  /// What is checked on each of them.
  public let checked: String
  /// The verdict to be reached, `holds` or `refuted`.
  public let expected: Verdict
  /// What is true instead, where the statement is false.
  public let correction: String?
  /// Whether the smallest case is left to the search, so that it is kept with its certificate.
  public let isKept: Bool

  /// How it is tried.
  let trial: Trial
  /// The regularised flow that it is about, if there is one.
  private let method: @Sendable (Examination) -> RegularisedMethod?
  /// The players of the flow games that it is about.
  private let players: @Sendable (Examination) -> [GamePlayers]

  /// How a claim is tried.
  enum Trial: Sendable {
    /// On tensors; a verdict about one that the statement does not speak of is `skipped`.
    case tensors(ClaimCases, judge: @Sendable (Examination) throws -> Outcome)
    /// By so many computations without a tensor, each with choices of its own.
    case numbers(Int, judge: @Sendable (inout ClaimChoices) throws -> Outcome)
  }

  /// A claim about tensors.
  init(
    _ id: String, _ statement: String, source: String, checked: String,
    expected: Verdict = .holds, correction: String? = nil, isKept: Bool = false,
    cases: ClaimCases,
    method: @escaping @Sendable (Examination) -> RegularisedMethod? = { _ in nil },
    players: @escaping @Sendable (Examination) -> [GamePlayers] = { _ in [] },
    judge: @escaping @Sendable (Examination) throws -> Outcome
  ) {
    self.id = id
    self.statement = statement
    self.source = source
    self.generated = cases.about
    self.checked = checked
    self.expected = expected
    self.correction = correction
    self.isKept = isKept
    self.method = method
    self.players = players
    trial = .tensors(cases, judge: judge)
  }

  /// A claim about something else; it is computed `count` times, with other choices each time.
  init(
    _ id: String, _ statement: String, source: String, generated: String, checked: String,
    expected: Verdict = .holds, correction: String? = nil, count: Int = 1,
    judge: @escaping @Sendable (inout ClaimChoices) throws -> Outcome
  ) {
    self.id = id
    self.statement = statement
    self.source = source
    self.generated = generated
    self.checked = checked
    self.expected = expected
    self.correction = correction
    isKept = false
    method = { _ in nil }
    players = { _ in [] }
    trial = .numbers(count, judge: judge)
  }

  /// The regularised flow of a case that the claim is about; nil if it is about none.
  public func regularisedMethod(_ examination: Examination) -> RegularisedMethod? {
    method(examination)
  }

  /// The players of the flow games of a case that the claim is about, a game each.
  public func gamePlayers(_ examination: Examination) -> [GamePlayers] { players(examination) }

  /// The same claim with another verdict to be reached: what a test of the ledger plants.
  public func expecting(_ verdict: Verdict) -> Claim { Claim(self, expected: verdict) }

  private init(_ other: Claim, expected: Verdict) {
    id = other.id
    statement = other.statement
    source = other.source
    generated = other.generated
    checked = other.checked
    self.expected = expected
    correction = other.correction
    isKept = other.isKept
    method = other.method
    players = other.players
    trial = other.trial
  }
}

/// The ledger: all claims, by family, in the order in which they are tried and printed.
public let ledger: [Claim] =
  uniquenessClaims + networkClaims + regularisedClaims + integralClaims + explanationClaims
  + axiomClaims + closedFormClaims + polymatroidClaims + intervalClaims + shapleyClaims
  + relationClaims

/// The claims about tensors as properties, so that a stored witness can be run again.
///
/// Each is called `claim/` and its id, and is expected to come out as the ledger says.
public func claimProperties() -> [Property] {
  ledger.compactMap { claim in
    guard case .tensors(_, let judge) = claim.trial else { return nil }
    return Property(
      name: "claim/\(claim.id)", statement: claim.statement, source: claim.source,
      expected: claim.expected, run: { examination in settled { try judge(examination) } })
  }
}

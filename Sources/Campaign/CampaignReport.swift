public import CaseFiles
import Properties
public import SolverProcess

/// A failure that was shrunk and stored.
public struct StoredFinding: Sendable, Equatable {
  /// The place of the case in the campaign, for joining shards.
  var failure: Failure
  /// Where the case came from, such as `random 17` or `replay p01_word.avg.f32.npy all`.
  public var source: String
  /// The property that failed.
  public var property: String
  /// What there is to say.
  public var detail: String
  /// The file in which it was stored; nil if there is no corpus.
  public var file: String?
  /// A command that runs the case again.
  public var reproduce: String
  /// The case itself, for a certificate.
  public var contents: CaseFile?
  /// The answers of two solvers that disagree, for a certificate.
  public var answers: [CaseFile.SolverClaim] = []

  /// Where the case is, in words.
  public var place: String {
    if source == SolverCertificate.descriptionProperty { return "none: the solver met no case" }
    return file ?? "not stored: there is no corpus folder"
  }
}

/// What a report says of a property, whether it is at hand or only its name.
public struct PropertySummary: Sendable, Hashable {
  /// The name.
  public var name: String
  /// The statement, in one sentence.
  public var statement: String

  /// The summary of a property.
  init(_ property: Property) { self.init(name: property.name, statement: property.statement) }

  init(name: String, statement: String) {
    self.name = name
    self.statement = statement
  }
}

/// One line of the table.
public struct PropertyResult: Sendable, Hashable {
  /// The property.
  public var property: PropertySummary
  /// What happened to it.
  public var tally: Tally
}

/// What a campaign did and found.
public struct CampaignReport: Sendable {
  /// The seed.
  public var seed: UInt64
  /// The number of random cases.
  public var cases = 0
  /// The number of replayed cases.
  public var replayed = 0
  /// The number of enumerated cases.
  public var enumerated = 0
  /// The time from start to end, in seconds.
  public var seconds = 0.0
  /// The time of the random phase of this run, in seconds.
  public var randomSeconds = 0.0
  /// The number of random cases that an earlier run did, whose journal this one goes on with.
  public var resumedCases = 0
  /// The table.
  public var properties: [PropertyResult] = []
  /// The first failure of each property.
  public var findings: [StoredFinding] = []
  /// SHA-256 over version, settings, cases and verdicts.
  public var digest = ""
  /// The number of searches.
  public var searched = 0
  /// What two exact engines disagree on, if they do.
  public var contradiction: String?
  /// Whether a solver under test crashed or hung.
  public var hasCrash = false
  /// What could not be replayed or stored, one sentence each.
  public var warnings: [String] = []
  /// Why the manifest of a shard could not be written; nil if it was, or none is wanted.
  public var manifestFailure: OutputError?
  /// Whether the run was ended from outside before its budget.
  public var isInterrupted = false

  /// Whether some property failed, or a solver could not even be started.
  public var hasFailure: Bool {
    !findings.isEmpty || properties.contains { $0.tally.failed > 0 }
  }
  /// The random cases that this run did in a second; nil if it did none, as when shards are joined.
  public var casesPerSecond: Double? {
    cases > resumedCases && randomSeconds > 0 ? Double(cases - resumedCases) / randomSeconds : nil
  }
  /// Whether any property was tried on any case.
  public var hasTriedAnything: Bool { properties.contains { $0.tally.cases > 0 } }
  /// Whether some property was tried without a verdict.
  public var isInconclusive: Bool { properties.contains { $0.tally.count(.inconclusive) > 0 } }
}

extension CampaignReport {
  /// The report of a campaign that did not begin, because a solver does not describe itself.
  public init(
    seed: UInt64, solverFailure: ExternalSolver.StartFailure, reproduce: String
  ) {
    self.init(seed: seed)
    hasCrash = solverFailure.isCrash
    findings = [
      StoredFinding(
        failure: Failure(
          phase: .replay, position: 0, property: 0, outcome: .refuted(solverFailure.reason)),
        source: SolverCertificate.descriptionProperty, property: "protocol/describe",
        detail: solverFailure.reason, file: nil, reproduce: reproduce)
    ]
  }
}

/// Where a campaign stands, for a progress line.
public struct CampaignProgress: Sendable, Hashable {
  /// The phase.
  public var phase: Phase
  /// The number of cases done in it.
  public var done: Int
  /// The number of cases to do in it; nil if time decides.
  public var total: Int?
  /// The seconds since the start.
  public var seconds: Double
  /// The number of failures so far.
  public var failures: Int
  /// The cases a second of the phase, without those of an earlier run; 0 while nothing is known.
  public var casesPerSecond: Double
  /// The seconds that are left of the phase; nil while nothing is known.
  public var secondsRemaining: Double?
}

extension CampaignProgress {
  /// Where a phase stands now, when `done` cases are done and an earlier run did `before` of them.
  init(_ context: PhaseContext, done: Int, before: Int, total: Int?, failures: Int) {
    let now = monotonicNanoseconds()
    let elapsed = Double(now - context.phaseStart) / 1e9
    let rate = elapsed > 0 ? Double(done - before) / elapsed : 0
    var remaining = context.deadline.map { $0 > now ? Double($0 - now) / 1e9 : 0 }
    if remaining == nil, let total, rate > 0 { remaining = Double(max(0, total - done)) / rate }
    self.init(
      phase: context.work.phase, done: done, total: total,
      seconds: Double(now - context.start) / 1e9, failures: failures, casesPerSecond: rate,
      secondsRemaining: remaining)
  }
}

extension CampaignReport {
  /// The report of a campaign's results, without findings and times.
  init(seed: UInt64, _ state: CampaignState, _ table: [PropertySummary], digest: String) {
    self.init(seed: seed)
    func count(_ phase: Phase) -> Int { state.phases[phase]?.cases ?? 0 }
    replayed = count(.replay)
    enumerated = count(.enumerate)
    cases = count(.random)
    searched = count(.search)
    properties = zip(table, state.tallies).map { PropertyResult(property: $0, tally: $1.tally) }
    self.digest = digest
    contradiction = state.contradiction
    hasCrash = state.hasCrash
  }
}

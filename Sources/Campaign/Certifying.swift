// A certificate is what a campaign saw, in other words: the same phases and the same engine, the
// table of one solver, and the times at a few sizes. Nothing is judged here.
public import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Networks
import Properties
import SolverInterface
public import SolverProcess

/// The run behind a certificate.
public struct Certification: Sendable {
  /// The settings of the campaign.
  public let settings: CampaignSettings
  /// The solver, or two to be compared.
  public let solvers: [SolverUnderTest]
  /// The numbers of tokens at which times are taken, growing.
  public let sizes: [Int]
  private let campaign: Campaign

  /// What the run came to.
  public struct Outcome: Sendable {
    /// The certificate.
    public var certificate: SolverCertificate
    /// What there is to warn of, one sentence each.
    public var warnings: [String]
    /// What two exact engines disagree on, if they do.
    public var contradiction: String?
    /// The cases that were replayed.
    public var replayed: Int
  }

  /// A run over the cases that settings describe.
  ///
  /// - Parameters:
  ///   - settings: seed, budget, phases, corpus; solvers and table are set here.
  ///   - solvers: the solver, or two to be compared.
  ///   - sizes: the numbers of tokens at which times are taken.
  public init(_ settings: CampaignSettings, solvers: [SolverUnderTest], sizes: [Int]) {
    var settings = settings
    settings.isCertification = true
    settings.solvers = solvers
    settings.z3 = .never
    settings.journalFolder = nil
    self.settings = settings
    self.solvers = solvers
    self.sizes = sizes.sorted()
    campaign = Campaign(settings)
  }

  /// Runs the battery, then the sizes.
  ///
  /// - Parameters:
  ///   - identities: the solvers as they stand in the certificate.
  ///   - programDigest: SHA-256 of this program.
  ///   - isInterrupted: asked before each case; true ends the run with what was done.
  ///   - progress: told after each chunk, from any thread, one call at a time.
  ///   - sizeProgress: told before each size.
  /// - Returns: the certificate, also after an interruption.
  /// - Throws: `InputError` if the corpus cannot be read.
  public func run(
    identities: [SolverCertificate.Solver], programDigest: String,
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (CampaignProgress) -> Void = { _ in },
    sizeProgress: (_ tokens: Int) -> Void = { _ in }
  ) throws -> Outcome {
    var report = try campaign.run(isInterrupted: isInterrupted, progress: progress)
    let trial = SizeTrial(solvers: solvers, table: campaign.table, sizes: sizes)
    let timed = trial.run(isInterrupted: isInterrupted, progress: sizeProgress)
    add(timed, to: &report, isInterrupted: isInterrupted)
    if !isInterrupted() { report.findings = smallest(report.findings) }
    report.isInterrupted = isInterrupted()
    var certificate = SolverCertificate(
      about: "", verdict: .certified, solvers: identities, version: flowcheckVersion,
      programDigest: programDigest, settings: settings.certified(sizes),
      cases: Phase.allCases.map { .init($0.caseCountName, report.count($0)) },
      runDigest: report.digest)
    certificate.properties = report.properties.compactMap { result in
      let property = campaign.table.first { $0.name == result.property.name }
      return property.map { SolverCertificate.PropertyCount(result, $0) }
    }
    certificate.findings = report.findings.compactMap(SolverCertificate.Finding.init)
    certificate.accuracy = solvers.map { accuracy(of: $0.name, report) }
    certificate.intervalWidth = intervalWidth(report)
    certificate.times = timed.times
    certificate.verdict = report.isInterrupted ? .interrupted : certificate.verdictOfCounts
    certificate.about = certificate.sentence
    let givenUp = solvers.filter(\.isGivenUp).map {
      "\($0.name) was asked no more after \(SolverUnderTest.hangMaximum) requests without an answer"
    }
    return Outcome(
      certificate: certificate, warnings: report.warnings + givenUp,
      contradiction: report.contradiction,
      replayed: report.replayed)
  }

  /// The findings, each on the smallest of all their cases on which it is the same failure.
  ///
  /// Shrinking ends where no single step helps; what another property was shrunk to may be smaller.
  private func smallest(_ findings: [StoredFinding]) -> [StoredFinding] {
    let runner = CaseRunner(table: campaign.table, z3: nil)
    return findings.map { finding in
      guard let property = campaign.table.first(where: { $0.name == finding.property }),
        let own = finding.contents
      else { return finding }
      let smaller = findings.compactMap(\.contents).filter { $0.arcCount < own.arcCount }
        .sorted { $0.arcCount < $1.arcCount }
      for file in smaller {
        let instance = Instance(file)
        guard let outcome = runner.outcome(of: property, on: instance),
          property.isFailed(by: outcome), outcome.kind == finding.failure.outcome.kind
        else { continue }
        var found = finding
        found.detail = outcome.detail
        found.contents = makeCaseFile(
          instance, property, outcome, version: flowcheckVersion, provenance: own.provenance)
        found.answers =
          outcome.answers.count == 2
          ? outcome.answers.map { CaseFile.SolverClaim($0, property.task) } : []
        return found
      }
      return finding
    }
  }

  /// Adds what was seen at the sizes to a report.
  private func add(
    _ timed: SizeTrial.Result, to report: inout CampaignReport, isInterrupted: () -> Bool
  ) {
    for (index, tally) in timed.tallies.enumerated() {
      report.properties[index].tally.add(tally.tally)
    }
    for (property, outcome, instance, source) in timed.failures {
      let known = report.findings.contains {
        $0.property == campaign.table[property].name && $0.failure.outcome.kind == outcome.kind
      }
      if known { continue }
      let tokens = sizes.map(String.init).joined(separator: ",")
      report.findings.append(
        FindingStore.finding(
          campaign.table[property],
          Failure(phase: .random, position: 0, property: property, outcome: outcome), instance,
          source: source,
          reproduce: "flowcheck certify --cases 0 --sizes \(tokens)" + settings.solverOptions,
          settings: settings, version: flowcheckVersion, campaign: report.digest,
          isInterrupted: isInterrupted))
    }
  }

  /// The largest residual of any field of a solver's answers.
  private func accuracy(
    of solver: String, _ report: CampaignReport
  ) -> SolverCertificate.Accuracy {
    let measures = report.properties.filter {
      PropertyIdentity(name: $0.property.name).solver == solver
    }.map(\.tally.measures)
    let largest = measures.map(\.largest).max() ?? 0
    return .init(
      solver: solver, cases: measures.map(\.count).max() ?? 0, residual: largest,
      digits: largest > 0 ? digits(of: largest) : nil)
  }

  private func intervalWidth(_ report: CampaignReport) -> SolverCertificate.IntervalWidth? {
    let widths = report.properties.first { $0.property.name == "attribution-width" }
    guard let measures = widths?.tally.measures, measures.count > 0 else { return nil }
    return .init(
      cases: measures.count, largest: measures.largest,
      mean: measures.sum / Double(measures.count))
  }
}

/// The digits of a positive relative residual, `-log10`, rounded down to a tenth.
///
/// No logarithm of the machine: powers of ten are compared.
func digits(of residual: Double) -> Double {
  // The residual is between 10^(-k-1) and 10^-k; tenths are found by trying.
  var tenths = 0
  // 10^(1/10), and its powers by multiplication; residuals of doubles end at 10^-324.
  let step = 1.258_925_411_794_167_2
  var bound = 1.0
  while tenths < 3_240, residual * bound * step <= 1 {
    bound *= step
    tenths += 1
    if !bound.isFinite { break }
  }
  return Double(tenths) / 10
}

extension CampaignSettings {
  /// What the certificate says of the run.
  fileprivate func certified(_ sizes: [Int]) -> [CaseFile.Provenance] {
    let amount =
      switch budget {
      case .cases(let count): count.counted("case")
      case .seconds(let seconds): "\(seconds) s"
      }
    let external = solvers.compactMap(\.externalSolver).first?.command
    let memory = external?.memoryMegabytes.map { "\($0) MB" } ?? "none"
    return [
      .init("seed", "\(seed)"), .init("budget", amount),
      .init(
        "phases", Phase.allCases.filter(phases.contains).map(\.rawValue).joined(separator: " ")),
      .init("enumerate", enumeration.rawValue),
      .init("layers", "\(limits.layersMaximum)"), .init("tokens", "\(limits.tokensMaximum)"),
      .init("sizes", sizes.map(String.init).joined(separator: " ")),
      .init("deadline", external.map { "\($0.deadlineMilliseconds) ms" } ?? "none"),
      .init("memory", memory),
    ]
  }
}

extension SolverCertificate.PropertyCount {
  /// The counts of a property of a campaign.
  init(_ result: PropertyResult, _ property: Property) {
    let identity = PropertyIdentity(name: result.property.name)
    self.init(
      id: identity.id, solver: identity.solver, statement: result.property.statement,
      isPromised: !property.isFact)
    cases = result.tally.cases
    held = result.tally.count(.holds)
    inconclusive = result.tally.count(.inconclusive)
    broken = property.isFact ? 0 : result.tally.failed
    notPromised = property.isFact ? result.tally.count(.refuted) : 0
    skipped = result.tally.measures.skipped
  }
}

extension SolverCertificate.Finding {
  /// A finding of a campaign; nil if its case is not at hand.
  init?(_ finding: StoredFinding) {
    guard let contents = finding.contents else { return nil }
    let identity = PropertyIdentity(name: finding.property)
    let kind: Kind =
      switch finding.failure.outcome.kind {
      case .wrong: finding.answers.isEmpty ? .wrong : .disagreement
      case .malformed: .malformed
      case .crash: .crash
      case .hang: .hang
      }
    self.init(
      property: identity.id, solver: identity.solver, kind: kind, sentence: finding.detail,
      source: finding.source, reproduce: finding.reproduce, file: contents,
      answers: finding.answers)
  }
}

extension SolverCertificate {
  /// The certificate of a solver that does not even describe itself.
  ///
  /// - Parameters:
  ///   - failure: why it does not.
  ///   - solver: what is known of it.
  ///   - programDigest: SHA-256 of this program.
  ///   - reproduce: a command that tries it again.
  public init(
    undescribed failure: ExternalSolver.StartFailure, solver: Solver, programDigest: String,
    reproduce: String
  ) {
    self.init(
      about: "The solver does not describe itself, so nothing else was tried.",
      verdict: .broken, solvers: [solver], version: flowcheckVersion,
      programDigest: programDigest, settings: [],
      cases: Phase.allCases.map { .init($0.caseCountName, 0) }, runDigest: "")
    var count = PropertyCount(
      id: Self.descriptionProperty, solver: solver.name,
      statement: "The solver describes itself.", isPromised: true)
    (count.cases, count.broken) = (1, 1)
    properties = [count]
    let kind: Finding.Kind = failure.isTimeout ? .hang : failure.isCrash ? .crash : .malformed
    findings = [
      Finding(
        property: Self.descriptionProperty, solver: solver.name, kind: kind,
        sentence: failure.reason, source: Self.descriptionProperty, reproduce: reproduce, file: nil)
    ]
    verdict = verdictOfCounts
  }

  /// The number of all cases.
  public var caseCount: Int { cases.reduce(0) { $0 + $1.count } }

  /// What it says, in a sentence.
  fileprivate var sentence: String {
    let names = solvers.map { $0.version.isEmpty ? $0.name : "\($0.name) \($0.version)" }
      .joined(separator: " and ")
    let broken = properties.filter { $0.broken > 0 }.map(\.id)
    let cases = caseCount.counted("case")
    return switch verdict {
    case .certified: "\(names) kept every promise on \(cases)."
    case .broken: "\(names) broke promises on \(cases): \(broken.joined(separator: ", "))."
    case .crashed: "\(names) crashed or hung within \(cases)."
    case .disagreement: "\(names) disagree within \(cases): \(broken.joined(separator: ", "))."
    case .inconclusive: "\(names) broke no promise on \(cases), some without a verdict."
    case .nothingRan: "No case was put to \(names)."
    case .interrupted: "\(names) was tried on \(cases), then the run was ended."
    }
  }
}

extension CampaignReport {
  /// The number of cases of a phase.
  fileprivate func count(_ phase: Phase) -> Int {
    switch phase {
    case .replay: replayed
    case .random: cases
    case .enumerate: enumerated
    case .search: searched
    }
  }
}

extension Phase {
  /// The key of its number of cases in a certificate.
  fileprivate var caseCountName: String {
    switch self {
    case .replay: "replayed"
    case .random: "random"
    case .enumerate: "enumerated"
    case .search: "searched"
    }
  }
}

// A campaign runs its phases one after the other. In a phase, chunks of consecutive cases are
// handed to whichever worker is free; finished chunks are merged in case order. A worker takes no
// new chunk once time is up, so what was done is always a prefix of the cases, whatever the number
// of jobs.
import CaseFiles
import Checker
import Dispatch
import Generators
import Properties
import SolverProcess
import Synchronization
import Z3Bridge

/// A run of the table over replayed, enumerated, random and searched cases.
public struct Campaign: Sendable {
  let settings: CampaignSettings
  let version: String
  let table: [Property]
  private let names: [String]

  /// A campaign with the given settings; the digest covers the version of the program.
  public init(_ settings: CampaignSettings, version: String = flowcheckVersion) {
    self.settings = settings
    self.version = version
    table = settings.table
    names = table.map(\.name)
  }

  /// The share of a time budget after which a phase takes no new case, if later ones are to follow.
  private static let shares: [Phase: Double] = [.random: 0.65, .enumerate: 0.95, .search: 1]
  /// The same for a certification, whose replay may be slow: the solver is not our own.
  private static let certificationShares: [Phase: Double] = [
    .replay: 0.3, .random: 0.8, .enumerate: 0.95, .search: 1,
  ]

  /// Runs the campaign.
  ///
  /// - Parameters:
  ///   - isInterrupted: asked before each case; true ends the run with what was done.
  ///   - progress: told after each chunk, from any thread, one call at a time.
  ///   - observations: told every case and what became of it, in the order of the cases.
  /// - Returns: what was done and found, also after an interruption.
  /// - Throws: `InputError` if the corpus or a journal cannot be read, `OutputError` if no manifest
  ///   can be made where it is to go, ``JournalError`` if the journal that is to be resumed cannot
  ///   be written or another run writes to it.
  public func run(
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (CampaignProgress) -> Void = { _ in },
    observations: ObservationStream? = nil
  ) throws -> CampaignReport {
    let start = monotonicNanoseconds()
    var warnings: [String] = []
    var corpus = Corpus()
    if let folder = settings.corpus {
      corpus = try settings.loadedCorpus ?? Corpus(folder: folder)
      if settings.phases.contains(.replay) { warnings += corpus.warnings }
    }
    let key = settings.key(version: version, corpus)
    corpus.putFirst(settings.knownCases)
    var state = CampaignState(tableSize: table.count)
    var findings = FindingStore(
      settings: settings, version: version, campaign: key, table: table,
      isInterrupted: isInterrupted)
    if settings.shard != .whole { corpus.leaveOut(campaign: key) }
    let journal = try openJournal(key, &warnings)
    defer { journal?.end() }
    // A shard whose results cannot be handed on does not begin.
    let manifest = try settings.manifest.map { path throws(OutputError) in try AtomicStream(path) }
    var earlier = Journal.Contents()
    if settings.resumes, let journal { earlier = try journal.read(names: names) }
    if let replayed = earlier.replayed {
      corpus = try corpus.restricted(to: replayed, in: settings.corpus ?? "corpus")
    }
    for chunk in earlier.chunks {
      findings.store(state.add(chunk, names: names), of: { settings.work(of: corpus, $0) })
    }
    if earlier.replayed == nil {
      journal?.begin(replayed: corpus.cases.map(\.name))
    } else {
      journal?.dropCutLine()
    }
    let digestText = settings.digestText(corpus)
    var randomSeconds = 0.0
    for phase in Phase.allCases where settings.phases.contains(phase) {
      if isInterrupted() || state.contradiction != nil { break }
      let phaseStart = monotonicNanoseconds()
      let context = PhaseContext(
        work: settings.work(of: corpus, phase), start: start, deadline: deadline(phase, start),
        journal: journal, isInterrupted: isInterrupted, progress: progress,
        observations: observations)
      (state, findings) = runPhase(context, state, findings)
      if phase == .random { randomSeconds = Double(monotonicNanoseconds() - phaseStart) / 1e9 }
    }
    var report = CampaignReport(
      seed: settings.seed, state, table.map { .init($0) },
      digest: state.digest(version: version, settings: digestText))
    report.findings = findings.stored
    report.warnings = warnings + findings.warnings
    report.isInterrupted = isInterrupted()
    report.randomSeconds = randomSeconds
    report.resumedCases = earlier.chunks.reduce(0) { $0 + ($1.phase == .random ? $1.cases : 0) }
    report.seconds = Double(monotonicNanoseconds() - start) / 1e9
    if let manifest {
      let counts = Phase.allCases.filter(settings.phases.contains).map { phase in
        (phase, settings.work(of: corpus, phase).chunkCount ?? 0)
      }
      let contents = ShardManifest(
        version: version, key: key, seed: settings.seed,
        digestText: digestText, shard: settings.shard, chunkCounts: counts,
        replayed: corpus.digest,
        properties: table.map { .init($0) }, state: state, findings: findings.stored,
        seconds: report.seconds)
      manifest.write(contents.bytes)
      do throws(OutputError) {
        try manifest.finish()
      } catch {
        report.manifestFailure = error
      }
    }
    return report
  }

  /// The journal; nil if none is wanted, or none can be had and nothing is to be resumed.
  ///
  /// Findings matter more than the chance to resume, so a folder that cannot be written to, and a
  /// journal that another run writes to, are worth a warning only.
  private func openJournal(
    _ key: String, _ warnings: inout [String]
  ) throws(JournalError) -> Journal? {
    guard let folder = settings.journalFolder else { return nil }
    do throws(JournalError) {
      return try Journal(folder: folder, key: key, shard: settings.shard)
    } catch {
      if settings.resumes { throw error }
      warnings.append(error.reason + "; this run goes on without a journal")
      return nil
    }
  }

  /// The time at which a phase takes no new case; only a time budget has one.
  private func deadline(_ phase: Phase, _ start: UInt64) -> UInt64? {
    let shares = settings.isCertification ? Self.certificationShares : Self.shares
    guard case .seconds(let seconds) = settings.budget, var share = shares[phase] else {
      return nil
    }
    // The last phase has all the time that is left.
    if phase == Phase.allCases.last(where: settings.phases.contains) { share = 1 }
    return start + UInt64(max(0, seconds * share) * 1e9)
  }

  private func runPhase(
    _ context: PhaseContext, _ state: CampaignState, _ findings: FindingStore
  ) -> (CampaignState, FindingStore) {
    let observer = context.observations.map { CaseObserver(settings, runStart: $0.runStart) }
    let shared = Mutex(PhaseRun(state: state, findings: findings, shard: settings.shard, context))
    DispatchQueue.concurrentPerform(iterations: settings.jobs) { _ in
      let runner = CaseRunner(
        table: table, z3: settings.z3 == .never ? nil : Z3Session(), observer: observer,
        isCertification: settings.isCertification)
      // Every pass takes one chunk; the phase has finitely many, or ends at its deadline.
      while true {
        guard let (turn, index) = shared.withLock({ $0.takeChunk(context) }) else { return }
        let result = runner.run(
          context.work, chunk: index, isCancelled: context.isInterrupted)
        shared.withLock { $0.merge(turn, result, context, names: names) }
      }
    }
    return shared.withLock { ($0.state, $0.findings) }
  }
}

/// What the workers of one phase need to know.
struct PhaseContext: Sendable {
  let work: PhaseWork
  let start: UInt64
  let deadline: UInt64?
  let journal: Journal?
  let isInterrupted: @Sendable () -> Bool
  let progress: @Sendable (CampaignProgress) -> Void
  let observations: ObservationStream?
  let phaseStart = monotonicNanoseconds()
}

/// The state that workers share: which chunk is next, and which results wait for their turn.
private struct PhaseRun {
  private(set) var state: CampaignState
  private(set) var findings: FindingStore
  private let shard: Shard
  /// The chunks that were done before this run.
  private let done: [Int: String]
  private var nextChunk: Int
  private let casesBefore: Int
  private var nextTurn = 0
  private var nextToMerge = 0
  private var waiting: [Int: ChunkResult] = [:]
  private var isEnded = false

  init(
    state: CampaignState, findings: FindingStore, shard: Shard, _ context: PhaseContext
  ) {
    self.state = state
    self.findings = findings
    self.shard = shard
    done = state.phases[context.work.phase]?.digests ?? [:]
    nextChunk = shard.index
    casesBefore = state.phases[context.work.phase]?.cases ?? 0
  }

  /// The next chunk, and its turn to be merged.
  mutating func takeChunk(_ context: PhaseContext) -> (turn: Int, chunk: Int)? {
    if isEnded || context.isInterrupted() { return nil }
    if let deadline = context.deadline, monotonicNanoseconds() >= deadline { return nil }
    // Each turn passes a chunk that was done before; they are finitely many.
    while done[nextChunk] != nil { nextChunk += shard.count }
    if let count = context.work.chunkCount, nextChunk >= count { return nil }
    defer {
      nextTurn += 1
      nextChunk += shard.count
    }
    return (nextTurn, nextChunk)
  }

  mutating func merge(
    _ turn: Int, _ result: ChunkResult, _ context: PhaseContext, names: [String]
  ) {
    waiting[turn] = result
    // Each pass merges one chunk; a chunk that was cut short ends the phase.
    while !isEnded, let next = waiting.removeValue(forKey: nextToMerge) {
      nextToMerge += 1
      let isWhole = next.cases == context.work.range(ofChunk: next.index).count
      // What was cut short is reported, and made again when the run is resumed.
      if isWhole { context.journal?.append(next, names: names) }
      let first = state.add(next, names: names)
      findings.store(first, of: { _ in context.work })
      if !next.observations.isEmpty { context.observations?.write(next.observations) }
      if !isWhole || state.contradiction != nil { isEnded = true }
    }
    context.progress(
      CampaignProgress(
        context, done: state.phases[context.work.phase]?.cases ?? 0, before: casesBefore,
        total: context.work.count.map { $0 / shard.count }, failures: state.failureCount))
  }
}

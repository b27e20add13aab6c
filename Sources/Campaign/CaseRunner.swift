import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Networks
public import Properties
import SolverProcess
import Z3Bridge

/// What happened to one property.
public struct Tally: Sendable, Hashable {
  /// The number of cases on which it was tried.
  public var cases = 0
  /// The number of each verdict.
  public var verdicts: [Verdict: Int] = [:]
  /// The number of cases contrary to what is expected.
  public var failed = 0
  /// The time spent, summed over threads.
  public var nanoseconds: UInt64 = 0
  /// What only a certification counts; a journal has none of it.
  public var measures = Measures()

  /// What is counted and measured for a certificate.
  public struct Measures: Sendable, Hashable {
    /// The number of cases of which the property does not speak.
    public var skipped = 0
    /// The number of cases on which something was measured.
    public var count = 0
    /// The largest measure.
    public var largest = 0.0
    /// The sum of the measures.
    public var sum = 0.0

    mutating func add(_ measure: Double) {
      count += 1
      largest = max(largest, measure)
      sum += measure
    }

    mutating func add(_ other: Measures) {
      skipped += other.skipped
      count += other.count
      largest = max(largest, other.largest)
      sum += other.sum
    }
  }

  /// Adds what happened on other cases.
  mutating func add(_ other: Tally) {
    cases += other.cases
    verdicts.merge(other.verdicts, uniquingKeysWith: +)
    failed += other.failed
    nanoseconds += other.nanoseconds
    measures.add(other.measures)
  }

  /// The number of cases with a verdict.
  public func count(_ verdict: Verdict) -> Int { verdicts[verdict] ?? 0 }
}

/// A tally without a dictionary, for the inner loop.
struct CompactTally: Sendable, Equatable {
  var holds = 0
  var refuted = 0
  var evidence = 0
  var inconclusive = 0
  var failed = 0
  var nanoseconds: UInt64 = 0
  var measures = Tally.Measures()

  mutating func add(_ verdict: Verdict) {
    switch verdict {
    case .holds: holds += 1
    case .refuted: refuted += 1
    case .evidence: evidence += 1
    case .inconclusive: inconclusive += 1
    }
  }

  mutating func add(_ other: CompactTally) {
    holds += other.holds
    refuted += other.refuted
    evidence += other.evidence
    inconclusive += other.inconclusive
    failed += other.failed
    nanoseconds += other.nanoseconds
    measures.add(other.measures)
  }

  var tally: Tally {
    Tally(
      cases: holds + refuted + evidence + inconclusive,
      verdicts: [
        .holds: holds, .refuted: refuted, .evidence: evidence, .inconclusive: inconclusive,
      ], failed: failed, nanoseconds: nanoseconds, measures: measures)
  }
}

/// Runs the table on cases, one worker's share.
struct CaseRunner {
  let table: [Property]
  let z3: Z3Session?
  /// Who is told of every case; nobody if it is nil.
  var observer: CaseObserver?
  /// Whether what only a certificate tells is counted.
  var isCertification = false

  /// The bound on the arc scans of one maximum flow of a case.
  static let workLimit = 100_000_000

  /// Runs the table on the cases of a chunk.
  ///
  /// A case counts only when it is done: when `isCancelled` says so, the result ends before it.
  func run(
    _ work: PhaseWork, chunk index: Int, isCancelled: () -> Bool
  ) -> ChunkResult {
    var result = ChunkResult(
      phase: work.phase, index: index,
      tallies: [CompactTally](repeating: CompactTally(), count: table.count))
    var digest = Digest()
    var bytes: [UInt8] = []
    for position in work.range(ofChunk: index) {
      if isCancelled() { break }
      let instance = work.instance(position)
      let examination = self.examination(instance)
      var trials: [CaseObserver.Trial] = []
      bytes.removeAll(keepingCapacity: true)
      appendBytes(of: examination.network, to: &bytes)
      let finding = work.finding(position)
      let turn = Turn(number: work.turn(position), position: position, property: finding?.property)
      run(examination, turn) { property, outcome, time in
        guard let outcome else {
          if isCertification { result.tallies[property].measures.skipped += 1 }
          return
        }
        let isOwn = finding != nil && table[property].name == finding?.property
        let failed = table[property].isFailed(
          by: outcome, isKnownToFail: isOwn && finding?.replay == .expectedFailure)
        result.tallies[property].add(outcome.verdict)
        result.tallies[property].nanoseconds += time
        if let measure = outcome.measure { result.tallies[property].measures.add(measure) }
        if observer != nil {
          trials.append(.init(table[property].name, outcome, isFailed: failed, time))
        }
        bytes.append(UInt8(truncatingIfNeeded: property))
        bytes.append(outcome.verdict.code)
        if failed {
          result.tallies[property].failed += 1
          result.failures.append(
            Failure(
              phase: work.phase, position: position, property: property, outcome: outcome))
        }
      }
      digest.update(bytes)
      if let observer { result.observations += observer.lines(trials, instance, work, position) }
      result.cases += 1
    }
    result.digest = digest.hexadecimal
    return result
  }

  /// What decides which properties are tried on a case.
  private struct Turn {
    /// The number that properties go by; nil for all of them.
    let number: UInt64?
    /// The number that properties which are sampled because they cost much go by otherwise.
    let position: Int
    /// The property that the case is stored for, which is tried in any case.
    let property: String?

    @inline(__always)
    func isTurn(of property: Property) -> Bool {
      if self.property != nil && property.name == self.property { return true }
      guard let number = number ?? (property.isSampled ? UInt64(position) : nil) else {
        return true
      }
      return number % UInt64(property.period) == UInt64(property.phase)
    }
  }

  /// Runs the properties whose turn it is on one case.
  private func run(
    _ examination: Examination, _ turn: Turn,
    _ record: (_ property: Int, _ outcome: Outcome?, _ nanoseconds: UInt64) -> Void
  ) {
    var start = monotonicNanoseconds()
    for index in table.indices where turn.isTurn(of: table[index]) {
      guard let outcome = table[index].outcome(on: examination) else {
        record(index, nil, 0)
        continue
      }
      let now = monotonicNanoseconds()
      record(index, outcome, now - start)
      start = now
    }
  }

  /// The case with its answers still to be computed.
  func examination(_ instance: Instance) -> Examination {
    let limit = WorkLimit(arcScans: Self.workLimit)
    switch instance {
    case .network(let network):
      return Examination(network: network, limit: limit, z3: z3)
    case .tensor(let tensor, let mode):
      return Examination(
        network: instance.network, tensor: tensor, mode: mode, limit: limit, z3: z3)
    }
  }
}

extension Property {
  /// Whether an outcome is a failure on a case that may be known to fail; not knowing is none.
  func isFailed(by outcome: Outcome, isKnownToFail: Bool) -> Bool {
    if outcome.isContradiction { return true }
    if isFact { return false }
    return outcome.verdict != .inconclusive && isFailed(by: outcome) != isKnownToFail
  }
}

extension Verdict {
  /// A byte for the digest.
  fileprivate var code: UInt8 {
    switch self {
    case .holds: 0
    case .refuted: 1
    case .evidence: 2
    case .inconclusive: 3
    }
  }
}

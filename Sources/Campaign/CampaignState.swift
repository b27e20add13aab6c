import CaseFiles
import Properties

/// The results of a campaign so far: what a journal restores and a shard hands on.
struct CampaignState: Sendable, Equatable {
  /// The chunks of a phase that are done, with their digests.
  struct PhaseChunks: Sendable, Equatable {
    /// The digest of each chunk, by its number in the phase.
    var digests: [Int: String] = [:]
    /// The number of cases in them.
    var cases = 0
  }

  /// The chunks of each phase.
  var phases: [Phase: PhaseChunks] = [:]
  /// One tally per property of the table.
  var tallies: [CompactTally]
  /// The number of failures.
  var failureCount = 0
  /// The first failure of each property and kind that has one, in the order of the campaign.
  var firstFailures: [Failure] = []
  /// What two exact engines disagree on, if they do.
  var contradiction: String?
  /// Whether a solver under test crashed or hung.
  var hasCrash = false

  init(tableSize: Int) {
    tallies = [CompactTally](repeating: CompactTally(), count: tableSize)
  }

  /// Adds the results of a chunk; returns the failures that are the first of their property.
  mutating func add(_ chunk: ChunkResult, names: [String]) -> [Failure] {
    phases[chunk.phase, default: PhaseChunks()].digests[chunk.index] = chunk.digest
    phases[chunk.phase, default: PhaseChunks()].cases += chunk.cases
    for (index, tally) in chunk.tallies.enumerated() { tallies[index].add(tally) }
    failureCount += chunk.failures.count
    var first: [Failure] = []
    for failure in chunk.failures {
      if failure.outcome.isCrash { hasCrash = true }
      if failure.outcome.isContradiction && contradiction == nil {
        contradiction = "\(names[failure.property]): \(failure.outcome.detail)"
      }
      if !firstFailures.contains(where: { $0.isLike(failure) }) {
        firstFailures.append(failure)
        first.append(failure)
      }
    }
    return first
  }

  /// Joins the results of another shard of the same campaign.
  mutating func join(_ other: CampaignState) {
    for (phase, chunks) in other.phases {
      phases[phase, default: PhaseChunks()].digests.merge(chunks.digests) { own, _ in own }
      phases[phase, default: PhaseChunks()].cases += chunks.cases
    }
    for (index, tally) in other.tallies.enumerated() { tallies[index].add(tally) }
    failureCount += other.failureCount
    contradiction = contradiction ?? other.contradiction
    hasCrash = hasCrash || other.hasCrash
    var first: [Failure] = []
    for failure in (firstFailures + other.firstFailures).sorted(by: { $0.precedes($1) })
    where !first.contains(where: { $0.isLike(failure) }) {
      first.append(failure)
    }
    firstFailures = first
  }

  /// SHA-256 over version, settings, and the digests of all chunks in the order of the campaign.
  func digest(version: String, settings: String) -> String {
    var digest = Digest()
    digest.update("flowcheck \(version)\n\(settings)".utf8)
    for phase in Phase.allCases {
      // A phase without cases leaves no mark, whether it was selected or not.
      guard let chunks = phases[phase], !chunks.digests.isEmpty else { continue }
      digest.update("\(phase.rawValue) \(chunks.cases)\n".utf8)
      for (_, chunk) in chunks.digests.sorted(by: { $0.key < $1.key }) {
        digest.update("\(chunk)\n".utf8)
      }
    }
    return digest.hexadecimal
  }
}

/// A property that failed on a case.
struct Failure: Sendable, Hashable {
  /// The phase of the case.
  let phase: Phase
  /// The position of the case in its phase.
  let position: Int
  /// The position of the property in the table.
  let property: Int
  let outcome: Outcome

  /// Whether the same property failed in the same way.
  func isLike(_ other: Failure) -> Bool {
    property == other.property && outcome.kind == other.outcome.kind
  }

  /// Whether it comes earlier in the order of a campaign.
  func precedes(_ other: Failure) -> Bool {
    (phase.order, position, property) < (other.phase.order, other.position, other.property)
  }
}

extension Phase {
  /// The position among all phases.
  fileprivate var order: Int { Phase.allCases.firstIndex(of: self) ?? 0 }
}

/// The results of consecutive cases of one phase.
struct ChunkResult: Sendable, Equatable {
  let phase: Phase
  /// The number of the chunk in its phase.
  let index: Int
  var tallies: [CompactTally]
  /// SHA-256 over the cases and their verdicts.
  var digest = ""
  var failures: [Failure] = []
  var cases = 0
  /// What an observer is told of the cases, if there is one.
  var observations: [UInt8] = []
}

public import CaseFiles
public import Generators
public import Properties
public import SolverInterface
import SolverProcess

/// A part of a campaign; parts run in this order.
public enum Phase: String, Sendable, Hashable, CaseIterable {
  /// The stored cases and real tensors of the corpus.
  case replay
  /// Random cases, of growing size.
  case random
  /// Tiny spaces, completely: after the random cases, which find most faults sooner.
  case enumerate
  /// Searches that climb a score from a random case.
  case search
}

/// How much a campaign does.
public enum CampaignBudget: Sendable, Hashable {
  /// This many random cases, and a search for every ``CampaignSettings/casesPerSearch`` of them.
  case cases(Int)
  /// Random cases and searches until this many seconds after the start.
  case seconds(Double)
}

/// How much of the tiny spaces is enumerated.
public enum EnumerationExtent: String, Sendable, Hashable, CaseIterable {
  /// L = 2, T = 2, denominators up to 3, all modes: 1,875 cases.
  case small
  /// L = 2, T = 2, denominators up to 6, and L = 2, T = 3, denominators up to 2, modes `all` and
  /// `single:0`: 150,434 cases.
  case full
}

/// Everything that a campaign depends on.
public struct CampaignSettings: Sendable {
  /// The seed; case `k` depends on it and `k`.
  public var seed: UInt64 = 0
  /// How much to do.
  public var budget = CampaignBudget.seconds(60)
  /// The number of the first random case.
  public var firstCase: UInt64 = 0
  /// The number of threads; changes nothing but the time.
  public var jobs = 1
  /// How often Z3 is asked.
  public var z3 = Z3Policy.sample
  /// The largest sizes of random cases.
  public var limits = SizeLimits()
  /// The phases to run, in their own order.
  public var phases = Set(Phase.allCases)
  /// How much of the tiny spaces is enumerated.
  public var enumeration = EnumerationExtent.full
  /// The kinds of flows to ask for.
  public var tasks = Set(FlowTask.Kind.allCases)
  /// The properties to try, by name or by the part of it before a slash; empty for all.
  public var properties: [String] = []
  /// The families to draw random cases from, by name; empty for all.
  public var families: [String] = []
  /// The folder of the corpus; nil for none.
  public var corpus: String? { didSet { loadedCorpus = nil } }
  /// What the folder of the corpus holds, if it was read already.
  private(set) var loadedCorpus: Corpus?
  /// The solvers under test.
  public var solvers = ownSolvers
  /// The part of the campaign that this run does.
  public var shard = Shard.whole
  /// Whether the job that runs the shards ends all of them when one reports a failure, as mpirun
  /// does: what was found is then for `merge` to report.
  public var endsWithOtherShards = false
  /// The folder of journals; nil for no journal.
  public var journalFolder: String?
  /// Whether to go on where a journal of the same settings ends.
  public var resumes = false
  /// The file for the manifest of this shard; nil for none.
  public var manifest: String?
  /// Properties of one's own, tried after the table.
  public var additionalProperties: [Property] = []
  /// Whether the solvers, one or two, are to be certified: the table is theirs alone, and random
  /// cases come in other forms too.
  public var isCertification = false
  /// Cases to replay before those of the corpus, by name: the findings of an earlier certificate.
  public var knownCases: [(name: String, file: CaseFile)] = []
  /// The options that name these solvers in a command that runs a case again, each behind a space.
  public var solverOptions = ""

  /// The settings of a run without options.
  public init() {}

  /// Reads the corpus now, for those who want to know what is wrong with it before they start
  /// anything; the run takes what was read.
  ///
  /// - Throws: `InputError` if the folder does not exist or a file in it cannot be read.
  public mutating func loadCorpus() throws(InputError) {
    if let corpus { loadedCorpus = try Corpus(folder: corpus) }
  }

  /// The number of random cases that come with one search.
  public static let casesPerSearch = 500

  /// The table of properties that these settings select.
  public var table: [Property] {
    let own =
      isCertification
      ? certification(of: solvers, tasks: tasks)
      : battery(solvers: solvers, tasks: tasks, z3: z3)
    let all = own + additionalProperties
    guard !properties.isEmpty else { return all }
    return all.filter { property in
      properties.contains { property.name == $0 || property.name.hasPrefix($0 + "/") }
    }
  }

  /// The families that these settings select.
  public var selectedFamilies: [CaseFamily] {
    families.isEmpty ? CaseFamily.all : CaseFamily.all.filter { families.contains($0.name) }
  }

  /// The options of a run that finds a case again, beyond the case and the property.
  var reproducingOptions: String {
    (z3 == .sample || isCertification ? "" : " --z3 \(z3.rawValue)")
      + (corpus.map { $0 == "corpus" ? "" : " --corpus \($0.quotedForShell)" } ?? "")
      + solverOptions
  }

  /// The command that tries a property on a case again, on one line.
  func reproduction(of property: String, _ work: PhaseWork, _ position: Int) -> String {
    if isCertification {
      return "flowcheck certify \(work.options(position)) --sizes none" + reproducingOptions
    }
    return "flowcheck fuzz \(work.options(position)) --property \(property)" + reproducingOptions
  }

  /// The settings that the digest covers, one a line: those that change what is tried.
  func digestText(_ corpus: Corpus) -> String {
    text(corpus: phases.contains(.replay) ? corpus.digest : corpus.tensorDigest)
  }

  private func text(corpus: String) -> String {
    """
    corpus \(corpus)
    seed \(seed) first \(firstCase) z3 \(z3.rawValue) enumeration \(enumerated)
    layers \(limits.layersMaximum) tokens \(limits.tokensMaximum)
    phases \(Phase.allCases.filter(phases.contains).map(\.rawValue).joined(separator: " "))
    families \(selectedFamilies.map(\.name).joined(separator: " "))
    properties \(table.map(\.name).joined(separator: " "))

    """ + solvers.compactMap { $0.externalSolver?.settingsLine }.joined()
      + (isCertification ? "certification\n" : "")
  }

  /// How much is enumerated, if anything is.
  private var enumerated: String {
    phases.contains(.enumerate) ? enumeration.rawValue : "none"
  }

  /// A name for these settings, in which runs that may be joined or resumed agree.
  func key(version: String, _ corpus: Corpus) -> String {
    let amount =
      switch budget {
      case .cases(let count): "cases \(count)"
      case .seconds: "time"
      }
    // Not the whole corpus: it grows with what the campaign finds.
    let text =
      "flowcheck \(version)\n\(text(corpus: corpus.tensorDigest))\(amount)\n"
      + "\(enumeration.rawValue)\n"
    return String(Digest.hexadecimal(of: text.utf8).prefix(16))
  }
}

extension CampaignSettings {
  /// The cases of a phase.
  func work(of corpus: Corpus, _ phase: Phase) -> PhaseWork {
    switch phase {
    case .replay: PhaseWork(replaying: corpus)
    case .random: PhaseWork(random: self, corpus)
    case .enumerate: PhaseWork(enumeration)
    case .search: PhaseWork(searches: self, corpus)
    }
  }
}

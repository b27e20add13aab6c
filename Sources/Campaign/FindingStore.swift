import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Glibc
import Networks
import Properties
import SolverInterface
import SolverProcess

/// Shrinks the first failure of each property and stores it, once.
struct FindingStore {
  private let settings: CampaignSettings
  private let version: String
  private let campaign: String
  private let table: [Property]
  private let isInterrupted: @Sendable () -> Bool
  private(set) var stored: [StoredFinding] = []
  private(set) var warnings: [String] = []

  /// No findings yet; `campaign` is the key of the campaign, and `isInterrupted` ends the search
  /// for smaller cases.
  init(
    settings: CampaignSettings, version: String, campaign: String, table: [Property],
    isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.isInterrupted = isInterrupted
    self.settings = settings
    self.version = version
    self.campaign = campaign
    self.table = table
  }

  /// Stores the first failures of some properties; `work` gives the cases of a phase.
  mutating func store(_ failures: [Failure], of work: (Phase) -> PhaseWork) {
    for failure in failures {
      let (property, work) = (table[failure.property], work(failure.phase))
      let source = work.name(failure.position)
      let reproduce = settings.reproduction(of: property.name, work, failure.position)
      guard property.isFailed(by: failure.outcome) || failure.outcome.isContradiction else {
        // A case that is known to fail and does not: it is stored already.
        stored.append(
          StoredFinding(
            failure: failure, source: source, property: property.name,
            detail: "the case is known to fail, and passes", file: nil, reproduce: reproduce))
        continue
      }
      var finding = Self.finding(
        property, failure, work.instance(failure.position), source: source, reproduce: reproduce,
        settings: settings, version: version, campaign: campaign, isInterrupted: isInterrupted)
      if let file = finding.contents {
        finding.file = settings.corpus.flatMap { write(file, to: $0 + "/findings") }
        if !settings.isCertification { finding.contents = nil }
      }
      stored.append(finding)
    }
  }

  /// Makes the smallest case of a failure, if somebody wants it.
  static func finding(
    _ property: Property, _ failure: Failure, _ instance: Instance, source: String,
    reproduce: String, settings: CampaignSettings, version: String, campaign: String,
    isInterrupted: () -> Bool
  ) -> StoredFinding {
    let (instance, outcome) = shrinkCase(
      instance, property, failure.outcome, isInterrupted: isInterrupted)
    var finding = StoredFinding(
      failure: failure, source: source, property: property.name, detail: outcome.detail,
      file: nil, reproduce: reproduce)
    guard settings.corpus != nil || settings.isCertification else { return finding }
    finding.contents = makeCaseFile(
      instance.asSent(to: property.solver), property, outcome, version: version,
      provenance: [
        CaseFile.Provenance("source", source), CaseFile.Provenance("seed", "\(settings.seed)"),
        CaseFile.Provenance("campaign", campaign),
        CaseFile.Provenance("reproduce", reproduce),
      ])
    if outcome.answers.count == 2 {
      finding.answers = outcome.answers.map { CaseFile.SolverClaim($0, property.task) }
    }
    return finding
  }

  /// Writes the case under the name made from its content; returns the path, nil if it failed.
  ///
  /// A case that is there already stays as it is, with what it says about where it came from.
  private mutating func write(_ file: CaseFile, to folder: String) -> String? {
    let path = "\(folder)/\(file.contentName)"
    if access(path, F_OK) == 0 { return path }
    mkdir(folder, 0o777)
    do {
      try AtomicFile.write(file.bytes, to: path, isDurable: true)
      return path
    } catch {
      warnings.append(error.description)
      return nil
    }
  }
}

extension Instance {
  /// The case as it is put to a solver: a network with other capacities where they are rounded for
  /// it.
  ///
  /// It stays a tensor if it is the network of the tensor with its entries rounded.
  fileprivate func asSent(to solver: (any FlowSolver)?) -> Instance {
    guard let sent = solver?.statement(of: network) else { return self }
    if case .tensor(let tensor, let mode) = self,
      let entries = ExactVector(exactly: tensor.entries.nearestDoubles),
      let rounded = try? EffectiveTensor(
        layers: tensor.layers, tokens: tensor.tokens, entries: entries)
    {
      let instance = Instance.tensor(rounded, mode)
      let capacities = instance.network.capacities
      if (0..<capacities.count).allSatisfy({ capacities[$0] == sent.capacities[$0] }) {
        return instance
      }
    }
    return .network(sent)
  }
}

// How long the suite takes to notice that a solver is wrong. The cases are those of a campaign in
// running order; only the property about the solver is tried, since no other asks it anything.
public import CaseFiles
import Generators
import Networks
import Properties
public import SolverInterface
import SolverProcess

/// The first failure of a solver.
public struct Kill: Sendable, Hashable {
  /// Where the case came from, such as `random 17 (multigraph)`.
  public var source: String
  /// The phase of the case.
  public var phase: Phase
  /// The property that failed.
  public var property: String
  /// What there is to say.
  public var detail: String
}

/// What became of a solver under one seed.
public struct TrialResult: Sendable, Hashable {
  /// The seed of the random cases.
  public var seed: UInt64
  /// The number of cases up to the failure, or of all that were tried.
  public var cases: Int
  /// The number of random ones among them.
  public var randomCases: Int
  /// The seconds that they took.
  public var seconds: Double
  /// The failure; nil if there was none.
  public var kill: Kill?
}

/// The cases on which solvers are tried, ready to be used many times.
public struct MutantTrial: Sendable {
  private let settings: CampaignSettings
  private let corpus: Corpus
  private let workLimit: Int
  /// What could not be replayed, one sentence each.
  public let warnings: [String]

  /// The cases of a campaign with these settings, but for the seed.
  ///
  /// Phases, corpus, sizes and the number of random cases are taken from the settings; a budget of
  /// time stands for no random cases.
  ///
  /// - Parameters:
  ///   - settings: the settings of a campaign.
  ///   - workLimit: the bound on the arc scans of one maximum flow, by default that of a
  ///     campaign.
  /// - Throws: `InputError` if the corpus cannot be read.
  public init(
    _ settings: CampaignSettings, workLimit: Int? = nil
  ) throws(InputError) {
    self.settings = settings
    self.workLimit = workLimit ?? CaseRunner.workLimit
    if let folder = settings.corpus, settings.phases.contains(.replay) {
      corpus = try Corpus(folder: folder)
    } else {
      corpus = Corpus()
    }
    warnings = corpus.warnings
  }

  /// The cases of a phase under a seed.
  private func work(_ phase: Phase, seed: UInt64) -> PhaseWork {
    var settings = settings
    settings.seed = seed
    return settings.work(of: corpus, phase)
  }

  /// Tries a solver until it fails, once for each seed.
  ///
  /// Phases are run in the order of a campaign. The replay does not depend on the seed: it runs
  /// once and counts for every seed.
  ///
  /// - Parameters:
  ///   - seeds: the seeds of the random cases.
  ///   - isInterrupted: asked before each case; true ends the trial with the seeds that are done.
  ///   - seedDone: told each result as soon as it is known.
  ///   - makeSolver: makes the solver, without memory of earlier cases; called once for the fixed
  ///     phases and once for each seed.
  /// - Returns: one result for each seed that was done, in order.
  /// - Throws: what `makeSolver` throws.
  public func run(
    seeds: [UInt64], isInterrupted: @Sendable () -> Bool = { false },
    seedDone: (TrialResult) -> Void = { _ in }, _ makeSolver: () throws -> any FlowSolver
  ) rethrows -> [TrialResult] {
    var start = TrialResult(seed: 0, cases: 0, randomCases: 0, seconds: 0, kill: nil)
    let phases = Phase.allCases.filter(settings.phases.contains)
    if phases.contains(.replay) {
      run(solverProperties(try makeSolver()), work(.replay, seed: 0), into: &start, isInterrupted)
    }
    var results: [TrialResult] = []
    for seed in seeds {
      var result = start
      result.seed = seed
      let properties = solverProperties(try makeSolver())
      for phase in phases where phase != .replay && result.kill == nil {
        run(properties, work(phase, seed: seed), into: &result, isInterrupted)
      }
      // Whoever was not killed when the interruption came might have been later.
      if result.kill == nil && isInterrupted() { break }
      results.append(result)
      seedDone(result)
    }
    return results
  }

  private func run(
    _ properties: [Property], _ work: PhaseWork, into result: inout TrialResult,
    _ isInterrupted: () -> Bool
  ) {
    let limit = WorkLimit(arcScans: workLimit)
    let before = monotonicNanoseconds()
    defer { result.seconds += Double(monotonicNanoseconds() - before) / 1e9 }
    for position in 0..<(work.count ?? 0) {
      if isInterrupted() { return }
      result.cases += 1
      if work.phase == .random { result.randomCases += 1 }
      let examination = Examination(work.instance(position), limit: limit)
      for property in properties {
        guard let outcome = property.outcome(on: examination), property.isFailed(by: outcome)
        else { continue }
        result.kill = Kill(
          source: work.name(position), phase: work.phase, property: property.name,
          detail: outcome.detail)
        return
      }
    }
  }
}

extension Examination {
  /// An instance with its answers still to be computed, under a limit and without Z3.
  fileprivate convenience init(_ instance: Instance, limit: WorkLimit) {
    switch instance {
    case .network(let network): self.init(network: network, limit: limit)
    case .tensor(let tensor, let mode):
      self.init(network: instance.network, tensor: tensor, mode: mode, limit: limit)
    }
  }
}

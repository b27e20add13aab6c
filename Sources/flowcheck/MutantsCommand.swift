import Campaign
import CaseFiles
import Dispatch
import Glibc
import Mutants
import Networks
import SolverInterface
import SolverProcess
import Synchronization

let mutantsCommand = Command(
  name: "mutants",
  summary: "try the suite on solvers with known bugs: how soon does it find them",
  usage: "mutants [OPTIONS]",
  options: [
    .init("--seed", "S", "the first seed of the random cases (default 0)"),
    .init("--seeds", "N", "the number of seeds (default 10)"),
    .init("--cases", "N", "at most N random cases a mutant and seed (default 2000)"),
    .init("--mutant", "NAME", "only this mutant, or all of this family; may be repeated"),
    .init("--phases", "P,...", "replay, enumerate, random (default all)"),
    .init("--corpus", "DIR", "cases to replay (default corpus, if there)"),
    .init("--faultless", nil, "the solvers without their faults: every kill is a false alarm"),
    .init(
      "--through-protocol", nil, "each mutant in a process of its own, as docs/protocol.md has it"),
    .init("--list", nil, "say what is wrong with each mutant, and try nothing"),
    .init("--serve", "NAME", "answer on standard input and output as this mutant would"),
    .init("--jobs", "J", "the number of threads (default 1)"),
    .init("--json", nil, "print one JSON object"),
  ],
  operands: 0...0,
  examples: [
    ("flowcheck mutants --jobs 2", "every mutant under ten seeds, and how many cases it lived"),
    (
      "flowcheck mutants --mutant push-relabel --phases random",
      "one family, on random cases alone"
    ),
    (
      "flowcheck fuzz --command 'flowcheck mutants --serve push-relabel/sink-passes-on'",
      "a mutant as a solver in another process, as docs/protocol.md has it"
    ),
  ],
  exitCodes: [
    .success, .failed, .usage, .inconclusive, .nothingRan, .badInput, .internalError, .interrupted,
  ],
  run: runMutants)

@Sendable private func runMutants(_ arguments: Arguments) throws -> ExitCode {
  if let name = arguments.text("--serve") { return try serveMutant(name) }
  let isFaultless = arguments.has("--faultless")
  let isOutside = arguments.has("--through-protocol")
  let selected = try selectedMutants(
    arguments.texts("--mutant"), of: isFaultless ? Mutant.faultless : Mutant.all)
  let mutants = selected.filter { !(isOutside && $0.isInCertificateAlone) }
  if arguments.has("--list") {
    Console.result(try arguments.has("--json") ? mutantList(mutants) : mutantText(mutants))
    return .success
  }
  for mutant in selected where isOutside && mutant.isInCertificateAlone {
    Console.note(
      "\(mutant.name) is left out: its fault is in a certificate, and the protocol has none")
  }
  var settings = CampaignSettings()
  settings.budget = .cases(try arguments.integer("--cases", in: 0...Int.max) ?? 2_000)
  settings.phases = try arguments.phases() ?? settings.phases
  settings.corpus = arguments.corpusFolder
  let firstSeed = try arguments.integer("--seed", in: 0...Int.max) ?? 0
  let seedCount = try arguments.integer("--seeds", in: 1...1_000_000) ?? 10
  let seeds = (0..<seedCount).map { UInt64(firstSeed) &+ UInt64($0) }
  let jobs = try arguments.integer("--jobs", in: 1...1_024) ?? 1
  let trial = try MutantTrial(settings)
  Signals.remember()
  let line = ProgressLine()
  let progress = TrialProgress()
  let end = DispatchSemaphore(value: 0)
  DispatchQueue.global().async {
    _ = parallelMap(count: mutants.count, jobs: jobs) { index in
      let mutant = mutants[index]
      let source = isOutside ? MutantProcesses(mutant) : nil
      defer { source?.close() }
      do {
        _ = try trial.run(
          seeds: seeds, isInterrupted: { Signals.hasReceived },
          seedDone: { progress.add($0, of: index) },
          { () throws -> any FlowSolver in
            if let source { return try source.next() }
            return mutant.fresh
          })
      } catch {
        progress.note("\(mutant.name): \(error)")
      }
      let count = progress.countMutant()
      if Signals.hasReceived { return }
      line.show(at: Double(count)) { "\(count) of \(mutants.count) mutants, last \(mutant.name)" }
    }
    end.signal()
  }
  // A mutant that loops notices an interruption at its work limit only, which may be seconds away:
  // nobody waits for it. Ends with the trials, or half a second after a signal.
  while end.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
    if Signals.hasReceived {
      _ = end.wait(timeout: .now() + .milliseconds(450))
      break
    }
  }
  line.clear()
  if let failure = progress.failure {
    // The mutants are this program: that one does not start is a fault here.
    Console.note("flowcheck mutants: internal error: \(failure)")
    return .internalError
  }
  trial.warnings.forEach { Console.note("warning: \($0)") }
  let report = MutantReport(
    results: progress.results(of: mutants), mutantCount: mutants.count, seeds: seeds,
    isFaultless: isFaultless, isInterrupted: Signals.hasReceived)
  if !report.isInterrupted && !report.hasTriedAnything {
    Console.note("flowcheck mutants: there are no cases to try.")
    return .nothingRan
  }
  Console.result(arguments.has("--json") ? try report.json() : report.text)
  if let code = Signals.exitCode { return code }
  return report.isAsExpected ? .success : .failed
}

/// Serves a mutant, or a solver without its faults, until the requests end.
private func serveMutant(_ name: String) throws -> ExitCode {
  let solvers = Mutant.all + Mutant.faultless
  guard let mutant = try selectedMutants([name], of: solvers).first(where: { $0.name == name })
  else { throw UsageError("--serve takes one mutant, and '\(name)' is a family") }
  let server = ProtocolServer(
    mutant.fresh, version: flowcheckVersion, returns: nil, isLimited: true)
  switch server.serve() {
  case .endOfInput: return .success
  case .badRequest(let reason):
    Console.note("flowcheck mutants: standard input: \(reason)")
    return .badInput
  case .workLimitReached:
    Console.note("flowcheck mutants: \(name) reached its work limit")
    return .inconclusive
  case .closedOutput:
    Console.note("flowcheck mutants: standard output is closed")
    return .badInput
  }
}

/// What is known so far of all mutants, told by several threads.
private final class TrialProgress: Sendable {
  private struct State {
    /// The results of each mutant, by its place in the list.
    var results: [Int: [TrialResult]] = [:]
    var mutantsDone = 0
    var failure: String?
  }

  private let state = Mutex(State())

  /// Adds what became of a mutant under a seed.
  func add(_ result: TrialResult, of mutant: Int) {
    state.withLock { $0.results[mutant, default: []].append(result) }
  }

  /// Remembers that something went wrong that is not about a mutant.
  func note(_ failure: String) { state.withLock { $0.failure = $0.failure ?? failure } }

  /// What went wrong, if something did.
  var failure: String? { state.withLock { $0.failure } }

  /// Counts a mutant that is done; returns how many are.
  func countMutant() -> Int {
    state.withLock { state in
      state.mutantsDone += 1
      return state.mutantsDone
    }
  }

  /// The results of the mutants of which anything is known, in their order.
  func results(of mutants: [Mutant]) -> [MutantResult] {
    let known = state.withLock { $0.results }
    return mutants.enumerated().compactMap { index, mutant in
      known[index].map { MutantResult(mutant: mutant, seeds: $0) }
    }
  }
}

/// The mutants of the given names and families; all of them if none is given.
private func selectedMutants(_ names: [String], of all: [Mutant]) throws(UsageError) -> [Mutant] {
  for name in names where !all.contains(where: { $0.name == name || $0.family.rawValue == name }) {
    let near = all.map(\.name).min { $0.distance(to: name) < $1.distance(to: name) }
    let hint = near.map { "; did you mean \($0)?" } ?? ""
    throw UsageError("there is no mutant or family '\(name)'\(hint)")
  }
  guard !names.isEmpty else { return all }
  return all.filter { names.contains($0.name) || names.contains($0.family.rawValue) }
}

/// What is wrong with each mutant, for people.
private func mutantText(_ mutants: [Mutant]) -> String {
  mutants.map { "\($0.name)\n    \($0.about)\n" }.joined()
}

/// What is wrong with each mutant, for machines.
private func mutantList(_ mutants: [Mutant]) throws -> String {
  var writer = JSONWriter(.pretty)
  writer.object { writer in
    writer.arrayField("mutants") { writer in
      for mutant in mutants {
        writer.object { writer in
          writer.field("name", mutant.name)
          writer.field("family", mutant.family.rawValue)
          writer.field("about", mutant.about)
        }
      }
    }
  }
  return String(decoding: try writer.finish(), as: UTF8.self)
}

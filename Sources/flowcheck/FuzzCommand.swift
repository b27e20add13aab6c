import Campaign
import CaseFiles
import SolverInterface
import SolverProcess

let fuzzCommand = Command(
  name: "fuzz",
  summary: "try all properties on stored, enumerated, random and searched cases",
  usage: "fuzz [OPTIONS]",
  options: [
    .init("--profile", "quick|ci|deep", "10 s, 60 s, or a time you give (default ci if CI is set)"),
    .init("--seed", "S", "the seed of the random cases (default 0)"),
    .init("--cases", "N", "try N random cases, and N/500 searches"),
    .init("--time", "60s", "try random cases and searches until this time is over (default 60s)"),
    .init("--jobs", "J", "the number of threads (default 1)"),
    .init(
      "--z3", "always|sample|never", "ask Z3 on every case, one in 50, or not (default sample)"),
    .init("--max-layers", "L", "the largest number of layers (default 4)"),
    .init("--max-tokens", "T", "the largest number of tokens (default 6)"),
    .init("--corpus", "DIR", "cases to replay, and where findings go (default corpus, if there)"),
    .init("--phases", "P,...", "replay, enumerate, random, search (default all)"),
    .init(
      "--enumerate", "small|full",
      "which tiny spaces are covered (default full; small with --cases)"),
    .init("--task", "TASK", "only max-flow, l2-flow or barrier-flow; repeatable"),
    .init("--property", "NAME", "only this property, or all that begin with NAME/; repeatable"),
    .init("--generator", "FAMILY", "only random cases of this family; repeatable"),
    .init("--first-case", "K", "begin with random case K (default 0)"),
    .init("--shard", "m/n|auto", "do one of n parts; auto asks the job scheduler's environment"),
    .init("--manifest", "FILE", "where a shard writes what 'flowcheck merge' joins"),
    .init("--resume", nil, "go on where a run with the same settings was ended"),
    .init("--list", nil, "print the properties and the families, and try nothing"),
  ] + externalSolverOptions + ReportKind.options,
  operands: 0...0,
  examples: [
    (
      "flowcheck fuzz --time 15s --jobs 2",
      "a short campaign; findings are shrunk and stored under corpus/findings"
    ),
    (
      "flowcheck fuzz --seed 7 --cases 10000 --z3 never --json",
      "a campaign that can be repeated: same seed and cases, same digest"
    ),
    (
      "flowcheck fuzz --command 'python3 my_solver.py' --cases 500",
      "the same battery on a solver of one's own, in another process; docs/protocol.md"
    ),
  ],
  exitCodes: [
    .success, .failed, .usage, .inconclusive, .nothingRan, .badInput, .internalError,
    .temporary, .solverCrashed, .interrupted,
  ],
  run: runFuzz)

@Sendable private func runFuzz(_ arguments: Arguments) throws -> ExitCode {
  if arguments.has("--list") {
    Console.result(try arguments.has("--json") ? campaignListJSON() : campaignListText())
    return .success
  }
  var settings = try CampaignSettings(arguments)
  let output = try ReportOutput(arguments)
  let solver: ExternalSolver?
  do {
    solver = try externalSolver(arguments)
  } catch let failure as ExternalSolver.StartFailure {
    let report = CampaignReport(
      seed: settings.seed, solverFailure: failure,
      reproduce: "flowcheck fuzz --cases 0" + reproducingOptions(arguments))
    let code = exitCode(report)
    try output.finish(report, code)
    return code
  }
  defer { solver?.close() }
  if let solver {
    guard !solver.tasks.isEmpty else {
      let tasks = (solver.description.declared.tasks ?? []).joined(separator: ", ")
      Console.note("flowcheck fuzz: \(solver.name) does no task that is known here, only: \(tasks)")
      return .nothingRan
    }
    settings.solvers = [solver]
    settings.solverOptions = reproducingOptions(arguments)
  }
  try settings.requireProperties()
  Signals.remember()
  let line = ProgressLine()
  let report = try Campaign(settings, version: flowcheckVersion).run(
    isInterrupted: { Signals.hasReceived }, progress: { line.show($0) },
    observations: output.observations)
  line.clear()
  ((solver?.warnings ?? []) + report.warnings).forEach { Console.note("warning: \($0)") }
  if let solver, !report.hasTried(solver) {
    Console.note("warning: no case was put to \(solver.name)")
  }
  let code = exitCode(report)
  try output.finish(report, code)
  if let failure = report.manifestFailure { throw failure }
  if let contradiction = report.contradiction {
    Console.note("internal error: two exact engines disagree: \(contradiction)")
  }
  if code == .nothingRan && settings.shard != .whole {
    // Other shards have the few cases that there are; 'flowcheck merge' sees whether anything ran.
    Console.note("shard \(settings.shard) has no share of so few cases")
    return .success
  }
  if settings.endsWithOtherShards, [.failed, .inconclusive, .solverCrashed].contains(code) {
    Console.note(
      "shard \(settings.shard) ends with 0 and not \(code.rawValue), for the job would end the "
        + "other shards: 'flowcheck merge' ends with what all have found")
    return .success
  }
  return code
}

extension CampaignReport {
  /// Whether a solver under test was asked about any case.
  fileprivate func hasTried(_ solver: ExternalSolver) -> Bool {
    properties.contains { result in
      guard result.tally.cases > 0 else { return false }
      // The part after the slash is the solver, and its weight after an at sign, if it has one.
      let name = result.property.name.drop { $0 != "/" }.dropFirst().prefix { $0 != "@" }
      return name == solver.name
    }
  }
}

/// How a campaign ends, whether it ran here or was joined from shards.
func exitCode(_ report: CampaignReport) -> ExitCode {
  if report.contradiction != nil { return .internalError }
  if report.hasCrash { return .solverCrashed }
  if report.hasFailure { return .failed }
  if report.isInterrupted, let code = Signals.exitCode { return code }
  if !report.hasTriedAnything { return .nothingRan }
  return report.isInconclusive ? .inconclusive : .success
}

import Campaign
import CaseFiles

let mergeCommand = Command(
  name: "merge",
  summary: "join the results of shards into those of the whole campaign",
  usage: "merge MANIFEST... [OPTIONS]",
  options: ReportKind.options,
  operands: 1...Int.max,
  examples: [
    (
      "flowcheck merge .flowcheck/shard-*-of-4.json",
      "refuses gaps, overlaps and mixed settings; the digest is that of one run without shards"
    )
  ],
  exitCodes: [
    .success, .failed, .usage, .inconclusive, .nothingRan, .badInput, .internalError,
    .temporary, .solverCrashed, .interrupted,
  ],
  run: runMerge)

@Sendable private func runMerge(_ arguments: Arguments) throws -> ExitCode {
  let output = try ReportOutput(arguments)
  if output.kind == .jsonl {
    throw UsageError("shards write their cases themselves: join their jsonl files with cat")
  }
  let report: CampaignReport
  do {
    report = try mergeShards(arguments.operands)
  } catch let error as MergeError {
    Console.note("flowcheck merge: \(error.sentence)")
    if case .missing = error { return .nothingRan }
    return .badInput
  }
  let code = exitCode(report)
  try output.finish(report, code)
  return code
}

extension MergeError {
  /// What is wrong, in a sentence.
  fileprivate var sentence: String {
    switch self {
    case .mixed(let file, let other): "\(file) and \(other) are of different campaigns."
    case .overlap(let file, let other, let shard): "\(file) and \(other) are both shard \(shard)."
    case .missing(let parts): "missing: \(parts.joined(separator: ", "))."
    }
  }
}

import Campaign
import CaseFiles
import Checker
import ExactArithmetic
import Properties

let claimsCommand = Command(
  name: "claims",
  summary: "the ledger: which statements about attention flow hold, with a witness where not",
  usage: "claims [OPTIONS]",
  options: [
    .init("--id", "X", "only this claim; may be repeated"),
    .init("--time", "T", "stop after so long, as 60s or 2m; each claim has its share (no limit)"),
    .init("--seed", "S", "the seed of the cases (default 0)"),
    .init("--list", nil, "print the claims, and try nothing"),
    .init("--keep", "DIR", "store the witnesses that searches had to find in this folder"),
    .init("--json", nil, "print one JSON array"),
  ],
  operands: 0...0,
  examples: [
    ("flowcheck claims --time 2m", "tries every claim, and prints the corrections of the false"),
    ("flowcheck claims --id U/l1-unique --json", "one claim, with the tensor that refutes it"),
  ],
  exitCodes: [
    .success, .failed, .usage, .inconclusive, .badInput, .internalError, .temporary, .interrupted,
  ],
  run: runClaims)

@Sendable private func runClaims(_ arguments: Arguments) throws -> ExitCode {
  let claims = try selectedClaims(arguments.texts("--id"))
  let seed = UInt64(try arguments.integer("--seed", in: 0...Int.max) ?? 0)
  let time = try arguments.text("--time").map { text throws(UsageError) in
    try seconds(text, "--time")
  }
  if arguments.has("--list") {
    Console.result(try arguments.has("--json") ? claimListJSON(claims) : claimListText(claims))
    return .success
  }
  // Claims take minutes; whether files can be made there is known before.
  if let folder = arguments.text("--keep") { _ = try AtomicStream("\(folder)/witness") }
  Signals.remember()
  let (line, clock) = (ProgressLine(), ContinuousClock())
  let start = clock.now
  var timed: [TimedClaim] = []
  for (index, claim) in claims.enumerated() where !Signals.hasReceived {
    let begin = clock.now
    line.show(at: (begin - start) / .seconds(1)) {
      "\(index) of \(claims.count) claims, now \(claim.id)"
    }
    // What earlier claims did not need is shared by the later ones.
    let end = time.map { time in
      begin + (.seconds(time) - (begin - start)) / (claims.count - index)
    }
    let result = claim.run(seed: seed) {
      Signals.hasReceived || end.map { clock.now > $0 } ?? false
    }
    // A claim that a signal cut short has no result.
    if Signals.hasReceived { break }
    timed.append(TimedClaim(result: result, seconds: (clock.now - begin) / .seconds(1)))
  }
  line.clear()
  Console.result(arguments.has("--json") ? try claimsJSON(timed) : claimsText(timed))
  if let folder = arguments.text("--keep") { try keepWitnesses(timed, seed: seed, in: folder) }
  if let code = Signals.exitCode {
    let tried = "\(timed.count) of \(claims.count) claims were tried"
    Console.note("flowcheck claims: interrupted, \(tried)")
    return code
  }
  let results = timed.map(\.result)
  if results.contains(where: \.isContradiction) { return .internalError }
  if results.contains(where: \.isFailed) { return .failed }
  return results.allSatisfy(\.isAsExpected) ? .success : .inconclusive
}

/// A result with the time that it took.
struct TimedClaim {
  let result: ClaimResult
  let seconds: Double
}

/// The claims of the given names; all of them if none is given.
private func selectedClaims(_ ids: [String]) throws(UsageError) -> [Claim] {
  for id in ids where !ledger.contains(where: { $0.id == id }) {
    let near = ledger.map(\.id).min { $0.distance(to: id) < $1.distance(to: id) }
    let hint = near.map { "; did you mean \($0)?" } ?? ""
    throw UsageError("there is no claim '\(id)'\(hint)")
  }
  return ids.isEmpty ? ledger : ledger.filter { ids.contains($0.id) }
}

/// Stores the witnesses that are to be kept, each under the name of its claim.
private func keepWitnesses(_ timed: [TimedClaim], seed: UInt64, in folder: String) throws {
  for entry in timed where entry.result.claim.isKept {
    guard let file = claimCaseFile(entry.result, seed: seed, version: flowcheckVersion) else {
      continue
    }
    let name = "claim-" + entry.result.claim.id.map { $0 == "/" ? "-" : "\($0)" }.joined()
    try AtomicFile.write(file.bytes, to: "\(folder)/\(name.lowercased()).json", isDurable: false)
  }
}

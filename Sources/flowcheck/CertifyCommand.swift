import Campaign
import CaseFiles
import Generators
import SolverProcess

let certifyCommand = Command(
  name: "certify",
  summary: "the full battery on a solver in another process, and a certificate",
  usage: "certify --command CMD [--command CMD2] [OPTIONS]",
  options: [
    .init(
      "--command", "CMD", "the solver, as docs/protocol.md says; a second one is compared with it",
      isRepeatable: true),
    .init(
      "--contract", "FILE", "what CMD promises, in place of what it says; one for each CMD",
      isRepeatable: true),
  ] + externalSolverOptions.filter { !["--command", "--contract"].contains($0.name) } + [
    .init("--seed", "S", "the seed of the random cases (default 0)"),
    .init("--cases", "N", "try N random cases, and N/500 searches"),
    .init("--time", "60s", "try cases until this time is over (default 60s); sizes come after"),
    .init("--jobs", "J", "the number of processes of CMD (default 1)"),
    .init("--max-layers", "L", "the largest number of layers of random cases (default 4)"),
    .init("--max-tokens", "T", "the largest number of tokens of random cases (default 6)"),
    .init("--corpus", "DIR", "cases to replay, and where findings go (default corpus, if there)"),
    .init("--phases", "P,...", "replay, enumerate, random, search (default all)"),
    .init(
      "--enumerate", "small|full",
      "which tiny spaces are covered (default full; small with --cases)"),
    .init("--first-case", "K", "begin with random case K (default 0)"),
    .init("--task", "TASK", "only max-flow, l2-flow, barrier-flow or shapley; repeatable"),
    .init("--sizes", "T,...", "tokens at which times are taken (default 8,32,64,128), or none"),
    .init("--baseline", "OLD", "an earlier certificate: replay its findings, say what changed"),
    .init("--fail-on", "new", "with --baseline: only findings that OLD has not are failures"),
    .init("--attestation", "FILE", "where an in-toto test-result statement goes"),
    .init("-o", "FILE", "where the certificate goes"),
    .init("--json", nil, "print the certificate"),
  ],
  operands: 0...0,
  examples: [
    (
      "flowcheck certify --command 'python3 my_solver.py' -o certificate.json",
      "what the solver promises and keeps; findings with their smallest cases"
    ),
    (
      "flowcheck certify --command ./new --baseline old.json --fail-on new",
      "whether a change broke something that held"
    ),
    (
      "flowcheck certify --command ./mine --command 'python3 theirs.py'",
      "where two solvers differ in value, attribution or order of tokens"
    ),
  ],
  exitCodes: [
    .success, .failed, .usage, .inconclusive, .nothingRan, .badInput, .baselineFailed,
    .internalError, .temporary, .solverCrashed, .interrupted,
  ],
  run: runCertify)

@Sendable private func runCertify(_ arguments: Arguments) throws -> ExitCode {
  let request = try CertifyRequest(arguments)
  var solvers: [ExternalSolver] = []
  defer { solvers.forEach { $0.close() } }
  let program = try programDigest()
  for (command, declared) in request.commands {
    do {
      solvers.append(try startedSolver(command, declared))
    } catch let failure as ExternalSolver.StartFailure {
      let certificate = SolverCertificate(
        undescribed: failure, solver: .init(command: command.line), programDigest: program,
        reproduce: (request.commands.count > 1
          ? "flowcheck certify --sizes none" : "flowcheck protocol-check")
          + reproducingOptions(arguments))
      try request.finish(certificate, nil)
      return failure.isCrash ? .solverCrashed : .failed
    }
  }
  for solver in solvers where solver.tasks.isEmpty {
    let tasks = solver.description.declared.tasks?.joined(separator: ", ") ?? "none"
    Console.note(
      "flowcheck certify: \(solver.name) does no task that is known here, only: \(tasks)")
    return .nothingRan
  }
  let tested =
    solvers.count == 2
    ? SolverUnderTest.pair(solvers[0], solvers[1]) : solvers.map { SolverUnderTest($0) }
  Signals.remember()
  let progress = ProgressLine()
  let outcome = try Certification(request.settings, solvers: tested, sizes: request.sizes).run(
    identities: tested.map { SolverCertificate.Solver($0) }, programDigest: program,
    isInterrupted: { Signals.hasReceived }, progress: { progress.show($0) },
    sizeProgress: { tokens in progress.show(at: Double(tokens)) { "times at T=\(tokens)" } })
  progress.clear()
  (solvers.flatMap(\.warnings) + outcome.warnings).forEach { Console.note("warning: \($0)") }
  let comparison = request.baseline.map {
    BaselineComparison(from: $0, to: outcome.certificate, replayed: outcome.replayed)
  }
  try request.finish(outcome.certificate, comparison)
  if let contradiction = outcome.contradiction {
    Console.note("internal error: two exact engines disagree: \(contradiction)")
    return .internalError
  }
  return request.exitCode(outcome.certificate, comparison)
}

/// What the words of the command line ask for, read and checked before anything is started.
private struct CertifyRequest {
  let settings: CampaignSettings
  /// The command line of each solver, and what a file promises for it.
  let commands: [(command: SolverCommand, declared: DeclaredContract)]
  let sizes: [Int]
  /// The earlier certificate; valid.
  let baseline: SolverCertificate?
  private let failsOnNewOnly: Bool
  private let isJSON: Bool
  private let output: AtomicStream?
  private let attestation: AtomicStream?
  private let path: String?

  init(_ arguments: Arguments) throws {
    let lines = arguments.texts("--command")
    let count = lines.count
    guard count > 0 else { throw UsageError("a solver is missing: --command CMD") }
    guard count <= 2 else { throw UsageError("--command is given \(count) times, at most twice") }
    let files = arguments.texts("--contract")
    guard files.count <= count else {
      throw UsageError(
        "--contract is given \(files.count.counted("time")), and --command "
          + count.counted("time"))
    }
    commands = try lines.enumerated().map { index, line in
      try externalSolverCommand(
        line, contract: index < files.count ? files[index] : nil, arguments)
    }
    sizes = try readSizes(arguments.text("--sizes"))
    failsOnNewOnly = arguments.has("--fail-on")
    if let word = arguments.text("--fail-on") {
      guard word == "new" else { throw UsageError("--fail-on takes new, not '\(word)'") }
      guard arguments.has("--baseline") else { throw UsageError("--fail-on needs --baseline") }
    }
    var settings = try CampaignSettings(arguments)
    settings.solverOptions = reproducingOptions(arguments)
    baseline = try arguments.text("--baseline").map { try readBaseline($0, solvers: count) }
    if let baseline {
      settings.knownCases = baseline.knownCases
      settings.phases.insert(.replay)
    }
    self.settings = settings
    isJSON = arguments.has("--json")
    path = arguments.text("-o")
    if let path, path == arguments.text("--attestation") {
      throw UsageError("-o and --attestation name one file, \(path)")
    }
    output = try arguments.output("-o")
    attestation = try arguments.output("--attestation")
  }

  /// Writes the certificate and the attestation, and prints what was asked for.
  func finish(_ certificate: SolverCertificate, _ comparison: BaselineComparison?) throws {
    let bytes = try certificate.bytes()
    // What a long run found is not lost with a file that cannot be written: that comes last.
    if isJSON {
      Console.result(String(decoding: bytes, as: UTF8.self))
      if let comparison, let baseline {
        Console.note(comparison.text(baseline, certificate))
      }
    } else {
      Console.result(certificate.text(path: path, digest: try certificate.digest()))
      if let comparison, let baseline {
        Console.result(comparison.text(baseline, certificate))
      }
    }
    try write(certificate, bytes)
  }

  private func write(_ certificate: SolverCertificate, _ bytes: [UInt8]) throws {
    if let output {
      output.write(bytes)
      try output.finish()
    }
    guard let attestation else { return }
    guard certificate.isAttestable else {
      Console.note("no attestation: \(certificate.about)")
      return
    }
    attestation.write(
      try certificate.attestation(certificateDigest: Digest.hexadecimal(of: bytes)))
    try attestation.finish()
  }

  /// How the command ends.
  func exitCode(_ certificate: SolverCertificate, _ comparison: BaselineComparison?) -> ExitCode {
    var findings = certificate.findings
    var hasFailure = certificate.properties.contains { $0.broken > 0 }
    if failsOnNewOnly, let comparison {
      findings = comparison.new.map { findings[$0] }
      hasFailure = !findings.isEmpty
    }
    // What a run that was ended has not found says nothing; the certificate says what it has.
    if let code = Signals.exitCode { return code }
    if findings.contains(where: { $0.kind == .crash || $0.kind == .hang }) {
      return .solverCrashed
    }
    if hasFailure { return .failed }
    switch certificate.verdict {
    case .nothingRan: return .nothingRan
    case .inconclusive: return .inconclusive
    case .certified, .broken, .crashed, .disagreement, .interrupted:
      return certificate.properties.contains { $0.inconclusive > 0 && !$0.solver.isEmpty }
        ? .inconclusive : .success
    }
  }
}

/// The numbers of tokens at which times are taken.
private func readSizes(_ text: String?) throws(UsageError) -> [Int] {
  guard let text else { return [8, 32, 64, 128] }
  if text == "none" { return [] }
  var sizes: [Int] = []
  for word in text.split(separator: ",", omittingEmptySubsequences: false) {
    guard let size = Int(word), (1...512).contains(size) else {
      throw UsageError("--sizes takes numbers from 1 to 512, or none, not '\(text)'")
    }
    if !sizes.contains(size) { sizes.append(size) }
  }
  return sizes
}

/// An earlier certificate.
///
/// Throws `InputError` if the file is none; what is not valid ends the program with its own code.
private func readBaseline(_ path: String, solvers: Int) throws -> SolverCertificate {
  let sealed = try SolverCertificate.read(try InputFile(path: path))
  if case .invalid(let field, let reason) = verify(sealed) {
    throw BaselineFailure(reason: "\(path): \(field): \(reason)")
  }
  guard sealed.contents.solvers.count == solvers else {
    throw BaselineFailure(
      reason:
        "\(path): it is about \(sealed.contents.solvers.count.counted("solver")), not \(solvers)")
  }
  if let reason = sealed.contents.unfitness {
    throw BaselineFailure(reason: "\(path): \(reason)")
  }
  return sealed.contents
}

/// A baseline that nothing can be compared with.
struct BaselineFailure: Error {
  /// What is wrong with it.
  let reason: String
}

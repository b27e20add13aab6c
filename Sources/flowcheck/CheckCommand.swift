import CaseFiles
import Checker
import ExactArithmetic
import Glibc
import Properties
import SolverInterface
import Z3Bridge

let checkCommand = Command(
  name: "check",
  summary: "say what one tensor's attributions are worth",
  usage: "check FILE[:KEY] [OPTIONS]",
  options: Subject.options + [
    .init("--require", "WHAT", "fail unless unique-flow, unique-attribution, attribution-width=X"),
    .init("--lambda", "X", "add the flow with squares of this weight, certified and unique"),
    .init("--mu", "X", "add the flow with logarithms of this weight, certified and unique"),
    .init("--certificate", "OUT.json", "write the certificate of everything in the answer"),
    .init("--about", "TEXT", "what the certificate shows, for its field 'about'"),
    .init("--z3", "always|never", "ask Z3 too, on networks up to 5,000 arcs (default always)"),
    .init("--flow", nil, "with --json: print both flows of the second-flow witness"),
    .init("--json", nil, "print one JSON object"),
  ],
  operands: 1...1,
  examples: [
    (
      "flowcheck check corpus/attention/p03_two.avg.f32.npy --tokens "
        + "corpus/attention/p03_two.tokens.json",
      "value, uniqueness, interval of every token, and all properties"
    ),
    (
      "flowcheck check corpus/attention/p03_two.avg.f32.npy --lambda 0.01 --mu 1e-3",
      "the unique flows that two penalties choose, beside the intervals"
    ),
    (
      "flowcheck check corpus/attention/p03_two.avg.f32.npy --require unique-attribution",
      "exit 1 unless every maximum flow gives the same attribution"
    ),
  ],
  exitCodes: [
    .success, .failed, .usage, .inconclusive, .badInput, .internalError,
    .temporary, .interrupted,
  ],
  run: runCheck)

@Sendable private func runCheck(_ arguments: Arguments) throws -> ExitCode {
  let requirements = try arguments.texts("--require").map(Requirement.init)
  if arguments.has("--flow") && !arguments.has("--json") {
    throw UsageError("--flow goes with --json")
  }
  if arguments.has("--about") && !arguments.has("--certificate") {
    throw UsageError("--about goes with --certificate")
  }
  let methods = try regularisedMethods(arguments)
  let asksZ3 = try arguments.word("--z3", Z3Choice.self) != .never
  if let path = arguments.text("--certificate"), isSameFile(path, arguments.operands[0]) {
    throw UsageError("--certificate names the input itself")
  }
  let subject = try Subject(arguments)
  subject.warnings.forEach { Console.note("warning: \($0)") }
  let certificate = try arguments.output("--certificate")
  let isText = !arguments.has("--json")
  if isText { Console.note("\(arguments.operands[0]): \(subject.summary)") }
  let examination = Examination(
    network: subject.network, tensor: subject.tensor?.entries, mode: subject.tensor?.mode,
    z3: asksZ3 ? Z3Session() : nil)
  let (line, clock) = (ProgressLine(), ContinuousClock())
  let start = clock.now
  examination.intervalProgress = { finished, total in
    let elapsed = clock.now - start
    line.show(at: elapsed / .seconds(1)) { "intervals: \(finished) of \(total) tokens" }
  }
  let report = try CheckReport(subject, examination, methods, asksZ3: asksZ3)
  line.clear()
  // Attributions and widths are not larger than the value.
  try Subject.requireFinite(
    [report.answer.value.nearestDouble], "maximum-flow value", file: arguments.operands[0])
  if isText {
    Console.result(report.text(subject))
  } else {
    Console.result(try report.json(subject, withFlows: arguments.has("--flow")))
  }
  // The answer is not lost with a file that cannot be written: that comes last.
  if let certificate {
    let about =
      arguments.text("--about")
      ?? "What all maximum flows have in common, with the proof: \(arguments.operands[0]), "
      + subject.summary + "."
    certificate.write(report.certificate(subject, about: about).bytes)
    try certificate.finish()
  }
  return report.exitCode(requirements)
}

/// The regularised flows that are asked for beside the maximum flows.
private func regularisedMethods(_ arguments: Arguments) throws(UsageError) -> [RegularisedMethod] {
  var methods: [RegularisedMethod] = []
  if let lambda = try arguments.positiveFraction("--lambda") { methods.append(.l2(lambda: lambda)) }
  if let mu = try arguments.positiveFraction("--mu") { methods.append(.barrier(mu: mu)) }
  return methods
}

/// Whether two paths name one file that exists; `FILE:KEY` names its file.
private func isSameFile(_ path: String, _ operand: String) -> Bool {
  var (first, second) = (stat(), stat())
  return stat(path, &first) == 0 && stat(FileReference(argument: operand).path, &second) == 0
    && first.st_dev == second.st_dev && first.st_ino == second.st_ino
}

/// Whether Z3 is asked.
private enum Z3Choice: String, CaseIterable {
  case always
  case never
}

/// What `--require` asks for.
enum Requirement {
  case uniqueFlow
  case uniqueAttribution
  case attributionWidth(Rational)

  init(_ text: String) throws(UsageError) {
    switch text {
    case "unique-flow": self = .uniqueFlow
    case "unique-attribution": self = .uniqueAttribution
    default:
      let prefix = "attribution-width="
      guard text.hasPrefix(prefix), let width = Rational(text.dropFirst(prefix.count)),
        width.signum() >= 0
      else {
        throw UsageError(
          "--require takes unique-flow, unique-attribution or attribution-width=X, not '\(text)'")
      }
      self = .attributionWidth(width)
    }
  }

  /// Why an answer does not meet the requirement; nil if it does.
  func failure(_ answer: AnswerSummary) -> String? {
    switch self {
    case .uniqueFlow where !answer.uniqueFlow:
      "unique-flow: \(answer.undeterminedArcs.counted("arc")) undetermined"
    case .uniqueAttribution where !answer.uniqueAttribution:
      "unique-attribution: the widest interval is \(answer.attributionWidthMaximum.nearestDouble)"
    case .attributionWidth(let width) where answer.attributionWidthMaximum > width:
      "attribution-width: the widest interval is \(answer.attributionWidthMaximum.nearestDouble),"
        + " more than \(width.nearestDouble)"
    default: nil
    }
  }
}

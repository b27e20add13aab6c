// `solve --method shapley`: the flow game of some players, its Shapley value, and the maximum flow
// that has it as its attributions. What is said to be certified, the kernel has accepted.
import Campaign
import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Solvers

/// The answer of the method.
struct ShapleyReport {
  /// What is known of one game.
  struct Game {
    /// The Shapley value, or an estimate of it; one number per player.
    var attribution: [Rational]
    /// For an estimate, how far each number may be off.
    var halfWidths: [Double]?
  }

  var options: ShapleyOptions
  var value: Rational
  var games: [Game]
  /// How the values of the coalitions were proved; nil for an estimate.
  var gameCertified: String?
  /// The Shapley flow, accepted by the kernel.
  var flow: ExactVector?
  /// Why there is no such flow.
  var refusal: String?
  /// The players that would get more than they are worth, of the only game.
  var violated: Coalition?
  /// The number of coalitions that an estimate evaluated.
  var evaluations: Int?
  /// The certificate, if one was asked for.
  var certificate: CaseFile?
}

/// The kernel refuses what the solvers hand over, so one of them is wrong.
private struct KernelRefusal: Error, CustomStringConvertible {
  let description: String
}

/// Runs the method and prints its answer.
func runShapley(
  _ options: ShapleyOptions, _ subject: Subject, _ arguments: Arguments
) throws -> ExitCode {
  let file = arguments.operands[0]
  let certificate = try arguments.output("--certificate")
  let report: ShapleyReport
  do {
    report =
      if let estimate = options.estimate {
        try estimatedShapley(options, estimate, subject)
      } else {
        try exactShapley(options, subject, file: file)
      }
  } catch let error as GameError {
    throw InputError(file: file, problem: .badStatement(reason: sentence(error)))
  }
  try Subject.requireFinite(
    report.games.flatMap { $0.attribution.map(\.nearestDouble) } + [report.value.nearestDouble],
    "result of shapley", file: file)
  if arguments.has("--json") {
    Console.result(try report.json(subject, withFlow: arguments.has("--flow")))
  } else {
    Console.note("\(file): \(subject.summary)")
    Console.result(report.text(subject, withFlow: arguments.has("--flow")))
  }
  // The answer is not lost with a file that cannot be written: that comes last.
  if let certificate, let contents = report.certificate {
    certificate.write(contents.bytes)
    try certificate.finish()
  }
  return .success
}

/// What is wrong, and what can be done about it.
private func sentence(_ error: GameError) -> String {
  switch error {
  case .tooManyPlayers(let count, let limit) where limit == FlowGameCertificate.playerLimit:
    "--certificate keeps the flow of every coalition of up to \(limit) players, not \(count)"
  case .tooManyPlayers(_, let limit) where limit == CooperativeGame.playerLimit:
    error.sentence + "; --estimate samples some of them, --groups makes fewer players"
  case .memory(let bytes, let limit):
    "tables of \(bytes >> 20) MB are needed and \(limit >> 20) MB allowed; --memory allows more, "
      + "--estimate needs none"
  case .scattered: "--groups goes with players at the bottom or the top"
  default: error.sentence
  }
}

/// The Shapley value of every game and the flow that realises them.
private func exactShapley(
  _ options: ShapleyOptions, _ subject: Subject, file: String
) throws -> ShapleyReport {
  var games: [FlowGame] = []
  for players in options.players {
    games.append(try players.game(on: subject.network, groups: options.groups))
  }
  let isWhole = games.allSatisfy { $0.playerCount <= FlowGameCertificate.playerLimit }
  let (line, clock) = (ProgressLine(), ContinuousClock())
  let start = clock.now
  let outcome = try findShapleyFlow(
    of: games, proof: isWhole || options.certificate != nil ? .stored : .checked,
    memoryLimit: options.memoryLimit
  ) { done, all in
    let elapsed = (clock.now - start) / .seconds(1)
    line.show(at: elapsed) { "shapley: \(done) of \(all) coalitions" }
    return true
  }
  line.clear()
  let found: ShapleyFlow
  switch outcome {
  case .solved(let solved): found = solved
  case .unfinished(.refused(let coalition, let rejection)):
    throw KernelRefusal(description: "coalition \(coalition): \(rejection.first)")
  case .unfinished(let other): throw KernelRefusal(description: "\(other)")
  case .refused(let rejection): throw KernelRefusal(description: "\(rejection.first)")
  }
  let table = found.solutions[0].table
  var report = ShapleyReport(
    options: options, value: table[table.everyone],
    games: found.vectors.map { vector in
      ShapleyReport.Game(attribution: (0..<vector.count).map { vector[$0] })
    },
    gameCertified: isWhole ? "whole" : "each coalition as it was solved")
  report.read(found)
  if options.certificate != nil, let proof = GameProof(found, of: games) {
    let about =
      options.about ?? "The Shapley value of the players \(options.word), with the flow and the cut"
      + " of every coalition: \(file), \(subject.summary)."
    report.certificate = CaseFile(
      about: about, version: flowcheckVersion, provenance: subject.provenance,
      statement: subject.statement, game: proof)
  }
  return report
}

extension ShapleyReport {
  /// Reads what is known of the flow.
  fileprivate mutating func read(_ found: ShapleyFlow) {
    switch found.realisation {
    case .realised(let flow, _): self.flow = flow
    case .violated(_, let coalition, _):
      violated = coalition
      refusal = "players \(coalition) would get more than they are worth"
    case .inefficient(let sum, let value):
      refusal = "the attributions add up to \(sum), and \(value) flows"
    case .notTogether: refusal = "each vector is realised by a maximum flow, and not both by one"
    }
  }
}

/// An estimate of the Shapley value of every game.
private func estimatedShapley(
  _ options: ShapleyOptions, _ estimate: ShapleyOptions.Estimate, _ subject: Subject
) throws -> ShapleyReport {
  let (line, clock) = (ProgressLine(), ContinuousClock())
  let start = clock.now
  var report = ShapleyReport(options: options, value: 0, games: [], evaluations: 0)
  for (index, players) in options.players.enumerated() {
    let sampled = try players.sampledGame(on: subject.network, groups: options.groups)
    report.value = sampled.largestMagnitude
    var evaluations = 0
    let shown = try SampledGame(
      marginals: sampled.marginals, largestMagnitude: sampled.largestMagnitude
    ) { coalition in
      evaluations += 1
      let elapsed = (clock.now - start) / .seconds(1)
      line.show(at: elapsed) { "shapley: \(evaluations) coalitions evaluated" }
      return sampled.value(coalition)
    }
    var choices = RandomChoices(seed: estimate.seed, stream: UInt64(index))
    let found = shown.estimate(by: estimate.sampler, samples: estimate.samples) { bound in
      choices.integer(in: 0...(bound - 1))
    }
    report.games.append(
      ShapleyReport.Game(attribution: found.values, halfWidths: found.halfWidths))
    report.evaluations = (report.evaluations ?? 0) + found.evaluations
  }
  line.clear()
  return report
}

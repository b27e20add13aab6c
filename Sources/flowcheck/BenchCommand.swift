import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Glibc
import Networks
import Properties
import SolverInterface
import Solvers

let benchCommand = Command(
  name: "bench",
  summary: "time the solvers, with what the kernel says of their answers",
  usage: "bench [FILE[:KEY]] [OPTIONS]",
  options: [
    .init(
      "--task", "TASK",
      "only max-flow, max-flow-float32, max-flow-int128, uniqueness, intervals, pairwise, l2, "
        + "barrier or shapley; repeatable; max-flow-int128 takes entries rounded down to multiples "
        + "of 2^-30, in numbers of 128 bits beside 64; default: those that apply"),
    .init(
      "--fraction-bits", "B",
      "max-flow-float32: capacities rounded down to multiples of 2^-B (default exact)"),
    .init("--runs", "N", "measure each N times (default 5)"),
    .init("--lambda", "X", "the weight of l2 (default 0.01)"),
    .init("--mu", "X", "the weight of barrier (default 1e-4)"),
    .init("--layers", "L", "without a file: softmax attention of L layers (default 6)"),
    .init("--tokens", "T", "without a file: of T tokens (default 64)"),
    .init("--mode", "all|single:K", "feed all top tokens, or only token K (default all)"),
    .init("--residual", nil, "replace A by (A + I)/2, rows divided by their sums"),
    .init("--json", nil, "print one JSON object"),
  ],
  operands: 0...1,
  examples: [
    ("flowcheck bench --task max-flow --layers 2 --tokens 8 --runs 3", "one solver, one size")
  ],
  exitCodes: [.success, .usage, .inconclusive, .badInput, .internalError, .interrupted],
  run: runBench)

/// What can be timed.
private enum BenchTask: String, CaseIterable {
  case maximumFlow = "max-flow"
  /// The same from a float32 tensor in memory, conversion included.
  case float32 = "max-flow-float32"
  /// From a tensor rounded to 64 bits, and from the same one in 128.
  case int128 = "max-flow-int128"
  case uniqueness
  case intervals
  /// The maximum-flow value of every pair of a top and a bottom token.
  case pairwise
  case l2
  case barrier
  /// The Shapley flow of the bottom players, each coalition checked as it is solved.
  case shapley
}

/// The times of one task.
private struct Measurement {
  let task: BenchTask
  var seconds: [Double] = []
  /// The processor time of all threads: what the runs take on a machine that is not shared.
  var processorSeconds: [Double] = []
  var status = "optimal"
  var value: Rational?
  var iterations: Int?
  var certifiedRadius: Rational?
  /// The parts of each run from a float32 tensor.
  var parts: [Float32Run.Seconds] = []
  /// What the first run took at most beside the float32 tensor.
  var bytesPerArc: Double?
  /// The processor time of each run in 128 and in 64 bits.
  var widths: [(wide: Double, narrow: Double)] = []
}

@Sendable private func runBench(_ arguments: Arguments) throws -> ExitCode {
  let chosen = try arguments.words("--task", BenchTask.self)
  let runs = try arguments.integer("--runs", in: 1...1_000) ?? 5
  let lambda = try arguments.positiveFraction("--lambda") ?? Rational(1, 100)
  let mu = try arguments.positiveFraction("--mu") ?? Rational(1, 10_000)
  let fractionBits = try arguments.integer("--fraction-bits", in: 0...62)
  let (network, tensor) = try subject(arguments)
  let hasPair = chosen.isEmpty || chosen.contains(.int128)
  let pair = hasPair ? try tensor.flatMap { try WidthPair($0.entries, $0.mode) } : nil
  let float32 = Float32Network(network)
  let line = ProgressLine()
  var results: [Measurement] = []
  let quick = BenchTask.allCases.filter {
    switch $0 {
    case .shapley: network.sinkArcs.count <= 16
    case .pairwise: (tensor?.entries.tokens ?? .max) <= 128
    case .int128: pair != nil
    case .float32: float32 != nil
    default: true
    }
  }
  let tasks = chosen.isEmpty ? quick : chosen
  if fractionBits != nil && !tasks.contains(.float32) {
    throw UsageError("--fraction-bits goes with --task max-flow-float32")
  }
  for task in tasks {
    var measurement = Measurement(task: task)
    for run in 0..<runs {
      line.show(at: Double(run)) { "\(task.rawValue): run \(run + 1) of \(runs)" }
      let before = ProcessResources.processorSeconds
      if task == .float32 {
        guard let float32 else {
          throw UsageError(
            "--task max-flow-float32 takes tensors of float32 numbers only"
              + (arguments.has("--residual") ? ", and --residual divides by sums of rows" : ""))
        }
        try measurement.run(float32, fractionBits: fractionBits)
      } else if task == .pairwise {
        guard let tensor else { throw UsageError("--task pairwise takes tensors only") }
        measurement.run(pairsOf: tensor.entries)
      } else if task == .int128 {
        guard let pair else {
          throw UsageError(
            "--task max-flow-int128 takes tensors with an entry from 2^-30 and a sum below 2^32"
          )
        }
        try measurement.run(pair)
      } else {
        try measurement.run(network, lambda: lambda, mu: mu)
      }
      measurement.processorSeconds.append(ProcessResources.processorSeconds - before)
    }
    results.append(measurement)
  }
  line.clear()
  if arguments.has("--json") {
    Console.result(try json(results, network))
  } else {
    Console.result(text(results, network))
  }
  return results.allSatisfy { $0.status == "optimal" } ? .success : .inconclusive
}

/// The network of the file, or of a random tensor, and the tensor if there is one.
private func subject(
  _ arguments: Arguments
) throws -> (network: FlowNetwork, tensor: (entries: EffectiveTensor, mode: Mode)?) {
  if !arguments.operands.isEmpty {
    for name in ["--layers", "--tokens"] where arguments.has(name) {
      throw UsageError("\(name) goes without a file")
    }
    let subject = try Subject(arguments)
    return (subject.network, subject.tensor)
  }
  for name in ["--mode", "--residual"] where arguments.has(name) {
    throw UsageError("\(name) goes with a file")
  }
  guard let family = CaseFamily.named("softmax32") else {
    preconditionFailure("there is no family softmax32")
  }
  let layers = try arguments.integer("--layers", in: 1...64) ?? 6
  let tokens = try arguments.integer("--tokens", in: 1...1_024) ?? 64
  var choices = RandomChoices(seed: 0, stream: 0)
  let instance = family.make(&choices, layers: layers, tokens: tokens).instance
  guard case .tensor(let tensor, _) = instance else {
    preconditionFailure("the family softmax32 makes tensors")
  }
  return (instance.network, (tensor, .all))
}

extension Measurement {
  /// Times the task once; the kernel's share is in the time.
  fileprivate mutating func run(_ network: FlowNetwork, lambda: Rational, mu: Rational) throws {
    let clock = ContinuousClock()
    if task == .shapley { return try runShapley(network) }
    // A case answers each question once: every run has its own.
    let examination = Examination(network: network)
    if task == .uniqueness || task == .intervals { _ = examination.maximum }
    let start = clock.now
    switch task {
    case .maximumFlow: read(examination.maximum) { $0.value = $1.value }
    case .uniqueness: read(examination.undetermined) { $0.value = $1.maximum.value }
    case .intervals: read(examination.attributions) { $0.value = $1.flow.value }
    case .l2: read(examination.nearOptimum(.l2(lambda: lambda))) { $0.note($1) }
    case .barrier: read(examination.nearOptimum(.barrier(mu: mu))) { $0.note($1) }
    case .shapley, .float32, .int128, .pairwise: break
    }
    seconds.append((clock.now - start) / .seconds(1))
  }

  /// Times the values of all pairs; there is no certificate of them.
  fileprivate mutating func run(pairsOf tensor: EffectiveTensor) {
    let clock = ContinuousClock()
    let start = clock.now
    let values = pairwiseFlow(tensor)
    seconds.append((clock.now - start) / .seconds(1))
    value = values?.sum
  }

  /// Times the way from a tensor in memory to a certified maximum flow.
  fileprivate mutating func run(_ tensor: Float32Network, fractionBits: Int?) throws {
    let base = parts.isEmpty ? ProcessResources.resetPeak() : nil
    let run = try Float32Run(tensor, fractionBits: fractionBits)
    if let base, let peak = ProcessResources.peakMegabytes {
      bytesPerArc = (peak - base) * 0x1p20 / Double(tensor.layout.arcCount)
    }
    // Not the flow: what is kept from run to run would be new memory for each.
    parts.append(run.seconds)
    seconds.append(run.seconds.conversion + run.seconds.solution + run.seconds.check)
    switch run.judgement {
    case .accepted(let maximum): value = maximum.value
    case .rejected(let rejection): status = "refused by the kernel: \(rejection.first.summary)"
    }
  }

  /// Times the same problem in two widths.
  fileprivate mutating func run(_ pair: WidthPair) throws {
    let clock = ContinuousClock()
    func time(_ tensor: EffectiveTensor) throws -> (proof: Proof<MaximumFlow>, seconds: Double) {
      let start = ProcessResources.processorSeconds
      let network = try pair.network(of: tensor)
      let proof = Examination(network: network).maximum
      return (proof, ProcessResources.processorSeconds - start)
    }
    let narrow = try time(pair.narrow)
    read(narrow.proof) { _, _ in }
    let start = clock.now
    let wide = try time(pair.wide)
    seconds.append((clock.now - start) / .seconds(1))
    read(wide.proof) { $0.value = $1.value }
    widths.append((wide: wide.seconds, narrow: narrow.seconds))
  }

  /// Times all coalitions, the Shapley value and the flow that realises it.
  private mutating func runShapley(_ network: FlowNetwork) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let outcome: ShapleyFlowOutcome
    do throws(GameError) {
      let game = try GamePlayers.bottom.game(on: network)
      outcome = try findShapleyFlow(of: [game], proof: .checked)
    } catch {
      throw UsageError("--task shapley: \(error.sentence)")
    }
    seconds.append((clock.now - start) / .seconds(1))
    switch outcome {
    case .solved(let found) where found.realised.isEmpty: status = "no-shapley-flow"
    case .solved(let found):
      let table = found.solutions[0].table
      value = table[table.everyone]
    case .unfinished(let other): status = "unfinished: \(other)"
    case .refused(let rejection): status = "refused by the kernel: \(rejection.first.summary)"
    }
  }

  private mutating func read<Claim>(
    _ proof: Proof<Claim>, _ take: (inout Measurement, Claim) -> Void
  ) {
    switch proof {
    case .accepted(let claim): take(&self, claim)
    case .rejected(let rejection): status = "refused by the kernel: \(rejection.first.summary)"
    case .stopped: status = "work-limit-reached"
    case .gaveUp(let reason): status = reason
    }
  }

  private mutating func note(_ near: NearOptimum) {
    value = near.claim.circulation.value
    iterations = near.iterations
    certifiedRadius = near.claim.radius
  }

  /// The middle of the times.
  fileprivate var median: Double { middle(seconds) }

  /// How many times as long 128 bits take as 64, by the middle of each.
  fileprivate var widthRatio: Double? {
    widths.isEmpty ? nil : middle(widths.map(\.wide)) / middle(widths.map(\.narrow))
  }
}

private func middle(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

private func json(_ results: [Measurement], _ network: FlowNetwork) throws -> String {
  var writer = JSONWriter(.pretty)
  writer.object { writer in
    writer.field("nodes", network.nodeCount)
    writer.field("arcs", network.arcCount)
    if let megabytes = ProcessResources.peakMegabytes { writer.field("peakMegabytes", megabytes) }
    writer.arrayField("results") { writer in
      for result in results {
        writer.object { writer in
          writer.field("task", result.task.rawValue)
          writer.field("status", result.status)
          writer.field("seconds", result.seconds)
          writer.field("processorSeconds", result.processorSeconds)
          if !result.parts.isEmpty {
            writer.field("conversionSeconds", result.parts.map(\.conversion))
            writer.field("solutionSeconds", result.parts.map(\.solution))
            writer.field("checkSeconds", result.parts.map(\.check))
          }
          if let bytes = result.bytesPerArc { writer.field("bytesPerArc", bytes) }
          if let ratio = result.widthRatio {
            writer.field("wideProcessorSeconds", result.widths.map(\.wide))
            writer.field("narrowProcessorSeconds", result.widths.map(\.narrow))
            writer.field("widthRatio", ratio)
          }
          if let value = result.value { writer.field("value", value.nearestDouble) }
          if let iterations = result.iterations { writer.field("iterations", iterations) }
          if let radius = result.certifiedRadius {
            writer.field("certifiedRadius", radius.doubleRoundedUp)
          }
        }
      }
    }
  }
  return String(decoding: try writer.finish(), as: UTF8.self)
}

private func text(_ results: [Measurement], _ network: FlowNetwork) -> String {
  var table = Table([
    .init("task", isNumber: false), .init("status", isNumber: false), .init("median s"),
    .init("least s"), .init("most s"), .init("radius"), .init("bytes/arc"), .init("128/64 bits"),
  ])
  for result in results {
    table.add([
      result.task.rawValue, result.status, fixed(result.median, 4),
      fixed(result.seconds.min() ?? 0, 4), fixed(result.seconds.max() ?? 0, 4),
      result.certifiedRadius.map { short($0.doubleRoundedUp) } ?? "",
      result.bytesPerArc.map { fixed($0, 1) } ?? "", result.widthRatio.map { fixed($0, 2) } ?? "",
    ])
  }
  return network.nodeCount.counted("node") + ", " + network.arcCount.counted("arc") + "\n\n"
    + table.text()
}

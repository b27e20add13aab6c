// How long a solver takes, on fixed tensors of growing size. Each answer is judged like any other,
// so a solver that is fast because it is wrong is found here too. One request runs at a time. A
// solver that gives no answer within its deadline at one size is not asked at larger ones: how far
// it gets is what is reported, and being slow breaks no promise.
import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Networks
import Properties
import SolverInterface
import SolverProcess

/// Times of solvers on tensors that are the same in every run.
struct SizeTrial {
  /// What was timed, and what was wrong.
  struct Result {
    var times: [SolverCertificate.SizeTime] = []
    /// One tally per property of the table.
    var tallies: [CompactTally]
    /// What failed, on which case.
    var failures: [(property: Int, outcome: Outcome, instance: Instance, source: String)] = []
  }

  /// The solvers; timed one after the other on each tensor.
  let solvers: [SolverUnderTest]
  /// The properties of a certification of these solvers.
  let table: [Property]
  /// The numbers of tokens, growing.
  let sizes: [Int]

  /// The layers of every tensor.
  static let layers = 6
  /// The tensors of a size: enough for a spread, few enough for large ones.
  static let tensorsPerSize = 3
  /// How often an answer is timed at most; the least time is the one that counts.
  private static let repetitions = 5
  /// A tensor whose answers took this long together is not asked about again.
  private static let nanosecondsPerTensor: UInt64 = 1_000_000_000
  /// A stream of random numbers that no random case uses.
  private static let seed: UInt64 = 0x7369_7a65_73

  /// Runs the trial until it is done or interrupted.
  func run(isInterrupted: () -> Bool, progress: (_ tokens: Int) -> Void) -> Result {
    var result = Result(
      tallies: [CompactTally](repeating: CompactTally(), count: table.count))
    var active = Array(solvers.indices)
    for tokens in sizes {
      if isInterrupted() || active.isEmpty { break }
      progress(tokens)
      for index in active { solvers[index].forgetSlowness() }
      var entries = active.map { index in
        SolverCertificate.SizeTime(
          solver: solvers[index].name, layers: Self.layers, tokens: tokens,
          arcs: Arcs.layered(layers: Self.layers, tokens: tokens).count, outcome: "answered")
      }
      for number in 0..<Self.tensorsPerSize where !isInterrupted() {
        let instance = Self.instance(tokens, number)
        let runner = CaseRunner(table: table, z3: nil, isCertification: true)
        let examination = runner.examination(instance)
        for place in entries.indices where entries[place].outcome == "answered" {
          let solver = solvers[active[place]]
          guard solver.accepts(examination.network) else {
            entries[place].outcome = "declined"
            continue
          }
          judge(solver, examination, instance, number, into: &result)
          let status = examination.answerStatus(of: solver)
          if status == .optimal {
            time(solver, examination, &entries[place])
          } else {
            entries[place].outcome = status.words
          }
        }
      }
      result.times += entries.map { entry in
        var entry = entry
        if entry.outcome != "answered" {
          (entry.milliseconds, entry.values, entry.answers) = ([], [], [])
        }
        return entry
      }
      active = zip(active, entries).filter { $1.outcome == "answered" }.map(\.0)
    }
    return result
  }

  /// The tensor of a size and a number; its rows are softmax of random numbers, in binary32.
  private static func instance(_ tokens: Int, _ number: Int) -> Instance {
    guard let family = CaseFamily.named("softmax32") else {
      preconditionFailure("there is no family softmax32")
    }
    var choices = RandomChoices(seed: seed, stream: UInt64(number))
    guard
      case .tensor(let tensor, _) =
        family.make(&choices, layers: layers, tokens: tokens).instance
    else { preconditionFailure("softmax32 makes tensors") }
    return .tensor(tensor, .all)
  }

  /// Tries the properties about a solver that ask it once.
  private func judge(
    _ solver: SolverUnderTest, _ examination: Examination, _ instance: Instance, _ number: Int,
    into result: inout Result
  ) {
    for (index, property) in table.enumerated()
    where property.solver?.name == solver.name && property.period == 1
      && property.task == .maximumFlow
    {
      guard let outcome = property.outcome(on: examination) else {
        result.tallies[index].measures.skipped += 1
        continue
      }
      result.tallies[index].add(outcome.verdict)
      if let measure = outcome.measure { result.tallies[index].measures.add(measure) }
      if property.isFailed(by: outcome) {
        result.tallies[index].failed += 1
        let tokens = examination.tensor?.tokens ?? 0
        result.failures.append(
          (index, outcome, instance, "size L=\(Self.layers) T=\(tokens), tensor \(number)"))
      }
    }
  }

  /// Times a solver on a tensor about which it was asked before.
  private func time(
    _ solver: SolverUnderTest, _ examination: Examination,
    _ entry: inout SolverCertificate.SizeTime
  ) {
    let request = FlowRequest(
      network: examination.network, adjacency: examination.adjacency, limit: examination.limit)
    var least = UInt64.max
    var spent: UInt64 = 0
    var last: FlowAnswer?
    for _ in 0..<Self.repetitions where spent < Self.nanosecondsPerTensor {
      let start = monotonicNanoseconds()
      let answer = solver.solve(request)
      let taken = monotonicNanoseconds() - start
      guard answer.status == .optimal else {
        entry.outcome = answer.status.words
        return
      }
      least = min(least, taken)
      spent += taken
      last = answer
    }
    guard let last else { preconditionFailure("no answer was timed") }
    entry.milliseconds.append((Double(least) / 1e3).rounded() / 1e3)
    entry.values.append(last.value?.nearestDouble ?? 0)
    entry.answers.append(last.digest)
  }
}

extension FlowAnswer {
  /// SHA-256 over all numbers of the answer, in the words of a case.
  fileprivate var digest: String {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      if let value { writer.field("value", value) }
      if let flow { writer.field("flow", (0..<flow.count).map { flow[$0] }) }
      if let cut { writer.field("cut", (0..<cut.nodeCount).filter { cut.contains($0) }) }
      if let attribution {
        writer.field("attribution", (0..<attribution.count).map { attribution[$0] })
      }
      if let potentials {
        writer.field("potentials", (0..<potentials.count).map { potentials[$0] })
      }
    }
    do {
      return Digest.hexadecimal(of: try writer.finish())
    } catch {
      preconditionFailure("fractions hold no doubles, yet: \(error)")
    }
  }
}

extension AnswerStatus {
  /// Why there is no answer, in a few words.
  fileprivate var words: String {
    switch self {
    case .optimal: "answered"
    case .unsupported: "unsupported"
    case .workLimitReached: "work limit reached"
    case .gaveUp(let reason), .failed(let reason), .crashed(let reason), .timedOut(let reason):
      reason
    }
  }
}

import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Networks
import Properties
import SolverInterface
import Solvers
import SolverProcess
import Z3Bridge

/// The number of cases that the shrinker may try for one finding.
private let shrinkBudget = 3_000
/// When no further case is put to a solver in another process, where one may cost its deadline.
private let externalShrinkNanoseconds: UInt64 = 30_000_000_000

/// The simplest case on which a property fails as it does on a given one, and its outcome there.
///
/// The property stays the same, and so do its verdict and whether a solver crashed. A tensor on
/// which one solver in another process fails becomes a network if that has fewer arcs. When the run
/// is interrupted it is the smallest found so far: a try may cost a solver's deadline.
func shrinkCase(
  _ instance: Instance, _ property: Property, _ outcome: Outcome,
  isInterrupted: () -> Bool = { false }
) -> (instance: Instance, outcome: Outcome) {
  if isInterrupted() { return (instance, outcome) }
  guard let solver = property.solver as? SolverUnderTest else {
    return smallestCase(instance, property, outcome, isInterrupted)
  }
  return solver.insisting { smallestCase(instance, property, outcome, isInterrupted) }
}

private func smallestCase(
  _ instance: Instance, _ property: Property, _ outcome: Outcome, _ isInterrupted: () -> Bool
) -> (instance: Instance, outcome: Outcome) {
  let runner = CaseRunner(table: [property], z3: Z3Session())
  let isExternal = property.solver?.externalSolver != nil
  let end = isExternal ? monotonicNanoseconds() + externalShrinkNanoseconds : UInt64.max
  func stillFails(_ instance: Instance) -> Bool {
    if isInterrupted() || (isExternal && monotonicNanoseconds() > end) { return false }
    return runner.outcome(of: property, on: instance).map {
      property.isFailed(by: $0) && $0.verdict == outcome.verdict && $0.kind == outcome.kind
    } ?? false
  }
  let simplest: Instance
  switch instance {
  case .tensor(let tensor, let mode):
    let result = shrink(tensor, mode: mode, budget: shrinkBudget) { tensor, mode in
      stillFails(.tensor(tensor, mode))
    }
    let smallest = Instance.tensor(result.tensor, result.mode)
    // Whoever wrote the solver is helped most by the fewest arcs; a tensor has arcs of capacity 0.
    // Two solvers that differ do so on a tensor, whose tokens they may rank.
    let listed =
      isExternal && outcome.answers.count < 2
      ? shrink(smallest.network, budget: shrinkBudget) { stillFails(.network($0)) }.network
      : smallest.network
    simplest = listed.arcCount < smallest.network.arcCount ? .network(listed) : smallest
  case .network(let network):
    let result = shrink(network, budget: shrinkBudget) { stillFails(.network($0)) }
    simplest = .network(result.network)
  }
  if let last = runner.outcome(of: property, on: simplest), property.isFailed(by: last) {
    return (simplest, last)
  }
  // A solver that remembers earlier cases may do well now: what was seen first is kept.
  var first = outcome
  first.detail += " (did not happen again when the case was repeated)"
  return (instance, first)
}

/// The file of a case on which a property came out contrary to what is expected.
func makeCaseFile(
  _ instance: Instance, _ property: Property, _ outcome: Outcome, version: String,
  provenance: [CaseFile.Provenance], replay: CaseFile.Finding.Replay = .pass
) -> CaseFile {
  let examination = CaseRunner(table: [], z3: nil).examination(instance)
  let certified = examination.certified.claim
  return CaseFile(
    about: "Contrary to what is expected: \(property.statement)", version: version,
    provenance: provenance, statement: instance.statement,
    finding: CaseFile.Finding(
      property: property.name, expected: property.expected.rawValue,
      verdict: outcome.verdict.rawValue, replay: replay, detail: outcome.detail),
    claim: claim(of: property, outcome, examination),
    answer: certified.map { AnswerSummary($0.answer) }, proof: certified?.certificate,
    regularised: property.task.method.map { regularisedProofs($0, examination) } ?? [],
    game: property.task == .shapley ? GameProof(of: [.bottom], in: examination.network) : nil)
}

/// What the kernel accepts of a regularised flow; nothing if the solver did not get there.
func regularisedProofs(
  _ method: RegularisedMethod, _ examination: Examination
) -> [RegularisedProof] {
  guard let near = examination.nearOptimum(method).claim else { return [] }
  return [
    RegularisedProof(
      method: method, flow: near.claim.circulation.amounts, support: .near(near.certificate))
  ]
}

/// The answer of the solver that a finding is about: as it was judged, or else asked for.
///
/// Nil if there is no solver, or two of them whose answers differ.
private func claim(
  of property: Property, _ outcome: Outcome, _ examination: Examination
) -> CaseFile.SolverClaim? {
  guard let solver = property.solver, outcome.answers.count < 2 else { return nil }
  if let judged = outcome.answers.first { return CaseFile.SolverClaim(judged, property.task) }
  let answer = solver.solve(
    FlowRequest(
      task: property.task, network: examination.network, adjacency: examination.adjacency,
      limit: examination.limit))
  return CaseFile.SolverClaim(
    JudgedAnswer(answer, of: solver.name, contract: solver.contract), property.task)
}

extension CaseFile.SolverClaim {
  /// An answer as it stands in a file.
  init(_ judged: JudgedAnswer, _ task: FlowTask) {
    self.init(
      solver: judged.solver, tolerance: judged.contract.tolerance, question: task.question,
      value: judged.value, flow: judged.flow, cut: judged.cut, attribution: judged.attribution,
      potentials: judged.potentials,
      returns: judged.contract.returns.map { promised in
        AnswerPromise.allCases.filter(promised.contains).map(\.rawValue)
      })
  }

  /// The answer again, with what was promised of it.
  var judged: JudgedAnswer {
    JudgedAnswer(
      FlowAnswer(
        status: .optimal, value: value, flow: flow, cut: cut, attribution: attribution,
        potentials: potentials), of: solver,
      contract: Contract(
        tolerance: tolerance,
        returns: returns.map { Set($0.compactMap { AnswerPromise(rawValue: $0) }) }))
  }

  /// Whether there is nothing in it that could be judged.
  var isEmpty: Bool {
    value == nil && flow == nil && cut == nil && attribution == nil && potentials == nil
  }
}

extension CaseRunner {
  /// The outcome of one property on a case; nil if it does not apply.
  func outcome(of property: Property, on instance: Instance) -> Outcome? {
    property.outcome(on: examination(instance))
  }
}

extension FlowTask {
  /// What is asked, in the words of a case.
  fileprivate var question: CaseFile.SolverClaim.Question {
    switch self {
    case .maximumFlow: .maximumFlow
    case .l2(let lambda): .regularised(.l2(lambda: lambda))
    case .barrier(let mu): .regularised(.barrier(mu: mu))
    case .shapley: .shapley
    }
  }
}

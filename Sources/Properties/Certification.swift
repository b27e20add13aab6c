// The table of claims as `flowcheck certify` sees it: one property for each promise of a solver,
// and what is asked beside them. Whatever a solver returns is judged; what it does not promise is a
// fact, counted and never a failure.
import Checker
import ExactArithmetic
public import SolverInterface

/// The arcs from which on a solver that gives no answer in time may simply be slow.
///
/// On fewer, whoever needs seconds runs round in a loop: see `isAmple`.
public let slownessArcCount = 1_000

/// The table for certifying a solver, or two beside each other.
///
/// A property is called by its name in a certificate, a slash, and the solver.
///
/// - Parameters:
///   - solvers: the solver, or two to be compared; their names differ.
///   - tasks: the kinds of flows that it is about.
/// - Returns: the table, in the order in which it is tried and printed.
public func certification(
  of solvers: [any FlowSolver], tasks: Set<FlowTask.Kind> = Set(FlowTask.Kind.allCases)
) -> [Property] {
  var table: [Property] = []
  for solver in solvers {
    if tasks.contains(.maximumFlow) && solver.tasks.contains(.maximumFlow) {
      table += [answerProperty(solver), inTimeFact(solver)]
      table += AnswerPromise.allCases.filter { promise in
        // A quality that is not promised is not looked at.
        promise.isField || solver.contract.isBound(by: promise)
      }.map { promiseProperty($0, of: solver) }
      table += [repeatProperty(solver), sameAgainFact(solver)]
    }
  }
  let others = battery(solvers: solvers, tasks: tasks.subtracting([.maximumFlow]), z3: .never)
  table += others.filter { $0.solver != nil }.map(\.forgivingSlowness)
  if solvers.count == 2, tasks.contains(.maximumFlow) {
    table += differentialProperties(solvers[0], solvers[1])
  }
  if tasks.contains(.maximumFlow) { table.append(attributionWidthFact()) }
  return table
}

/// The property that a solver answers, in the form of the protocol and in time.
private func answerProperty(_ solver: any FlowSolver) -> Property {
  Property(
    name: "answer/\(solver.name)",
    statement: "Every request is answered in time and in the form of the protocol.",
    source: "docs/protocol.md", solver: solver, applies: { solver.accepts($0.network) },
    run: { examination in
      let seen = examination.examined(solver)
      if seen.answer.status == .optimal { return .holds }
      return seen.withoutAnswer(examination).resting(on: seen.answer, of: solver)
    })
}

/// The fact that a solver is fast enough for large networks.
private func inTimeFact(_ solver: any FlowSolver) -> Property {
  Property(
    name: "in-time/\(solver.name)",
    statement: "Networks of \(slownessArcCount) arcs and more are answered within the deadline.",
    source: "docs/certify.md", isFact: true, solver: solver,
    applies: { examination in
      // A solver that was too slow a moment ago declines by now.
      examination.network.arcCount >= slownessArcCount
        && (examination.wasAsked(solver) || solver.accepts(examination.network))
    },
    run: { examination in
      switch examination.examined(solver).answer.status {
      case .optimal: .holds
      case .timedOut(let reason): .refuted(reason)
      default: .skipped("no answer for another reason")
      }
    })
}

/// The property that a promise about maximum flows is kept; a fact if nobody promises it.
private func promiseProperty(_ promise: AnswerPromise, of solver: any FlowSolver) -> Property {
  Property(
    name: "\(promise.rawValue)/\(solver.name)", statement: promise.statement,
    source: "[FF], max-flow min-cut theorem",
    isFact: !solver.contract.isBound(by: promise), solver: solver,
    applies: { solver.accepts($0.network) },
    run: { examination in
      let seen = examination.examined(solver)
      guard seen.answer.status == .optimal else { return .skipped("no answer") }
      let wrong = seen.judgement.broken + seen.judgement.brokenUnpromised
      if let field = wrong.first(where: { $0.promise == promise }) {
        var outcome = Outcome.refuted(field.reason).resting(on: seen.answer, of: solver)
        outcome.measure = seen.residual(promise)
        return outcome
      }
      guard seen.answer.has(promise) else { return .skipped("the answer has none") }
      if seen.judgement.isUndecided { return .inconclusive("the exact value is not known") }
      var outcome = Outcome.holds
      outcome.measure = seen.residual(promise)
      return outcome
    })
}

/// The property that a solver keeps its promises when it is asked the same again.
///
/// Two right answers have the same value within the tolerance, and need not be the same flow.
private func repeatProperty(_ solver: any FlowSolver) -> Property {
  Property(
    name: "repeat/\(solver.name)",
    statement: "The same request, asked again after another one, is answered as well.",
    source: "docs/certify.md", solver: solver, applies: { solver.accepts($0.network) },
    run: { examination in
      let seen = examination.examined(solver)
      // What is wrong the first time is told by the properties about promises.
      guard seen.answer.status == .optimal, seen.judgement.isKept else {
        return .skipped("the first answer")
      }
      let second = seen.secondAnswer
      guard second.status == .optimal else {
        return seen.withoutAnswer(second, examination).resting(on: second, of: solver)
      }
      return Outcome(seen.judge(second)).resting(on: second, of: solver)
    }
  ).onTurn(1, of: repeatPeriod)
}

/// The fact that a solver answers the same request with the same numbers.
private func sameAgainFact(_ solver: any FlowSolver) -> Property {
  Property(
    name: "same-again/\(solver.name)",
    statement: "The same request, asked again after another one, has the same answer.",
    source: "docs/certify.md", isFact: true, solver: solver,
    applies: { solver.accepts($0.network) },
    run: { examination in
      let seen = examination.examined(solver)
      guard seen.answer.status == .optimal, seen.judgement.isKept,
        seen.secondAnswer.status == .optimal
      else { return .skipped("no two answers") }
      let first = JudgedAnswer(seen.answer, of: solver.name, contract: solver.contract)
      let second = JudgedAnswer(seen.secondAnswer, of: solver.name, contract: solver.contract)
      return .test(first == second, "the numbers differ")
    }
  ).onTurn(1, of: repeatPeriod)
}

/// Every so many cases one is asked again, which takes two more requests.
private let repeatPeriod = 4

/// The fact that the cases leave attributions no choice; the measure is the widest interval.
private func attributionWidthFact() -> Property {
  Property(
    name: "attribution-width",
    statement: "All maximum flows of the case have the same attributions.",
    source: "this project, attribution intervals", isFact: true,
    applies: { $0.isSmall },
    run: { examination in
      examination.maximum.outcome { maximum in
        examination.attributions.outcome { intervals in
          guard !maximum.value.isZero else { return .skipped("no flow") }
          var outcome = Outcome.test(intervals.isUnique, "they differ")
          outcome.measure = (intervals.widthMaximum / maximum.value).nearestDouble
          return outcome
        }
      }
    }
  ).onTurn(2, of: widthPeriod)
}

/// Every so many cases the exact intervals of one are computed.
private let widthPeriod = 8

extension SolverExamination {
  /// The outcome of the first answer, which is none.
  fileprivate func withoutAnswer(_ examination: Examination) -> Outcome {
    withoutAnswer(answer, examination)
  }

  /// The outcome of an answer that is none; slowness on a large network is no failure.
  fileprivate func withoutAnswer(_ answer: FlowAnswer, _ examination: Examination) -> Outcome {
    if case .timedOut = answer.status, network.arcCount >= slownessArcCount {
      return .skipped("too slow")
    }
    return answer.outcomeWithoutAnswer(examination.limit, network) ?? .holds
  }
}

extension Property {
  /// The same property, for which no answer in time about a large network is no failure.
  fileprivate var forgivingSlowness: Property {
    let original = run
    return Property(
      name: name, statement: statement, source: source, expected: expected, isFact: isFact,
      period: period, phase: phase, isSampled: isSampled, solver: solver, task: task,
      applies: applies,
      run: { examination in
        let outcome = original(examination)
        let isSlow = outcome.kind == .hang && examination.network.arcCount >= slownessArcCount
        return isSlow ? .skipped("too slow") : outcome
      })
  }
}

extension FlowAnswer {
  /// Whether there is a field for a promise to be about.
  fileprivate func has(_ promise: AnswerPromise) -> Bool {
    switch promise {
    case .value: value != nil
    case .flow, .acyclicFlow: flow != nil
    case .cut, .minimalCut: cut != nil
    case .potentials: potentials != nil
    case .attribution: attribution != nil
    }
  }
}

extension Contract {
  /// Whether a field of a maximum flow that is wrong or missing breaks a promise.
  fileprivate func isBound(by promise: AnswerPromise) -> Bool {
    promises(promise) || requires(promise, of: .maximumFlow)
  }
}

extension AnswerPromise {
  /// The promise about maximum flows in a sentence.
  fileprivate var statement: String {
    switch self {
    case .value: "The value is that of a maximum flow."
    case .flow: "The flow keeps the capacities, is conserved, and has the maximum value."
    case .cut: "The cut separates source and sink, and its capacity is the maximum value."
    case .potentials: "The potentials prove the flow optimal."
    case .attribution: "The attribution is the flow on the arcs into the sink."
    case .minimalCut: "The cut has the smallest source side of all minimum cuts."
    case .acyclicFlow: "The flow runs round no directed cycle."
    }
  }
}

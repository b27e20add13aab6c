import Campaign
import CaseFiles
import Checker
import ExactArithmetic
import Networks
import Properties
import SolverInterface
import Z3Bridge

/// Everything that `check` answers.
struct CheckReport {
  /// A pair of maximum flows that differ.
  struct Witness {
    let engine: String
    let arcsChanged: Int
    let attributionChange: Rational
    let first: ExactVector
    let second: ExactVector
  }

  /// A property with its outcome.
  struct Trial {
    let property: Property
    let outcome: Outcome
  }

  let answer: AnswerSummary
  let proof: FlowCertificate
  let witness: Witness?
  let regularised: [RegularisedReport]
  let trials: [Trial]

  /// Answers everything about a case; the kernel accepts every part.
  init(
    _ subject: Subject, _ examination: Examination, _ methods: [RegularisedMethod], asksZ3: Bool
  ) throws {
    switch examination.certified {
    case .accepted((let certified, let certificate)):
      answer = AnswerSummary(certified)
      proof = certificate
      witness = Witness(certified, certificate)
    case .rejected(let rejection): throw InternalError.refused(rejection.first.summary)
    case .stopped: throw InternalError.refused("a solver stopped without a work limit")
    case .gaveUp(let reason): throw InternalError.refused(reason)
    }
    let table = battery(
      solvers: InProcessSolver.all, tasks: [.maximumFlow, .shapley],
      z3: asksZ3 ? .always : .never)
    examination.exactArcLimit = Self.exactArcLimit
    examination.regularisedArcLimit = Int.max
    examination.gamePlayerLimit = Self.gamePlayerLimit
    regularised = try methods.map {
      try RegularisedReport($0, examination, asksZ3: asksZ3)
    }
    trials = (table + methods.flatMap(regularisedProperties)).filter { $0.applies(examination) }.map
    { property in
      Trial(property: property, outcome: property.run(examination))
    }
  }

  /// The largest network whose quadratic optima are computed in fractions as well: seconds.
  private static let exactArcLimit = 2_000

  /// The most players whose flow game is gone through, coalition by coalition: as many as a
  /// certificate holds whole.
  private static let gamePlayerLimit = 8

  /// The certificate of everything in the answer.
  func certificate(_ subject: Subject, about: String) -> CaseFile {
    CaseFile(
      about: about, version: flowcheckVersion, provenance: subject.provenance,
      statement: subject.statement, answer: answer, proof: proof,
      regularised: regularised.compactMap(\.proof))
  }

  /// How `check` ends, after saying which requirements are not met.
  func exitCode(_ requirements: [Requirement]) -> ExitCode {
    if let trial = trials.first(where: { $0.outcome.isContradiction }) {
      Console.note("internal error: \(trial.property.name): \(trial.outcome.detail)")
      return .internalError
    }
    if let failure = regularised.first(where: \.isContradiction) {
      Console.note("internal error: \(failure.method.name) flow: \(failure.status)")
      return .internalError
    }
    let unmet = requirements.compactMap { $0.failure(answer) }
    unmet.forEach { Console.note("requirement not met: \($0)") }
    let failed = trials.filter { $0.property.isFailed(by: $0.outcome) }
    failed.forEach { Console.note("failed: \($0.property.name): \($0.outcome.detail)") }
    if !unmet.isEmpty || !failed.isEmpty { return .failed }
    let isKnown = regularised.allSatisfy { $0.flow.claim != nil }
    // Nobody asked for facts, so one that stays open leaves nothing open.
    let isOpen = trials.contains {
      !$0.property.isFact && $0.outcome.verdict == .inconclusive
    }
    return !isKnown || isOpen ? .inconclusive : .success
  }
}

/// A bug in this program that was caught.
enum InternalError: Error, CustomStringConvertible {
  case refused(String)

  var description: String {
    switch self {
    case .refused(let reason): "the kernel refused this program's own certificate: \(reason)"
    }
  }
}

extension CheckReport.Witness {
  /// The most telling pair of maximum flows; nil if there is only one.
  ///
  /// The extremal flows of the widest interval if attributions differ, else the second flow of
  /// the certificate, which differs on every undetermined arc.
  init?(_ certified: CertifiedAnswer, _ certificate: FlowCertificate) {
    guard !certified.undetermined.isUnique else { return nil }
    let maximum = certified.maximum
    let intervals = certified.attributions
    let widths = zip(intervals.maxima, intervals.minima).map { $0 - $1 }
    guard let width = widths.max(), !width.isZero,
      let token = widths.firstIndex(of: width)
    else {
      self.init(maximum, certified.undetermined.second.amounts)
      return
    }
    let ends = certificate.intervals[token]
    let least = maximum.flow.amounts.changed(by: ends.minimum)
    let most = maximum.flow.amounts.changed(by: ends.maximum)
    self.init(maximum, least, most)
  }

  private init?(_ maximum: MaximumFlow, _ second: ExactVector) {
    self.init(maximum, maximum.flow.amounts, second)
  }

  /// The pair if the kernel accepts both as maximum flows that differ.
  private init?(_ maximum: MaximumFlow, _ first: ExactVector, _ second: ExactVector) {
    guard let start = checkFeasible(first, in: maximum.flow.network).claim,
      let base = checkMaximum(start, cut: maximum.cut).claim,
      let pair = checkDistinct(base, second).claim
    else { return nil }
    self.init(
      engine: "residual", arcsChanged: pair.arcsChanged.count,
      attributionChange: pair.attributionChange, first: first, second: second)
  }
}

extension ExactVector {
  /// The flow with the changes of an extremal flow added.
  func changed(by extremal: ExtremalFlow) -> ExactVector {
    ChangedFlow(arcs: extremal.arcs).run(on: self, extremal.differences)
  }
}

/// A flow with changes on some arcs added. Vectors: the flow, the changes.
private struct ChangedFlow: ExactTask {
  let arcs: [Int32]

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    var amounts = numerators[0]
    for (arc, change) in zip(arcs, numerators[1]) { amounts[Int(arc)] += change }
    return Number.vector(amounts, over: denominator)
  }
}

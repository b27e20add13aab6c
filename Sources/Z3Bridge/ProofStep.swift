/// The logics of SMT-LIB 2 in which steps are stated.
public enum SMTLibLogic: String, Sendable, Hashable, CaseIterable {
  /// Linear real arithmetic without quantifiers.
  case linearReal = "QF_LRA"
  /// Polynomial real arithmetic without quantifiers.
  case nonlinearReal = "QF_NRA"
}

/// What a solver says about a text, without a model.
public enum StepVerdict: Sendable, Hashable {
  /// The assertions hold together.
  case satisfiable
  /// They cannot all hold.
  case unsatisfiable
  /// The solver stopped before it knew; the reason is for people only.
  case unknown(reason: String)

  /// The answer as solvers print it: `sat`, `unsat` or `unknown`.
  public var name: String {
    switch self {
    case .satisfiable: "sat"
    case .unsatisfiable: "unsat"
    case .unknown: "unknown"
    }
  }
}

/// One step of a proof: a text, what it has to be, and what Z3 said.
///
/// Z3 was given exactly this text, so that another solver can repeat the step.
public struct ProofStep: Sendable, Hashable {
  /// What a step is called within its proof.
  public let name: String
  /// What is established if the verdict is the expected one, in a sentence.
  public let claim: String
  /// The logic that the text sets.
  public let logic: SMTLibLogic
  /// The SMT-LIB 2 text, ending in `(check-sat)`.
  public let smtlib: String
  /// The verdict on which the proof depends: `sat` or `unsat`.
  public let expected: StepVerdict
  /// The verdict of Z3.
  public let verdict: StepVerdict
  /// What it has cost.
  public let effort: Z3Effort

  /// Whether Z3 said what the proof needs.
  public var isConfirmed: Bool { verdict == expected }
}

/// What follows from the steps of a proof.
public enum ProofVerdict: Sendable, Hashable {
  /// Every step has the expected verdict.
  case proved
  /// This step has the opposite verdict: the proof is wrong, which refutes nothing by itself.
  case failed(step: String)
  /// No step failed, but this one was left undecided.
  case unknown(step: String)
}

/// An argument that a circulation problem has at most one answer, step by step.
///
/// The steps and how they fit together are described where they are made:
/// ``proveUniqueness(of:flow:duals:budget:)`` and
/// ``proveBarrierUniqueness(of:interior:budget:)``.
public struct UniquenessProof: Sendable, Hashable {
  /// The solver that ran the steps.
  public let solver: String
  /// Its version.
  public let solverVersion: String
  /// The steps, in the order of the argument.
  public let steps: [ProofStep]

  /// What the verdicts of the steps amount to.
  public var verdict: ProofVerdict {
    var undecided: String?
    for step in steps where !step.isConfirmed {
      guard case .unknown = step.verdict else { return .failed(step: step.name) }
      undecided = undecided ?? step.name
    }
    return undecided.map { .unknown(step: $0) } ?? .proved
  }

  /// The steps that Z3 counted over all.
  public var resourceCount: UInt64 { steps.reduce(0) { $0 + $1.effort.resourceCount } }
}

/// A step that has been written but not yet run.
struct ProposedStep {
  let name: String
  let claim: String
  let logic: SMTLibLogic
  let smtlib: String
  var expected: StepVerdict = .unsatisfiable

  /// Has Z3 decide the text.
  func run(budget: Z3Budget) throws(Z3Error) -> ProofStep {
    let answer = try decideStep(smtlib, logic: logic, budget: budget)
    return ProofStep(
      name: name, claim: claim, logic: logic, smtlib: smtlib, expected: expected,
      verdict: answer.answer, effort: answer.effort)
  }
}

extension UniquenessProof {
  /// Runs the steps one by one, each with the whole budget.
  ///
  /// A step that is not confirmed ends the proof: what comes after it would prove nothing.
  init(running proposed: [ProposedStep], budget: Z3Budget) throws(Z3Error) {
    var steps: [ProofStep] = []
    for step in proposed {
      let done = try step.run(budget: budget)
      steps.append(done)
      guard done.isConfirmed else { break }
    }
    solver = "Z3"
    solverVersion = z3Version
    self.steps = steps
  }
}

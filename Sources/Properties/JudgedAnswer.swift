public import Checker
public import ExactArithmetic
public import SolverInterface

/// The numbers of an answer that an outcome rests on, and whose they are.
public struct JudgedAnswer: Sendable, Hashable {
  /// The solver's name.
  public var solver: String
  /// What it promises.
  public var contract: Contract
  /// The value that it claims.
  public var value: Rational?
  /// The flow, one entry per arc.
  public var flow: ExactVector?
  /// The source side of its cut.
  public var cut: NodeSet?
  /// What it says about the arcs into the sink.
  public var attribution: ExactVector?
  /// Its potentials, one entry per node.
  public var potentials: ExactVector?

  /// The numbers of an answer, held to a contract.
  public init(_ answer: FlowAnswer, of solver: String, contract: Contract) {
    self.solver = solver
    self.contract = contract
    value = answer.value
    flow = answer.flow
    cut = answer.cut
    attribution = answer.attribution
    potentials = answer.potentials
  }

  /// The numbers as an answer that is to be judged.
  public var answer: FlowAnswer {
    FlowAnswer(
      status: .optimal, value: value, flow: flow, cut: cut, attribution: attribution,
      potentials: potentials)
  }
}

extension Outcome {
  /// The same outcome with the answer that it rests on, unless it is as everybody expects.
  func resting(on answer: FlowAnswer, of solver: any FlowSolver) -> Outcome {
    guard verdict != .holds, !isSkipped else { return self }
    var outcome = self
    outcome.answers = [JudgedAnswer(answer, of: solver.name, contract: solver.contract)]
    return outcome
  }
}

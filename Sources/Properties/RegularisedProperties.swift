// Regularised flows: what a solver promises, and what is true of the optimum itself. Weights are
// binary fractions, so that a solver that takes doubles is asked the same question.
public import Checker
import ExactArithmetic
public import SolverInterface

/// The weights with which a campaign asks for regularised flows.
enum CampaignWeights {
  /// Of the squares: inside the exact range of most small networks, and outside it.
  static let lambda = [Rational(1, 128), Rational(1, 4)]
  /// Of the logarithms.
  static let mu = [Rational(1, 1024), Rational(1, 8)]
  /// What a solver of regularised flows is asked.
  static let questions = lambda.map { FlowTask.l2(lambda: $0) } + mu.map { .barrier(mu: $0) }
}

/// Every property about a solver: one for each of its tasks and each weight of a campaign.
public func solverProperties(_ solver: any FlowSolver) -> [Property] {
  (solver.tasks.contains(.maximumFlow) ? [solverProperty(solver)] : [])
    + CampaignWeights.questions.flatMap { regularised([solver], $0) }
    + (solver.tasks.contains(.shapley) ? [shapleySolverProperty(solver)] : [])
}

/// The number of cases on which each regularised property is tried once.
private let regularisedPeriod = 96

/// The properties of regularised flows, each on its own turn.
func regularisedProperties(
  solvers: [any FlowSolver], tasks: Set<FlowTask.Kind>, z3: Z3Policy
) -> [Property] {
  let questions = CampaignWeights.questions.filter { tasks.contains($0.kind) }
  // A solver from elsewhere is what the campaign is about: each case asks it one of the questions.
  let others = solvers.filter { !($0 is InteriorPointSolver) }
  let asked = questions.enumerated().flatMap { turn, question in
    regularised(others, question).map { $0.onTurn(turn, of: questions.count) }
  }
  var own = questions.flatMap { regularised(solvers.filter { $0 is InteriorPointSolver }, $0) }
  if tasks.contains(.l2) { own += CampaignWeights.lambda.flatMap(l2Properties) + l1Properties() }
  if tasks.contains(.barrier) {
    own += CampaignWeights.mu.flatMap(barrierProperties) + [centralProperty()]
  }
  let timed = own.enumerated().map { $1.onTurn($0 % regularisedPeriod, of: regularisedPeriod) }
  guard z3 != .never else { return asked + timed }
  return asked + timed + z3RegularisedProperties(tasks, period: (z3.period ?? 1) * 40)
}

/// The properties of the solvers that do a task.
private func regularised(_ solvers: [any FlowSolver], _ task: FlowTask) -> [Property] {
  solvers.filter { $0.tasks.contains(task.kind) }.map { regularisedSolverProperty($0, task) }
}

/// A weight in the name of a property: a power of two as one, another as the nearest decimal.
func weightText(_ weight: Rational) -> String {
  for exponent in 0...32 where weight == Rational(1, BigInteger.powerOfTwo(exponent)) {
    return "2^-\(exponent)"
  }
  return "\(weight.nearestDouble)"
}

/// The property that a solver keeps its contract on a regularised task.
public func regularisedSolverProperty(_ solver: any FlowSolver, _ task: FlowTask) -> Property {
  let weight = task.method?.weight ?? 0
  return Property(
    name: "\(task.kind.rawValue)/\(solver.name)@\(weightText(weight))",
    statement: "\(solver.name) returns the unique \(task.kind.rawValue) of weight "
      + "\(weightText(weight)) within its tolerance.",
    source: "[U], with the signs of [F]", isSampled: true, solver: solver, task: task,
    applies: {
      solver.tasks.contains(task.kind) && solver.accepts($0.network) && $0.isWithinRegularisedReach
    },
    run: { judgeRegularisedFlow(solver, task, $0) })
}

/// Whether an answer keeps the contract, beside a flow that the kernel accepted.
private func judgeRegularisedFlow(
  _ solver: any FlowSolver, _ task: FlowTask, _ examination: Examination
) -> Outcome {
  guard let method = task.method else { return .inconclusive("no regularised task") }
  let statement = solver.statement(of: examination.network)
  let network = statement ?? examination.network
  let answer = solver.solve(
    FlowRequest(
      task: task, network: examination.network, adjacency: examination.adjacency,
      limit: examination.limit))
  if let outcome = answer.outcomeWithoutAnswer(examination.limit, network) {
    return outcome.resting(on: answer, of: solver)
  }
  let maximum =
    statement.map { provedMaximum($0, examination.adjacency, examination.limit) }
    ?? examination.maximum
  let reference =
    statement.map { provedNearOptimum(method, $0, examination.limit) }
    ?? examination.nearOptimum(method)
  return maximum.outcome { maximum in
    reference.outcome { reference in
      Outcome(
        judgeRegularised(
          answer, contract: solver.contract, reference: reference.claim, maximum: maximum.value)
      ).resting(on: answer, of: solver)
    }
  }
}

extension RegularisedMethod {
  /// The weight of the convex term; that of the flow itself where there is none.
  var weight: Rational {
    switch self {
    case .l1(let weight), .l2(let weight), .l1l2(_, let weight), .barrier(let weight): weight
    case .central: 1
    }
  }
}

/// What is true of the flow of a method with any weight, for one case of a user.
public func regularisedProperties(_ method: RegularisedMethod) -> [Property] {
  switch method {
  case .l2(let lambda):
    [regularisedSolverProperty(InteriorPointSolver(), .l2(lambda: lambda))] + l2Properties(lambda)
  case .barrier(let mu):
    [regularisedSolverProperty(InteriorPointSolver(), .barrier(mu: mu))] + barrierProperties(mu)
  case .l1, .l1l2, .central: []
  }
}

extension Examination {
  /// Whether a regularised flow of this case takes no longer than the rest of a campaign's checks.
  var isWithinRegularisedReach: Bool { network.arcCount <= regularisedArcLimit }

  /// Whether exact linear algebra on this case is quick.
  var isWithinExactReach: Bool { network.arcCount <= exactArcLimit }
}

public import SolverInterface
import Solvers

/// How often Z3 is asked in a campaign.
public enum Z3Policy: String, Sendable, Hashable, CaseIterable {
  /// On every case, for a second flow; the other questions on one case in four.
  case always
  /// A fiftieth of that.
  case sample
  /// Never.
  case never

  /// The period of the Z3 properties; nil for never.
  var period: Int? {
    switch self {
    case .always: 1
    case .sample: 50
    case .never: nil
    }
  }
}

/// The table of claims: what is tried on every case.
///
/// - Parameters:
///   - solvers: the solvers under test, each with a property of its own for each of its tasks.
///   - tasks: the kinds of flows that it is about.
///   - z3: how often Z3 is asked.
/// - Returns: the table, in the order in which it is tried and printed.
public func battery(
  solvers: [any FlowSolver], tasks: Set<FlowTask.Kind> = Set(FlowTask.Kind.allCases), z3: Z3Policy
) -> [Property] {
  let maximumFlow =
    tasks.contains(.maximumFlow) ? maximumFlowBattery(solvers: solvers, z3: z3) : []
  return maximumFlow + regularisedProperties(solvers: solvers, tasks: tasks, z3: z3)
    + gameProperties(solvers: solvers, tasks: tasks)
}

/// The part of the table that is about maximum flows.
private func maximumFlowBattery(solvers: [any FlowSolver], z3: Z3Policy) -> [Property] {
  solvers.filter { $0.tasks.contains(.maximumFlow) }.map(timedSolverProperty)
    + uniquenessProperties() + (z3.period.map(z3Properties) ?? []) + closedForms() + relations()
}

/// The property of a solver; those of this package take turns, so that a case does not cost the sum
/// of all of them.
///
/// Dinic's algorithm on exact numbers is tried on every case, since every case is solved with it
/// anyway; the others on one in four each. Two on doubles have one turn, since they share the
/// rounded capacities, on odd cases, since the even ones have the relations. Solvers of others are
/// tried on every case.
private func timedSolverProperty(_ solver: any FlowSolver) -> Property {
  let property = solverProperty(solver)
  guard let own = solver as? InProcessSolver else { return property }
  return switch (own.algorithm, own.numbers) {
  case (.dinic, .exact): property
  case (.edmondsKarp, .exact): property.onTurn(0, of: 4)
  case (.dinic, .double), (.layered, .double): property.onTurn(1, of: 4)
  case (.pushRelabel, .exact), (.layered, .exact): property.onTurn(2, of: 4)
  case (.edmondsKarp, .double), (.pushRelabel, .double): property.onTurn(3, of: 4)
  }
}

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

/// The table of the maximum-flow battery: what is tried on every case.
///
/// - Parameters:
///   - solvers: the solvers under test, each with a property of its own.
///   - z3: how often Z3 is asked.
/// - Returns: the table, in the order in which it is tried and printed.
public func maximumFlowBattery(solvers: [any FlowSolver], z3: Z3Policy) -> [Property] {
  solvers.map(timedSolverProperty) + uniquenessProperties() + (z3.period.map(z3Properties) ?? [])
    + closedForms() + relations()
}

/// The property of a solver; Edmonds-Karp on doubles, which takes longest, on one case in four.
private func timedSolverProperty(_ solver: any FlowSolver) -> Property {
  let property = solverProperty(solver)
  guard let own = solver as? InProcessSolver, own.algorithm == .edmondsKarp,
    own.numbers == .double
  else { return property }
  return property.onTurn(0, of: 4)
}

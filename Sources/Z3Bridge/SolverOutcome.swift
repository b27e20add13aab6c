/// What a solver says about its assertions.
public enum SolverOutcome<Model> {
  /// They hold together, for example in this model.
  case satisfiable(Model)
  /// They cannot all hold.
  case unsatisfiable
  /// The solver stopped before it knew.
  ///
  /// The reason is for people: its wording varies, and nothing may be decided by it.
  case unknown(reason: String)
}

extension SolverOutcome: Sendable where Model: Sendable {}
extension SolverOutcome: Equatable where Model: Equatable {}

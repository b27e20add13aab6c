import SolverInterface

/// A named fault of a configurable solver; without one the solver is correct.
protocol Fault: CaseIterable, RawRepresentable, Sendable where RawValue == String {
  /// What goes wrong, in one sentence, and the real bug that it is modelled on.
  var about: String { get }
  /// The numbers in which the fault shows.
  var numbers: InProcessSolver.Numbers { get }
  /// Whether it is in a certificate and nowhere else; the protocol has no field for one.
  var isInCertificateAlone: Bool { get }
}

extension Fault {
  var isInCertificateAlone: Bool { false }
}

/// A solver that is correct but for at most one fault.
protocol ConfigurableSolver: Sendable {
  /// The faults that it can have.
  associatedtype Kind: Fault
  /// The family under which they are listed.
  static var family: Mutant.Family { get }
  /// A solver with one fault, or none.
  init(_ fault: Kind?, _ numbers: InProcessSolver.Numbers)
  /// Solves a problem, wrongly if the fault shows.
  func solve(_ request: FlowRequest) -> FlowAnswer
}

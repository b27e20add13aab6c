public import Checker
public import SolverInterface
import Solvers

/// A solver with one named fault.
///
/// Mutants measure the test suite: a suite that lets one of them pass would let the same bug pass
/// in somebody's library. They promise what a correct solver of their kind promises, and terminate
/// on every network, if only at the work limit.
public struct Mutant: FlowSolver {
  /// The solver that carries a fault; there is one configurable solver in each family.
  public enum Family: String, Sendable, Hashable, CaseIterable {
    /// Shortest augmenting paths.
    case augmentingPath = "augmenting-path"
    /// Blocking flows in level graphs.
    case blockingFlow = "blocking-flow"
    /// Preflows, first in first out.
    case pushRelabel = "push-relabel"
    /// What an adapter makes of the network before it hands it on.
    case adapter
    /// The numbers in which an adapter hands the network on.
    case numbers
    /// What is said of a correct flow.
    case report
    /// Regularised flows.
    case regularised
    /// Shapley values.
    case shapley
  }

  /// The name: the family, a slash, and the fault.
  public let name: String
  /// The family.
  public let family: Family
  /// What goes wrong, in one sentence, and the real bug that it is modelled on.
  public let about: String
  /// What it promises.
  public let contract: Contract
  /// Whether its fault is in a certificate alone, so that nobody sees it through the protocol.
  public let isInCertificateAlone: Bool

  private let numbers: InProcessSolver.Numbers
  private let make: @Sendable () -> any ConfigurableSolver
  private let solver: any ConfigurableSolver

  private init<Solver: ConfigurableSolver>(
    _ type: Solver.Type, _ fault: Solver.Kind?, _ numbers: InProcessSolver.Numbers
  ) {
    name = "\(Solver.family.rawValue)/\(fault?.rawValue ?? "no-fault-\(numbers)")"
    family = Solver.family
    about = fault?.about ?? "Nothing goes wrong."
    isInCertificateAlone = fault?.isInCertificateAlone ?? false
    contract = numbers == .exact ? .exact : .double
    self.numbers = numbers
    make = { Solver(fault, numbers) }
    solver = make()
  }

  /// The same mutant without memory of what it has solved.
  ///
  /// Some faults show only in the second call.
  public var fresh: Mutant { Mutant(copying: self) }

  private init(copying other: Mutant) {
    (name, family, about) = (other.name, other.family, other.about)
    (contract, numbers, make) = (other.contract, other.numbers, other.make)
    isInCertificateAlone = other.isInCertificateAlone
    solver = make()
  }

  public var tasks: Set<FlowTask.Kind> {
    switch family {
    case .regularised: [.l2, .barrier]
    case .shapley: [.shapley]
    default: [.maximumFlow]
    }
  }

  public func accepts(_ network: FlowNetwork) -> Bool {
    numbers == .exact || InProcessSolver(.dinic, .double).accepts(network)
  }

  public func solve(_ request: FlowRequest) -> FlowAnswer { solver.solve(request) }

  /// All mutants, family by family.
  public static let all: [Mutant] =
    mutants(AugmentingPathSolver.self) + mutants(BlockingFlowSolver.self)
    + mutants(PreflowSolver.self) + mutants(NetworkAdapter.self) + mutants(NumberAdapter.self)
    + mutants(ReportingSolver.self) + mutants(RegularisedSolver.self)
    + mutants(CoalitionSolver.self)

  /// The configurable solvers without a fault, in all the numbers that their faults use.
  ///
  /// They are correct: whoever reports a failure of one of these raises a false alarm.
  public static let faultless: [Mutant] =
    faultless(AugmentingPathSolver.self) + faultless(BlockingFlowSolver.self)
    + faultless(PreflowSolver.self) + faultless(NetworkAdapter.self)
    + faultless(NumberAdapter.self) + faultless(ReportingSolver.self)
    + faultless(RegularisedSolver.self) + faultless(CoalitionSolver.self)

  private static func mutants<Solver: ConfigurableSolver>(_ type: Solver.Type) -> [Mutant] {
    Solver.Kind.allCases.map { Mutant(type, $0, $0.numbers) }
  }

  private static func faultless<Solver: ConfigurableSolver>(_ type: Solver.Type) -> [Mutant] {
    let used = Set(Solver.Kind.allCases.map(\.numbers))
    return InProcessSolver.Numbers.allCases.filter(used.contains).map { Mutant(type, nil, $0) }
  }
}

public import Checker
import ExactArithmetic
public import Solvers

/// One of this package's solvers, on exact numbers or on doubles.
public struct InProcessSolver: FlowSolver {
  /// The numbers that a solver computes in.
  public enum Numbers: Sendable, Hashable, CaseIterable {
    /// Integers over a common denominator.
    case exact
    /// Binary64.
    case double
  }

  /// The algorithm.
  public let algorithm: MaximumFlowSolver
  /// The numbers it computes in.
  public let numbers: Numbers

  /// A solver from its two choices.
  public init(_ algorithm: MaximumFlowSolver, _ numbers: Numbers) {
    self.algorithm = algorithm
    self.numbers = numbers
  }

  /// Every algorithm on exact numbers and on doubles.
  public static let all: [InProcessSolver] = Numbers.allCases.flatMap { numbers in
    MaximumFlowSolver.allCases.map { InProcessSolver($0, numbers) }
  }

  /// The largest network that Edmonds-Karp is given: its work grows with the square of the arcs.
  public static let referenceArcLimit = 5_000

  public var name: String {
    numbers == .exact ? algorithm.rawValue : algorithm.rawValue + "-double"
  }

  public var contract: Contract { numbers == .exact ? .exact : .double }

  public func accepts(_ network: FlowNetwork) -> Bool {
    if algorithm == .edmondsKarp && network.arcCount > Self.referenceArcLimit { return false }
    guard algorithm.accepts(network) else { return false }
    return numbers == .exact || network.capacities.fitsDoubleSums
  }

  public func solve(_ request: FlowRequest) -> FlowAnswer {
    switch numbers {
    case .exact:
      return FlowAnswer(
        algorithm.solve(request.network, adjacency: request.adjacency, limit: request.limit))
    case .double:
      let solution = algorithm.solveDouble(
        request.network, adjacency: request.adjacency, capacities: request.doubleCapacities,
        limit: request.limit)
      guard solution.status == .optimal else { return FlowAnswer(status: .workLimitReached) }
      return FlowAnswer(optimalValue: solution.value, flow: solution.flow, cut: solution.cut)
    }
  }
}

extension FlowAnswer {
  /// The answer of an exact algorithm.
  package init(_ solution: ExactMaximumFlow) {
    guard solution.status == .optimal else {
      self.init(status: .workLimitReached)
      return
    }
    self.init(status: .optimal, value: solution.value, flow: solution.flow, cut: solution.cut)
  }
}

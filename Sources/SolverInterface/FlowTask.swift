public import Checker
public import ExactArithmetic

/// What a solver is asked to find.
public enum FlowTask: Sendable, Hashable {
  /// A maximum flow.
  case maximumFlow
  /// The flow that minimises `-val(f) + lambda sum_e f(e)^2`.
  case l2(lambda: Rational)
  /// The flow that minimises `-val(f) - mu sum_e (log f(e) + log(u(e) - f(e)))`.
  case barrier(mu: Rational)
  /// The Shapley value of the flow game whose players are the arcs into the sink, in arc order.
  case shapley

  /// A kind of task, whatever its weight is; the raw value is its name in the protocol.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A maximum flow.
    case maximumFlow = "max-flow"
    /// A flow with squares.
    case l2 = "l2-flow"
    /// A flow with logarithms.
    case barrier = "barrier-flow"
    /// A Shapley value.
    case shapley
  }

  /// The kind of the task.
  public var kind: Kind {
    switch self {
    case .maximumFlow: .maximumFlow
    case .l2: .l2
    case .barrier: .barrier
    case .shapley: .shapley
    }
  }

  /// The method whose unique flow is asked for; nil for a maximum flow and a Shapley value.
  public var method: RegularisedMethod? {
    switch self {
    case .maximumFlow, .shapley: nil
    case .l2(let lambda): .l2(lambda: lambda)
    case .barrier(let mu): .barrier(mu: mu)
    }
  }
}

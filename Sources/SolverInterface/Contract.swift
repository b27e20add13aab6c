public import ExactArithmetic

/// The numbers in which capacities are put to a solver; the raw value is the name in a contract.
public enum NumberType: String, Sendable, Hashable, CaseIterable {
  /// Binary64.
  case double
  /// Integers of 32 bits.
  case int32
  /// Integers of 64 bits.
  case int64

  /// Whether capacities are integers.
  public var isInteger: Bool { self != .double }
}

/// Something that a solver can promise about an answer; the raw value is the name in a contract.
public enum AnswerPromise: String, Sendable, Hashable, CaseIterable {
  /// The value of the flow.
  case value
  /// The flow on each arc.
  case flow
  /// The source side of a minimum cut.
  case cut
  /// The potential of each node.
  case potentials
  /// The flow on each arc into the sink, or its Shapley value.
  case attribution
  /// The cut is the smallest source side of all minimum cuts.
  case minimalCut = "minimal-cut"
  /// The flow runs round no directed cycle.
  case acyclicFlow = "acyclic-flow"

  /// Whether it is the mere presence and correctness of a field, and not a quality of another.
  public var isField: Bool { self != .minimalCut && self != .acyclicFlow }

  /// Whether an answer to a task must have it from those who promise it.
  ///
  /// The fields of a maximum flow may stand beside a Shapley value, but nobody who promises them
  /// has to solve that problem too.
  ///
  /// - Parameter task: a task.
  /// - Returns: whether answers to it owe this.
  public func isOwed(to task: FlowTask.Kind) -> Bool {
    switch task {
    case .maximumFlow: true
    case .l2, .barrier: [.value, .flow, .potentials, .attribution].contains(self)
    case .shapley: self == .attribution
    }
  }
}

/// What a solver promises.
public struct Contract: Sendable, Hashable {
  /// The largest violation allowed, relative to the exact maximum-flow value; 0 for exact solvers.
  public var tolerance: Rational
  /// The numbers that it takes.
  public var numbers: NumberType
  /// What its answers have and are; nil for a solver that does not say.
  public var returns: Set<AnswerPromise>?

  /// A contract with a relative tolerance, not negative; by default about every field there is.
  public init(
    tolerance: Rational, numbers: NumberType = .double, returns: Set<AnswerPromise>? = nil
  ) {
    self.tolerance = tolerance
    self.numbers = numbers
    self.returns = returns
  }

  /// Whether something is promised of the answers in which it occurs.
  ///
  /// Who lists nothing promises that every field that is given is right, and no more.
  public func promises(_ promise: AnswerPromise) -> Bool {
    returns?.contains(promise) ?? promise.isField
  }

  /// Whether a field must be in an answer to a task: it is listed.
  public func requires(_ field: AnswerPromise, of task: FlowTask.Kind) -> Bool {
    guard let returns, field.isOwed(to: task) else { return false }
    // Nobody can see whether a cut is the smallest if there is none.
    return returns.contains(field)
      || (field == .cut && returns.contains(.minimalCut))
      || (field == .flow && returns.contains(.acyclicFlow))
  }

  /// The violation allowed beside numbers that need not be doubles, such as a third of a capacity.
  ///
  /// What is relative to numbers near the least double is less than the rounding to one, which no
  /// solver that computes in doubles can avoid: half of 2^-1074. Exact solvers are allowed nothing.
  func allowance(of size: Rational) -> Rational {
    if tolerance.isZero || size.isZero { return 0 }
    return tolerance * size + Rational(1, BigInteger.powerOfTwo(1_075))
  }

  /// Exact answers.
  public static let exact = Contract(tolerance: 0)
  /// The default for solvers that compute in doubles, 1e-9.
  public static let double = Contract(tolerance: Rational(1, 1_000_000_000))
}

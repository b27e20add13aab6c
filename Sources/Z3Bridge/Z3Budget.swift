/// How much work a question may cost, in steps of Z3's own counting (`rlimit`).
///
/// The count does not depend on the machine. As a measure: to confirm that a maximum flow is unique
/// takes about 3,000 steps (1 ms) with 45 arcs, and 250,000 (0.2 s) with 4,760.
public struct Z3Budget: Sendable, Hashable {
  /// The number of steps, at least 1.
  public let resourceLimit: UInt32

  /// A budget of some steps.
  ///
  /// One check stops at the limit, and no further check is begun once all together have reached it.
  /// Z3 does not look at the limit while it takes in the assertions, about 40 steps an arc. A
  /// question takes at most about that and twice the limit, and may be answered all the same.
  ///
  /// - Parameter resourceLimit: the number of steps, at least 1; to Z3 itself 0 would mean no
  ///   limit.
  public init(resourceLimit: UInt32) {
    precondition(resourceLimit > 0, "a budget of 0 steps would mean no limit to Z3")
    self.resourceLimit = resourceLimit
  }

  /// Enough for ten thousand arcs: three million steps.
  public static let standard = Z3Budget(resourceLimit: 3_000_000)

  /// Enough for each step of a proof about a hundred thousand arcs: thirty million steps.
  public static let proof = Z3Budget(resourceLimit: 30_000_000)
}

/// What a question has cost.
public struct Z3Effort: Sendable, Hashable {
  /// The steps that Z3 counted (`rlimit count`).
  public let resourceCount: UInt64
  /// How often the solver was asked.
  public let checkCount: Int
}

/// An answer and what it has cost.
public struct Z3Answer<Answer> {
  /// The answer.
  public let answer: Answer
  /// What it has cost.
  public let effort: Z3Effort
}

extension Z3Answer: Sendable where Answer: Sendable {}
extension Z3Answer: Equatable where Answer: Equatable {}

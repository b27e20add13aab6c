// Trying a claim: case by case until one refutes it, which is then made as small as it can be.
public import Checker
import ExactArithmetic
import Generators

/// A case that refutes a claim.
public struct ClaimWitness: Sendable {
  /// The tensor; nil if the claim is about something else.
  public let tensor: EffectiveTensor?
  /// The mode in which it refutes the claim.
  public let mode: Mode?
  /// What is seen on it.
  public let explanation: String
}

/// What trying a claim came to.
public struct ClaimResult: Sendable {
  /// The claim.
  public let claim: Claim
  /// The verdict: `refuted` by a witness, `holds` on all cases, or `inconclusive`.
  public let verdict: Verdict
  /// The number of cases of which the statement speaks, before shrinking.
  public let cases: Int
  /// The smallest witness found.
  public let witness: ClaimWitness?
  /// Why nothing is known, or which engines disagree; empty otherwise.
  public let detail: String
  /// Whether two exact engines disagree, which is a bug here.
  public let isContradiction: Bool

  /// Whether the verdict is the one to be reached.
  public var isAsExpected: Bool { verdict == claim.expected && !isContradiction }

  /// Whether the ledger is in error: contrary to what is expected, or not refuted as it should be.
  ///
  /// A claim that should hold and on which time ran out is merely open.
  public var isFailed: Bool {
    !isAsExpected && !(verdict == .inconclusive && claim.expected == .holds)
  }
}

extension Claim {
  /// Tries the claim.
  ///
  /// The result depends on the seed alone, unless time runs out.
  ///
  /// - Parameters:
  ///   - seed: the seed of the cases.
  ///   - isOutOfTime: asked before every case; true ends the search, and the verdict is
  ///     `inconclusive` then.
  /// - Returns: the verdict, with the smallest witness if there is one.
  public func run(seed: UInt64, isOutOfTime: () -> Bool = { false }) -> ClaimResult {
    switch trial {
    case .tensors(let cases, let judge):
      return run(cases, judge, seed: seed, isOutOfTime)
    case .numbers(let count, let judge):
      var tried = 0
      for index in 0..<count {
        if isOutOfTime() { return result(.inconclusive, tried, "the time is over") }
        var choices = RandomChoices(seed: seed, stream: UInt64(index))
        let outcome = settled { try judge(&choices) }
        if outcome.isSkipped { continue }
        tried += 1
        if let end = ended(outcome, tried, { (nil, nil, $0) }) { return end }
      }
      return exhausted(tried)
    }
  }

  private func run(
    _ cases: ClaimCases, _ judge: @Sendable (Examination) throws -> Outcome, seed: UInt64,
    _ isOutOfTime: () -> Bool
  ) -> ClaimResult {
    func outcome(_ tensor: EffectiveTensor, _ mode: Mode) -> Outcome {
      settled { try judge(try Examination(tensor: tensor, mode: mode)) }
    }
    var tried = 0
    for (tensor, mode) in cases.sequence(seed: seed) {
      if isOutOfTime() { return result(.inconclusive, tried, "the time is over") }
      let first = outcome(tensor, mode)
      if first.isSkipped { continue }
      tried += 1
      let end = ended(first, tried) { _ in
        let smallest = shrink(
          tensor, mode: mode, rows: cases.isStochastic ? .stochastic : .free,
          budget: shrinkBudget
        ) { smaller, mode in
          cases.includes(mode) && !isOutOfTime() && outcome(smaller, mode).isRefutation
        }
        let last = outcome(smallest.tensor, smallest.mode)
        return (smallest.tensor, smallest.mode, last.detail)
      }
      if let end { return end }
    }
    return exhausted(tried)
  }

  /// The result after a case that ends the search; nil if it goes on.
  private func ended(
    _ outcome: Outcome, _ tried: Int,
    _ smallest: (String) -> (EffectiveTensor?, Mode?, String)
  ) -> ClaimResult? {
    if outcome.isContradiction {
      return result(.inconclusive, tried, outcome.detail, isContradiction: true)
    }
    switch outcome.verdict {
    case .holds: return nil
    case .evidence, .inconclusive: return result(.inconclusive, tried, outcome.detail)
    case .refuted:
      let (tensor, mode, explanation) = smallest(outcome.detail)
      return result(
        .refuted, tried, "",
        witness: ClaimWitness(tensor: tensor, mode: mode, explanation: explanation))
    }
  }

  private func exhausted(_ tried: Int) -> ClaimResult {
    tried == 0 ? result(.inconclusive, 0, "no case that it speaks of") : result(.holds, tried, "")
  }

  private func result(
    _ verdict: Verdict, _ cases: Int, _ detail: String, witness: ClaimWitness? = nil,
    isContradiction: Bool = false
  ) -> ClaimResult {
    ClaimResult(
      claim: self, verdict: verdict, cases: cases, witness: witness, detail: detail,
      isContradiction: isContradiction)
  }
}

/// The number of cases that the shrinker may try.
private let shrinkBudget = 600

extension Outcome {
  /// Whether the statement is false, by exact arithmetic on certified answers.
  fileprivate var isRefutation: Bool { verdict == .refuted && certified && !isContradiction }
}

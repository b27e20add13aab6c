// Two solvers beside each other. Where both answers are maximum flows and differ, neither is wrong:
// the explanation that is read off them is arbitrary, and that is said.
public import Checker
public import ExactArithmetic
import SolverInterface

/// The properties that two solvers answer alike: value, attribution, and the order of the tokens.
///
/// They are about tensors, which have tokens; on other networks each solver is judged by itself.
func differentialProperties(
  _ first: any FlowSolver, _ second: any FlowSolver
) -> [Property] {
  func property(
    _ name: String, _ statement: String, _ judge: @escaping @Sendable (AnswerPair) -> Outcome
  ) -> Property {
    Property(
      name: "\(name)/\(first.name)/\(second.name)", statement: statement,
      source: "docs/certify.md", solver: first,
      applies: { $0.tensor != nil && first.accepts($0.network) && second.accepts($0.network) },
      run: { examination in
        guard let pair = AnswerPair(examination.examined(first), examination.examined(second))
        else { return .skipped("no two answers about the same numbers") }
        return pair.maximum.outcome { _ in
          var outcome = judge(pair)
          if outcome.verdict == .refuted {
            outcome.detail += "; \(pair.standing)"
            outcome.answers = pair.judged
          }
          return outcome
        }
      })
  }
  return [
    property("same-value", "Both solvers find the same value.", \.sameValue),
    property(
      "same-attribution", "Both solvers find the same attribution.", \.sameAttribution),
    property(
      "same-ranking", "Both solvers put the tokens in the same order.", \.sameRanking),
  ]
}

/// The answers of two solvers about the same numbers.
private struct AnswerPair {
  let first: SolverExamination
  let second: SolverExamination
  /// The exact maximum.
  let maximum: Proof<MaximumFlow>
  private let comparison: AnswerComparison

  /// Nil if an answer is missing, or the solvers were sent different numbers.
  init?(_ first: SolverExamination, _ second: SolverExamination) {
    guard first.answer.status == .optimal, second.answer.status == .optimal,
      first.network == second.network
    else { return nil }
    self.first = first
    self.second = second
    maximum = first.maximum
    comparison = AnswerComparison(
      JudgedAnswer(first.answer, of: first.solver.name, contract: first.solver.contract),
      JudgedAnswer(second.answer, of: second.solver.name, contract: second.solver.contract),
      in: first.network, maximum: first.maximum.claim?.value ?? 0)
  }

  var judged: [JudgedAnswer] { [comparison.first, comparison.second] }
  var sameValue: Outcome { outcome(comparison.valueDifference) }
  var sameAttribution: Outcome { outcome(comparison.attributionDifference) }
  var sameRanking: Outcome { outcome(comparison.rankingDifference) }

  /// What the kernel says of both answers.
  var standing: String {
    for seen in [first, second] {
      if let field = (seen.judgement.broken + seen.judgement.brokenUnpromised).first {
        return "\(seen.solver.name) is wrong: \(field.reason)"
      }
    }
    return "both are right about a maximum flow: the explanation is arbitrary"
  }

  private func outcome(_ difference: AnswerComparison.Difference) -> Outcome {
    switch difference {
    case .none: .holds
    case .missing: .skipped("an answer has no such field")
    case .some(let sentence): .refuted(sentence)
    }
  }
}

/// Two answers to one question, compared number by number.
///
/// Numbers differ if they are further apart than both tolerances allow together: then at most one
/// of them can be within its tolerance of any third.
public struct AnswerComparison {
  /// What a comparison comes to.
  public enum Difference: Sendable, Hashable {
    /// They agree.
    case none
    /// There is nothing to compare.
    case missing
    /// They differ, as said.
    case some(String)
  }

  /// The first answer.
  public let first: JudgedAnswer
  /// The second answer.
  public let second: JudgedAnswer
  private let network: FlowNetwork
  private let allowed: Rational

  /// A comparison of answers about a network whose maximum-flow value is known.
  public init(
    _ first: JudgedAnswer, _ second: JudgedAnswer, in network: FlowNetwork, maximum: Rational
  ) {
    self.first = first
    self.second = second
    self.network = network
    allowed = (first.contract.tolerance + second.contract.tolerance) * maximum
  }

  /// Whether the values differ.
  public var valueDifference: Difference {
    guard let one = first.value, let other = second.value else { return .missing }
    return (one - other).magnitude > allowed
      ? .some("value \(one.nearestDouble) against \(other.nearestDouble)") : .none
  }

  /// Whether the attributions differ, and where first.
  public var attributionDifference: Difference {
    guard let (one, other) = attributions else { return .missing }
    for player in one.indices where (one[player] - other[player]).magnitude > allowed {
      return .some(
        "attribution[\(player)] \(one[player].nearestDouble) against "
          + "\(other[player].nearestDouble)")
    }
    return .none
  }

  /// Whether some two tokens are in opposite order, each for certain.
  public var rankingDifference: Difference {
    guard let (one, other) = attributions else { return .missing }
    for left in one.indices {
      for right in one.indices
      where one[left] - one[right] > allowed && other[right] - other[left] > allowed {
        return .some(
          "\(first.solver) puts token \(left) before token \(right), \(second.solver) the other "
            + "way round")
      }
    }
    return .none
  }

  /// The attributions: as they were given, or else the flows on the arcs into the sink.
  private var attributions: (one: [Rational], other: [Rational])? {
    let arcs = network.sinkArcs
    func attribution(_ answer: JudgedAnswer) -> [Rational]? {
      if let given = answer.attribution {
        return given.count == arcs.count ? (0..<given.count).map { given[$0] } : nil
      }
      guard let flow = answer.flow, flow.count == network.arcCount else { return nil }
      return arcs.map { flow[$0] }
    }
    guard let one = attribution(first), let other = attribution(second) else { return nil }
    return (one, other)
  }
}

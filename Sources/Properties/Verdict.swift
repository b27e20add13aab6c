/// What is known about a statement.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
  /// It is true.
  case holds
  /// It is false.
  case refuted
  /// Z3 said so, and nothing else supports it.
  case evidence
  /// Nothing is known: a limit was reached or an engine gave up.
  case inconclusive
}

/// The result of one property on one case.
public struct Outcome: Sendable, Hashable {
  /// The verdict.
  public var verdict: Verdict
  /// Whether the kernel accepted a certificate or a witness for it.
  public var certified: Bool
  /// What there is to say, in a sentence or less; empty where nothing is.
  public var detail: String
  /// Whether two exact engines disagree, which is a bug here and not a finding.
  public var isContradiction = false
  /// Whether the solver under test crashed or hung.
  public var isCrash = false
  /// Whether the statement turned out not to speak of the case; such a trial does not count.
  public var isSkipped = false

  /// An outcome from its parts.
  public init(
    verdict: Verdict, certified: Bool, detail: String, isContradiction: Bool = false,
    isCrash: Bool = false
  ) {
    self.verdict = verdict
    self.certified = certified
    self.detail = detail
    self.isContradiction = isContradiction
    self.isCrash = isCrash
  }

  /// The property holds, by exact arithmetic on certified answers.
  public static let holds = Outcome(verdict: .holds, certified: true, detail: "")

  /// The property is false, by exact arithmetic on certified answers.
  public static func refuted(_ detail: String) -> Outcome {
    Outcome(verdict: .refuted, certified: true, detail: detail)
  }

  /// Nothing is known.
  public static func inconclusive(_ detail: String) -> Outcome {
    Outcome(verdict: .inconclusive, certified: false, detail: detail)
  }

  /// The statement does not speak of the case, which only the attempt could tell: a solver said
  /// itself that it did not get there, or what it got leaves the question open.
  static func skipped(_ detail: String) -> Outcome {
    var outcome = Outcome.inconclusive(detail)
    outcome.isSkipped = true
    return outcome
  }

  /// Two exact engines disagree.
  public static func contradiction(_ detail: String) -> Outcome {
    Outcome(verdict: .refuted, certified: false, detail: detail, isContradiction: true)
  }

  /// The solver that the property is about crashed or hung.
  public static func crashed(_ detail: String) -> Outcome {
    Outcome(verdict: .refuted, certified: false, detail: detail, isCrash: true)
  }

  /// `holds` or `refuted`, as the condition says.
  static func test(_ condition: Bool, _ detail: @autoclosure () -> String) -> Outcome {
    condition ? .holds : .refuted(detail())
  }
}

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

/// In which way a property fails; the raw value is the word in files.
public enum FailureKind: String, Sendable, Hashable, CaseIterable {
  /// What was said is wrong.
  case wrong
  /// A solver gave no answer of the form that it must have.
  case malformed
  /// The process of a solver ended.
  case crash
  /// A solver gave no answer in time.
  case hang
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
  /// What kind of failure it is, if it is one.
  public var kind = FailureKind.wrong
  /// Whether the statement turned out not to speak of the case; such a trial does not count.
  public var isSkipped = false
  /// The answers that were judged, of one solver or of two, where the outcome rests on them.
  ///
  /// Asked again, a solver may answer otherwise; these are what was seen.
  public var answers: [JudgedAnswer] = []
  /// A number that was measured on the way; the table keeps the largest and the mean.
  public var measure: Double?

  /// An outcome from its parts.
  public init(
    verdict: Verdict, certified: Bool, detail: String, isContradiction: Bool = false,
    kind: FailureKind = .wrong
  ) {
    self.verdict = verdict
    self.certified = certified
    self.detail = detail
    self.isContradiction = isContradiction
    self.kind = kind
  }

  /// Whether the solver under test crashed or hung.
  public var isCrash: Bool { kind == .crash || kind == .hang }

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

  /// The solver that the property is about gave no answer that could be judged.
  static func unanswered(_ kind: FailureKind, _ detail: String) -> Outcome {
    Outcome(verdict: .refuted, certified: false, detail: detail, kind: kind)
  }

  /// `holds` or `refuted`, as the condition says.
  static func test(_ condition: Bool, _ detail: @autoclosure () -> String) -> Outcome {
    condition ? .holds : .refuted(detail())
  }
}

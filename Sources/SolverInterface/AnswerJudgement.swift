/// A field of an answer that is wrong, missing, or not what was promised of it.
public struct BrokenField: Sendable, Hashable {
  /// What is not so.
  public let promise: AnswerPromise
  /// What is wrong and where, in a sentence without a full stop.
  public let reason: String
  /// Whether it is not there at all: that is a matter of form, whatever is right.
  public let isMissing: Bool

  /// A broken field from its parts.
  public init(_ promise: AnswerPromise, _ reason: String, isMissing: Bool = false) {
    self.promise = promise
    self.reason = reason
    self.isMissing = isMissing
  }
}

/// What is said of an answer.
///
/// Each field is judged by itself. A promise that is broken is a failure; a field that is wrong and
/// was not promised is a fact, to be told and counted apart.
public struct AnswerJudgement: Sendable, Hashable {
  /// The promises that are broken, each once, in the order in which they are judged.
  public var broken: [BrokenField] = []
  /// The fields that are wrong although nobody promised them, likewise.
  public var brokenUnpromised: [BrokenField] = []
  /// Whether something could not be judged, because the exact maximum is not known.
  public var isUndecided = false

  /// Nothing is wrong.
  public static let kept = AnswerJudgement()

  /// Nothing is known.
  public static let undecided = AnswerJudgement(isUndecided: true)

  private init(isUndecided: Bool = false) { self.isUndecided = isUndecided }

  /// Whether every promise is kept, for certain.
  public var isKept: Bool { broken.isEmpty && !isUndecided }

  /// What is wrong with the first promise that is broken; nil if none is.
  public var reason: String? { broken.first?.reason }

  /// What is said of the first promised field that is not there; nil if all are.
  public var reasonOfMissing: String? { broken.first(where: \.isMissing)?.reason }
}

/// Judges the fields of an answer one after the other, and sorts what is wrong by the contract.
struct FieldJudge {
  private let contract: Contract
  let task: FlowTask.Kind
  private(set) var judgement = AnswerJudgement.kept

  /// A judge of answers to a task.
  init(_ contract: Contract, _ task: FlowTask.Kind) {
    self.contract = contract
    self.task = task
  }

  /// Judges a field, which must be there if it is listed.
  ///
  /// `fault` is called if it is there, and says what is wrong with it, or nil.
  mutating func judge<Field>(
    _ promise: AnswerPromise, _ field: Field?, fault: (Field) -> String?
  ) {
    if let field {
      if let reason = fault(field) { add(promise, reason) }
    } else if contract.requires(promise, of: task) {
      add(promise, "\(promise.rawValue): it is promised, and the answer has none", isMissing: true)
    }
  }

  /// Judges a field without which there is no answer, whatever is promised.
  mutating func judgeNeeded<Field>(
    _ promise: AnswerPromise, _ field: Field?, fault: (Field) -> String?
  ) {
    if let field {
      judge(promise, field, fault: fault)
    } else {
      judgement.broken.append(
        BrokenField(
          promise, "\(promise.rawValue): an answer to this task needs one", isMissing: true))
    }
  }

  /// Whether a quality of a field is promised, so that it is worth looking for.
  func promises(_ promise: AnswerPromise) -> Bool { contract.promises(promise) }

  /// Remembers that something is wrong.
  mutating func add(_ promise: AnswerPromise, _ reason: String, isMissing: Bool = false) {
    let field = BrokenField(promise, reason, isMissing: isMissing)
    // A field without which a quality cannot be seen is promised with it.
    if promises(promise) || contract.requires(promise, of: task) {
      judgement.broken.append(field)
    } else {
      judgement.brokenUnpromised.append(field)
    }
  }

  /// Remembers that something could not be judged.
  mutating func leaveOpen() { judgement.isUndecided = true }
}

public import Checker

/// A way in which the bridge itself fails; never an answer about a flow.
///
/// Running out of budget is not an error: it is the answer `unknown`.
public enum Z3Error: Error, Hashable, Sendable {
  /// The library refused a call; `code` is its error code, `message` its own words.
  case library(code: UInt32, message: String)
  /// The library returned nothing and gave no reason.
  case missingResult(call: String)
  /// A text sets an option, which would hold for the whole process.
  case optionInText
  /// A value in a model is not a fraction.
  case unreadableValue(text: String)
  /// A model, substituted back exactly, is not what was asked for: a fault of Z3 or of the
  /// encoding.
  case modelRefused(Rejection)
  /// A model keeps all attributions, or the value, that it was asked to change.
  case modelChangesNothing(claim: String)
  /// A vector does not have one entry for each arc or node.
  case wrongCount(field: String, expected: Int, found: Int)
  /// A question is not meant for problems with this convex term, or without one.
  case unsuitableTerm(CirculationProblem.Term)
  /// A pair of nodes is not two different nodes of the network.
  case unsuitablePair(index: Int)
  /// Three answers that cannot all be right: a linear programme has no optimum, is not infeasible,
  /// and is not unbounded.
  case contradictoryAnswers
}

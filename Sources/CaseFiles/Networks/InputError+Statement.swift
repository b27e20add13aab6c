public import Checker
import ExactArithmetic

extension InputError {
  /// An error for data that describe no statement.
  ///
  /// `statement`: why the kernel refuses them.
  /// `file`: the file.
  /// `place`: the path of the object that holds the field named by `statement`.
  public init(statement: StatementError, file: String, place: String = "") {
    let prefix = place.isEmpty ? "" : place + "."
    let (field, problem) = Self.explain(statement)
    self.init(file: file, place: prefix + field, problem: problem)
  }

  private static func explain(_ statement: StatementError) -> (String, InputProblem) {
    switch statement {
    case .emptyShape(let field, let size):
      (field, .badStatement(reason: "the size is \(size), which is too small"))
    case .wrongCount(let field, let expected, let found):
      (field, .countMismatch(what: "entry", found: found, expected: expected))
    case .tooLarge(let field, let limit):
      (field, .badStatement(reason: "the size is beyond the limit of \(limit)"))
    case .negative(let field, let index, let value):
      ("\(field)[\(index)]", .negative(text: value.description))
    case .nodeOutOfRange(let field, let index, let node, let nodeCount):
      (
        field == "source" || field == "sink" ? field : "\(field)[\(index)]",
        .outOfRange(text: "\(node)", range: "a node in 0...\(nodeCount - 1)")
      )
    case .tokenOutOfRange(let token, let tokens):
      ("", .indexOutOfRange(option: "token", index: token, count: tokens))
    case .sourceIsSink(let node):
      ("sink", .badStatement(reason: "source and sink are the same node \(node)"))
    case .crossedBounds(let arc, _, _):
      ("lowerBounds[\(arc)]", .badStatement(reason: statement.sentence))
    case .notPositive(let field, _), .notLayered(let field):
      (field, .badStatement(reason: statement.sentence))
    }
  }
}

public import Checker

extension StatementError {
  /// What is wrong, in words without a full stop.
  public var sentence: String {
    switch self {
    case .emptyShape(let field, let size): "\(field) is \(size), too few"
    case .wrongCount(let field, let expected, let found):
      "\(field) has \(found) entries where \(expected) are needed"
    case .tooLarge(let field, let limit): "\(field) exceeds the limit of \(limit)"
    case .negative(let field, let index, let value): "\(field)[\(index)] is negative: \(value)"
    case .nodeOutOfRange(let field, let index, let node, let nodeCount):
      "\(field)[\(index)] is \(node), and nodes are 0 to \(nodeCount - 1)"
    case .tokenOutOfRange(let token, let tokens):
      "token \(token) does not exist, tokens are 0 to \(tokens - 1)"
    case .sourceIsSink(let node): "source and sink are the same node, \(node)"
    case .crossedBounds(let arc, let lower, let upper):
      "the lower bound \(lower) of arc \(arc) exceeds its capacity, \(upper)"
    case .notPositive(let field, let value): "\(field) is \(value), and must be positive"
    case .notLayered(let field): "\(field) speaks of layers, and the network has none"
    }
  }
}

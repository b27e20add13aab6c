public import ExactArithmetic

/// A reason why data does not describe a statement at all.
///
/// A statement that is well formed but false is not an error: it yields a ``Rejection``.
public enum StatementError: Error, Hashable, Sendable {
  /// A size that must be at least one is not.
  case emptyShape(field: String, size: Int)
  /// An array has the wrong number of entries.
  case wrongCount(field: String, expected: Int, found: Int)
  /// A size exceeds what the kernel numbers with 32 bits.
  case tooLarge(field: String, limit: Int)
  /// A capacity or a tensor entry is negative.
  case negative(field: String, index: Int, value: Rational)
  /// A node number lies outside `0 ..< nodeCount`.
  case nodeOutOfRange(field: String, index: Int, node: Int, nodeCount: Int)
  /// A token number lies outside `0 ..< tokens`.
  case tokenOutOfRange(token: Int, tokens: Int)
  /// Source and sink are the same node.
  case sourceIsSink(node: Int)
  /// The lower bound of an arc exceeds its capacity.
  case crossedBounds(arc: Int, lower: Rational, upper: Rational)
  /// A weight is 0 or negative.
  case notPositive(field: String, value: Rational)
  /// Something that only a layered network has is asked of a listed one.
  case notLayered(field: String)
}

/// The largest number of nodes or arcs of a network: arc and half-arc numbers fit in 32 bits.
public let networkSizeLimit = 1 << 30

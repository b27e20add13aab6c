public import ExactArithmetic

/// An attention tensor as the kernel judges it: exact, non-negative entries.
///
/// `A[l][i][j]` is the attention that token `i` of layer `l+1` pays to token `j` of layer `l`,
/// stored in row-major order, `L * T * T` entries. Batch choice, head reduction, layer slice and
/// residual connection happen before, and are provenance. Rows need not sum to one.
public struct EffectiveTensor: Sendable, Equatable {
  /// The number of attention layers, `L`, at least 1.
  public let layers: Int
  /// The number of tokens in each layer, `T`, at least 1.
  public let tokens: Int
  /// The entries, `A[l][i][j]` at `(l * T + i) * T + j`, over one denominator.
  public let entries: ExactVector

  /// Creates a tensor from entries in row-major order.
  ///
  /// - Throws: ``StatementError`` if a size is not positive, the network of the tensor reaches
  ///   ``networkSizeLimit``, the count is not `L * T * T`, or an entry is negative (the first one
  ///   is named).
  public init(layers: Int, tokens: Int, entries: ExactVector) throws(StatementError) {
    let arcs = try layeredArcCount(layers: layers, tokens: tokens, field: "tensor")
    let count = arcs - 2 * tokens
    guard entries.count == count else {
      throw .wrongCount(field: "tensor", expected: count, found: entries.count)
    }
    if let index = entries.firstNegativeIndex {
      throw .negative(field: "tensor", index: index, value: entries[index])
    }
    self.layers = layers
    self.tokens = tokens
    self.entries = entries
  }

  /// The exact entry `A[l][i][j]`.
  public subscript(l: Int, i: Int, j: Int) -> Rational { entries[(l * tokens + i) * tokens + j] }
}

/// The number of arcs of a layered network, `L * T * T + 2 * T`, if the kernel can number them.
func layeredArcCount(layers: Int, tokens: Int, field: String) throws(StatementError) -> Int {
  guard layers >= 1 else { throw .emptyShape(field: "layers", size: layers) }
  guard tokens >= 1 else { throw .emptyShape(field: "tokens", size: tokens) }
  let (square, squareOverflow) = tokens.multipliedReportingOverflow(by: tokens)
  let (count, overflow) = square.multipliedReportingOverflow(by: layers)
  // There is at most one node more than arcs.
  guard !squareOverflow, !overflow, count < networkSizeLimit - 2 * tokens - 1 else {
    throw .tooLarge(field: field, limit: networkSizeLimit)
  }
  return count + 2 * tokens
}

extension ExactVector {
  /// The position of the first negative entry, or nil.
  var firstNegativeIndex: Int? {
    switch elements {
    case .int64(let values): values.firstIndex { $0 < 0 }
    case .int128(let values): values.firstIndex { $0 < 0 }
    case .big(let values): values.firstIndex { $0 < BigInteger.zero }
    }
  }
}

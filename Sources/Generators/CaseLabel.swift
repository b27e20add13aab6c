/// A property of a case that statistics count and families promise.
///
/// Rows and columns are those of the layers `A[l]`; a label of tensors does not hold for networks
/// given arc by arc, except where it says so. Entries are compared exactly.
public enum CaseLabel: String, Sendable, Hashable, CaseIterable {
  /// Every row sums to exactly 1.
  case rowStochastic = "row-stochastic"
  /// Every row sums to 1 within T * 2^-52, as far as binary64 rounds.
  case rowStochasticToBinary64 = "row-stochastic-to-binary64"
  /// Every row sums to 1 within 2^-23, as far as binary32 rounds.
  case rowStochasticToBinary32 = "row-stochastic-to-binary32"
  /// Every row and every column sums to exactly 1.
  case doublyStochastic = "doubly-stochastic"
  /// Every row and every column sums to 1 within 2^-40.
  case nearlyDoublyStochastic = "nearly-doubly-stochastic"
  /// Every entry is exactly 1/T.
  case uniform
  /// Every row has one entry 1, the others 0.
  case oneHot = "one-hot"
  /// Every layer is a permutation matrix.
  case permutation
  /// No token attends to a later one.
  case causal
  /// Every entry is a multiple of 2^-24.
  case binary24 = "multiple-of-2^-24"
  /// Some row has two equal entries that are not 0.
  case tie
  /// Some row is zero.
  case zeroRow = "zero-row"
  /// Some bottom token is attended to by nobody: a column of `A[0]` is zero.
  case zeroColumn = "zero-column"
  /// Exchanging some two tokens in every layer leaves the tensor as it is.
  case duplicatedTokens = "duplicated-tokens"
  /// Some two different entries are neighbours among the binary64 numbers.
  case neighbours
  /// The largest entry is at least 2^1000 times the smallest positive one.
  case wideRange = "wide-range"
  /// Some entry is positive and below 2^-1022, the smallest normal binary64 number.
  case denormal
  /// There is one layer.
  case singleLayer = "single-layer"
  /// There is one token.
  case singleToken = "single-token"
  /// Arcs are listed one by one. Holds for networks only.
  case listedArcs = "listed-arcs"
  /// Two arcs have the same tail and the same head. Networks and tensors.
  case parallelArcs = "parallel-arcs"
  /// Two arcs join the same nodes in opposite directions. Networks and tensors.
  case antiparallelArcs = "antiparallel-arcs"
  /// Some node is not reached from the source by arcs of positive capacity. Networks and tensors.
  case unreachableNode = "unreachable-node"
}

// Attention rollout and raw attention: the two readings of a tensor that solve nothing. Rollout is
// the matrix product A[L-1] ... A[0]; its row k follows attention from top token k down. With
// residual connections it is the product of the tensor that has them already. Source: [AZ].
public import Checker
public import ExactArithmetic

/// Attention rollout in doubles.
///
/// - Returns: `T * T` numbers in row-major order, row = top token. Products are taken from the top
///   layer down and summed in token order, so the last bit is the same on every machine.
/// - Complexity: `(L - 1) T^3` multiplications.
public func attentionRollout(_ tensor: EffectiveTensor) -> [Double] {
  let tokens = tensor.tokens
  let entries = tensor.entries.nearestDoubles
  let square = tokens * tokens
  var product = Array(entries[((tensor.layers - 1) * square)...])
  for layer in stride(from: tensor.layers - 2, through: 0, by: -1) {
    var next = [Double](repeating: 0, count: square)
    for i in 0..<tokens {
      for k in 0..<tokens {
        let weight = product[i * tokens + k]
        let row = (layer * tokens + k) * tokens
        for j in 0..<tokens { next[i * tokens + j] += weight * entries[row + j] }
      }
    }
    product = next
  }
  return product
}

/// One row of attention rollout, exactly.
///
/// Its denominator is the tensor's to the power of the number of layers: meant for small tensors.
///
/// - Parameters:
///   - tensor: the attention tensor.
///   - top: the top token, in `0 ..< T`.
/// - Returns: `T` fractions, one per bottom token.
public func exactRolloutRow(_ tensor: EffectiveTensor, top: Int) -> [Rational] {
  let tokens = tensor.tokens
  precondition(top >= 0 && top < tokens, "top token \(top) of \(tokens)")
  var row = (0..<tokens).map {
    tensor.entries.numerator(((tensor.layers - 1) * tokens + top) * tokens + $0)
  }
  for layer in stride(from: tensor.layers - 2, through: 0, by: -1) {
    var next = [BigInteger](repeating: .zero, count: tokens)
    for (k, weight) in row.enumerated() where !weight.isZero {
      for j in 0..<tokens {
        next[j] += weight * tensor.entries.numerator((layer * tokens + k) * tokens + j)
      }
    }
    row = next
  }
  let denominator = tensor.entries.denominator.raised(to: tensor.layers)
  return row.map { Rational($0, denominator) }
}

/// The attention of the last layer, exactly: `T * T` numbers, row = top token.
public func rawAttention(_ tensor: EffectiveTensor) -> ExactVector {
  let square = tensor.tokens * tensor.tokens
  let start = (tensor.layers - 1) * square
  return ExactVector(
    (start..<(start + square)).map { tensor.entries.numerator($0) },
    denominator: tensor.entries.denominator)
}

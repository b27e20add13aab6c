// Cholesky factorisation of the normal matrix of a layered network.
//
// Arcs join neighbouring layers only, source and sink are grounded, and no arc joins two tokens of
// one layer. So B'DB is block tridiagonal over the layers 0 ... L, its diagonal blocks S(l) are
// diagonal at first, and its off-diagonal blocks are -M(l)', where M(l), stored by columns, is the
// slice of the weights as it lies in arc order: column i, row j holds D of arc (l+1, i) -> (l, j).
// Elimination from layer 0 up is
//
//     S(l) = C(l) C(l)',  X(l) = -C(l)^-1 M(l),  S(l+1) = diag(l+1) - X(l)' X(l).
//
// It costs T^3/3 + T^3 + T^3 operations a layer, all in level-3 BLAS; layer 0 is diagonal and costs
// the last part only. Memory: 2 (L+1) T^2 doubles. Source: [GVL], section 4.5.

/// The block Cholesky factorisation of a layered network whose source and sink are grounded.
struct LayeredCholesky: NormalEquations {
  private let layers: Int
  private let tokens: Int
  private let kernels: DenseKernels
  /// 1 for nodes whose potential is unknown, 0 for grounded ones; nodes of the network.
  private let isUnknown: [Double]
  /// The sum of the weights at each token, layer after layer; 1 at grounded ones.
  private var diagonal: [Double]
  /// `C(l)`, column-major, one block per layer; that of layer 0 stays empty.
  private var factors: [Double]
  /// `X(l)`, column-major, one block per layer below the top.
  private var couplings: [Double]
  /// The square roots of the diagonal of layer 0.
  private var bottomRoots: [Double]

  /// A factorisation of that shape; `isUnknown` has 1 or 0 per node, 0 at source and sink.
  init(layers: Int, tokens: Int, isUnknown: [Double]) {
    self.layers = layers
    self.tokens = tokens
    self.isUnknown = isUnknown
    kernels = DenseKernels(order: tokens)
    diagonal = [Double](repeating: 0, count: (layers + 1) * tokens)
    factors = [Double](repeating: 0, count: (layers + 1) * tokens * tokens)
    couplings = [Double](repeating: 0, count: layers * tokens * tokens)
    bottomRoots = [Double](repeating: 0, count: tokens)
  }

  mutating func factorise(_ weights: [Double]) -> Bool {
    assembleDiagonal(weights)
    // Bounded by the number of shifts.
    for shift in diagonalShifts where eliminate(weights, shift: 1 + shift) { return true }
    return false
  }

  private mutating func assembleDiagonal(_ weights: [Double]) {
    let (T, L) = (tokens, layers)
    weights.withUnsafeBufferPointer { weight in
      diagonal.withUnsafeMutableBufferPointer { sums in
        for index in sums.indices { sums[index] = 0 }
        for row in 0..<(L * T) {
          let lowerStart = (row / T) * T
          let start = row * T
          var sum = 0.0
          for j in 0..<T {
            sums[lowerStart + j] += weight[start + j]
            sum += weight[start + j]
          }
          sums[row + T] += sum
        }
        for i in 0..<T {
          sums[L * T + i] += weight[L * T * T + i]
          sums[i] += weight[L * T * T + T + i]
        }
      }
    }
    for token in 0..<((L + 1) * T) where isUnknown[token + 1] == 0 || !(diagonal[token] > 0) {
      diagonal[token] = 1
    }
  }

  private mutating func eliminate(_ weights: [Double], shift: Double) -> Bool {
    let (T, L, kernels) = (tokens, layers, kernels)
    for i in 0..<T { bottomRoots[i] = (diagonal[i] * shift).squareRoot() }
    let (unknown, roots, diagonal) = (isUnknown, bottomRoots, diagonal)
    return weights.withUnsafeBufferPointer { weight in
      factors.withUnsafeMutableBufferPointer { factors in
        couplings.withUnsafeMutableBufferPointer { couplings -> Bool in
          guard let factors = factors.baseAddress, let couplings = couplings.baseAddress else {
            return true
          }
          for l in 0...L {
            let factor = factors + l * T * T
            if l > 0 {
              for index in 0..<(T * T) { factor[index] = 0 }
              for i in 0..<T { factor[i * T + i] = diagonal[l * T + i] * shift }
              kernels.subtractProduct(couplings + (l - 1) * T * T, from: factor)
              guard kernels.factorise(factor) else { return false }
            }
            guard l < L else { break }
            let coupling = couplings + l * T * T
            for i in 0..<T {
              let upper = -unknown[(l + 1) * T + i + 1]
              let start = (l * T + i) * T
              for j in 0..<T {
                coupling[i * T + j] = weight[start + j] * upper * unknown[l * T + j + 1]
              }
              if l == 0 {
                for j in 0..<T { coupling[i * T + j] /= roots[j] }
              }
            }
            if l > 0 { kernels.solveLower(factor, block: coupling) }
          }
          return true
        }
      }
    }
  }

  func solve(_ vector: inout [Double]) {
    let (T, L) = (tokens, layers)
    for node in vector.indices where isUnknown[node] == 0 { vector[node] = 0 }
    vector.withUnsafeMutableBufferPointer { vector in
      factors.withUnsafeBufferPointer { factors in
        couplings.withUnsafeBufferPointer { couplings in
          guard let base = vector.baseAddress, let factors = factors.baseAddress,
            let couplings = couplings.baseAddress
          else { return }
          // Token i of layer l is node l T + i + 1.
          let x = base + 1
          for l in 0...L {
            divideByFactor(l, isTransposed: false, factors, x)
            guard l < L else { break }
            kernels.subtractProduct(
              couplings + l * T * T, isTransposed: true, x + l * T, from: x + (l + 1) * T)
          }
          for l in (0...L).reversed() {
            if l < L {
              kernels.subtractProduct(
                couplings + l * T * T, isTransposed: false, x + (l + 1) * T, from: x + l * T)
            }
            divideByFactor(l, isTransposed: true, factors, x)
          }
        }
      }
    }
  }

  private func divideByFactor(
    _ l: Int, isTransposed: Bool, _ factors: UnsafePointer<Double>,
    _ x: UnsafeMutablePointer<Double>
  ) {
    guard l > 0 else {
      for i in 0..<tokens { x[i] /= bottomRoots[i] }
      return
    }
    kernels.solveLower(
      factors + l * tokens * tokens, isTransposed: isTransposed, vector: x + l * tokens)
  }
}

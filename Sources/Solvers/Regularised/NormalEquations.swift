import Checker
import Networks

/// A factorisation of the normal matrix `B' D B` of a network.
///
/// `D` is diagonal with one weight per arc, none negative. Rows and columns of grounded nodes,
/// whose potentials are given, are those of the identity; so are those of nodes without any weight.
protocol NormalEquations {
  /// Factorises the matrix of these weights; false if it is not positive definite in doubles.
  mutating func factorise(_ weights: [Double]) -> Bool

  /// Solves for potentials in place, with the last matrix that was factorised.
  ///
  /// `vector` has one entry per node; those of grounded nodes become 0.
  func solve(_ vector: inout [Double])
}

/// What is added to the diagonal, relative to it, when a factorisation breaks down: first nothing.
///
/// Refinement repairs what the shift spoils.
let diagonalShifts = [0, 1e-14, 1e-12, 1e-10, 1e-8]

extension WorkingProblem {
  /// The factorisation that suits the network.
  func makeEquations(prefersSparse: Bool = false) -> any NormalEquations {
    let network = problem.network
    if !prefersSparse, isUnknown[network.source] == 0, isUnknown[network.sink] == 0,
      let layout = LayeredLayout(network.arcs)
    {
      return LayeredCholesky(
        layers: layout.layers, tokens: layout.tokens, isUnknown: isUnknown)
    }
    return SparseCholesky(
      arcs: network.arcs, nodeCount: nodeCount, isActive: isActive, isUnknown: isUnknown)
  }
}

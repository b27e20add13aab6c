import Checker
import ExactArithmetic
import Networks
import SolverInterface

/// The path 0 -> 1 -> ... with the given capacities, source first, sink last.
func path(_ capacities: Rational...) throws -> FlowNetwork {
  let count = capacities.count
  return try FlowNetwork(
    nodeCount: count + 1, source: 0, sink: count, tails: (0..<count).map { Int32($0) },
    heads: (1...count).map { Int32($0) }, capacities: ExactVector(capacities))
}

extension FlowRequest {
  /// A request about a network without a bound on the work.
  init(_ network: FlowNetwork) {
    self.init(network: network, adjacency: Adjacency(network), limit: .unlimited)
  }
}

extension FlowAnswer {
  /// Why it was no answer, and whether the solver crashed or hung; nil for an answer.
  var failure: (reason: String, isCrash: Bool)? {
    switch status {
    case .failed(let reason): (reason, false)
    case .crashed(let reason), .timedOut(let reason): (reason, true)
    default: nil
    }
  }
}

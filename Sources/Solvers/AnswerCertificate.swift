public import Checker
import ExactArithmetic
public import Networks

/// The certificate of a whole answer: maximum flow and cut, undetermined arcs, and the interval of
/// each arc into the sink.
///
/// - Parameters:
///   - network: the network.
///   - adjacency: its adjacency, if it is at hand.
///   - solver: the algorithm for the maximum flow.
///   - limit: the bound on the work of the maximum flow, and again on that of all intervals.
///   - shouldContinue: asked before each interval with the number of intervals done; false cancels.
/// - Returns: the certificate, or nil if the limit was reached or `shouldContinue` said no.
public func answerCertificate(
  _ network: FlowNetwork, adjacency: Adjacency? = nil, solver: MaximumFlowSolver = .dinic,
  limit: WorkLimit = .unlimited, shouldContinue: (_ finished: Int) -> Bool = { _ in true }
) -> FlowCertificate? {
  let adjacency = adjacency ?? Adjacency(network)
  let maximum = solver.solve(network, adjacency: adjacency, limit: limit)
  guard maximum.status == .optimal,
    let intervals = arcIntervals(
      network, adjacency: adjacency, flow: maximum.flow, arcs: network.sinkArcs, limit: limit,
      shouldContinue: shouldContinue)
  else { return nil }
  let undetermined = undeterminedArcsCertificate(
    network, adjacency: adjacency, flow: maximum.flow)
  return FlowCertificate(
    flow: maximum.flow, cut: maximum.cut, undetermined: undetermined, intervals: intervals)
}

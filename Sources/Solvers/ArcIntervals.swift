// Between which bounds does the flow on an arc move, over all maximum flows?
//
// Two maximum flows differ by a circulation of the residual graph. So the flow on e = (a, b) can
// grow by what can be sent back from b to a without e, up to u(e) - f(e), and shrink by what can be
// sent from a to b without e, up to f(e):
//     max = f(e) + min(u(e) - f(e), maxflow(b -> a)),
//     min = f(e) - min(f(e), maxflow(a -> b)),
// in the residual graph without the two half-arcs of e; parallel and antiparallel arcs stay. A self
// loop has [0, u(e)]. When less than the arc's own bound can be sent, the nodes that the start
// still reaches form the set that proves it; see `ArcIntervalCertificate`. Source: [FF], residual
// graphs.
public import Checker
public import ExactArithmetic
public import Networks

/// Certificates for the exact intervals of the flows on some arcs.
///
/// - Parameters:
///   - network: the network.
///   - adjacency: its adjacency, if it is at hand.
///   - flow: a maximum flow, one entry per arc.
///   - arcs: the arcs in question, such as `FlowNetwork.sinkArcs`.
///   - limit: the bound on the work of all arcs together.
///   - shouldContinue: asked before each arc with the number of arcs done; false cancels.
/// - Returns: one certificate per arc, in the order given; nil if the limit was reached or
///   `shouldContinue` said no.
/// - Complexity: two small flows per arc, each undone afterwards; usually a few looks at each
///   neighbour of the arc's ends.
public func arcIntervals(
  _ network: FlowNetwork, adjacency: Adjacency? = nil, flow: ExactVector, arcs: [Int],
  limit: WorkLimit = .unlimited, shouldContinue: (_ finished: Int) -> Bool = { _ in true }
) -> [ArcIntervalCertificate]? {
  withoutActuallyEscaping(shouldContinue) { shouldContinue in
    let task = ArcIntervalTask(
      network: network, adjacency: adjacency ?? Adjacency(network), arcs: arcs, limit: limit,
      shouldContinue: shouldContinue)
    return task.run(on: network.capacities, flow)
  }
}

private struct ArcIntervalTask: ExactTask {
  let network: FlowNetwork
  let adjacency: Adjacency
  let arcs: [Int]
  let limit: WorkLimit
  let shouldContinue: (Int) -> Bool

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> [ArcIntervalCertificate]? {
    var warm = WarmStart(
      ResidualGraph(
        adjacency: adjacency, source: network.source, sink: network.sink,
        capacities: numerators[0], flow: numerators[1]))
    var certificates: [ArcIntervalCertificate] = []
    certificates.reserveCapacity(arcs.count)
    for arc in arcs {
      guard shouldContinue(certificates.count),
        let minimum = end(of: arc, isMaximum: false, &warm, denominator),
        let maximum = end(of: arc, isMaximum: true, &warm, denominator)
      else { return nil }
      certificates.append(ArcIntervalCertificate(arc: arc, minimum: minimum, maximum: maximum))
    }
    return certificates
  }

  /// A maximum flow with the least or the most flow on an arc; nil if the limit was reached.
  private func end<Number: ExactFlowNumber>(
    of arc: Int, isMaximum: Bool, _ warm: inout WarmStart<Number>, _ denominator: BigInteger
  ) -> ExtremalFlow? {
    let (tail, head) = adjacency.ends(of: arc)
    let room = warm.residual(of: isMaximum ? 2 * arc : 2 * arc + 1)
    if tail == head {
      let loop = WarmStart<Number>.Trial(amount: room, arcs: [], changes: [], cut: nil)
      return extremalFlow(loop, around: arc, isMaximum: isMaximum, denominator)
    }
    let (start, end) = isMaximum ? (head, tail) : (tail, head)
    guard
      let trial = warm.push(from: start, to: end, atMost: room, blocked: arc, limit: limit)
    else { return nil }
    return extremalFlow(trial, around: arc, isMaximum: isMaximum, denominator)
  }

  /// The changes with that of the arc itself put in its place.
  private func extremalFlow<Number: ExactFlowNumber>(
    _ trial: consuming WarmStart<Number>.Trial, around arc: Int, isMaximum: Bool,
    _ denominator: BigInteger
  ) -> ExtremalFlow {
    if trial.amount != .zero {
      trial.arcs.append(Int32(truncatingIfNeeded: arc))
      trial.changes.append(isMaximum ? trial.amount : .zero - trial.amount)
      var position = trial.arcs.count - 1
      while position > 0 && Int(trial.arcs[position - 1]) > arc {
        trial.arcs.swapAt(position - 1, position)
        trial.changes.swapAt(position - 1, position)
        position -= 1
      }
    }
    return ExtremalFlow(
      arcs: trial.arcs, differences: Number.vector(trial.changes, over: denominator),
      cut: trial.cut)
  }
}

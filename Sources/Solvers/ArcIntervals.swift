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
///   - adjacency: its adjacency, if it is at hand; asked for only if the form has half-arcs.
///   - flow: a maximum flow, one entry per arc.
///   - arcs: the arcs in question, such as `FlowNetwork.sinkArcs`.
///   - form: how the residual graph is kept; nil for the faster form.
///   - limit: the bound on the work of all arcs together.
///   - shouldContinue: asked before each arc with the number of arcs done; false cancels.
/// - Returns: one certificate per arc, in the order given; nil if the limit was reached or
///   `shouldContinue` said no.
/// - Complexity: two small flows per arc, each undone afterwards; usually a few looks at each
///   neighbour of the arc's ends.
public func arcIntervals(
  _ network: FlowNetwork, adjacency: @autoclosure () -> Adjacency? = nil, flow: ExactVector,
  arcs: [Int], form: ResidualForm? = nil, limit: WorkLimit = .unlimited,
  shouldContinue: (_ finished: Int) -> Bool = { _ in true }
) -> [ArcIntervalCertificate]? {
  withoutActuallyEscaping(shouldContinue) { shouldContinue in
    let layout = (form ?? .preferred(for: network)).layout(of: network)
    let task = ArcIntervalTask(
      network: network, layout: layout,
      adjacency: layout == nil ? adjacency() ?? Adjacency(network) : nil, arcs: arcs,
      limit: limit, shouldContinue: shouldContinue)
    return task.run(on: network.capacities, flow)
  }
}

private struct ArcIntervalTask: ExactTask {
  let network: FlowNetwork
  /// The layout for rows of bits, or the adjacency for half-arcs.
  let layout: LayeredLayout?
  let adjacency: Adjacency?
  let arcs: [Int]
  let limit: WorkLimit
  let shouldContinue: (Int) -> Bool

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> [ArcIntervalCertificate]? {
    let (capacities, flow) = (numerators[0], numerators[1])
    if let layout {
      var trials = LayeredTrials(
        LayeredFlow(layout, capacities: capacities, amounts: flow))
      return certificates(&trials, isTurned: network.source != layout.source, denominator)
    }
    var trials = WarmStart(
      ResidualGraph(
        adjacency: adjacency ?? Adjacency(network), source: network.source, sink: network.sink,
        capacities: capacities, flow: flow))
    return certificates(&trials, isTurned: false, denominator)
  }

  /// The certificates of all arcs.
  ///
  /// If the trials read the network turned round, its arcs have their ends exchanged, and of a node
  /// set that nothing leaves the complement is such a set here.
  private func certificates<Trials: FlowTrials & ~Copyable>(
    _ trials: inout Trials, isTurned: Bool, _ denominator: BigInteger
  ) -> [ArcIntervalCertificate]? where Trials.Number: ExactFlowNumber {
    var certificates: [ArcIntervalCertificate] = []
    certificates.reserveCapacity(arcs.count)
    for arc in arcs {
      guard shouldContinue(certificates.count),
        let minimum = end(of: arc, isMaximum: false, &trials, isTurned, denominator),
        let maximum = end(of: arc, isMaximum: true, &trials, isTurned, denominator)
      else { return nil }
      certificates.append(ArcIntervalCertificate(arc: arc, minimum: minimum, maximum: maximum))
    }
    return certificates
  }

  /// A maximum flow with the least or the most flow on an arc; nil if the limit was reached.
  private func end<Trials: FlowTrials & ~Copyable>(
    of arc: Int, isMaximum: Bool, _ trials: inout Trials, _ isTurned: Bool,
    _ denominator: BigInteger
  ) -> ExtremalFlow? where Trials.Number: ExactFlowNumber {
    let (tail, head) = network.arcs.ends(of: arc)
    let room = trials.residual(of: isMaximum ? 2 * arc : 2 * arc + 1)
    if tail == head {
      var loop = FlowTrial(amount: room, arcs: [], changes: [], cut: nil)
      return extremalFlow(&loop, around: arc, isMaximum: isMaximum, denominator)
    }
    let (start, end) = isMaximum != isTurned ? (head, tail) : (tail, head)
    guard
      var trial = trials.push(from: start, to: end, atMost: room, blocked: arc, limit: limit)
    else { return nil }
    if isTurned { trial.cut = trial.cut?.complement }
    return extremalFlow(&trial, around: arc, isMaximum: isMaximum, denominator)
  }

  /// The changes with that of the arc itself put in its place, where they are: there is room.
  private func extremalFlow<Number: ExactFlowNumber>(
    _ trial: inout FlowTrial<Number>, around arc: Int, isMaximum: Bool,
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

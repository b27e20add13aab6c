public import Checker
public import ExactArithmetic
public import Networks

/// An exact maximum flow; nothing about it is proved yet.
public struct ExactMaximumFlow: Sendable, Equatable {
  /// Why the algorithm stopped; the flow is maximum only if it says so.
  public let status: MaximumFlowStatus
  /// The net flow out of the source.
  public let value: Rational
  /// The flow on each arc, in arc order.
  public let flow: ExactVector
  /// The nodes that the residual graph still reaches from the source: a minimum cut.
  public let cut: NodeSet
  /// The number of looks at a half-arc.
  public let work: Int
}

/// A maximum flow computed in doubles.
public struct DoubleMaximumFlow: Sendable, Equatable {
  /// Why the algorithm stopped; the flow is maximum, up to rounding, only if it says so.
  public let status: MaximumFlowStatus
  /// The net flow out of the source, summed in arc order.
  public let value: Double
  /// The flow on each arc, in arc order.
  public let flow: [Double]
  /// The nodes that the residual graph still reaches from the source.
  public let cut: NodeSet
  /// The number of looks at a half-arc.
  public let work: Int
}

extension MaximumFlowSolver {
  /// A maximum flow of a network, in exact numbers.
  ///
  /// Precondition: the algorithm accepts the network.
  ///
  /// - Parameters:
  ///   - network: the network.
  ///   - adjacency: its adjacency, if it is at hand.
  ///   - limit: the bound on the work.
  /// - Returns: the flow, with its status and a cut.
  public func solve(
    _ network: FlowNetwork, adjacency: Adjacency? = nil, limit: WorkLimit = .unlimited
  ) -> ExactMaximumFlow {
    if self == .layered {
      return LayeredExactSolve(network: network, limit: limit).run(on: network.capacities)
    }
    let task = ExactSolve(
      solver: self, network: network, adjacency: adjacency ?? Adjacency(network), limit: limit)
    return task.run(on: network.capacities)
  }

  /// A maximum flow of a network, in doubles; each capacity is rounded to the nearest one.
  ///
  /// Precondition: the algorithm accepts the network, and sums of capacities stay in the range of
  /// doubles.
  ///
  /// - Parameters:
  ///   - network: the network.
  ///   - adjacency: its adjacency, if it is at hand.
  ///   - capacities: its capacities in doubles, if they are at hand.
  ///   - limit: the bound on the work.
  /// - Returns: the flow, with its status and a cut.
  public func solveDouble(
    _ network: FlowNetwork, adjacency: Adjacency? = nil, capacities: DoubleCapacities? = nil,
    limit: WorkLimit = .unlimited
  ) -> DoubleMaximumFlow {
    if self == .layered {
      return solveLayeredDouble(
        network, capacities?.nearest ?? network.capacities.nearestDoubles, limit)
    }
    let adjacency = adjacency ?? Adjacency(network)
    return solve(
      capacities ?? DoubleCapacities(network, adjacency: adjacency), adjacency: adjacency,
      source: network.source, sink: network.sink, limit: limit)
  }

  /// A maximum flow in doubles.
  ///
  /// - Parameters:
  ///   - capacities: one per arc, finite and not negative; their sums stay in the range of doubles.
  ///   - adjacency: the half-arcs of the network.
  ///   - source: the node where flow begins.
  ///   - sink: the node where flow ends.
  ///   - limit: the bound on the work.
  /// - Returns: the flow, with its status and a cut.
  public func solveDouble(
    capacities: [Double], adjacency: Adjacency, source: Int, sink: Int,
    limit: WorkLimit = .unlimited
  ) -> DoubleMaximumFlow {
    solve(
      DoubleCapacities(capacities, adjacency, source: source, sink: sink), adjacency: adjacency,
      source: source, sink: sink, limit: limit)
  }

  private func solveLayeredDouble(
    _ network: FlowNetwork, _ capacities: [Double], _ limit: WorkLimit
  ) -> DoubleMaximumFlow {
    let layout = layeredLayout(of: network)
    let (found, upper) = Solvers.solveLayeredDouble(layout, capacities: capacities, limit: limit)
    return DoubleMaximumFlow(
      status: found.run.status, value: found.flow.value, flow: found.flow.amounts,
      cut: network.source == layout.source ? upper : upper.complement, work: found.run.work)
  }

  private func solve(
    _ capacities: DoubleCapacities, adjacency: Adjacency, source: Int, sink: Int,
    limit: WorkLimit
  ) -> DoubleMaximumFlow {
    var graph = ResidualGraph(
      adjacency: adjacency, source: source, sink: sink, capacities: capacities.lowered)
    let run = solve(&graph, limit: limit)
    let (flow, value) = (graph.flow, graph.value)
    let cut = leastCut(
      capacities.nearest, flow, adjacency, source: source, sink: sink, value: value)
    return DoubleMaximumFlow(
      status: run.status, value: value, flow: flow, cut: cut, work: run.work)
  }
}

/// The layout of a network that must be layered.
private func layeredLayout(of network: FlowNetwork) -> LayeredLayout {
  guard let layout = LayeredLayout(network.arcs) else {
    preconditionFailure("the layered algorithm was given a network of listed arcs")
  }
  return layout
}

/// The algorithm for layered networks on the numerators of the capacities.
private struct LayeredExactSolve: ExactTask {
  let network: FlowNetwork
  let limit: WorkLimit

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactMaximumFlow {
    let layout = layeredLayout(of: network)
    let found = solveLayered(layout, capacities: numerators[0], limit: limit)
    // In the reversed network flow begins at the lower end.
    return ExactMaximumFlow(
      status: found.run.status, value: Rational(found.flow.value.asBigInteger, denominator),
      flow: Number.vector(found.flow.amounts, over: denominator),
      cut: network.source == layout.source ? found.sides.upper : found.sides.lower,
      work: found.run.work)
  }
}

/// A solver on the numerators of the capacities.
private struct ExactSolve: ExactTask {
  let solver: MaximumFlowSolver
  let network: FlowNetwork
  let adjacency: Adjacency
  let limit: WorkLimit

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactMaximumFlow {
    var graph = ResidualGraph(
      adjacency: adjacency, source: network.source, sink: network.sink,
      capacities: numerators[0])
    let run = solver.solve(&graph, limit: limit)
    return ExactMaximumFlow(
      status: run.status, value: Rational(graph.value.asBigInteger, denominator),
      flow: Number.vector(graph.flow, over: denominator),
      cut: graph.reachable(from: network.source), work: run.work)
  }
}

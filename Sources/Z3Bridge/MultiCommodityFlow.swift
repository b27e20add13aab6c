public import Checker
public import ExactArithmetic

/// A source and a sink of one commodity.
public struct CommodityPair: Sendable, Hashable {
  /// The node where the commodity starts.
  public let source: Int
  /// The node where it ends.
  public let sink: Int

  /// A pair of different nodes.
  public init(from source: Int, to sink: Int) {
    self.source = source
    self.sink = sink
  }
}

/// A maximum multi-commodity flow, with its proof.
///
/// The commodities share the capacities; the value is the sum of what they carry.
public struct MultiCommodityMaximum: Sendable, Hashable {
  /// The pairs, one per commodity.
  public let pairs: [CommodityPair]
  /// The flow of each commodity on each arc, in arc order.
  public let flows: [ExactVector]
  /// The largest sum of all commodities' values.
  public let value: Rational
  /// The linear programme and the multipliers that prove the value.
  ///
  /// It has an unknown for each commodity and each arc with capacity that joins different nodes.
  public let optimum: LinearOptimum

  /// Equality; the flows follow from the optimum.
  public static func == (lhs: MultiCommodityMaximum, rhs: MultiCommodityMaximum) -> Bool {
    lhs.pairs == rhs.pairs && lhs.optimum == rhs.optimum
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(pairs)
    hasher.combine(optimum)
  }
}

/// What Z3 found about a multi-commodity flow.
public enum MultiCommodityAnswer: Sendable, Hashable {
  /// The maximum; it has been verified.
  case maximum(MultiCommodityMaximum)
  /// Z3 stopped before it knew; the reason is for people only.
  case unknown(reason: String)
}

/// Finds the largest total flow of some commodities on a small network.
///
/// Each commodity leaves its source, enters its sink, and is conserved at all other nodes, the
/// source and the sink of the network among them. All together stay within the capacities. The
/// value of a commodity is its net flow out of its source.
///
/// - Parameters:
///   - network: the network; its lower bounds are 0.
///   - pairs: the commodities; a pair may occur twice.
///   - budget: the work to spend.
/// - Returns: the maximum, or that the budget did not suffice.
/// - Throws: ``Z3Error/unsuitablePair(index:)``, or an error of the solver.
public func multiCommodityMaximum(
  _ network: FlowNetwork, pairs: [CommodityPair], budget: Z3Budget = .proof
) throws(Z3Error) -> MultiCommodityAnswer {
  for (index, pair) in pairs.enumerated() {
    let nodes = 0..<network.nodeCount
    guard nodes.contains(pair.source), nodes.contains(pair.sink), pair.source != pair.sink else {
      throw .unsuitablePair(index: index)
    }
  }
  let arcs = NodeArcs(network).joining.filter { network.capacities[$0] > 0 }
  let programme = multiCommodityProgramme(network, pairs: pairs, arcs: arcs)
  switch try programme.solved(budget: budget) {
  case .unknown(let reason): return .unknown(reason: reason)
  case .optimal(let optimum):
    var flows: [ExactVector] = []
    for commodity in pairs.indices {
      var amounts = [Rational](repeating: .zero, count: network.arcCount)
      for (position, arc) in arcs.enumerated() {
        amounts[arc] = optimum.point[commodity * arcs.count + position]
      }
      flows.append(ExactVector(amounts))
    }
    return .maximum(
      MultiCommodityMaximum(pairs: pairs, flows: flows, value: optimum.value, optimum: optimum))
  case .infeasible, .unbounded:
    // No flow at all is feasible, and the capacities bound every flow.
    throw .contradictoryAnswers
  }
}

/// States the problem; unknown `k * arcs.count + p` is the flow of commodity `k` on `arcs[p]`.
private func multiCommodityProgramme(
  _ network: FlowNetwork, pairs: [CommodityPair], arcs: [Int]
) -> LinearProgramme {
  typealias Term = LinearProgramme.Term
  var constraints: [LinearProgramme.Constraint] = []
  var objective = [Rational](repeating: .zero, count: pairs.count * arcs.count)
  for (position, arc) in arcs.enumerated() {
    let all = pairs.indices.map { Term(unknown: $0 * arcs.count + position) }
    constraints.append(.init(all, .atMost, network.capacities[arc]))
    constraints += all.map { .init([$0], .atLeast, .zero) }
  }
  for (commodity, pair) in pairs.enumerated() {
    var balances = [[Term]](repeating: [], count: network.nodeCount)
    for (position, arc) in arcs.enumerated() {
      let (tail, head) = network.arcs.ends(of: arc)
      let unknown = commodity * arcs.count + position
      balances[tail].append(Term(-1, unknown: unknown))
      balances[head].append(Term(unknown: unknown))
      if tail == pair.source { objective[unknown] += 1 }
      if head == pair.source { objective[unknown] -= 1 }
    }
    for node in balances.indices
    where node != pair.source && node != pair.sink && !balances[node].isEmpty {
      constraints.append(.init(balances[node], .equal, .zero))
    }
  }
  return LinearProgramme(maximise: objective, subjectTo: constraints)
}

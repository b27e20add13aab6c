// Greedy shrinking of networks given arc by arc, by the engine that shrinks tensors. Every change
// lowers the number of nodes, or keeps it and lowers the number of arcs, or keeps both and lowers
// the complexity of capacities.

public import Checker
import ExactArithmetic

/// The simplest failing network that was found, and how the search for it ended.
public struct NetworkShrinkResult: Sendable, Equatable {
  /// The network; the original one if nothing simpler failed.
  public let network: FlowNetwork
  /// How often the predicate was asked.
  public let evaluations: Int
  /// Whether no change that the shrinker knows makes it simpler; false if the budget ran out.
  public let isFixpoint: Bool
}

/// Makes a failing network as simple as the changes allow while it keeps failing.
///
/// Nodes are dropped or merged with others, arcs are dropped or merged, capacities become 0, 1 or
/// the simplest fraction nearby. Source and sink stay. `stillFails` must be a function of its
/// argument; it is not asked about the original.
/// - Parameters:
///   - network: a network that fails, layered or not; the result is listed arc by arc.
///   - budget: the largest number of times `stillFails` is asked.
///   - stillFails: whether a simpler network fails in the same way.
/// - Returns: a network that fails, simpler than the original or the same.
public func shrink(
  _ network: FlowNetwork, budget: Int = 10_000, stillFails: (FlowNetwork) -> Bool
) -> NetworkShrinkResult {
  let start = NetworkState(network)
  let outcome = descend(
    from: start, passes: NetworkState.passes, budget: budget,
    isRemembered: { $0.arcs.count <= rememberedArcsMaximum },
    stillFails: { stillFails($0.network) })
  return NetworkShrinkResult(
    network: outcome.state == start ? network : outcome.state.network,
    evaluations: outcome.evaluations, isFixpoint: outcome.isFixpoint)
}

/// Larger networks are not remembered: they would take memory, and rarely come back.
private let rememberedArcsMaximum = 256

/// Up to this number of nodes every pair is tried.
private let mergedNodesMaximum = 12

extension NetworkState {
  /// The passes in the order in which they run.
  fileprivate static let passes = [
    dropNodes, dropArcs, dropSingleArc, contractArcs, mergeNodes, mergeArcs, unitCapacities,
    simplifyCapacities,
  ]

  /// Drops one node and its arcs, from the last one down.
  private static let dropNodes = ShrinkPass<NetworkState>(
    count: { $0.nodeCount },
    candidate: { state, number in
      state.removing(state.nodeCount - 1 - number, insteadOf: nil)
    })

  /// Drops runs of arcs: halves, quarters, single ones.
  private static let dropArcs = ShrinkPass<NetworkState>(
    count: { shrinkingRuns($0.arcs.count).count },
    candidate: { state, number in state.dropping(shrinkingRuns(state.arcs.count)[number]) })

  /// Drops the arc of a network that has only one.
  private static let dropSingleArc = ShrinkPass<NetworkState>(
    count: { $0.arcs.count == 1 ? 1 : 0 },
    candidate: { state, _ in state.dropping(0..<1) })

  /// Merges the two ends of an arc, one way and the other.
  private static let contractArcs = ShrinkPass<NetworkState>(
    count: { 2 * $0.arcs.count },
    candidate: { state, number in
      let arc = state.arcs[number / 2]
      return number.isMultiple(of: 2)
        ? state.removing(arc.head, insteadOf: arc.tail)
        : state.removing(arc.tail, insteadOf: arc.head)
    })

  /// Merges a node with any other one, where there are few nodes.
  private static let mergeNodes = ShrinkPass<NetworkState>(
    count: { $0.nodeCount <= mergedNodesMaximum ? $0.nodeCount * $0.nodeCount : 0 },
    candidate: { state, number in
      state.removing(number / state.nodeCount, insteadOf: number % state.nodeCount)
    })

  /// Adds the capacity of an arc to that of the next one with the same ends.
  private static let mergeArcs = ShrinkPass<NetworkState>(
    count: { $0.arcs.count },
    candidate: { state, number in
      let arc = state.arcs[number]
      let later = state.arcs[(number + 1)...]
      guard
        let other = later.firstIndex(where: { $0.tail == arc.tail && $0.head == arc.head })
      else { return nil }
      return state.replacing(other, by: state.arcs[other].capacity + arc.capacity)
        .dropping(number..<(number + 1))
    })

  /// Makes all positive capacities 1.
  private static let unitCapacities = ShrinkPass<NetworkState>(
    count: { _ in 1 },
    candidate: { state, _ in
      var changed = state
      for arc in state.arcs.indices where !state.arcs[arc].capacity.isZero {
        changed.arcs[arc].capacity = 1
      }
      let isSimpler =
        complexity(changed.arcs.map(\.capacity)) < complexity(state.arcs.map(\.capacity))
      return isSimpler ? changed : nil
    })

  /// Makes one capacity 0, 1 or the simplest fraction of an interval near it.
  private static let simplifyCapacities = ShrinkPass<NetworkState>(
    count: { $0.arcs.count * (2 + intervalCount) },
    candidate: { state, number in
      let (arc, kind) = number.quotientAndRemainder(dividingBy: 2 + intervalCount)
      let old = state.arcs[arc].capacity
      if old.isZero { return nil }
      let new = kind < 2 ? Rational(kind) : simplestFraction(near: old, interval: kind - 2)
      return complexity([new]) < complexity([old]) ? state.replacing(arc, by: new) : nil
    })
}

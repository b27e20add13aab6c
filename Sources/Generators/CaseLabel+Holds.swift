// Which labels hold of an instance, decided exactly from its numbers alone.
//
// Statistics use this, and so do the tests of what families promise. It knows nothing of families.

import Checker
import ExactArithmetic

extension Instance {
  /// Every label that holds of this instance.
  ///
  /// Cost: some microseconds for a small tensor; `duplicatedTokens` takes L * T^4 steps at worst.
  public var labels: Set<CaseLabel> { Set(CaseLabel.allCases.filter { $0.holds(of: self) }) }
}

extension CaseLabel {
  /// Whether this label holds of an instance.
  public func holds(of instance: Instance) -> Bool {
    switch self {
    case .listedArcs:
      if case .listed = instance.network.arcs { return true }
      return false
    case .parallelArcs: return ArcPairs(instance.network).areParallel
    case .antiparallelArcs: return ArcPairs(instance.network).areAntiparallel
    case .unreachableNode: return hasUnreachableNode(instance.network)
    default:
      guard case .tensor(let tensor, _) = instance else { return false }
      return holds(of: tensor)
    }
  }

  /// Whether a label of tensors holds; false for labels of networks.
  func holds(of tensor: EffectiveTensor) -> Bool {
    let reader = TensorReader(tensor)
    switch self {
    case .rowStochastic: return reader.rowSums.allSatisfy { $0 == reader.one }
    case .rowStochasticToBinary64: return reader.areNearOne(reader.rowSums, tensor.tokens, 52)
    case .rowStochasticToBinary32: return reader.areNearOne(reader.rowSums, 1, 23)
    case .doublyStochastic:
      return (reader.rowSums + reader.columnSums).allSatisfy { $0 == reader.one }
    case .nearlyDoublyStochastic:
      return reader.areNearOne(reader.rowSums + reader.columnSums, 1, 40)
    case .uniform:
      let tokens = BigInteger(tensor.tokens)
      return reader.entries.allSatisfy { $0 * tokens == reader.one }
    case .oneHot: return reader.isOneHot
    case .permutation:
      return reader.isOneHot && reader.columnSums.allSatisfy { $0 == reader.one }
    case .causal: return reader.isCausal
    case .binary24:
      let scale = BigInteger.powerOfTwo(24)
      return reader.entries.allSatisfy { ($0 * scale).isMultiple(of: reader.one) }
    case .tie: return reader.hasTie
    case .zeroRow: return reader.rowSums.contains { $0.isZero }
    case .zeroColumn: return reader.columnSums.prefix(tensor.tokens).contains { $0.isZero }
    case .duplicatedTokens: return reader.hasDuplicatedTokens
    case .neighbours: return reader.hasNeighbours
    case .wideRange: return reader.hasWideRange
    case .denormal: return reader.hasDenormal
    case .singleLayer: return tensor.layers == 1
    case .singleToken: return tensor.tokens == 1
    case .listedArcs, .parallelArcs, .antiparallelArcs, .unreachableNode: return false
    }
  }
}

extension BigInteger {
  /// Whether a division by a positive integer leaves no remainder.
  func isMultiple(of divisor: BigInteger) -> Bool {
    quotientAndRemainder(dividingBy: divisor).remainder.isZero
  }
}

/// Whether two arcs of a network run beside or against each other.
private struct ArcPairs {
  private(set) var areParallel = false
  private(set) var areAntiparallel = false

  init(_ network: FlowNetwork) {
    var seen: Set<Int> = []
    var (parallel, antiparallel) = (false, false)
    network.arcs.forEach { _, tail, head in
      if seen.contains(head * network.nodeCount + tail) && head != tail { antiparallel = true }
      if !seen.insert(tail * network.nodeCount + head).inserted { parallel = true }
    }
    areParallel = parallel
    areAntiparallel = antiparallel
  }
}

/// Whether arcs of positive capacity do not lead from the source to every node.
private func hasUnreachableNode(_ network: FlowNetwork) -> Bool {
  var reached = NodeSet(nodeCount: network.nodeCount, members: [network.source])
  var count = 1
  // Every round but the last reaches a node, so there are at most `nodeCount` rounds.
  var isGrowing = true
  while isGrowing {
    isGrowing = false
    network.arcs.forEach { arc, tail, head in
      if reached.contains(tail), !reached.contains(head),
        !network.capacities.numerator(arc).isZero
      {
        reached.insert(head)
        count += 1
        isGrowing = true
      }
    }
  }
  return count < network.nodeCount
}

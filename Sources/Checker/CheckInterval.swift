// Between which bounds does the flow on one arc move, over all maximum flows? For a node set R and
// any flow h of value V, outflow minus inflow of R is V * ([s in R] - [t in R]). If e = (a, b)
// enters R (b in R, a not), then
//     h(e) <= u(out R) - V * ([s in R] - [t in R]),
// and if e leaves R,
//     h(e) >= V * ([s in R] - [t in R]) - (u(out R) - u(e)).
// A maximum flow that attains the bound makes it the exact end of the interval. Without a set the
// bounds are u(e) and 0. Every arc of every network has such sets: Hoffman's circulation theorem,
// applied to the flows of value V, says that the best of them are attained. This is the
// leave-one-out form of the literature (max = v'({j}), min = v'(N) - v'(N \ {j})) stated for one
// arc of any network, with terminal arcs as a case.
public import ExactArithmetic

/// A maximum flow with an extremal amount on one arc, stored as its change from a known one.
public struct ExtremalFlow: Sendable, Equatable {
  /// The arcs that change, in strictly increasing order.
  public var arcs: [Int32]
  /// The change on each of these arcs.
  public var differences: ExactVector
  /// The node set that proves the bound; nil when the bound is the arc's own, `u(e)` or 0.
  public var cut: NodeSet?

  /// An extremal flow from its parts; nothing is checked here.
  public init(arcs: [Int32], differences: ExactVector, cut: NodeSet?) {
    self.arcs = arcs
    self.differences = differences
    self.cut = cut
  }
}

/// A proof of the exact interval of the flow on one arc; see the head of this file.
public struct ArcIntervalCertificate: Sendable, Equatable {
  /// The arc.
  public var arc: Int
  /// A maximum flow with the least flow on the arc.
  public var minimum: ExtremalFlow
  /// A maximum flow with the most flow on the arc.
  public var maximum: ExtremalFlow

  /// A certificate from its parts; nothing is checked here.
  public init(arc: Int, minimum: ExtremalFlow, maximum: ExtremalFlow) {
    self.arc = arc
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// The exact intervals of the flows on some arcs. Only the kernel constructs one.
public struct ArcIntervals: Sendable, Equatable {
  /// The maximum flow from which the extremal ones are reached.
  public let flow: MaximumFlow
  /// The arcs.
  public let arcs: [Int]
  /// The least flow on each arc over all maximum flows.
  public let minima: [Rational]
  /// The most flow on each arc over all maximum flows.
  public let maxima: [Rational]

  /// The largest width of an interval; 0 without arcs.
  public var widthMaximum: Rational { zip(maxima, minima).map { $0 - $1 }.max() ?? Rational(0) }

  /// Whether every maximum flow agrees on these arcs.
  public var isUnique: Bool { minima == maxima }

  /// The number of unordered pairs in which the most of one is at most the least of the other.
  ///
  /// Their order is the same in every maximum flow. For arcs into the sink there are no other pairs
  /// of which this is true: one maximum flow can have the most on one arc and the least on another,
  /// because they are greedy points of a base polytope. For arcs elsewhere there may be others.
  public var certainPairs: Int {
    var count = 0
    for i in arcs.indices {
      for j in arcs.indices.dropFirst(i + 1)
      where maxima[i] <= minima[j] || maxima[j] <= minima[i] {
        count += 1
      }
    }
    return count
  }
}

/// Accepts the exact intervals of the flows on the given arcs.
///
/// - Parameters:
///   - flow: the maximum flow from which the extremal ones are reached.
///   - arcs: the arcs of the claim, such as ``FlowNetwork/sinkArcs``; any arcs, also one twice.
///   - certificates: one for each, in the same order.
/// - Returns: the intervals, or why the first end that fails does so.
/// - Complexity: for each end one pass over its changes and one over the arcs for its node set.
public func checkIntervals(
  _ flow: MaximumFlow, arcs: [Int], _ certificates: [ArcIntervalCertificate]
) -> Judgement<ArcIntervals> {
  let network = flow.flow.network
  guard certificates.count == arcs.count else {
    return .rejected(rejection(.shape, .field("intervals"), certificates.count, arcs.count))
  }
  // Certificates are read where they are: each copy would count the references to its parts.
  for (position, arc) in arcs.enumerated() {
    guard certificates[position].arc == arc else {
      let found = certificates[position].arc
      return .rejected(rejection(.range, .field("intervals.arc"), found, arc))
    }
    guard arc >= 0, arc < network.arcCount else {
      let nearest = arc < 0 ? 0 : network.arcCount - 1
      return .rejected(rejection(.range, .field("intervals.arc"), arc, nearest))
    }
    if let rejection = shapeRejection(certificates[position].minimum, arc, network)
      ?? shapeRejection(certificates[position].maximum, arc, network)
    {
      return .rejected(rejection)
    }
  }
  var vectors = [network.capacities, flow.flow.amounts]
  vectors.reserveCapacity(2 + 2 * certificates.count)
  for position in arcs.indices {
    vectors.append(certificates[position].minimum.differences)
    vectors.append(certificates[position].maximum.differences)
  }
  return aligned(vectors, IntervalCheck(flow: flow, certificates: certificates))
}

/// Tests counts, ranges, the order of the arcs, and the size of the node set.
private func shapeRejection(
  _ end: ExtremalFlow, _ interval: Int, _ network: FlowNetwork
) -> Rejection? {
  guard end.differences.count == end.arcs.count else {
    return rejection(.shape, .arc(interval), end.differences.count, end.arcs.count)
  }
  if let cut = end.cut, cut.nodeCount != network.nodeCount {
    return rejection(.shape, .arc(interval), cut.nodeCount, network.nodeCount)
  }
  var previous = -1
  for arc in end.arcs {
    guard Int(arc) > previous, Int(arc) < network.arcCount else {
      return rejection(
        .range, .intervalArc(interval: interval, arc: Int(arc)), Int(arc), previous + 1)
    }
    previous = Int(arc)
  }
  return nil
}

private struct IntervalCheck: AlignedCheck {
  let flow: MaximumFlow
  let certificates: [ArcIntervalCertificate]

  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> Judgement<ArcIntervals> {
    var pass = IntervalPass(
      network: flow.flow.network, capacities: vectors[0], flow: vectors[1],
      denominator: denominator)
    var minima: [Rational] = []
    var maxima: [Rational] = []
    minima.reserveCapacity(certificates.count)
    maxima.reserveCapacity(certificates.count)
    for k in certificates.indices {
      let arc = certificates[k].arc
      switch pass.amount(on: arc, certificates[k].minimum, vectors[2 + 2 * k], isMaximum: false) {
      case .rejected(let rejection): return .rejected(rejection)
      case .accepted(let least): minima.append(Rational(least.asBigInteger, denominator))
      }
      switch pass.amount(on: arc, certificates[k].maximum, vectors[3 + 2 * k], isMaximum: true) {
      case .rejected(let rejection): return .rejected(rejection)
      case .accepted(let most): maxima.append(Rational(most.asBigInteger, denominator))
      }
    }
    return .accepted(
      ArcIntervals(flow: flow, arcs: certificates.map(\.arc), minima: minima, maxima: maxima))
  }
}

/// The arrays that the checks of all ends of one claim share.
private struct IntervalPass<Number: ExactInteger> {
  let network: FlowNetwork
  let capacities: [Number]
  let flow: [Number]
  let denominator: BigInteger
  let value: Number
  /// Inflow minus outflow of the changes; all 0 between calls.
  var excess: [Number]

  init(network: FlowNetwork, capacities: [Number], flow: [Number], denominator: BigInteger) {
    self.network = network
    self.capacities = capacities
    self.flow = flow
    self.denominator = denominator
    value = .zero - excesses(of: flow, in: network)[network.source]
    excess = zeros(count: network.nodeCount)
  }

  /// The flow on an arc in an extremal flow, proved to be the largest or the least possible.
  ///
  /// The amount belongs to a maximum flow, and the bound holds for every one, so the difference of
  /// the two fits as the bound does: it lies between 0 and `u(out R) + V`.
  mutating func amount(
    on interval: Int, _ end: ExtremalFlow, _ differences: [Number], isMaximum: Bool
  ) -> Judgement<Number> {
    if let rejection = changeRejection(interval, end.arcs, differences) {
      return .rejected(rejection)
    }
    var amount = flow[interval]
    for (arc, difference) in zip(end.arcs, differences) where Int(arc) == interval {
      amount += difference
    }
    switch bound(on: interval, end.cut, isMaximum: isMaximum) {
    case .rejected(let rejection): return .rejected(rejection)
    case .accepted(let bound):
      guard amount == bound else {
        var wrong = ViolationCollector<Number>(.extremal, denominator: denominator)
        wrong.add(.arc(interval), amount, bound)
        return wrong.rejection.map { .rejected($0) } ?? .accepted(amount)
      }
      return .accepted(amount)
    }
  }

  /// Tests that the changes are a circulation and keep the flow within its bounds.
  ///
  /// Three vectors meet where a change goes too far. The flow is within its bounds, so what is
  /// collected, `f + d - u` or `-(f + d)`, is at most `|d|`.
  private mutating func changeRejection(
    _ interval: Int, _ arcs: [Int32], _ differences: [Number]
  ) -> Rejection? {
    if arcs.isEmpty { return nil }
    var below = ViolationCollector<Number>(.lowerBound, denominator: denominator)
    var above = ViolationCollector<Number>(.capacity, denominator: denominator)
    var unbalanced = ViolationCollector<Number>(.circulation, denominator: denominator)
    for position in 0..<arcs.count {
      let (arc, difference) = (Int(arcs[position]), differences[position])
      let place = Place.intervalArc(interval: interval, arc: arc)
      let changed = flow[arc] + difference
      if changed < .zero { below.add(place, changed, .zero) }
      if changed > capacities[arc] { above.add(place, changed, capacities[arc]) }
      let (tail, head) = network.arcs.ends(of: arc)
      excess[tail] -= difference
      excess[head] += difference
    }
    for arc in arcs {
      let (tail, head) = network.arcs.ends(of: Int(arc))
      for end in 0..<2 {
        let node = end == 0 ? tail : head
        guard excess[node] != .zero else { continue }
        unbalanced.add(.intervalNode(interval: interval, node: node), excess[node], .zero)
        excess[node] = .zero
      }
    }
    return Rejection.joined(
      Rejection.joined(below.rejection, above.rejection), unbalanced.rejection)
  }

  /// The bound that the node set proves for the flow on an arc.
  private func bound(on interval: Int, _ cut: NodeSet?, isMaximum: Bool) -> Judgement<Number> {
    guard let cut else { return .accepted(isMaximum ? capacities[interval] : .zero) }
    let (tail, head) = network.arcs.ends(of: interval)
    for (node, belongs) in [(tail, !isMaximum), (head, isMaximum)]
    where cut.contains(node) != belongs {
      return .rejected(
        rejection(
          .cutEnds, .intervalNode(interval: interval, node: node), belongs ? 0 : 1,
          belongs ? 1 : 0))
    }
    let leaving = capacityLeaving(cut, network, capacities)
    let (hasSource, hasSink) = (cut.contains(network.source), cut.contains(network.sink))
    let net = hasSource == hasSink ? Number.zero : (hasSource ? value : .zero - value)
    return .accepted(isMaximum ? leaving - net : net - (leaving - capacities[interval]))
  }
}

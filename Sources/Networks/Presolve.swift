// Which arcs of a circulation problem can carry anything but a bound.
//
// Problem: a logarithm is infinite on an arc that all feasible flows leave at a bound, and any
// solver wastes its time there.
// Idea: two feasible flows differ by a circulation of the residual graph of either, and every
// circulation is a sum of cycles. So take any feasible flow, here 0 where it is one. An arc whose
// ends lie in different strong components of its residual graph is on no residual cycle: it has
// the same flow in all feasible flows, and this flow is a bound, since an arc strictly inside its
// bounds is open both ways and joins its ends. An arc with l < u inside a component is strictly
// inside its bounds, or at one of them and then on a residual cycle: pushing a little round one
// such cycle for each of them gives a flow that is strictly inside all their bounds. With l = 0
// these are the arcs with u > 0 inside strong components of the digraph of such arcs, on a layered
// network those on a path of positive arcs from source to sink. A free return arc has no bounds
// and is open both ways, which makes source and sink one node.
// Proof for the kernel: numbering the components in topological order gives each node a level that
// never falls along an open half-arc.
// Cost: linear in arcs and nodes. Components: [T].
public import Checker
public import ExactArithmetic

/// What presolve says about a circulation problem.
public struct CirculationPresolve: Sendable, Equatable {
  /// Whether each arc stays: some feasible flow is strictly inside the bounds of all that do.
  public let isKept: [Bool]
  /// The number of arcs that stay.
  public let keptCount: Int
  /// The number of arcs dropped because their bounds are equal; without lower bounds, `u = 0`.
  public let zeroCapacityCount: Int
  /// The number of arcs dropped because they join different components: they stay at a bound.
  public let betweenComponentsCount: Int
  /// The number of strong components of the residual graph, single nodes among them.
  public let componentCount: Int
  /// The component of each node in topological order, from 0: never falls along an open half-arc.
  ///
  /// Source and sink share one where the return arc is free.
  public let levels: [Int32]

  /// Presolves a problem, given one of its feasible flows.
  ///
  /// Nothing if no flow is given and 0 is not feasible. Precondition: a flow that is given is
  /// feasible; it has one entry per arc. Every feasible flow gives the same answer, except for the
  /// order of components without arcs between them.
  public init?(_ problem: CirculationProblem, feasibleFlow: ExactVector? = nil) {
    guard feasibleFlow != nil || problem.admitsZeroFlow else { return nil }
    let adjacency = Adjacency(circulationsOf: problem)
    var bounds = [problem.lowerBounds, problem.network.capacities]
    if let feasibleFlow {
      precondition(
        feasibleFlow.count == adjacency.arcCount,
        "\(feasibleFlow.count) flows for \(adjacency.arcCount) arcs")
      bounds.append(feasibleFlow)
    }
    let isOpen = OpenHalfArcs().run(on: bounds)
    let components = StrongComponents(adjacency, isOpen: isOpen)
    var isKept = [Bool](repeating: false, count: adjacency.arcCount)
    var (kept, equal) = (0, 0)
    for arc in 0..<isKept.count {
      let (tail, head) = adjacency.ends(of: arc)
      if !isOpen[2 * arc] && !isOpen[2 * arc + 1] {
        equal += 1
      } else if components.component[tail] == components.component[head] {
        isKept[arc] = true
        kept += 1
      }
    }
    self.isKept = isKept
    keptCount = kept
    zeroCapacityCount = equal
    betweenComponentsCount = isKept.count - kept - equal

    // Open half-arcs lead to components with smaller numbers.
    var levels = components.component.map { Int32(components.count - 1) - $0 }
    var count = components.count
    if problem.returnArc.isFree {
      // The sink lost its arcs to the source, and is left over as a component without arcs.
      let left = levels[problem.network.sink]
      for node in 0..<levels.count where levels[node] > left { levels[node] -= 1 }
      levels[problem.network.sink] = levels[problem.network.source]
      count -= 1
    }
    self.levels = levels
    componentCount = count
  }
}

extension CirculationProblem {
  /// Whether the flow that is 0 everywhere is feasible.
  public var admitsZeroFlow: Bool {
    if case .fixed(let value) = returnArc, !value.isZero { return false }
    return switch lowerBounds.elements {
    case .int64(let lower): lower.allSatisfy { $0 <= 0 }
    case .int128(let lower): lower.allSatisfy { $0 <= 0 }
    case .big(let lower): lower.allSatisfy { $0.signum() <= 0 }
    }
  }
}

extension CirculationProblem.ReturnArc {
  /// Whether the flow of the return arc is free.
  public var isFree: Bool {
    if case .free = self { return true }
    return false
  }
}

extension Adjacency {
  /// The half-arcs among which the flows of a problem circulate.
  ///
  /// Where the return arc is free, arcs at the sink meet the source in its place: flow that comes
  /// to the sink is back at the source. The sink is then a node without arcs.
  public init(circulationsOf problem: CirculationProblem) {
    let network = problem.network
    guard problem.returnArc.isFree else {
      self.init(network)
      return
    }
    let (source, sink) = (Int32(network.source), network.sink)
    var tails = [Int32](repeating: 0, count: network.arcCount)
    var heads = tails
    network.arcs.forEach { arc, tail, head in
      tails[arc] = tail == sink ? source : Int32(truncatingIfNeeded: tail)
      heads[arc] = head == sink ? source : Int32(truncatingIfNeeded: head)
    }
    self.init(nodeCount: network.nodeCount, arcs: .listed(tails: tails, heads: heads))
  }
}

/// Which half-arcs are open, from lower bounds, upper bounds, and a flow if it is not 0.
private struct OpenHalfArcs: ExactTask {
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> [Bool] {
    let (lower, upper) = (numerators[0], numerators[1])
    let flow = numerators.count > 2 ? numerators[2] : []
    var isOpen = [Bool](repeating: false, count: 2 * lower.count)
    for arc in 0..<lower.count {
      let amount = flow.isEmpty ? Number.zero : flow[arc]
      isOpen[2 * arc] = amount < upper[arc]
      isOpen[2 * arc + 1] = amount > lower[arc]
    }
    return isOpen
  }
}

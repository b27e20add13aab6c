// Problems made around their optimum. Choose a flow f, a second one g, bounds that hold both,
// potentials y and multipliers at bounds that f reaches, and then the costs that make f stationary:
//
//     c = (y(head) - y(tail)) - phi'(f) + s_l - s_u.
//
// So f is the optimum exactly, for every term, with costs and lower bounds of any sign, and every
// point between f and g is a feasible flow whose distance from the optimum is known.
import Checker
import ExactArithmetic
import TestSupport
import Testing

/// Which convex term a planted problem has.
enum PlantedTerm: CaseIterable { case none, squares, logarithms }

/// A problem with its known optimum.
struct PlantedOptimum {
  let problem: CirculationProblem
  let optimum: [Rational]
  let other: [Rational]
  let duals: CirculationDuals

  /// The optimum's place moved by a fraction of the way to the other flow.
  func flow(_ fraction: Rational) -> [Rational] {
    zip(optimum, other).map { $0 + fraction * ($1 - $0) }
  }

  /// The problem with arcs that lead nowhere or come from nowhere, and levels that prove it.
  ///
  /// Their costs and the potentials of their ends are drawn without regard to anything.
  func withDeadEnds(_ numbers: inout TestNumbers) throws -> (Self, levels: [Int32]) {
    let network = problem.network
    let count = network.nodeCount
    var (tails, heads) = ([Int32](), [Int32]())
    network.arcs.forEach { _, tail, head in
      tails.append(Int32(tail))
      heads.append(Int32(head))
    }
    var levels = [Int32](repeating: 0, count: count)
    var added: [(lower: Rational, upper: Rational)] = []
    for _ in 0..<(1 + numbers.below(3)) {
      // A node that the flow can reach but not leave, at the end of arcs of flow 0. Those towards
      // it cannot give, and those away from it have no capacity left, or the other way round.
      let (old, new) = (Int32(numbers.below(levels.count)), Int32(levels.count))
      let isBelow = numbers.below(2) == 0
      levels.append(levels[Int(old)] + (isBelow ? -1 : 1))
      for _ in 0...numbers.below(2) {
        let leaves = numbers.below(2) == 0
        tails.append(leaves ? new : old)
        heads.append(leaves ? old : new)
        let isAtUpper = isBelow != leaves
        let room = 1 + numbers.fraction().magnitude
        added.append((isAtUpper ? -room : 0, isAtUpper ? 0 : room))
      }
    }
    func extended(_ vector: ExactVector, _ more: [Rational]) -> ExactVector {
      ExactVector((0..<vector.count).map { vector[$0] } + more)
    }
    let zeros = [Rational](repeating: 0, count: added.count)
    let larger = try CirculationProblem(
      network: FlowNetwork(
        nodeCount: levels.count, source: network.source, sink: network.sink, tails: tails,
        heads: heads, capacities: extended(network.capacities, added.map(\.upper))),
      lowerBounds: extended(problem.lowerBounds, added.map(\.lower)),
      costs: extended(problem.costs, added.map { _ in numbers.fraction() }),
      returnArc: problem.returnArc, term: problem.term)
    let free = CirculationDuals(
      potentials: extended(
        duals.potentials, levels.dropFirst(count).map { _ in numbers.fraction() }),
      lowerMultipliers: extended(duals.lowerMultipliers, zeros),
      upperMultipliers: extended(duals.upperMultipliers, zeros))
    let plant = Self(
      problem: larger, optimum: optimum + zeros, other: other + zeros, duals: free)
    return (plant, levels)
  }

  private init(
    problem: CirculationProblem, optimum: [Rational], other: [Rational], duals: CirculationDuals
  ) {
    self.problem = problem
    self.optimum = optimum
    self.other = other
    self.duals = duals
  }

  /// A random multigraph problem; a balancing arc to the sink at every node makes any flow one.
  init(general term: PlantedTerm, isFixed: Bool, _ numbers: inout TestNumbers) throws {
    let nodes = 2 + numbers.below(4)
    let (source, sink) = (0, nodes - 1)
    var ends = (0..<numbers.below(7)).map { _ in
      (Int32(numbers.below(nodes)), Int32(numbers.below(nodes)))
    }
    let free = ends.count
    for node in 1..<sink { ends.append((Int32(node), Int32(sink))) }
    ends.append((Int32(source), Int32(sink)))
    let value = numbers.fraction()
    func balanced() -> [Rational] {
      var flow = (0..<free).map { _ in numbers.fraction() }
      for node in 1..<sink { flow.append(excess(flow, ends, node)) }
      let last = numbers.fraction()
      flow.append(isFixed ? value + excess(flow, ends, source) : last)
      return flow
    }
    let (optimum, other) = (balanced(), balanced())
    try self.init(
      optimum, other, term, .allButReturn, isFixed ? .fixed(value: value) : nil, &numbers
    ) { capacities in
      try FlowNetwork(
        nodeCount: nodes, source: source, sink: sink, tails: ends.map(\.0), heads: ends.map(\.1),
        capacities: ExactVector(capacities))
    }
  }

  /// A problem on a layered network of two layers, with the term on the attention arcs.
  init(layered term: PlantedTerm, tokens: Int, _ numbers: inout TestNumbers) throws {
    func flow() -> [Rational] {
      let square = tokens * tokens
      let lower = (0..<square).map { _ in numbers.fraction().magnitude }
      let shares = (0..<square).map { _ in numbers.fraction().magnitude + 1 }
      var upper = [Rational](repeating: 0, count: square)
      for j in 0..<tokens {
        let throughput = (0..<tokens).reduce(Rational(0)) { $0 + lower[j * tokens + $1] }
        let total = (0..<tokens).reduce(Rational(0)) { $0 + shares[$1 * tokens + j] }
        for i in 0..<tokens {
          upper[i * tokens + j] = throughput * shares[i * tokens + j] / total
        }
      }
      let tops = (0..<tokens).map { i in
        (0..<tokens).reduce(Rational(0)) { $0 + upper[i * tokens + $1] }
      }
      let bottoms = (0..<tokens).map { j in
        (0..<tokens).reduce(Rational(0)) { $0 + lower[$1 * tokens + j] }
      }
      return lower + upper + tops + bottoms
    }
    let (optimum, other) = (flow(), flow())
    let attention = 2 * tokens * tokens
    try self.init(optimum, other, term, .attention, nil, &numbers) { capacities in
      try FlowNetwork(
        tensor: EffectiveTensor(
          layers: 2, tokens: tokens, entries: ExactVector(Array(capacities[..<attention]))),
        mode: .all, conventions: Conventions(superCapacity: capacities[attention...].max()))
    }
  }

  private init(
    _ optimum: [Rational], _ other: [Rational], _ term: PlantedTerm,
    _ termArcs: Conventions.TermArcs, _ fixed: CirculationProblem.ReturnArc?,
    _ numbers: inout TestNumbers, network build: ([Rational]) throws -> FlowNetwork
  ) throws {
    let needsRoom = term == .logarithms
    var (lower, upper) = ([Rational](), [Rational]())
    for (first, second) in zip(optimum, other) {
      let below = numbers.below(2) == 0 && !needsRoom ? 0 : numbers.fraction().magnitude + 1
      let above = numbers.below(2) == 0 && !needsRoom ? 0 : numbers.fraction().magnitude + 1
      lower.append(min(first, second) - below)
      upper.append(max(first, second, 0) + above)
    }
    let network = try build(upper)
    var potentials = (0..<network.nodeCount).map { _ in numbers.fraction() }
    let gain = numbers.fraction()
    if fixed == nil { potentials[network.sink] = potentials[network.source] + gain }
    let weight = numbers.fraction().magnitude + Rational(1, 7)
    let convex: CirculationProblem.Term =
      switch term {
      case .none: .none
      case .squares: .squares(lambda: weight)
      case .logarithms: .logarithms(mu: weight)
      }
    func problem(costs: [Rational]) throws -> CirculationProblem {
      try CirculationProblem(
        network: network, lowerBounds: ExactVector(lower), costs: ExactVector(costs),
        returnArc: fixed ?? .free(gain: gain), term: convex, termArcs: termArcs)
    }
    let zeros = [Rational](repeating: 0, count: optimum.count)
    let costless = try problem(costs: zeros)
    var (costs, lowers, uppers) = (zeros, zeros, zeros)
    for arc in optimum.indices {
      let capacity = network.capacities[arc]
      if optimum[arc] == lower[arc] { lowers[arc] = numbers.fraction().magnitude }
      if optimum[arc] == capacity { uppers[arc] = numbers.fraction().magnitude }
      let (tail, head) = network.arcs.ends(of: arc)
      costs[arc] =
        potentials[head] - potentials[tail] - termGradient(costless, arc, optimum[arc])
        + lowers[arc] - uppers[arc]
    }
    self.problem = try problem(costs: costs)
    self.optimum = optimum
    self.other = other
    duals = CirculationDuals(
      potentials: ExactVector(potentials), lowerMultipliers: ExactVector(lowers),
      upperMultipliers: ExactVector(uppers))
  }
}

/// The derivative of an arc's term, by its definition; 0 on an arc without it.
func termGradient(_ problem: CirculationProblem, _ arc: Int, _ amount: Rational) -> Rational {
  guard problem.carriesTerm(arc) else { return 0 }
  switch problem.term {
  case .none: return 0
  case .squares(let lambda): return 2 * lambda * amount
  case .logarithms(let mu):
    return mu / (problem.network.capacities[arc] - amount)
      - mu / (amount - problem.lowerBounds[arc])
  }
}

/// Inflow minus outflow of a node, over the arcs that have a flow.
private func excess(_ flow: [Rational], _ ends: [(Int32, Int32)], _ node: Int) -> Rational {
  zip(flow, ends).reduce(Rational(0)) { sum, arc in
    sum + (Int(arc.1.1) == node ? arc.0 : 0) - (Int(arc.1.0) == node ? arc.0 : 0)
  }
}

extension TestNumbers {
  /// A fraction of small numerator and denominator, of any sign, often 0.
  mutating func fraction() -> Rational { Rational(below(9) - 4, 1 + below(4)) }
}

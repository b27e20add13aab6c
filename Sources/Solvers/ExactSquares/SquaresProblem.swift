// A problem with squares, cut down to what can move and scaled to integers.
//
// Presolve freezes arcs; a self loop is a problem of its own. What is left are arcs with l < u,
// with one weight lambda. Divided by 2 lambda, with z = y / (2 lambda) and k = c / (2 lambda), the
// conditions read, for r = f + k - (z_head - z_tail) on an arc with the term and
// r = k - (z_head - z_tail) on one without:
//     r >= 0 where f = l,   r <= 0 where f = u,   r = 0 between.
// So lambda is gone, and so are all fractions: the matrix of a system of equations r = 0 is a graph
// Laplacian, and bounds, costs and supplies are integers over one denominator.
import Checker
import ExactArithmetic
import Networks

/// Bounds, costs and supplies, as integers over one denominator.
struct SquaresData {
  /// The lower bound of each arc.
  var lower: [BigInteger]
  /// The upper bound of each arc.
  var upper: [BigInteger]
  /// `k`: the cost of each arc, divided by twice the weight.
  var shifts: [BigInteger]
  /// What comes into each node from outside.
  var supplies: [BigInteger]
}

/// The arcs of a problem with squares that can move, and the rest as supplies.
struct SquaresProblem {
  /// The problem as it was stated.
  let problem: CirculationProblem
  /// What presolve found.
  let presolve: CirculationPresolve
  /// The number of each arc in the problem.
  let arcs: [Int]
  /// The half-arcs of these arcs; where the return arc is free, the sink is the source.
  let adjacency: Adjacency
  /// Whether each arc carries the term.
  let isQuadratic: [Bool]
  /// Bounds, costs and supplies.
  let data: SquaresData
  /// What `data` is over.
  let denominator: BigInteger
  /// The flow of all arcs of the problem that are not among `arcs`, over the denominator; 0 there.
  let fixedFlow: [BigInteger]
  /// `k` for all arcs of the problem, over the denominator, the gain taken in.
  let allShifts: [BigInteger]
  /// The gain of a free return arc, divided by twice the weight, over the denominator.
  let gain: BigInteger
  /// The place of each node in the order of elimination.
  let place: [Int32]
  /// Whether each node is the one of its component whose potential is 0.
  let isGround: [Bool]

  /// Cuts down a problem; `flow` is a feasible flow, nil for 0.
  ///
  /// Precondition: the arcs with l < u that do not carry the term form a forest when source and
  /// sink of a free return arc are merged, as the two stars of a layered network do.
  init(_ problem: CirculationProblem, lambda: Rational, flow: ExactVector) {
    guard let presolve = CirculationPresolve(problem, feasibleFlow: flow) else {
      preconditionFailure("presolve fails only without a flow")
    }
    var (gain, value) = (Rational.zero, Rational.zero)
    switch problem.returnArc {
    case .free(let earned): gain = earned / (2 * lambda)
    case .fixed(let given): value = given
    }
    let costFactor = (2 * lambda).reciprocal
    let common = [
      problem.lowerBounds.denominator, problem.network.capacities.denominator, flow.denominator,
      problem.costs.denominator * costFactor.denominator, gain.denominator, value.denominator,
    ].reduce(BigInteger.one) { .leastCommonMultiple($0, $1) }
    let scale = Rational(common)
    func scaled(_ vector: ExactVector, by factor: Rational = 1) -> [BigInteger] {
      let multiplier = (factor * scale / Rational(vector.denominator)).numerator
      return (0..<vector.count).map { vector.numerator($0) * multiplier }
    }
    let lower = scaled(problem.lowerBounds)
    let upper = scaled(problem.network.capacities)
    let scaledGain = (gain * scale).numerator
    var shifts = scaled(problem.costs, by: costFactor)
    let (source, sink) = (problem.network.source, problem.network.sink)
    problem.network.arcs.forEach { arc, tail, head in
      if head == sink { shifts[arc] -= scaledGain }
      if tail == sink { shifts[arc] += scaledGain }
    }

    let whole = Adjacency(circulationsOf: problem)
    var fixedFlow = scaled(flow)
    var supplies = [BigInteger](repeating: .zero, count: whole.nodeCount)
    supplies[source] += (value * scale).numerator
    supplies[sink] -= (value * scale).numerator
    var arcs: [Int] = []
    var (tails, heads) = ([Int32](), [Int32]())
    for arc in 0..<whole.arcCount {
      let (tail, head) = whole.ends(of: arc)
      if presolve.isKept[arc] && tail != head {
        arcs.append(arc)
        tails.append(Int32(truncatingIfNeeded: tail))
        heads.append(Int32(truncatingIfNeeded: head))
        fixedFlow[arc] = .zero
        continue
      }
      if presolve.isKept[arc] {
        // A loop minimises f^2 / 2 + k f by itself.
        let best = problem.carriesTerm(arc) ? -shifts[arc] : (shifts[arc] > 0 ? lower : upper)[arc]
        fixedFlow[arc] = max(lower[arc], min(upper[arc], best))
      }
      supplies[tail] -= fixedFlow[arc]
      supplies[head] += fixedFlow[arc]
    }
    self.problem = problem
    self.presolve = presolve
    self.arcs = arcs
    adjacency = Adjacency(
      nodeCount: whole.nodeCount, arcs: .listed(tails: tails, heads: heads))
    isQuadratic = arcs.map { problem.carriesTerm($0) }
    data = SquaresData(
      lower: arcs.map { lower[$0] }, upper: arcs.map { upper[$0] },
      shifts: arcs.map { shifts[$0] }, supplies: supplies)
    denominator = common
    self.fixedFlow = fixedFlow
    allShifts = shifts
    self.gain = scaledGain
    isGround = grounds(adjacency, components: presolve.levels)
    if case .listed = problem.network.arcs {
      place = cuthillMcKeePlaces(adjacency, isLeftOut: isGround)
    } else {
      place = (0..<Int32(whole.nodeCount)).map { $0 }
    }
  }
}

/// The node of each component where most half-arcs meet: the source of a layered network, without
/// which the matrix is block tridiagonal.
private func grounds(_ adjacency: Adjacency, components: [Int32]) -> [Bool] {
  var best = [Int](repeating: -1, count: Int(components.max() ?? -1) + 1)
  for node in 0..<adjacency.nodeCount where adjacency.degree(of: node) > 0 {
    let component = Int(components[node])
    if best[component] < 0 || adjacency.degree(of: node) > adjacency.degree(of: best[component]) {
      best[component] = node
    }
  }
  var isGround = [Bool](repeating: false, count: adjacency.nodeCount)
  for node in best where node >= 0 { isGround[node] = true }
  return isGround
}

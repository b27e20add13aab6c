// A circulation problem in the two forms that the solvers work on.
//
// In doubles, flows are measured in a power of two near the largest amount that an active arc can
// pass, and costs in a power of two near the gain, or the largest cost. In integers, bounds and
// flows are multiples of a unit so small that all sums of them just fit 128 bits: imbalances,
// slacks and potential differences are exact, and bounds are hit exactly. Where the capacities
// themselves do not fit, they are rounded inwards to the unit, which keeps every flow feasible.
import Checker
import ExactArithmetic
import Networks

/// A circulation problem, presolved and scaled.
struct WorkingProblem {
  let problem: CirculationProblem
  let incidence: Incidence
  let presolve: CirculationPresolve
  /// 1 for nodes whose potential is unknown, 0 for grounded ones.
  let isUnknown: [Double]
  /// The potentials of grounded nodes and the first guess of all others, in cost units.
  let firstPotentials: [Double]
  /// What one unit of the scaled flows is worth, a power of two.
  let flowScale: Double
  /// What one unit of the scaled costs is worth: a power of two, times the gain if there is one.
  let exactCostScale: Rational
  /// The nearest double of the exact cost scale.
  let costScale: Double
  /// The number of integer units in one unit of the scaled flows.
  let unitsPerFlow: Double
  /// What the integers are divided by to give amounts.
  let denominator: BigInteger
  /// Lower bounds in integer units; at dropped arcs the amount itself.
  let lower: [Int128]
  /// Upper bounds in integer units; at dropped arcs the amount itself.
  let upper: [Int128]
  /// What must flow into each node, less what flows out of it; 0 but for a fixed value.
  let demand: [Int128]
  /// The amount that each arc can pass at most, by its bounds and what its ends take in or hand on.
  let passing: [Double]
  /// Scaled costs; empty if all are 0.
  let costs: [Double]
  /// `2 lambda` in scaled units; 0 without squares.
  let curvature: Double
  /// `mu` in scaled units; 0 without logarithms.
  let weight: Double

  var arcCount: Int { lower.count }
  var nodeCount: Int { incidence.nodeCount }
  /// Whether each arc takes part: its flow can differ between feasible flows, and it has the term.
  let isActive: [Bool]
  /// The number of arcs that take part.
  let activeCount: Int
  /// The arcs without the term whose flow can differ; each joins source or sink to a token.
  ///
  /// They are taken to lie strictly between their bounds, as those of the usual super capacity do:
  /// then the potential of the token is that of source or sink, and the token needs no balance
  /// until the end, when the arc's flow is what balances it.
  let linkArcs: [Int]

  /// Prepares a problem; nil if 128 bits do not hold the amounts that are given.
  init?(
    _ problem: CirculationProblem, presolve: CirculationPresolve, feasibleFlow: ExactVector
  ) {
    let network = problem.network
    self.problem = problem
    incidence = Incidence(nodeCount: network.nodeCount, arcs: network.arcs)
    self.presolve = presolve
    guard let grid = FlowGrid(problem, isActive: presolve.isKept, feasibleFlow: feasibleFlow)
    else { return nil }
    lower = grid.lower
    upper = grid.upper
    demand = grid.demand
    denominator = grid.denominator
    let termCount = problem.termArcCount
    isActive = presolve.isKept.indices.map { presolve.isKept[$0] && $0 < termCount }
    activeCount = isActive.reduce(0) { $0 + ($1 ? 1 : 0) }
    linkArcs = (termCount..<network.arcCount).filter { presolve.isKept[$0] }

    var gain = Rational.zero
    if case .free(let exact) = problem.returnArc { gain = exact }
    var (isUnknown, isCoupled) = groundedNodes(problem, presolve)
    for arc in linkArcs {
      let ends = network.arcs.ends(of: arc)
      isUnknown[ends.tail] = 0
      isUnknown[ends.head] = 0
    }
    self.isUnknown = isUnknown

    let unit = Rational(1, denominator).nearestDouble
    let range = zip(lower, upper).map { FixedPoint.double($1 - $0) * unit }
    let passing = passingAmounts(range, problem: problem, isActive: presolve.isKept)
    let largest = passing.max() ?? 0
    flowScale = largest > 0 ? powerOfTwo(largest) : 1
    let exactCosts = problem.costs.nearestDoubles
    let hasCosts = exactCosts.contains { $0 != 0 }
    let largestCost = exactCosts.reduce(0) { max($0, abs($1)) }
    let gainUnit = gain.isZero ? Rational.one : gain.magnitude
    let costRatio = largestCost / gainUnit.nearestDouble
    guard costRatio.isFinite else { return nil }
    // Without a gain the scale is that of the costs; with one, it is the gain's at least.
    let exponent = costRatio > 0 ? Int(costRatio.exponent) : 0
    exactCostScale =
      exponent >= 0
      ? gainUnit * Rational(BigInteger.powerOfTwo(exponent))
      : gain.isZero ? Rational(BigInteger.one, BigInteger.powerOfTwo(-exponent)) : gainUnit
    costScale = exactCostScale.nearestDouble
    let (flowScale, costScale) = (self.flowScale, self.costScale)
    self.passing = passing.map { $0 / flowScale }
    costs = hasCosts ? exactCosts.map { $0 / costScale } : []
    unitsPerFlow = flowScale / unit
    switch problem.term {
    case .none: (curvature, weight) = (0, 0)
    case .squares(let lambda):
      (curvature, weight) = (2 * lambda.nearestDouble * (flowScale / costScale), 0)
    case .logarithms(let mu):
      (curvature, weight) = (0, mu.nearestDouble / (flowScale * costScale))
    }
    var potentials = [Double](repeating: 0, count: network.nodeCount)
    if isCoupled { potentials[network.sink] = (gain / exactCostScale).nearestDouble }
    for arc in linkArcs {
      let (tail, head) = network.arcs.ends(of: arc)
      let cost = costs.isEmpty ? 0 : costs[arc]
      if tail == network.source || tail == network.sink {
        potentials[head] = potentials[tail] + cost
      } else {
        potentials[tail] = potentials[head] - cost
      }
    }
    firstPotentials = potentials
    // Products of three of these must stay in the range of doubles.
    let magnitudes = [flowScale, costScale, unit] + [curvature, weight].filter { $0 != 0 }
    guard magnitudes.allSatisfy({ $0 > 1e-100 && $0 < 1e100 }) else { return nil }
  }
}

/// Which nodes are grounded, and whether the gain couples sink and source.
///
/// Source and sink are, if the return arc is free or they lie in different components; else the
/// source alone. Every other component has one node that is; so has what has no active arcs.
private func groundedNodes(
  _ problem: CirculationProblem, _ presolve: CirculationPresolve
) -> (isUnknown: [Double], isCoupled: Bool) {
  let network = problem.network
  var isUnknown = [Double](repeating: 1, count: network.nodeCount)
  var isCoupled = false
  if case .free = problem.returnArc { isCoupled = true }
  var hasGround = [Bool](repeating: false, count: network.nodeCount)
  for node in [network.source, network.sink] {
    let level = Int(presolve.levels[node])
    if !hasGround[level] || isCoupled { isUnknown[node] = 0 }
    hasGround[level] = true
  }
  for node in 0..<network.nodeCount where !hasGround[Int(presolve.levels[node])] {
    hasGround[Int(presolve.levels[node])] = true
    isUnknown[node] = 0
  }
  return (isUnknown, isCoupled)
}

/// The largest power of two that is not above a positive number.
func powerOfTwo(_ value: Double) -> Double {
  Double(sign: .plus, exponent: value.exponent, significand: 1)
}

/// What each active arc passes in acyclic flows from source to sink; its range if other flows have
/// to be reckoned with.
private func passingAmounts(
  _ range: [Double], problem: CirculationProblem, isActive: [Bool]
) -> [Double] {
  let network = problem.network
  let active = zip(range, isActive).map { $1 ? $0 : 0 }
  guard problem.returnArc.isFree, problem.lowerBounds.nearestDoubles.allSatisfy({ $0 == 0 }) else {
    return active
  }
  let passing = lowered(
    active, Adjacency(network), source: network.source, sink: network.sink)
  // An arc on cycles only is left with nothing.
  return passing.indices.map { isActive[$0] && passing[$0] == 0 ? range[$0] : passing[$0] }
}

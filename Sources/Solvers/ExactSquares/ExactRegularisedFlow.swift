public import Checker
import ExactArithmetic
public import Networks

/// The unique optimum of a problem with squares, in exact numbers: `l2`, or `l1 + l2` with costs.
///
/// A problem without a convex term is solved as a minimum-cost circulation. Precondition: the term
/// is none or squares; with logarithms the optimum is not rational.
///
/// - Parameters:
///   - problem: the problem.
///   - start: a guess at optimal potentials, one per node, in the units of costs, such as those of
///     an approximate solution; nil for none. It changes the work, not the answer.
///   - limit: the bound on the work.
/// - Returns: flow, potentials and multipliers that satisfy the optimality conditions exactly, or
///   nodes that show that there is no feasible flow.
public func exactRegularisedFlow(
  _ problem: CirculationProblem, start: [Double]? = nil, limit: WorkLimit = .unlimited
) -> ExactCirculationSolution {
  if problem.term == .none { return problem.minimumCostCirculation(limit: limit) }
  guard case .squares(let lambda) = problem.term else {
    preconditionFailure("the optimum with the term \(problem.term) is not rational")
  }
  let (flow, feasibility) = problem.feasibleCirculation(limit: limit)
  guard let flow else { return feasibility }
  let squares = SquaresProblem(problem, lambda: lambda, flow: flow)
  let weight = Rational(2) * lambda
  let scaledStart = start.map { start in
    precondition(
      start.count == problem.network.nodeCount,
      "\(start.count) potentials for \(problem.network.nodeCount) nodes")
    return grounded(start.map { $0 / weight.nearestDouble }, squares)
  }
  let guess = ApproximatePotentials(squares, start: scaledStart)
  var search = ActiveSetSearch(
    squares, guess: guess, limit: limit.remaining(after: feasibility.work))
  let run = search.find()
  let work = feasibility.work + run.work
  guard let point = run.point else {
    return ExactCirculationSolution(
      status: .workLimitReached, iterations: run.systems, work: work)
  }
  return ExactCirculationSolution(
    status: .optimal, optimum: squares.optimum(point, weight: weight), iterations: run.systems,
    work: work)
}

/// The same differences of potentials, with 0 at the ground of each component; 0 where a guess is
/// not finite.
private func grounded(_ potentials: [Double], _ squares: SquaresProblem) -> [Double] {
  let levels = squares.presolve.levels
  var ground: [Int32: Double] = [:]
  for node in potentials.indices where squares.isGround[node] {
    ground[levels[node]] = potentials[node]
  }
  return potentials.indices.map { node in
    let difference = potentials[node] - (ground[levels[node]] ?? 0)
    return difference.isFinite ? difference : 0
  }
}

extension SquaresProblem {
  /// The optimum of the whole problem, in its own units; `weight` is `2 lambda`.
  ///
  /// Between components nothing ties the potentials. An arc that joins two of them is held at a
  /// bound, and its multiplier has the right sign once the potentials are far enough apart, since
  /// levels never fall along an open half-arc: `z - K level` with a large `K` will do.
  fileprivate func optimum(_ point: ActiveSetPoint, weight: Rational) -> CirculationOptimum {
    let network = problem.network
    let whole = Adjacency(circulationsOf: problem)
    let levels = presolve.levels
    var flow = fixedFlow.map { $0 * point.denominator }
    for (position, arc) in arcs.enumerated() { flow[arc] = point.flow[position] }
    var potentials = point.potentials
    let multipliers = (0..<network.arcCount).map { arc in
      let (tail, head) = whole.ends(of: arc)
      return (problem.carriesTerm(arc) ? flow[arc] : .zero) + point.denominator * allShifts[arc]
        - (potentials[head] - potentials[tail])
    }
    var apart = BigInteger.zero
    for arc in 0..<network.arcCount {
      let (tail, head) = whole.ends(of: arc)
      let isWrong =
        levels[tail] < levels[head]
        ? multipliers[arc].signum() < 0
        : levels[tail] > levels[head] && multipliers[arc].signum() > 0
      if isWrong { apart = max(apart, multipliers[arc].magnitude) }
    }
    for node in potentials.indices { potentials[node] -= apart * BigInteger(levels[node]) }
    if problem.returnArc.isFree {
      potentials[network.sink] = potentials[network.source] + gain * point.denominator
    }

    // y = z 2 lambda, and the same for multipliers.
    let over = denominator * point.denominator
    var (below, above) = (flow.map { _ in BigInteger.zero }, flow.map { _ in BigInteger.zero })
    for arc in 0..<network.arcCount {
      let (tail, head) = whole.ends(of: arc)
      let multiplier =
        (multipliers[arc] + apart * BigInteger(Int(levels[head]) - Int(levels[tail])))
        * weight.numerator
      if multiplier.signum() > 0 { below[arc] = multiplier } else { above[arc] = -multiplier }
    }
    let dualDenominator = over * weight.denominator
    return CirculationOptimum(
      problem, flow: ExactVector(flow, denominator: over),
      duals: CirculationDuals(
        potentials: ExactVector(
          potentials.map { $0 * weight.numerator }, denominator: dualDenominator),
        lowerMultipliers: ExactVector(below, denominator: dualDenominator),
        upperMultipliers: ExactVector(above, denominator: dualDenominator)))
  }
}

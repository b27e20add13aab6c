// Minimum-cost circulations in exact numbers: from a problem of the kernel to the algorithm of
// PrimalDualFlow.swift and back.
//
// A free return arc makes source and sink one node: with y_sink = y_source + gain, an arc of cost c
// that ends at the sink has the reduced cost of one of cost c - gain that ends at the source, and
// one that begins there of cost c + gain. A fixed value is a supply at the source and a demand at
// the sink.
public import Checker
public import ExactArithmetic
public import Networks

extension CirculationProblem {
  /// A flow of least linear cost, with potentials and multipliers that prove it.
  ///
  /// With equal costs on all arcs it solves the `l1` problem. Precondition: the problem has no
  /// convex term.
  ///
  /// - Parameter limit: the bound on the work.
  /// - Returns: the optimum, or nodes that show that there is no feasible flow.
  public func minimumCostCirculation(limit: WorkLimit = .unlimited) -> ExactCirculationSolution {
    precondition(term == .none, "a circulation with the term \(term) is no linear problem")
    return linearCirculation(withCosts: true, limit: limit)
  }

  /// A feasible flow, whatever it costs.
  ///
  /// - Parameter limit: the bound on the work.
  /// - Returns: the flow and how the search ended, with nodes that show it if there is none.
  public func feasibleCirculation(
    limit: WorkLimit = .unlimited
  ) -> (flow: ExactVector?, solution: ExactCirculationSolution) {
    if admitsZeroFlow {
      let zeros = [Int64](repeating: 0, count: network.arcCount)
      return (
        ExactVector(zeros, denominator: .one),
        ExactCirculationSolution(status: .optimal, iterations: 0, work: 0)
      )
    }
    let solution = linearCirculation(withCosts: false, limit: limit)
    return (solution.optimum?.flow, solution)
  }

  private func linearCirculation(withCosts: Bool, limit: WorkLimit) -> ExactCirculationSolution {
    var (gain, value) = (Rational.zero, Rational.zero)
    switch returnArc {
    case .free(let earned): gain = withCosts ? earned : 0
    case .fixed(let given): value = given
    }
    let zeros = ExactVector([Int64](repeating: 0, count: network.arcCount), denominator: .one)
    let costs = withCosts ? costs : zeros
    // Amounts are sums of bounds of both kinds and the value, distances are sums of costs; with
    // this entry among the vectors all of them have head room together.
    let room =
      lowerBounds.magnitudeSum + network.capacities.magnitudeSum + value.magnitude
      + costs.magnitudeSum + gain.magnitude * Rational(network.arcCount)
    return LinearCirculation(problem: self, limit: limit).run(
      on: lowerBounds, network.capacities, costs, ExactVector([gain, value]),
      ExactVector([room]))
  }
}

/// The problem in numerators: lower bounds, upper bounds, costs, gain and value.
private struct LinearCirculation: ExactTask {
  let problem: CirculationProblem
  let limit: WorkLimit

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactCirculationSolution {
    let (lower, upper) = (numerators[0], numerators[1])
    let (gain, value) = (numerators[3][0], numerators[3][1])
    let (source, sink) = (problem.network.source, problem.network.sink)
    let adjacency = Adjacency(circulationsOf: problem)
    var costs = numerators[2]
    if gain != .zero {
      problem.network.arcs.forEach { arc, tail, head in
        if head == sink { costs[arc] -= gain }
        if tail == sink { costs[arc] += gain }
      }
    }
    var supplies = [Number](repeating: .zero, count: adjacency.nodeCount)
    supplies[source] += value
    supplies[sink] -= value

    let run = primalDualFlow(
      adjacency, lower: lower, upper: upper, costs: costs, supplies: supplies, limit: limit)
    switch run.outcome {
    case .optimal(let flow, var potentials):
      var lowerMultipliers = [Number](repeating: .zero, count: costs.count)
      var upperMultipliers = lowerMultipliers
      for arc in 0..<costs.count {
        let (tail, head) = adjacency.ends(of: arc)
        let reduced = costs[arc] + potentials[tail] - potentials[head]
        if reduced > .zero { lowerMultipliers[arc] = reduced }
        if reduced < .zero { upperMultipliers[arc] = -reduced }
      }
      if problem.returnArc.isFree { potentials[sink] = potentials[source] + gain }
      let optimum = CirculationOptimum(
        problem, flow: Number.vector(flow, over: denominator),
        duals: CirculationDuals(
          potentials: Number.vector(potentials, over: denominator),
          lowerMultipliers: Number.vector(lowerMultipliers, over: denominator),
          upperMultipliers: Number.vector(upperMultipliers, over: denominator)))
      return ExactCirculationSolution(
        status: .optimal, optimum: optimum, iterations: run.phases, work: run.work)
    case .infeasible(var crowded):
      if problem.returnArc.isFree && crowded.contains(source) { crowded.insert(sink) }
      return ExactCirculationSolution(
        status: .infeasible, crowdedNodes: crowded, iterations: run.phases, work: run.work)
    case .workLimitReached:
      return ExactCirculationSolution(
        status: .workLimitReached, iterations: run.phases, work: run.work)
    }
  }
}

extension ExactVector {
  /// The sum of the absolute values.
  var magnitudeSum: Rational {
    let sum =
      switch elements {
      case .int64(let numerators): BigInteger(numerators.reduce(0) { $0 + abs($1) })
      case .int128(let numerators): BigInteger(numerators.reduce(0) { $0 + abs($1) })
      case .big(let numerators): numerators.reduce(into: .zero) { $0 += $1.magnitude }
      }
    return Rational(sum, denominator)
  }
}

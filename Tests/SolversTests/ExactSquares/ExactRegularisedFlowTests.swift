import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

@Suite struct ExactRegularisedFlowTests {
  /// Weights from tiny to huge, and two that no double is equal to.
  private let weights: [Rational] = [
    1, Rational(1, 5), Rational(1, 1_000_000), 50, Rational(3, 7), Rational(1, 2),
  ]

  @Test("every optimum of a random network satisfies the conditions exactly, and the kernel agrees")
  func randomNetworks() throws {
    var numbers = TestNumbers(seed: 71)
    var (optimal, infeasible) = (0, 0)
    for round in 0..<600 {
      let small = TestCirculation(
        nodeCount: 2 + round % 6, arcCount: 1 + round % 13, numbers: &numbers)
      let term = CirculationProblem.Term.squares(lambda: weights[round % weights.count])
      let problem = try small.problem(unit: Rational(1, 3), costUnit: Rational(2, 5), term: term)
      let solution = exactRegularisedFlow(problem)
      if solution.status == .infeasible {
        infeasible += 1
        let crowded = try #require(solution.crowdedNodes)
        #expect(isCrowded(problem, crowded), "\(small)")
        continue
      }
      optimal += 1
      let optimum = try #require(solution.optimum, "\(small)")
      #expect(brokenConditions(problem, optimum) == [], "\(term) \(small)")
      #expect(kernelVerdict(problem, optimum) == nil, "\(term) \(small)")
    }
    #expect(optimal > 300 && infeasible > 100, "\(optimal) optimal, \(infeasible) infeasible")
  }

  @Test("the optimum is the best of all choices of held arcs, solved one by one")
  func enumeration() throws {
    var numbers = TestNumbers(seed: 72)
    for round in 0..<80 {
      let small = TestCirculation(
        nodeCount: 2 + round % 3, arcCount: 1 + round % 5, numbers: &numbers)
      let lambda = weights[round % weights.count]
      let problem = try small.problem(costUnit: Rational(1, 2), term: .squares(lambda: lambda))
      let best = leastOverHeldArcs(problem, lambda: lambda)
      let solution = exactRegularisedFlow(problem)
      #expect(solution.optimum.map(\.objective) == best, "\(lambda) \(small)")
    }
  }

  @Test("tensors with ties, zeros and one-hot rows, in both modes, with costs and term arcs")
  func degenerateTensors() throws {
    var numbers = TestNumbers(seed: 73)
    for round in 0..<240 {
      let (layers, tokens) = (1 + round % 4, 1 + round % 5)
      let tensor = try randomTensor(
        layers: layers, tokens: tokens, denominator: Int64(1 + round % 7), numbers: &numbers)
      let network = try FlowNetwork(
        tensor: tensor, mode: round % 3 == 0 ? .single(tokens - 1) : .all)
      let alpha = [Rational(0), Rational(1, layers + 2), Rational(1, 10), 1][round % 4]
      let problem = try CirculationProblem(
        network: round % 5 == 0 ? network.reversed : network,
        costs: ExactVector([Rational](repeating: alpha, count: network.arcCount)),
        returnArc: round % 7 == 0 ? .fixed(value: Rational(1, 4)) : .free(gain: 1),
        term: .squares(lambda: weights[round % weights.count]),
        termArcs: round % 2 == 0 ? .allButReturn : .attention)
      let optimum = try #require(exactRegularisedFlow(problem).optimum, "round \(round)")
      #expect(brokenConditions(problem, optimum) == [], "round \(round)")
      #expect(kernelVerdict(problem, optimum) == nil, "round \(round)")
    }
  }

  @Test("a bad start costs work and changes nothing")
  func starts() throws {
    var numbers = TestNumbers(seed: 74)
    for round in 0..<40 {
      let tensor = try randomTensor(layers: 3, tokens: 4, denominator: 9, numbers: &numbers)
      let problem = try CirculationProblem(
        network: FlowNetwork(tensor: tensor, mode: .all),
        term: .squares(lambda: weights[round % weights.count]))
      let expected = exactRegularisedFlow(problem).optimum?.flow
      let count = problem.network.nodeCount
      let starts: [[Double]] = [
        (0..<count).map { _ in .random(in: -9...9, using: &numbers) },
        (0..<count).map { $0 % 3 == 0 ? .infinity : .nan },
        (0..<count).map { $0 % 2 == 0 ? 1e300 : -1e300 },
      ]
      for start in starts {
        let flow = exactRegularisedFlow(problem, start: start).optimum?.flow
        #expect(
          flow.map { flow in (0..<flow.count).map { flow[$0] } }
            == expected.map { flow in (0..<flow.count).map { flow[$0] } })
      }
    }
  }

  @Test("a square is exact while 2 lambda (L + 2) V <= 1: the flow is maximum, of least norm")
  func exactRange() throws {
    var numbers = TestNumbers(seed: 75)
    for round in 0..<30 {
      let layers = 1 + round % 3
      let tensor = try randomTensor(
        layers: layers, tokens: 3, denominator: 6, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      let maximum = MaximumFlowSolver.dinic.solve(network).value
      let lambda = Rational(1, 2 * (layers + 2)) / maximum
      let regular = try CirculationProblem(network: network, term: .squares(lambda: lambda))
      let flow = try #require(exactRegularisedFlow(regular).optimum)
      #expect(flow.value == maximum)
      let leastNorm = try CirculationProblem(
        network: network, returnArc: .fixed(value: maximum), term: .squares(lambda: 1))
      let other = try #require(exactRegularisedFlow(leastNorm).optimum)
      #expect((0..<network.arcCount).allSatisfy { flow.flow[$0] == other.flow[$0] })
    }
  }

  @Test("without a convex term the linear problem is solved, and a limit ends the search")
  func otherWays() throws {
    let small = TestCirculation(
      nodeCount: 3, arcs: [(0, 1), (0, 1), (1, 2)], lower: [0, 0, 0], upper: [2, 2, 3],
      costs: [1, 0, 0], value: nil, gain: 2)
    let linear = exactRegularisedFlow(try small.problem())
    #expect(linear == (try small.problem().minimumCostCirculation()))
    let problem = try small.problem(term: .squares(lambda: 1))
    let cut = exactRegularisedFlow(problem, limit: WorkLimit(arcScans: 0))
    #expect(cut.status == .workLimitReached && cut.optimum == nil && cut.work > 0)
    // The cheapest way: 2 f + 2 (f + g) = 2 and 2 g + 1 + 2 (f + g) = 2 for f on the free arc.
    let whole = try #require(exactRegularisedFlow(problem).optimum)
    #expect((0..<3).map { whole.flow[$0] } == [0, Rational(1, 2), Rational(1, 2)])
  }
}

/// The least objective among feasible flows that are optimal for some choice of held arcs; nil if
/// there is no feasible flow.
private func leastOverHeldArcs(_ problem: CirculationProblem, lambda: Rational) -> Rational? {
  let network = problem.network
  let (arcCount, nodeCount) = (network.arcCount, network.nodeCount)
  var least: Rational?
  var choices = 1
  for _ in 0..<arcCount { choices *= 3 }
  for choice in 0..<choices {
    // Unknowns: flows, then potentials, then the value. One row per arc, node, and return arc.
    var rows: [[Rational]] = []
    let width = arcCount + nodeCount + 2
    var rest = choice
    for arc in 0..<arcCount {
      var row = [Rational](repeating: 0, count: width)
      row[arc] = 1
      switch rest % 3 {
      case 0: row[width - 1] = problem.lowerBounds[arc]
      case 1: row[width - 1] = network.capacities[arc]
      default:
        let (tail, head) = network.arcs.ends(of: arc)
        row[arc] = 2 * lambda
        row[arcCount + head] -= 1
        row[arcCount + tail] += 1
        row[width - 1] = -problem.costs[arc]
      }
      rest /= 3
      rows.append(row)
    }
    for node in 0..<nodeCount {
      var row = [Rational](repeating: 0, count: width)
      for arc in 0..<arcCount {
        let (tail, head) = network.arcs.ends(of: arc)
        if head == node { row[arc] += 1 }
        if tail == node { row[arc] -= 1 }
      }
      if node == network.source { row[width - 2] = 1 }
      if node == network.sink { row[width - 2] = -1 }
      rows.append(row)
    }
    var row = [Rational](repeating: 0, count: width)
    switch problem.returnArc {
    case .free(let gain):
      row[arcCount + network.sink] = 1
      row[arcCount + network.source] = -1
      row[width - 1] = gain
    case .fixed(let value):
      row[width - 2] = 1
      row[width - 1] = value
    }
    rows.append(row)
    guard let solution = anySolution(rows) else { continue }
    let isFeasible = (0..<arcCount).allSatisfy {
      problem.lowerBounds[$0] <= solution[$0] && solution[$0] <= network.capacities[$0]
    }
    guard isFeasible else { continue }
    var objective = Rational(0)
    for arc in 0..<arcCount {
      objective += problem.costs[arc] * solution[arc] + lambda * solution[arc] * solution[arc]
    }
    if case .free(let gain) = problem.returnArc { objective -= gain * solution[width - 2] }
    if least.map({ objective < $0 }) ?? true { least = objective }
  }
  return least
}

/// A solution of linear equations, free unknowns 0; nil if there is none. The last column is the
/// right-hand side.
private func anySolution(_ equations: [[Rational]]) -> [Rational]? {
  var rows = equations
  let width = rows[0].count
  var pivots: [Int] = []
  for column in 0..<(width - 1) {
    let rank = pivots.count
    guard let pivot = (rank..<rows.count).first(where: { rows[$0][column] != 0 }) else { continue }
    rows.swapAt(rank, pivot)
    let inverse = rows[rank][column].reciprocal
    for k in column..<width { rows[rank][k] *= inverse }
    for other in rows.indices where other != rank && rows[other][column] != 0 {
      let factor = rows[other][column]
      for k in column..<width { rows[other][k] -= factor * rows[rank][k] }
    }
    pivots.append(column)
    if pivots.count == rows.count { break }
  }
  if rows.dropFirst(pivots.count).contains(where: { $0[width - 1] != 0 }) { return nil }
  var solution = [Rational](repeating: 0, count: width - 1)
  for (row, column) in pivots.enumerated() { solution[column] = rows[row][width - 1] }
  return solution
}

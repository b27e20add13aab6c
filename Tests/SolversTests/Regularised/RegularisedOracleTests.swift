// Regularised flows of small random networks against an exact solver and a slow method.
import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

/// Coordinate ascent on the dual of a problem with squares: one potential after the other is set
/// so that its node is balanced, by bisection.
private func slowSquares(
  _ test: TestNetwork, lambda: Double, costs: [Double], rounds: Int
) -> [Double] {
  var potentials = [Double](repeating: 0, count: test.nodeCount)
  potentials[test.sink] = 1
  func amount(_ arc: Int) -> Double {
    let wanted = potentials[test.heads[arc]] - potentials[test.tails[arc]] - costs[arc]
    return min(max(wanted / (2 * lambda), 0), Double(test.capacities[arc]))
  }
  func inflow(_ node: Int) -> Double {
    test.capacities.indices.reduce(0) { sum, arc in
      sum + (test.heads[arc] == node ? amount(arc) : 0)
        - (test.tails[arc] == node ? amount(arc) : 0)
    }
  }
  for _ in 0..<rounds {
    for node in 1..<(test.nodeCount - 1) {
      var (low, high) = (-60.0, 60.0)
      for _ in 0..<60 {
        potentials[node] = 0.5 * (low + high)
        if inflow(node) > 0 { high = potentials[node] } else { low = potentials[node] }
      }
    }
  }
  return test.capacities.indices.map(amount)
}

@Suite("Regularised flows of random networks")
struct RegularisedOracleTests {
  @Test("squares agree with coordinate ascent on the dual")
  func squares() throws {
    var numbers = TestNumbers(seed: 4)
    for round in 0..<60 {
      let test = TestNetwork(
        nodeCount: 2 + round % 5, arcCount: 3 + round % 9, numbers: &numbers)
      let costs = (0..<test.tails.count).map { _ in Int64.random(in: -1...2, using: &numbers) }
      let problem = try CirculationProblem(
        network: try test.flowNetwork(), costs: ExactVector(costs, denominator: 8),
        term: .squares(lambda: Rational(1, 20)))
      let solution = problem.solveRegularised()
      #expect(solution.status == .optimal, "\(round) \(test)")
      let slow = slowSquares(
        test, lambda: 0.05, costs: costs.map { Double($0) / 8 }, rounds: 400)
      guard solution.flow.count == slow.count else { continue }
      for arc in slow.indices {
        #expect(abs(solution.flow[arc] - slow[arc]) <= 1e-6, "\(round) arc \(arc) of \(test)")
      }
    }
  }

  @Test("lower bounds, costs, and fixed values: every answer is certified")
  func bounded() throws {
    var numbers = TestNumbers(seed: 5)
    var optimal = 0
    for round in 0..<120 {
      let test = TestNetwork(
        nodeCount: 2 + round % 5, arcCount: 3 + round % 9, numbers: &numbers)
      let lower = test.capacities.map { Int64.random(in: -2...$0, using: &numbers) }
      let costs = test.capacities.map { _ in Int64.random(in: -3...3, using: &numbers) }
      for term in [
        CirculationProblem.Term.squares(lambda: Rational(1, 7)), .logarithms(mu: Rational(1, 30)),
      ] {
        for returnArc in [
          CirculationProblem.ReturnArc.free(gain: Rational(round % 3)), .fixed(value: 1),
        ] {
          let problem = try CirculationProblem(
            network: try test.flowNetwork(), lowerBounds: ExactVector(lower, denominator: 1),
            costs: ExactVector(costs, denominator: 3), returnArc: returnArc, term: term)
          let solution = problem.solveRegularised()
          let isFeasible = problem.feasibleCirculation().flow != nil
          #expect(
            solution.status == (isFeasible ? .optimal : .infeasible),
            "\(round) \(term) \(returnArc) \(lower) \(costs) \(test)")
          optimal += solution.status == .optimal ? 1 : 0
        }
      }
    }
    #expect(optimal > 100)
  }

  @Test("weights of all sizes on degenerate tensors: certified, or honestly not optimal")
  func degenerate() throws {
    var numbers = TestNumbers(seed: 6)
    var (optimal, total) = (0, 0)
    for round in 0..<16 {
      let (layers, tokens) = (1 + round % 3, 2 + round % 3)
      var entries = [Rational](repeating: 0, count: layers * tokens * tokens)
      for index in entries.indices {
        switch round % 4 {
        // Zeros and ties; one-hot rows; capacities across scales; a permutation.
        case 0: entries[index] = Rational(Int.random(in: 0...2, using: &numbers), 2)
        case 1: entries[index] = index % tokens == round % tokens ? 1 : 0
        case 2:
          let power = BigInteger(10).raised(to: Int.random(in: 0...18, using: &numbers))
          entries[index] = Rational(power, BigInteger(10).raised(to: 12))
        default: entries[index] = (index + index / tokens + round) % tokens == 0 ? 1 : 0
        }
      }
      let tensor = try EffectiveTensor(
        layers: layers, tokens: tokens, entries: ExactVector(entries))
      let network = try FlowNetwork(tensor: tensor, mode: round % 2 == 0 ? .all : .single(0))
      for digits in -1...8 {
        let ten = BigInteger(10).raised(to: abs(digits))
        let weight = digits < 0 ? Rational(ten) : Rational(1, ten)
        for term in [CirculationProblem.Term.squares(lambda: weight), .logarithms(mu: weight)] {
          let problem = try CirculationProblem(network: network, term: term)
          let solution = problem.solveRegularised()
          total += 1
          if solution.status == .optimal {
            optimal += 1
            let flow = try #require(solution.exactFlow)
            let certificate = try #require(solution.certificate)
            guard case .accepted(let circulation) = checkCirculation(flow, in: problem),
              case .accepted = checkDistance(circulation, certificate)
            else {
              Issue.record("\(round) \(term) not accepted")
              continue
            }
          } else {
            #expect(solution.status == .stagnated, "\(round) \(term)")
          }
        }
      }
    }
    #expect(optimal >= total * 19 / 20, "\(optimal) of \(total)")
  }

  @Test("weights that doubles do not resolve are not called optimal, nor is any status false")
  func extremes() throws {
    let network = try FlowNetwork(
      nodeCount: 3, source: 0, sink: 2, tails: [0, 1, 0], heads: [1, 2, 2],
      capacities: ExactVector([3, 2, 1]))
    for exponent in [-300, -150, -60, -30, -16, 16, 30, 60, 150, 300] {
      let power = BigInteger(10).raised(to: abs(exponent))
      let weight = exponent < 0 ? Rational(1, power) : Rational(power)
      for term in [CirculationProblem.Term.squares(lambda: weight), .logarithms(mu: weight)] {
        let problem = try CirculationProblem(network: network, term: term)
        let solution = problem.solveRegularised()
        if abs(exponent) >= 150 {
          #expect(solution.status == .unresolvable, "\(term)")
          #expect(solution.flow.isEmpty && solution.certificate == nil)
        } else if solution.status == .optimal {
          // A small weight gives a maximum flow, of value 3; a large one pushes squares to nothing,
          // and logarithms to where only they count: p = q on the third arc, and on the others
          // the root of 1/f - 1/(3-f) + 1/f - 1/(2-f).
          let isSquares = if case .squares = term { true } else { false }
          let centre = 0.5 + (15 - 33.0.squareRoot()) / 8
          let expected = exponent < 0 ? 3.0 : isSquares ? 0 : centre
          #expect(abs(solution.value - expected) <= 1e-5, "\(term)")
        } else {
          #expect([.stagnated, .unresolvable].contains(solution.status), "\(term)")
        }
      }
    }
  }

  @Test("limits stop the solver, and it says so")
  func limits() throws {
    var numbers = TestNumbers(seed: 7)
    let tensor = try randomTensor(layers: 3, tokens: 4, denominator: 9, numbers: &numbers)
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    for term in [CirculationProblem.Term.squares(lambda: 1), .logarithms(mu: Rational(1, 1000))] {
      let problem = try CirculationProblem(network: network, term: term)
      var settings = RegularisedSettings()
      settings.iterationLimit = 2
      let few = problem.solveRegularised(settings: settings)
      #expect(few.status == .iterationLimit)
      #expect(few.iterations == 2)
      #expect(few.certificate == nil)
      #expect(few.flow.count == network.arcCount)
      settings.iterationLimit = 100
      settings.limit = WorkLimit(arcScans: 10)
      #expect(problem.solveRegularised(settings: settings).status == .workLimitReached)
    }
  }
}

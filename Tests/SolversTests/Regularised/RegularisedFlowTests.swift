// Regularised flows against closed forms, a slow method, and each other.
import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

/// A network with one arc from node 0, the source, to node 1, the sink.
private func oneArc(capacity: Rational) throws -> FlowNetwork {
  try FlowNetwork(
    nodeCount: 2, source: 0, sink: 1, tails: [0], heads: [1], capacities: ExactVector([capacity]))
}

@Suite("Regularised flows")
struct RegularisedFlowTests {
  /// The flow of a solution that the kernel certified.
  private func optimum(
    _ problem: CirculationProblem, feasibleFlow: ExactVector? = nil, isSparse: Bool = false
  ) throws -> RegularisedSolution {
    var settings = RegularisedSettings()
    settings.prefersSparseFactorisation = isSparse
    let solution = problem.solveRegularised(feasibleFlow: feasibleFlow, settings: settings)
    #expect(solution.status == .optimal, "\(solution.residuals)")
    let flow = try #require(solution.exactFlow)
    let certificate = try #require(solution.certificate)
    guard case .accepted(let circulation) = checkCirculation(flow, in: problem),
      case .accepted(let distance) = checkDistance(circulation, certificate)
    else {
      Issue.record("not accepted")
      return solution
    }
    #expect(distance.radius == certificate.radius)
    return solution
  }

  @Test(
    "squares on one arc carry min(u, 1 / 2 lambda)",
    arguments: [Rational(1, 4), 1, 10, Rational(1, 1000)])
  func squaresOnOneArc(lambda: Rational) throws {
    let network = try oneArc(capacity: 2)
    let solution = try optimum(
      CirculationProblem(network: network, term: .squares(lambda: lambda)))
    let expected = min(2, (Rational(1, 2) / lambda).nearestDouble)
    #expect(abs(solution.flow[0] - expected) <= 1e-14 * expected)
    #expect(solution.value == solution.flow[0])
  }

  @Test("logarithms on one arc solve mu / p - mu / q = -1", arguments: [1, 2, 4, 6, 8, 10])
  func logarithmsOnOneArc(digits: Int) throws {
    let mu = Rational(1, BigInteger(10).raised(to: digits))
    let solution = try optimum(
      CirculationProblem(network: try oneArc(capacity: 2), term: .logarithms(mu: mu)))
    // 1 + mu / f - mu / (2 - f) = 0: with q = 2 - f, q^2 - (2 + 2 mu) q + 2 mu = 0.
    let weight = mu.nearestDouble
    let half = 1 + weight
    let slack = 2 * weight / (half + (half * half - 2 * weight).squareRoot())
    #expect(abs(2 - solution.flow[0] - slack) <= 1e-15)
  }

  @Test("costs of l1 + l2 push a flow to nothing at alpha = gain")
  func squaresWithCosts() throws {
    let network = try oneArc(capacity: 2)
    for (alpha, expected) in [(Rational(1, 2), 0.25), (1, 0), (Rational(3, 2), 0), (0, 0.5)] {
      let problem = try CirculationProblem(
        network: network, costs: ExactVector([alpha]), term: .squares(lambda: 1))
      let solution = try optimum(problem)
      #expect(abs(solution.flow[0] - expected) <= 1e-14, "\(alpha)")
    }
  }

  @Test("a problem without flows, and one whose flows are all alike, are answered exactly")
  func withoutArcs() throws {
    let closed = try FlowNetwork(
      nodeCount: 3, source: 0, sink: 2, tails: [0, 1], heads: [1, 2],
      capacities: ExactVector([3, 0]))
    for term in [CirculationProblem.Term.squares(lambda: 1), .logarithms(mu: 1)] {
      let solution = try optimum(CirculationProblem(network: closed, term: term))
      #expect(solution.flow == [0, 0])
      #expect(solution.certificate?.radius == 0)
      #expect(solution.presolve == PresolveReport(closedArcs: 1, separatingArcs: 1, components: 2))
    }
    let open = try FlowNetwork(
      nodeCount: 2, source: 0, sink: 1, tails: [0], heads: [1], capacities: ExactVector([1]))
    let fixed = try CirculationProblem(
      network: open, returnArc: .fixed(value: Rational(1, 3)), term: .squares(lambda: 1))
    #expect(try optimum(fixed).exactFlow?[0] == Rational(1, 3))
    let tooMuch = try CirculationProblem(
      network: open, returnArc: .fixed(value: 2), term: .squares(lambda: 1))
    #expect(tooMuch.solveRegularised().status == .infeasible)
  }

  @Test("layered and sparse factorisations find the same flow")
  func backends() throws {
    var numbers = TestNumbers(seed: 1)
    for round in 0..<12 {
      let tensor = try randomTensor(
        layers: 1 + round % 4, tokens: 2 + round % 5, denominator: 12, numbers: &numbers)
      for mode in [Mode.all, .single(1)] {
        let network = try FlowNetwork(tensor: tensor, mode: mode)
        for term in [
          CirculationProblem.Term.squares(lambda: Rational(1, 50)),
          .logarithms(mu: Rational(1, 500)),
        ] {
          let problem = try CirculationProblem(network: network, term: term)
          let layered = try optimum(problem)
          let sparse = try optimum(problem, isSparse: true)
          let reversed = try optimum(CirculationProblem(network: network.reversed, term: term))
          for arc in layered.flow.indices {
            #expect(abs(layered.flow[arc] - sparse.flow[arc]) <= 1e-12, "\(round) \(mode)")
            #expect(abs(layered.flow[arc] - reversed.flow[arc]) <= 1e-12, "\(round) \(mode)")
          }
        }
      }
    }
  }

  @Test("logarithms of small weight come near the central flow, in proportion to the weight")
  func central() throws {
    var numbers = TestNumbers(seed: 2)
    for round in 0..<12 {
      let tensor = try randomTensor(
        layers: 1 + round % 3, tokens: 2 + round % 4, denominator: 6, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      let maximum = MaximumFlowSolver.dinic.solve(network)
      let central = try optimum(
        RegularisedMethod.central(value: maximum.value).problem(network),
        feasibleFlow: maximum.flow)
      #expect(abs(central.value - maximum.value.nearestDouble) <= 1e-12)
      for digits in [4, 6] {
        let mu = Rational(1, BigInteger(10).raised(to: digits))
        let near = try optimum(CirculationProblem(network: network, term: .logarithms(mu: mu)))
        let most = zip(central.flow, near.flow).map { abs($0 - $1) }.max() ?? 0
        #expect(most <= 1000 * mu.nearestDouble, "\(round) \(digits)")
      }
    }
  }

  @Test("the term may sit on attention arcs alone")
  func attentionArcs() throws {
    var numbers = TestNumbers(seed: 3)
    for round in 0..<6 {
      let tensor = try randomTensor(
        layers: 1 + round % 3, tokens: 2 + round % 3, denominator: 6, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      for term in [
        CirculationProblem.Term.squares(lambda: Rational(1, 10)), .logarithms(mu: Rational(1, 99)),
      ] {
        let problem = try CirculationProblem(network: network, term: term, termArcs: .attention)
        _ = try optimum(problem)
      }
    }
  }
}

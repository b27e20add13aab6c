import Checker
import ExactArithmetic
import Networks
import Testing

@testable import Solvers

@Suite struct ExactSystemTests {
  @Test("products and inverses modulo a number are those of long division")
  func modularField() {
    var numbers = TestNumbers(seed: 81)
    for modulus: UInt64 in [3, 15, 1_000_003, (1 << 61) - 1, (1 << 62) - 1, (1 << 62) - 57] {
      let field = ModularField(modulus: modulus)
      for round in 0..<200 {
        let edges = [0, 1, modulus - 1, modulus / 2]
        let a = round < 16 ? edges[round % 4] : .random(in: 0..<modulus, using: &numbers)
        let b = round < 16 ? edges[round / 4] : .random(in: 0..<modulus, using: &numbers)
        let (x, y) = (field.stored(a), field.stored(b))
        #expect(field.residue(x) == a)
        let product = UInt64(UInt128(a) * UInt128(b) % UInt128(modulus))
        #expect(field.residue(field.product(x, y)) == product)
        let difference = UInt64((UInt128(a) + UInt128(modulus) - UInt128(b)) % UInt128(modulus))
        #expect(field.residue(field.difference(x, y)) == difference)
        let divisor = BigInteger.greatestCommonDivisor(BigInteger(a), BigInteger(modulus))
        let inverse = field.inverse(x)
        #expect((inverse != nil) == (divisor == 1))
        if let inverse { #expect(field.residue(field.product(x, inverse)) == 1 % modulus) }
      }
      #expect(field.residue(field.element(-1)) == modulus - 1)
    }
  }

  @Test("lifted solutions satisfy their equations, from good moduli and from bad ones")
  func lifting() {
    var numbers = TestNumbers(seed: 82)
    // A product of many small primes has a factor in common with nearly every pivot.
    let bad: UInt64 = 3 * 5 * 7 * 11 * 13 * 17 * 19 * 23 * 29 * 31 * 37 * 41 * 43
    for round in 0..<120 {
      let rowCount = 1 + round % 12
      var laplacian = GroundedLaplacian(rowCount: rowCount, firstEnds: [], secondEnds: [])
      for row in 0..<Int32(rowCount) {
        laplacian.firstEnds.append(row)
        laplacian.secondEnds.append(.random(in: -1..<row, using: &numbers))
      }
      for _ in 0..<(2 * rowCount) {
        laplacian.firstEnds.append(.random(in: -1..<Int32(rowCount), using: &numbers))
        laplacian.secondEnds.append(.random(in: -1..<Int32(rowCount), using: &numbers))
      }
      let right = (0..<rowCount).map { _ in
        BigInteger(Int64.random(in: -99...99, using: &numbers))
          .shifted(left: [0, 30, 200][round % 3])
      }
      let system =
        round % 2 == 0 ? PadicSystem(laplacian) : PadicSystem(laplacian, modulus: bad)
      let (numerators, denominator) = system.solve(right)
      #expect(denominator > 0)
      // Conservation, row by row, in fractions.
      var left = [Rational](repeating: 0, count: rowCount)
      for edge in laplacian.firstEnds.indices {
        let (a, b) = (Int(laplacian.firstEnds[edge]), Int(laplacian.secondEnds[edge]))
        let x = a < 0 ? Rational(0) : Rational(numerators[a], denominator)
        let y = b < 0 ? Rational(0) : Rational(numerators[b], denominator)
        if a >= 0 { left[a] += x - y }
        if b >= 0 { left[b] += y - x }
      }
      #expect(left == right.map { Rational($0) }, "round \(round)")
    }
  }

  @Test("the search reaches the same optimum from every guess, however bad")
  func badGuesses() throws {
    var numbers = TestNumbers(seed: 83)
    var systems = 0
    for round in 0..<90 {
      let problem: CirculationProblem
      let lambda = [Rational(1), Rational(1, 50), Rational(1, 1_000_000)][round % 3]
      if round % 2 == 0 {
        let small = TestCirculation(
          nodeCount: 3 + round % 5, arcCount: 4 + round % 9, numbers: &numbers)
        problem = try small.problem(costUnit: Rational(1, 3), term: .squares(lambda: lambda))
      } else {
        let tensor = try randomTensor(
          layers: 1 + round % 3, tokens: 2 + round % 3, denominator: 5, numbers: &numbers)
        problem = try CirculationProblem(
          network: FlowNetwork(tensor: tensor, mode: .all), term: .squares(lambda: lambda),
          termArcs: round % 4 == 1 ? .attention : .allButReturn)
      }
      guard let flow = problem.feasibleCirculation().flow else { continue }
      let expected = try #require(exactRegularisedFlow(problem).optimum)
      let squares = SquaresProblem(problem, lambda: lambda, flow: flow)
      let guesses: [[ArcState]] = [
        squares.arcs.map { _ in .free }, squares.arcs.map { _ in .lower },
        squares.arcs.map { _ in .upper },
        squares.arcs.map { _ in
          [ArcState.free, .lower, .upper].randomElement(using: &numbers) ?? .free
        },
      ]
      for states in guesses {
        let multipliers = squares.arcs.map { _ in Double.random(in: -1...1, using: &numbers) }
        var search = ActiveSetSearch(
          squares, states: states, multipliers: multipliers, limit: .unlimited)
        let run = search.find()
        let point = try #require(run.point)
        systems += run.systems
        let denominator = squares.denominator * point.denominator
        for (position, arc) in squares.arcs.enumerated() {
          #expect(Rational(point.flow[position], denominator) == expected.flow[arc])
        }
      }
    }
    // Some of these guesses take the last stage of the search through many arcs.
    #expect(systems > 1500, "\(systems) systems")
  }
}

import Checker
import ExactArithmetic
import Properties
import SolverInterface
import Testing

@testable import SolverProcess

@Suite struct SentNetworkTests {
  private func sent(_ network: FlowNetwork, _ capacities: SentCapacities) -> String {
    let line = RequestText.flow(
      id: 1, .maximumFlow, capacities.statement(of: network) ?? network,
      asIntegers: capacities != .doubles, arcs: network.arcs, deadlineMilliseconds: 5)
    return String(decoding: line, as: UTF8.self)
  }

  @Test("doubles are sent as they are, other numbers as the nearest doubles")
  func doubles() throws {
    let exact = try path(Rational(1, 4), 3)
    #expect(SentCapacities.doubles.statement(of: exact) == nil)
    let thirds = try path(Rational(1, 3), 3)
    let statement = try #require(SentCapacities.doubles.statement(of: thirds))
    #expect(statement.capacities[0] == Rational(exactly: 1.0 / 3))
    #expect(statement.arcs == thirds.arcs)
    #expect(SentCapacities.doubles.statement(of: statement) == nil)
    #expect(
      sent(thirds, .doubles) == """
        {"protocol":"flowcheck/1","id":1,"task":"max-flow","network":{"nodes":3,"source":0,\
        "sink":2,"tails":[0,1],"heads":[1,2],"capacities":[0.3333333333333333,3.0]},\
        "deadlineMilliseconds":5}

        """)
  }

  @Test("integers are scaled, rounded, and not scaled again")
  func integers() throws {
    let style = SentCapacities(.double, scale: 10)
    let network = try path(Rational(1, 4), Rational(1, 3), 2)
    let statement = try #require(style.statement(of: network))
    #expect((0..<3).map { statement.capacities[$0] } == [3, 3, 20])
    #expect(style.statement(of: statement) == nil)
    #expect(sent(network, style) == sent(statement, style))
    #expect(sent(network, style).contains("\"capacities\":[3,3,20]}"))
  }

  @Test("a tensor is sent with its sizes, and scaled even if its entries are integers")
  func tensor() throws {
    let tensor = try EffectiveTensor(
      layers: 1, tokens: 2, entries: ExactVector([1, 0, 0, 1] as [Int64], denominator: 1))
    let network = try FlowNetwork(tensor: tensor, mode: .all)
    let line = sent(network, SentCapacities(.double, scale: 100))
    #expect(
      line.contains("\"capacities\":[100,0,0,100,200,200,200,200]},\"layers\":1,\"tokens\":2,"))
  }

  @Test("numbers beyond what is sent are refused")
  func limits() throws {
    let style = SentCapacities(.double, scale: 1 << 61)
    #expect(style.canCarry(try path(Rational(1, 2), 1)))
    #expect(!style.canCarry(try path(Rational(1, 2), 2)))
    #expect(style.canCarry(try path(1, 4)))
    #expect(SentCapacities.doubles.canCarry(try path(1, 4)))
    let huge = Rational(BigInteger.powerOfTwo(1_020))
    #expect(!SentCapacities.doubles.canCarry(try path(huge, 1)))
  }

  @Test("integers of a type are scaled by the largest power of two that leaves room for sums")
  func fitted() throws {
    let half = Rational(1, 2)
    for (numbers, bits) in [(NumberType.int32, 30), (.int64, 62)] {
      let style = SentCapacities(numbers, scale: nil)
      let limit = Rational(BigInteger.powerOfTwo(bits))
      for scale in [
        Rational(1), Rational(1, 3), Rational(BigInteger.powerOfTwo(200)),
        Rational(1, 1_000_000_000_000),
      ] {
        // Two arcs out of the source: their sum counts, and the one in the middle by itself.
        let network = try FlowNetwork(
          nodeCount: 3, source: 0, sink: 2, tails: [0, 0, 1, 2], heads: [1, 1, 2, 0],
          capacities: ExactVector([half, 1, half, half].map { $0 * scale }))
        let sent = try #require(style.statement(of: network))
        let integers = (0..<4).map { sent.capacities[$0] }
        #expect(integers.allSatisfy { $0.isInteger })
        let sum = integers[0] + integers[1]
        #expect(sum < limit && 2 * sum >= limit - 4, "\(numbers) \(scale)")
        // Each is the capacity times one power of two, to the nearest integer.
        let factors = (-300...300).map { exponent in
          exponent < 0
            ? Rational(1, BigInteger.powerOfTwo(-exponent))
            : Rational(BigInteger.powerOfTwo(exponent))
        }
        let factor = try #require(
          factors.first { (network.capacities[1] * $0 - integers[1]).magnitude <= half })
        for arc in 0..<4 {
          #expect((network.capacities[arc] * factor - integers[arc]).magnitude <= half)
        }
        #expect(style.statement(of: sent) == nil && style.canCarry(sent))
      }
      // Integers that fit are sent as they are, others are not.
      let fits = try path(limit - 1, 3)
      #expect(style.statement(of: fits) == nil)
      let statement = try #require(style.statement(of: try path(limit, 3)))
      #expect(statement.capacities[0] == limit / 2 && statement.capacities[1] == 2)
      let nothing = try path(0, 0)
      #expect(style.statement(of: nothing) == nil)
    }
  }

  @Test("what is judged is the network that was sent")
  func judged() throws {
    let network = try path(Rational(1, 3), Rational(1, 3))
    let property = solverProperty(RoundingSolver())
    #expect(property.run(Examination(network: network)) == .holds)
  }
}

/// A solver that is exactly right about the doubles, and so wrong about the thirds.
private struct RoundingSolver: FlowSolver {
  let name = "rounding"
  let contract = Contract.exact

  func accepts(_ network: FlowNetwork) -> Bool { true }

  func statement(of network: FlowNetwork) -> FlowNetwork? {
    SentCapacities.doubles.statement(of: network)
  }

  func solve(_ request: FlowRequest) -> FlowAnswer {
    FlowAnswer(optimalValue: 1.0 / 3, flow: [1.0 / 3, 1.0 / 3], cut: nil)
  }
}

import Checker
import ExactArithmetic
import Properties
import SolverInterface
import SolverInterface
import Testing

@testable import SolverProcess

@Suite struct SentNetworkTests {
  private func sent(_ network: FlowNetwork, _ capacities: SentCapacities) -> String {
    let line = RequestText.flow(
      id: 1, .maximumFlow, network, capacities: capacities, deadlineMilliseconds: 5)
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
    let style = SentCapacities.integers(scale: 10)
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
    let line = sent(network, .integers(scale: 100))
    #expect(
      line.contains("\"capacities\":[100,0,0,100,200,200,200,200]},\"layers\":1,\"tokens\":2,"))
  }

  @Test("numbers beyond what is sent are refused")
  func limits() throws {
    let style = SentCapacities.integers(scale: 1 << 62)
    #expect(style.canCarry(try path(Rational(1, 2), 1)))
    #expect(!style.canCarry(try path(Rational(1, 2), Rational(3, 2))))
    #expect(style.canCarry(try path(1, 4)))
    #expect(SentCapacities.doubles.canCarry(try path(1, 4)))
    let huge = Rational(BigInteger.powerOfTwo(1_020))
    #expect(!SentCapacities.doubles.canCarry(try path(huge, 1)))
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

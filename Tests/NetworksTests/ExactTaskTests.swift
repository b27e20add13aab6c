import ExactArithmetic
import Networks
import Testing

/// Says in which type it ran, and adds up all numerators.
private struct Probe: ExactTask {
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> (type: String, sum: ExactVector, denominator: BigInteger) {
    let sum = numerators.reduce(into: Number.zero) { $0 = $1.reduce($0, +) }
    return ("\(Number.self)", Number.vector([sum], over: denominator), denominator)
  }
}

@Suite struct ExactTaskTests {
  private let small = ExactVector([1, -2] as [Int64], denominator: 6)
  private let medium = ExactVector([Int128(1) << 100], denominator: 4)
  private let large = ExactVector([BigInteger.powerOfTwo(200)], denominator: 1)

  @Test("a task runs in the widest type of its vectors")
  func widestType() {
    #expect(Probe().run(on: small).type == "Int64")
    #expect(Probe().run(on: small, medium).type == "Int128")
    #expect(Probe().run(on: medium, large, small).type == "BigInteger")
  }

  @Test("a task sees all vectors over their common denominator")
  func commonDenominator() {
    let output = Probe().run(on: small, medium)
    #expect(output.denominator == 12)
    #expect(output.sum[0] == small.sum + medium.sum)
  }
}

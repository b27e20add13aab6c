import Checker
import ExactArithmetic
import TestSupport
import Testing

@testable import Generators

@Suite("Variations")
struct VariationTests {
  /// Tensors whose value is not that of a single layer, with fractions that no power of two holds.
  private static let base = CaseFamily(
    name: "base", about: "One tensor.", weight: 1,
    tensors: { _, _, _ in .made(2, 2, [3, 0, 1, 2, 1, 2, 3, 0], over: 3) })

  /// The exact maximum of a network.
  private func value(_ network: FlowNetwork) -> Rational {
    FlowOracle.value(network)
  }

  private func made(_ name: String, _ stream: UInt64) throws -> FlowNetwork {
    let family = try #require(
      CaseFamily.variations(of: [Self.base]).first { $0.name == name }, "\(name)")
    var choices = RandomChoices(seed: 5, stream: stream)
    return family.make(&choices, layers: 2, tokens: 2).instance.network
  }

  private func original(_ stream: UInt64) -> FlowNetwork {
    // A variation draws the family first, then lets it make its case.
    var choices = RandomChoices(seed: 5, stream: stream)
    _ = choices.below(1)
    return Self.base.make(&choices, layers: 2, tokens: 2).instance.network
  }

  @Test(
    "another order, other names, the other direction and parallel arcs keep the value",
    arguments: [
      "varied-arc-order", "varied-node-names", "varied-direction", "varied-parallel-arcs",
    ])
  func sameValue(name: String) throws {
    var changed = 0
    for stream in 0..<40 as Range<UInt64> {
      let (varied, original) = (try made(name, stream), original(stream))
      #expect(value(varied) == value(original), "\(stream)")
      if varied != original { changed += 1 }
    }
    #expect(changed > 35)
  }

  @Test("another scale multiplies the value by a power of ten from 1e-12 to 1e12")
  func scale() throws {
    var factors = Set<Rational>()
    for stream in 0..<100 as Range<UInt64> {
      factors.insert(value(try made("varied-scale", stream)) / value(original(stream)))
    }
    let thousand = Rational(1_000)
    var expected = Set<Rational>()
    var power = Rational(1)
    for _ in 0..<4 {
      power *= thousand
      expected.formUnion([power, Rational(1) / power])
    }
    #expect(factors == expected)
  }

  @Test("integers reach 2^31 - 1, 2^53 and 2^62 and no further, all arcs together")
  func integers() throws {
    var seen = Set<Int>()
    for stream in 0..<60 as Range<UInt64> {
      let network = try made("varied-to-integers", stream)
      let capacities = network.capacities
      #expect((0..<capacities.count).allSatisfy { capacities[$0].isInteger })
      let sum = (0..<capacities.count).reduce(Rational(0)) { $0 + capacities[$1] }
      let bounds = [(1 << 31) - 1, 1 << 53, 1 << 62]
      let bound = try #require(bounds.first { sum <= Rational($0) }, "\(sum)")
      // Rounding down takes less than one from each arc.
      #expect(Rational(bound) - sum < Rational(capacities.count))
      seen.insert(bound)
    }
    #expect(seen.count == 3)
  }
}

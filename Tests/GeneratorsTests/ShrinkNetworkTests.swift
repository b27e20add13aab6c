import Checker
import ExactArithmetic
import Generators
import Testing

@Suite("Shrinking networks")
struct ShrinkNetworkTests {
  /// Networks of a family for which a predicate holds, from 50 seeds.
  private func starts(where holds: (FlowNetwork) -> Bool) -> [FlowNetwork] {
    let names = ["multigraph", "encoder-decoder", "shuffled-arcs"]
    let families = CaseFamily.all.filter { names.contains($0.name) }
    return (0..<UInt64(50)).compactMap { seed in
      let source = CaseSource(
        seed: seed, limits: SizeLimits(layersMaximum: 2, tokensMaximum: 3), families: families)
      return (0..<UInt64(1000)).lazy.map { source[$0].instance.network }.first(where: holds)
    }
  }

  private func text(_ network: FlowNetwork) -> String {
    var arcs: [String] = []
    network.arcs.forEach { arc, tail, head in
      func name(_ node: Int) -> String {
        node == network.source ? "s" : node == network.sink ? "t" : "v"
      }
      arcs.append("\(name(tail))\(name(head)) \(network.capacities[arc])")
    }
    return "\(network.nodeCount) nodes, " + arcs.sorted().joined(separator: ", ")
  }

  /// A property of networks and what it must shrink to.
  struct Target: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: Set<String>
    let holds: @Sendable (FlowNetwork) -> Bool
  }

  static let targets: [Target] = [
    Target(testDescription: "anything", expected: ["2 nodes, "]) { _ in true },
    Target(testDescription: "a positive value", expected: ["2 nodes, st 1"]) {
      !TinyFlow($0).value.isZero
    },
    // A loop is the smallest residual cycle. Two arcs make one at an inner node only: between
    // source and sink a maximum flow leaves no residual way forward.
    Target(
      testDescription: "an ambiguous flow",
      expected: [
        "2 nodes, ss 1", "2 nodes, tt 1", "3 nodes, sv 1, sv 1, vt 1", "3 nodes, sv 1, vt 1, vt 1",
        "3 nodes, tv 1, vt 1", "3 nodes, sv 1, vs 1",
      ]
    ) { !TinyFlow($0).isUnique },
    Target(testDescription: "an arc into the source", expected: ["2 nodes, ss 0", "2 nodes, ts 0"])
    {
      network in
      var found = false
      network.arcs.forEach { _, _, head in if head == network.source { found = true } }
      return found
    },
    Target(testDescription: "a value of at least 2", expected: ["2 nodes, st 2"]) {
      TinyFlow($0).value >= 2 * $0.capacities.denominator
    },
  ]

  @Test("a property of networks ends at its smallest network", arguments: targets)
  func properties(target: Target) {
    let found = starts(where: target.holds)
    #expect(found.count == 50)
    var reached: Set<String> = []
    for network in found {
      let result = shrink(network, stillFails: target.holds)
      #expect(result.isFixpoint)
      #expect(target.holds(result.network))
      reached.insert(text(result.network))
    }
    #expect(reached.isSubset(of: target.expected), "\(reached.subtracting(target.expected))")
  }

  @Test("the budget is kept, and nothing simpler leaves the network as it was")
  func budget() throws {
    for network in starts(where: { !TinyFlow($0).isUnique }).prefix(10) {
      let none = shrink(network, budget: 7) { _ in false }
      #expect(none.network == network && none.evaluations == 7 && !none.isFixpoint)
      let some = shrink(network, budget: 7) { !TinyFlow($0).isUnique }
      #expect(some.evaluations <= 7 && !TinyFlow(some.network).isUnique)
    }
  }
}

import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

@Suite struct PairwiseFlowTests {
  @Test("each pair has the value of its own network without super arcs, solved cold")
  func coldSolves() throws {
    var numbers = TestNumbers(seed: 51)
    for round in 0..<30 {
      let tensor = try randomTensor(
        layers: 1 + round % 4, tokens: 1 + round % 5, denominator: 7, numbers: &numbers)
      let values = try #require(pairwiseFlow(tensor))
      let tokens = tensor.tokens
      let network = try FlowNetwork(
        tensor: tensor, mode: .all, conventions: Conventions(superCapacity: 0))
      let entries = (0..<network.arcCount).map { network.capacities[$0] }
      for top in 0..<tokens {
        for bottom in 0..<tokens {
          var graph = ResidualGraph(
            adjacency: Adjacency(network), source: tensor.layers * tokens + top + 1,
            sink: bottom + 1,
            capacities: entries.map { ($0 * Rational(tensor.entries.denominator)).numerator })
          _ = MaximumFlowSolver.edmondsKarp.solve(&graph)
          #expect(
            values[top * tokens + bottom] == Rational(graph.value, tensor.entries.denominator),
            "top \(top), bottom \(bottom) of \(tensor)")
        }
      }
    }
  }

  @Test("one layer gives the attention itself")
  func oneLayer() throws {
    var numbers = TestNumbers(seed: 52)
    let tensor = try randomTensor(layers: 1, tokens: 4, denominator: 9, numbers: &numbers)
    let values = try #require(pairwiseFlow(tensor))
    #expect((0..<16).allSatisfy { values[$0] == tensor.entries[$0] })
    #expect(pairwiseFlow(tensor, limit: WorkLimit(arcScans: 0)) == nil)
    #expect(pairwiseFlow(tensor, jobs: 3) == values)
  }

  @Test("pairs of more tokens than a word has bits have the values of cold solves")
  func manyTokens() throws {
    var numbers = TestNumbers(seed: 53)
    let tokens = 66
    let tensor = try randomTensor(layers: 3, tokens: tokens, denominator: 40, numbers: &numbers)
    let values = try #require(pairwiseFlow(tensor, jobs: 2))
    let network = try FlowNetwork(
      tensor: tensor, mode: .all, conventions: Conventions(superCapacity: 0))
    let adjacency = Adjacency(network)
    let capacities = (0..<network.arcCount).map {
      (network.capacities[$0] * Rational(tensor.entries.denominator)).numerator.asInt64 ?? -1
    }
    for _ in 0..<40 {
      let top = Int.random(in: 0..<tokens, using: &numbers)
      let bottom = Int.random(in: 0..<tokens, using: &numbers)
      var graph = ResidualGraph(
        adjacency: adjacency, source: 3 * tokens + top + 1, sink: bottom + 1,
        capacities: capacities)
      _ = MaximumFlowSolver.dinic.solve(&graph)
      #expect(
        values[top * tokens + bottom]
          == Rational(BigInteger(graph.value), tensor.entries.denominator),
        "top \(top), bottom \(bottom)")
    }
  }
}

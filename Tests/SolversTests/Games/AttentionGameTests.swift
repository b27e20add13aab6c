import Checker
import ExactArithmetic
import Solvers
import Testing

@Suite("Games on attention")
struct AttentionGameTests {
  @Test("the Shapley value of the induced game is the diagonal and half of all the rest")
  func induced() throws {
    var numbers = TestNumbers(seed: 61)
    let tensor = try randomTensor(layers: 2, tokens: 5, denominator: 7, numbers: &numbers)
    for layer in 0..<2 {
      let value = try tensor.inducedGame(layer: layer).shapleyValue()
      for i in 0..<5 {
        let others = (0..<5).filter { $0 != i }
        let half = others.reduce(Rational(0)) { $0 + tensor[layer, i, $1] + tensor[layer, $1, i] }
        #expect(value[i] == tensor[layer, i, i] + half / 2)
      }
    }
  }

  @Test("renormalised attention counts the tokens that pay attention to the coalition")
  func renormalised() throws {
    let half = Rational(1, 2)
    let positive = try tensor([[[half, half, 1], [1, 2, 3], [half, 1, 1]]])
    let game = try positive.renormalisedGame(layer: 0)
    for mask in 0..<8 { #expect(game.values[mask] == Rational(mask.nonzeroBitCount)) }
    // Token 0 looks at token 1 only, and 1 at 0 only: each alone has nothing to look at.
    let crossed = try tensor([[[0, 1], [1, 0]]]).renormalisedGame(layer: 0)
    #expect(fractions(crossed.values) == [0, 0, 0, 2])
  }

  @Test("layers that do not exist are refused")
  func badLayers() throws {
    let tensor = try tensor([[[1]]])
    #expect(throws: GameError.layerOutOfRange(layer: 1, layers: 0)) {
      try tensor.inducedGame(layer: 1)
    }
    #expect(throws: GameError.layerOutOfRange(layer: -1, layers: 0)) {
      try tensor.renormalisedGame(layer: -1)
    }
  }

  @Test("the game of a fixed flow is additive, and its Shapley value is the attribution")
  func fixedFlow() throws {
    var numbers = TestNumbers(seed: 62)
    for _ in 0..<20 {
      let tensor = try randomTensor(layers: 2, tokens: 3, denominator: 4, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      let flow = MaximumFlowSolver.dinic.solve(network).flow
      for layer in 0...2 {
        let game = try FlowGame(network: network, layer: layer)
        let fixed = try game.fixedFlowGame(flow)
        #expect(checkModular(fixed) == nil)
        #expect(fractions(try fixed.shapleyValue()) == fractions(game.attribution(of: flow)))
      }
      #expect(
        throws: GameError.wrongCount(field: "flow", expected: network.arcCount, found: 1)
      ) {
        try FlowGame(network: network, layer: 0).fixedFlowGame(ExactVector([1]))
      }
    }
  }
}

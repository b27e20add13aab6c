import Checker
import ExactArithmetic
import Solvers
import Testing

private let h = Rational(1, 2)

@Suite struct RolloutTests {
  @Test("rollout multiplies the layers from the top down")
  func product() throws {
    // A[1] A[0] with rows (1/2, 1/2), (1, 0) on top of (0, 1), (1/2, 1/2).
    let tensor = try tensor([[[0, 1], [h, h]], [[h, h], [1, 0]]])
    #expect(exactRolloutRow(tensor, top: 0) == [Rational(1, 4), Rational(3, 4)])
    #expect(exactRolloutRow(tensor, top: 1) == [0, 1])
    #expect(attentionRollout(tensor) == [0.25, 0.75, 0, 1])
  }

  @Test("the double rollout is the exact one up to rounding, and rows of sum 1 keep it")
  func rounding() throws {
    var numbers = TestNumbers(seed: 61)
    for round in 0..<30 {
      let tensor = try randomTensor(
        layers: 1 + round % 5, tokens: 1 + round % 6, denominator: 7, numbers: &numbers)
      let rollout = attentionRollout(tensor)
      for top in 0..<tensor.tokens {
        let row = exactRolloutRow(tensor, top: top)
        #expect(row.reduce(0, +) == 1)
        for (bottom, exact) in row.enumerated() {
          #expect(abs(rollout[top * tensor.tokens + bottom] - exact.nearestDouble) <= 1e-14)
        }
      }
    }
  }

  @Test("row k of rollout lies in the intervals of single:k, as an attribution of a maximum flow")
  func isAttribution() throws {
    var numbers = TestNumbers(seed: 62)
    for round in 0..<30 {
      let tensor = try randomTensor(
        layers: 1 + round % 4, tokens: 2 + round % 4, denominator: 5, numbers: &numbers)
      let network = try FlowNetwork(tensor: tensor, mode: .single(1))
      let claim = try #require(judged(network, answerCertificate(network)).0)
      for (token, share) in exactRolloutRow(tensor, top: 1).enumerated() {
        #expect(claim.attributions.minima[token] <= share)
        #expect(claim.attributions.maxima[token] >= share)
      }
    }
  }

  @Test("raw attention is the last layer")
  func raw() throws {
    let tensor = try tensor([[[0, 1], [h, h]], [[1, 0], [Rational(1, 3), Rational(2, 3)]]])
    let last = rawAttention(tensor)
    #expect((0..<4).map { last[$0] } == [1, 0, Rational(1, 3), Rational(2, 3)])
  }
}

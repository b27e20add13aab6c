// Facts that are settled by hand, through the kernel.
import Checker
import ExactArithmetic
import Solvers
import TestSupport
import Testing

@Suite struct KnownFactsTests {
  private func answer(
    _ layers: [[[Rational]]], _ mode: Mode = .all
  ) throws -> CertifiedAnswer {
    let network = try FlowNetwork(tensor: tensor(layers), mode: mode)
    let certificate = try #require(answerCertificate(network))
    return try #require(checkAnswer(network, certificate).claim)
  }

  /// The least and the most flow out of the source into each top token.
  private func top(_ answer: CertifiedAnswer) throws -> [[Rational]] {
    let network = answer.maximum.flow.network
    let certificates = try #require(
      arcIntervals(network, flow: answer.maximum.flow.amounts, arcs: network.sourceArcs))
    let claim = try #require(
      checkIntervals(answer.maximum, arcs: network.sourceArcs, certificates).claim)
    return zip(claim.minima, claim.maxima).map { [$0, $1] }
  }

  @Test("I ; [[1,0],[1,0]]: the top tokens get (1,0) or (0,1)")
  func topTokens() throws {
    let answer = try answer([[[1, 0], [0, 1]], [[1, 0], [1, 0]]])
    #expect(answer.maximum.value == 1 && !answer.undetermined.isUnique)
    #expect(try top(answer) == [[0, 1], [0, 1]])
    #expect(answer.attributions.isUnique)
    // Both flows, literally: arcs A[0] row by row, A[1] row by row, source, sink.
    let network = answer.maximum.flow.network
    let first = ExactVector([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0])
    let maximum = try #require(
      checkFeasible(first, in: network).claim
        .flatMap { checkMaximum($0, cut: answer.maximum.cut).claim })
    let second = checkDistinct(maximum, ExactVector([1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0]))
    #expect(second.claim?.arcsChanged == [4, 6, 8, 9])
    #expect(second.claim?.attributionChange == 0)
  }

  @Test("[[1,0],[h,h]] ; [[h,h],[1,0]]: the bottom tokens get (3/2,0) or (1,1/2)")
  func bottomTokens() throws {
    let answer = try answer([[[1, 0], [half, half]], [[half, half], [1, 0]]])
    #expect(answer.maximum.value == Rational(3, 2))
    #expect(answer.attributions.minima == [1, 0])
    #expect(answer.attributions.maxima == [Rational(3, 2), half])
    #expect(answer.attributions.certainPairs == 1)
  }

  @Test("I ; three rows (h,h,0): one attribution of the bottom tokens, many flows")
  func equalAttributions() throws {
    let identity: [[Rational]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    let answer = try answer([identity, Array(repeating: [half, half, 0], count: 3)])
    #expect(!answer.undetermined.isUnique && answer.attributions.isUnique)
    #expect(answer.attributions.minima == [1, 1, 0])
    #expect(try top(answer) == [[0, 1], [0, 1], [0, 1]])
  }

  @Test("single:k has value 1, and row k of rollout is the attribution of a maximum flow")
  func rolloutRow() throws {
    for tensor in try tinyTensors() {
      for token in 0..<2 {
        let network = try FlowNetwork(tensor: tensor, mode: .single(token))
        let truth = FlowEnumeration(network)
        #expect(truth.value == 1)
        // The flow that splits at each node as the rows say, on the same arcs.
        var flow: [Rational] = []
        for i in 0..<2 { for j in 0..<2 { flow.append(tensor[1, token, i] * tensor[0, i, j]) } }
        for i in 0..<2 { for j in 0..<2 { flow.append(i == token ? tensor[1, i, j] : 0) } }
        flow += [token == 0 ? 1 : 0, token == 1 ? 1 : 0, flow[0] + flow[2], flow[1] + flow[3]]
        let claim = checkFeasible(ExactVector(flow), in: network).claim
        #expect(claim?.value == 1)
      }
    }
  }

  @Test("in mode all, unique means value T, and that the upper layers are doubly stochastic")
  func uniqueness() throws {
    for tensor in try tinyTensors() {
      let network = try FlowNetwork(tensor: tensor, mode: .all)
      let certificate = try #require(answerCertificate(network))
      let answer = try #require(checkAnswer(network, certificate).claim)
      let columns = (0..<2).map { tensor[1, 0, $0] + tensor[1, 1, $0] }
      #expect(answer.undetermined.isUnique == (columns == [1, 1]))
      #expect(answer.undetermined.isUnique == (answer.maximum.value == 2))
      // The value is the sum over the columns of A[1] of min(1, column sum).
      #expect(answer.maximum.value == columns.map { min(1, $0) }.reduce(0, +))
    }
  }

  @Test("one layer is unique, one token too; uniform attention is unique from all, not from one")
  func smallSizes() throws {
    for layers in 1...3 {
      for mode in [Mode.all, .single(0)] {
        let one = try answer(Array(repeating: [[1]], count: layers), mode)
        #expect(one.undetermined.isUnique && one.maximum.value == 1)
        #expect(one.attributions.minima == [1])
      }
    }
    #expect(try answer([[[half, half], [1, 0]]]).undetermined.isUnique)
    let uniform = Array(repeating: Array(repeating: [half, half], count: 2), count: 2)
    #expect(try answer(uniform).undetermined.isUnique)
    let single = try answer(uniform, .single(0))
    #expect(single.attributions.minima == [0, 0] && single.attributions.maxima == [1, 1])
  }
}

// Sizes at which an integer type ends: nothing traps, and every answer is exact.
import Checker
import ExactArithmetic
import Solvers
import TestSupport
import Testing

@Suite struct HeadRoomTests {
  /// The last numbers of each type, of each tier, and their neighbours.
  private static let edges: [BigInteger] = [61, 62, 63, 64, 125, 126, 127, 128, 200].flatMap {
    (bits: Int) -> [BigInteger] in
    let power = BigInteger.powerOfTwo(bits)
    return [power - 1, power, power + 1]
  }

  private func network(_ capacities: [Rational]) throws -> FlowNetwork {
    // Two ways from 0 to 3, an arc back, a loop at the sink.
    try FlowNetwork(
      nodeCount: 4, source: 0, sink: 3, tails: [0, 1, 0, 2, 3, 3], heads: [1, 3, 2, 3, 0, 3],
      capacities: ExactVector(capacities))
  }

  @Test("capacities at the edge of every integer type give an exact answer")
  func capacities() throws {
    for edge in Self.edges.map({ Rational($0) }) {
      for scale: Rational in [1, Rational(1, 3), Rational(1, 6)] {
        let size = edge * scale
        let network = try network([size, size, 1, size, size, size])
        let certificate = try #require(answerCertificate(network))
        let answer = try #require(checkAnswer(network, certificate).claim)
        #expect(answer.maximum.value == size + 1)
        #expect(answer.attributions.minima == [size, 1, 0])
        #expect(answer.attributions.maxima == [size, 1, size])
        #expect(answer.undetermined.arcs == [5])
      }
    }
  }

  @Test("flows, differences and changes at the edge of every integer type are judged, not trapped")
  func hostileNumbers() throws {
    var judged = 0
    for edge in Self.edges.map({ Rational($0) }) {
      for size in [1, edge, edge / 6] {
        let network = try network([size, size, size, size, size, size])
        let flow = ExactVector([size, size, size, size, 0, 0])
        let maximum = try #require(
          checkFeasible(flow, in: network).claim
            .flatMap { checkMaximum($0, cut: NodeSet(nodeCount: 4, members: [0])).claim })
        for hostile in [edge, -edge, edge / 7, -edge - 1] {
          for place in 0..<6 {
            var entries = [Rational](repeating: 0, count: 6)
            entries[place] = hostile
            entries[(place + 1) % 6] = -hostile
            let vector = ExactVector(entries)
            #expect(checkFeasible(vector, in: network).claim == nil)
            #expect(checkDistinct(maximum, vector).claim == nil)
            let certificate = UndeterminedArcsCertificate(
              differences: vector, labels: [0, 0, 0, 0], ranks: [0, 0, 0, 0],
              depths: [0, 0, 0, 0], parentArcs: [0, 0, 0, 0])
            #expect(checkUndetermined(maximum, certificate).claim == nil)
            for (arcs, cut): ([Int32], NodeSet?) in [
              ([1, 3], nil), ([0, 1], NodeSet(nodeCount: 4, members: [3])),
              ([4, 5], NodeSet(nodeCount: 4, members: [1])),
            ] {
              let end = ExtremalFlow(
                arcs: arcs, differences: ExactVector([hostile, -hostile]), cut: cut)
              let interval = ArcIntervalCertificate(arc: 1, minimum: end, maximum: end)
              #expect(checkIntervals(maximum, arcs: [1], [interval]).claim == nil)
              judged += 1
            }
          }
        }
      }
    }
    #expect(judged == 27 * 3 * 4 * 6 * 3)
  }

  @Test("bounds add the largest sum of capacities and the largest value without overflow")
  func largestBounds() throws {
    // Three arcs in a row fill a tier: the set {1, 3} has out-capacity and value of a third each.
    for bits in [62, 126] {
      let third = (BigInteger.powerOfTwo(bits) - 1).quotientAndRemainder(dividingBy: 3).quotient
      let network = try FlowNetwork(
        nodeCount: 4, source: 0, sink: 3, tails: [0, 1, 2], heads: [1, 2, 3],
        capacities: ExactVector([third, third, third], denominator: 1))
      let flow = ExactVector([third, third, third], denominator: 1)
      let maximum = try #require(
        checkFeasible(flow, in: network).claim
          .flatMap { checkMaximum($0, cut: NodeSet(nodeCount: 4, members: [0])).claim })
      let interval = ArcIntervalCertificate(
        arc: 2,
        minimum: ExtremalFlow(
          arcs: [], differences: ExactVector([]), cut: NodeSet(nodeCount: 4, members: 0..<3)),
        maximum: ExtremalFlow(
          arcs: [], differences: ExactVector([]), cut: NodeSet(nodeCount: 4, members: [1, 3])))
      expect(
        checkIntervals(maximum, arcs: [2], [interval]), .extremal, .arc(2), Rational(third),
        Rational(third + third))
    }
  }

  @Test("doubles from the smallest to the largest are taken exactly, side by side")
  func doubles() throws {
    let tiny = Double.leastNonzeroMagnitude  // 5e-324
    let huge = 1e308
    for (capacities, value) in [
      ([tiny, tiny, tiny, huge, 0, tiny], 2 * tiny), ([huge, tiny, tiny, tiny, huge, 0], 2 * tiny),
      ([huge, huge, 0, 1, tiny, huge], huge), ([1, 1, tiny, huge, huge, 1], 1),
    ] {
      let exact = try #require(ExactVector(exactly: capacities))
      let network = try FlowNetwork(
        nodeCount: 4, source: 0, sink: 3, tails: [0, 1, 0, 2, 3, 3], heads: [1, 3, 2, 3, 0, 3],
        capacities: exact)
      let certificate = try #require(answerCertificate(network))
      let answer = try #require(checkAnswer(network, certificate).claim)
      let first = min(network.capacities[0], network.capacities[1])
      let second = min(network.capacities[2], network.capacities[3])
      #expect(answer.maximum.value == first + second)
      #expect(answer.attributions.minima == [first, second, 0])
      #expect(answer.attributions.maxima == [first, second, network.capacities[5]])
      #expect(answer.maximum.value.nearestDouble == value)
      // One unit of the smallest double too much on a path is seen, however large the rest.
      let unit = try #require(Rational(exactly: tiny))
      let flow = ExactVector([first + unit, first + unit, second, second, 0, 0])
      let rejection = try #require(checkFeasible(flow, in: network).rejection)
      #expect(rejection.first.rule == .capacity && rejection.first.difference == unit)
    }
    #expect(ExactVector(exactly: [1, .nan]) == nil && ExactVector(exactly: [.infinity]) == nil)
  }

  @Test("a tensor of doubles of every size is judged in exact arithmetic")
  func doubleTensor() throws {
    let entries = try #require(
      ExactVector(exactly: [.leastNonzeroMagnitude, 1e308, 1, 0.1, 1e-300, 3, 0, 2.5]))
    let tensor = try EffectiveTensor(layers: 2, tokens: 2, entries: entries)
    for mode in [Mode.all, .single(0), .single(1)] {
      let network = try FlowNetwork(tensor: tensor, mode: mode)
      let certificate = try #require(answerCertificate(network))
      let answer = try #require(checkAnswer(network, certificate).claim)
      #expect(answer.maximum.value == cutCapacity(certificate.cut, in: network).claim)
      #expect(answer.maximum.value > 0)
    }
  }
}

import Checker
import ExactArithmetic
import Generators
import Testing

@Suite("Labels")
struct CaseLabelTests {
  /// Labels that hold and labels that do not, of a tensor written out.
  struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let holding: [CaseLabel]
    let failing: [CaseLabel]

    var testDescription: String { text }
  }

  static let examples: [Example] = [
    Example(
      text: "1 0, 0 1",
      holding: [
        .rowStochastic, .rowStochasticToBinary64, .rowStochasticToBinary32, .doublyStochastic,
        .nearlyDoublyStochastic, .oneHot, .permutation, .causal, .binary24, .duplicatedTokens,
        .singleLayer,
      ],
      failing: [
        .uniform, .tie, .zeroRow, .zeroColumn, .neighbours, .wideRange, .denormal, .singleToken,
        .listedArcs, .parallelArcs, .antiparallelArcs, .unreachableNode,
      ]),
    Example(
      text: "1 0, 1 0 ; 1/2 1/2, 1/4 3/4",
      holding: [.rowStochastic, .tie, .zeroColumn],
      failing: [
        .doublyStochastic, .oneHot, .permutation, .causal, .duplicatedTokens, .singleLayer,
        .nearlyDoublyStochastic, .uniform,
      ]),
    Example(
      text: "1/3 1/3 1/3, 1/3 1/3 1/3, 1/3 1/3 1/3",
      holding: [.uniform, .doublyStochastic, .tie, .duplicatedTokens],
      failing: [.binary24, .causal, .oneHot]),
    Example(
      text: "0 0, 1/2 1/4",
      holding: [.zeroRow, .causal, .binary24],
      failing: [.rowStochastic, .rowStochasticToBinary32, .zeroColumn, .tie]),
    Example(
      text: "5 ; 0", holding: [.singleToken, .zeroRow, .unreachableNode],
      failing: [.singleLayer, .zeroColumn, .duplicatedTokens, .tie, .rowStochastic]),
  ]

  @Test("labels hold where they should and only there", arguments: examples)
  func labels(example: Example) throws {
    let instance = Instance.tensor(try tensor(example.text), .all)
    for label in example.holding { #expect(label.holds(of: instance), "\(label)") }
    for label in example.failing { #expect(!label.holds(of: instance), "not \(label)") }
    #expect(instance.labels.isSuperset(of: example.holding))
    #expect(instance.labels.isDisjoint(with: example.failing))
  }

  private func instance(doubles: [Double], tokens: Int) throws -> Instance {
    let entries = try #require(ExactVector(exactly: doubles))
    return .tensor(
      try EffectiveTensor(
        layers: doubles.count / (tokens * tokens), tokens: tokens, entries: entries), .all)
  }

  @Test("row sums are near 1 up to the last unit that the label allows, and no further")
  func nearlyStochastic() throws {
    // T = 1: the sum may be off by 2^-52, which is one unit above 1.
    let near = try instance(doubles: [1 + 0x1p-52], tokens: 1)
    let far = try instance(doubles: [1 + 0x1p-51], tokens: 1)
    #expect(CaseLabel.rowStochasticToBinary64.holds(of: near))
    #expect(!CaseLabel.rowStochasticToBinary64.holds(of: far))
    #expect(CaseLabel.rowStochasticToBinary32.holds(of: far))
    let near32 = try instance(doubles: [1 - 0x1p-23], tokens: 1)
    let far32 = try instance(doubles: [1 - 0x1p-23 - 0x1p-40], tokens: 1)
    #expect(CaseLabel.rowStochasticToBinary32.holds(of: near32))
    #expect(!CaseLabel.rowStochasticToBinary32.holds(of: far32))
    #expect(!CaseLabel.rowStochastic.holds(of: near))
  }

  @Test("neighbours are one unit apart, at any magnitude")
  func neighbours() throws {
    for value in [1.0, 0.1, Double.leastNonzeroMagnitude, 1e308, 0x1p-1030] {
      let near = try instance(doubles: [value, value.nextUp, 0, 0], tokens: 2)
      let far = try instance(doubles: [value, value.nextUp.nextUp, 0.75, 0.75], tokens: 2)
      #expect(CaseLabel.neighbours.holds(of: near), "\(value)")
      #expect(!CaseLabel.neighbours.holds(of: far), "\(value)")
    }
  }

  @Test("ranges are wide from 2^1000, numbers denormal below 2^-1022")
  func ranges() throws {
    let wide = try instance(doubles: [0x1p-500, 0x1p500, 0, 1], tokens: 2)
    let narrow = try instance(doubles: [0x1p-499, 0x1p500, 0, 1], tokens: 2)
    #expect(CaseLabel.wideRange.holds(of: wide) && !CaseLabel.wideRange.holds(of: narrow))
    let normal = try instance(doubles: [0x1p-1022], tokens: 1)
    let denormal = try instance(doubles: [Double.leastNormalMagnitude.nextDown], tokens: 1)
    #expect(CaseLabel.denormal.holds(of: denormal) && !CaseLabel.denormal.holds(of: normal))
  }

  @Test("arcs beside and against each other are told apart, loops are neither")
  func arcPairs() throws {
    func labels(_ arcs: [(Int32, Int32)]) throws -> Set<CaseLabel> {
      let capacities = ExactVector([Int64](repeating: 1, count: arcs.count), denominator: 1)
      return Instance.network(
        try FlowNetwork(
          nodeCount: 3, source: 0, sink: 2, tails: arcs.map(\.0), heads: arcs.map(\.1),
          capacities: capacities)
      ).labels
    }
    #expect(try labels([(0, 1), (1, 2), (1, 1)]) == [.listedArcs])
    #expect(try labels([(0, 1), (1, 2), (0, 1)]) == [.listedArcs, .parallelArcs])
    #expect(try labels([(0, 1), (1, 2), (1, 0)]) == [.listedArcs, .antiparallelArcs])
    #expect(try labels([(1, 0), (0, 2)]) == [.listedArcs, .unreachableNode])
  }
}

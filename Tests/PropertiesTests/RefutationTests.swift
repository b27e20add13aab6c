// That a property holds everywhere says little unless it can fail. Here each closed form and each
// relation is told a tensor that is not the one of its network, or is stated wrongly.
import Checker
import ExactArithmetic
import Generators
import TestSupport
import Testing

@testable import Properties

@Suite("Properties can fail")
struct RefutationTests {
  private static let forms = ["T1", "T2", "T3", "T4"]
  private static let table = battery(solvers: [], z3: .never)

  /// Pairs of tensors of the same shape in one mode, from the families that a closed form needs.
  private func pairs(_ count: UInt64) -> [(tensor: EffectiveTensor, network: FlowNetwork, Mode)] {
    var pairs: [(EffectiveTensor, FlowNetwork, Mode)] = []
    let families = CaseFamily.all.filter { $0.promises.contains(.rowStochastic) }
    for seed in 0..<count {
      for family in families {
        for (layers, tokens) in [(2, 2), (2, 3), (3, 2)] where tokens >= family.tokensMinimum {
          var first = RandomChoices(seed: seed, stream: 0)
          var second = RandomChoices(seed: seed, stream: 1)
          let other = families[Int(seed) % families.count]
          guard tokens >= other.tokensMinimum,
            case .tensor(let told, _) = family.make(&first, layers: layers, tokens: tokens)
              .instance,
            case .tensor(let real, _) = other.make(&second, layers: layers, tokens: tokens)
              .instance,
            told.layers == real.layers, told.tokens == real.tokens
          else { continue }
          for mode in [Mode.all, .single(0)] {
            if let network = try? FlowNetwork(tensor: real, mode: mode) {
              pairs.append((told, network, mode))
            }
          }
        }
      }
    }
    return pairs
  }

  @Test("every closed form and every relation about tensors is refuted by a tensor of another case")
  func exchangedTensors() throws {
    let aboutNetworks = [
      "relation/reverse-arcs", "relation/scale-capacities", "relation/drop-zero-arcs",
      "relation/raise-capacity", "relation/split-bottom", "relation/split-middle",
    ]
    var refuted: [String: Int] = [:]
    let candidates = Self.table.filter { property in
      property.name.hasPrefix("T")
        || property.name.hasPrefix("relation/")
          && !aboutNetworks.contains(property.name)
    }
    for (tensor, network, mode) in pairs(12) {
      let examination = Examination(network: network, tensor: tensor, mode: mode)
      for property in candidates
      where refuted[property.name, default: 0] < 3 && property.applies(examination) {
        if property.run(examination).verdict == .refuted { refuted[property.name, default: 0] += 1 }
      }
    }
    // These two hold of every tensor with rows of sum 1, whichever it is; see below.
    let always = ["T1/value", "T4/bounds"]
    for property in candidates where !always.contains(property.name) {
      #expect(refuted[property.name, default: 0] >= 1, "\(property.name) never fails")
    }
  }

  @Test("T1's value and T4's bounds are refuted by networks of rows that do not sum to 1")
  func otherRows() throws {
    let told = try EffectiveTensor(
      layers: 1, tokens: 2, entries: ExactVector([1, 1, 1, 1] as [Int64], denominator: 2))
    for (name, mode, numerators) in [
      ("T1/value", Mode.single(0), [1, 0, 1, 1]), ("T4/bounds", .all, [0, 0, 1, 0]),
      ("T4/bounds", .all, [5, 5, 5, 5]),
    ] as [(String, Mode, [Int64])] {
      let real = try EffectiveTensor(
        layers: 1, tokens: 2, entries: ExactVector(numerators, denominator: 2))
      let network = try FlowNetwork(tensor: real, mode: mode)
      let examination = Examination(network: network, tensor: told, mode: mode)
      let property = try #require(Self.table.first { $0.name == name })
      #expect(property.applies(examination))
      #expect(property.run(examination).verdict == .refuted)
    }
  }

  /// The relations about networks, each stated wrongly.
  private static let wrong: [Property] = [
    relation("wrong-factor", "Scaling by 3/7 scales by 3/8.") {
      examination throws(StatementError) in
      let scaled = try examination.network.replacing { capacities in
        for arc in capacities.indices { capacities[arc] *= Rational(3, 7) }
      }
      return related(
        examination.bottom, examination.solved(scaled, intervalsOf: scaled.sinkArcs)
      ) { sameAnswer($0.scaled(by: Rational(3, 8)), $1) }
    },
    relation("wrong-end", "Reversing all arcs keeps the attributions of the bottom tokens.") {
      examination throws(StatementError) in
      let reversed = examination.network.reversed
      return related(
        examination.bottom, examination.solved(reversed, intervalsOf: reversed.sinkArcs),
        sameAnswer)
    },
    relation("drop-an-arc", "Closing the last positive arc changes nothing.") {
      examination throws(StatementError) in
      let closed = try examination.network.replacing { capacities in
        if let arc = capacities.lastIndex(where: { !$0.isZero }) { capacities[arc] = 0 }
      }
      return related(
        examination.bottom, examination.solved(closed, intervalsOf: closed.sinkArcs), sameAnswer)
    },
    relation("lower-capacity", "Halving all capacities lowers no value.") {
      examination throws(StatementError) in
      let lower = try examination.network.replacing { capacities in
        for arc in capacities.indices { capacities[arc] *= Rational(1, 2) }
      }
      return related(examination.bottom, examination.solved(lower, intervalsOf: [])) {
        .test($1.value >= $0.value, "value \($0.value), then \($1.value)")
      }
    },
  ]

  @Test("relations about networks that are stated wrongly are refuted", arguments: 0..<4)
  func wrongRelations(index: Int) {
    let source = CaseSource(seed: 9)
    let refuted = (0..<UInt64(60)).count { number in
      let examination = Examination(network: source[number].instance.network)
      return Self.wrong[index].run(examination).verdict == .refuted
    }
    #expect(refuted > 10)
  }

  @Test(
    "a split is refuted where the node that is split is the source, which carries no flow on",
    arguments: [("relation/split-bottom", 1), ("relation/split-middle", 3)])
  func wrongNodes(name: String, source: Int) throws {
    // A tensor of two layers and two tokens has eight nodes and twelve arcs.
    let told = try EffectiveTensor(
      layers: 2, tokens: 2, entries: ExactVector([Int64](repeating: 1, count: 8), denominator: 2))
    let network = try FlowNetwork(
      nodeCount: 8, source: source, sink: 0,
      tails: [Int32](repeating: Int32(source), count: 12), heads: [Int32](repeating: 0, count: 12),
      capacities: ExactVector([Int64](repeating: 2, count: 12), denominator: 1))
    let examination = Examination(network: network, tensor: told, mode: .all)
    let property = try #require(Self.table.first { $0.name == name })
    #expect(property.applies(examination))
    #expect(property.run(examination).verdict == .refuted)
  }

  @Test("a value or an interval that is off by one unit is told apart")
  func units() {
    let unit = Rational(1, 1 << 40)
    let before = SolvedNetwork(value: 1, minima: [0, Rational(1, 3)], maxima: [1, 1])
    #expect(sameAnswer(before, before) == .holds)
    for after in [
      SolvedNetwork(value: 1 + unit, minima: before.minima, maxima: before.maxima),
      SolvedNetwork(value: 1, minima: [unit, Rational(1, 3)], maxima: before.maxima),
      SolvedNetwork(value: 1, minima: before.minima, maxima: [1, 1 - unit]),
    ] {
      #expect(sameAnswer(before, after).verdict == .refuted)
      #expect(sameAnswer(after, before).verdict == .refuted)
    }
  }
}

import Checker
import ExactArithmetic
import Generators
import TestSupport
import Testing

@testable import Properties

/// What CLAIMS knows of the smallest witness of each claim that it gives one for.
private let smallestShapes: [String: TensorShape] = [
  "U/flow-unique": TensorShape(2, 2), "U/attribution-unique": TensorShape(2, 2),
  "U/l1-unique": TensorShape(2, 2), "U/flows-differ-at-ends": TensorShape(2, 3),
  "U/multi-commodity": TensorShape(1, 2), "EJ/P2-top": TensorShape(2, 2),
  "EJ/P2-bottom": TensorShape(2, 2), "EJ/P3-additive-only": TensorShape(1, 3),
  "GAF/symmetry": TensorShape(2, 2), "l2/symmetry": TensorShape(2, 2),
  "central/symmetry": TensorShape(2, 2), "l2/additivity": TensorShape(2, 2),
  "central/additivity": TensorShape(2, 2), "l2/shapley": TensorShape(2, 2),
  "central/shapley": TensorShape(2, 2), "l2/same-game": TensorShape(2, 2),
  "polymatroid/four-layers-together": TensorShape(3, 3),
  "polymatroid/inner-submodular": TensorShape(4, 3),
  "polymatroid/inner-shapley-flow": TensorShape(4, 3),
  "intervals/maximum-everywhere": TensorShape(4, 3),
]

@Suite("The ledger")
struct ClaimTests {
  private let half = Rational(1, 2)

  private func claim(_ id: String) throws -> Claim {
    try #require(ledger.first { $0.id == id }, "\(id)")
  }

  private func outcome(_ id: String, _ tensor: EffectiveTensor, _ mode: Mode) throws -> Outcome {
    let property = try #require(claimProperties().first { $0.name == "claim/\(id)" }, "\(id)")
    return property.run(try Examination(tensor: tensor, mode: mode))
  }

  @Test("every entry is whole, ids are unique, and a false statement has its correction")
  func entries() {
    #expect(Set(ledger.map(\.id)).count == ledger.count)
    #expect(ledger.count > 120)
    for claim in ledger {
      #expect(claim.statement.hasSuffix("."), "\(claim.id)")
      #expect(!claim.source.isEmpty && !claim.generated.isEmpty && !claim.checked.isEmpty)
      #expect([.holds, .refuted].contains(claim.expected))
      #expect((claim.correction != nil) == (claim.expected == .refuted), "\(claim.id)")
      #expect(claim.id.allSatisfy { $0.isASCII && $0 != " " })
    }
    #expect(ledger.filter(\.isKept).count == 15)
  }

  @Test(
    "every claim reaches its expected verdict, by many cases or a smallest one",
    .tags(.long), .onlyInFullRuns, arguments: 1...3)
  func verdicts(seed: UInt64) {
    for claim in ledger { judge(claim, seed: seed) }
  }

  @Test("so do those that take little time, from seed 1")
  func quickVerdicts() {
    let slow = ["polymatroid/", "intervals/", "barrier/", "central/", "U/", "relation/", "l2/"]
    for claim in ledger where !slow.contains(where: claim.id.hasPrefix) {
      judge(claim, seed: 1)
    }
    let chosen = [
      "U/flow-unique", "U/l1-unique", "U/ill-defined", "U/multi-commodity", "U/combinations",
      "U/barrier-sign", "U/integral-ranking", "l2/symmetry", "l2/same-game", "central/shapley",
      "relation/split-ends-add",
    ]
    for claim in ledger where chosen.contains(claim.id) { judge(claim, seed: 1) }
  }

  private func judge(_ claim: Claim, seed: UInt64) {
    let result = claim.run(seed: seed)
    #expect(result.isAsExpected && !result.isFailed, "\(claim.id): \(result.detail)")
    #expect((result.witness != nil) == (result.verdict == .refuted), "\(claim.id)")
    #expect(result.witness?.explanation.isEmpty != true, "\(claim.id)")
    if let shape = smallestShapes[claim.id] {
      let found = result.witness?.tensor.map { TensorShape($0.layers, $0.tokens) }
      #expect(found == shape, "\(claim.id)")
    }
    // Statements about one thing are tried once; uniform tensors are rare; all others come often.
    if result.verdict == .holds, !claim.isComputedOnce {
      let least = claim.id == "T3/uniform-intervals" ? 5 : 12
      #expect(result.cases >= least, "\(claim.id): \(result.cases)")
    }
  }

  @Test("a result depends on the seed alone")
  func repeated() throws {
    for id in ["U/integral-ranking", "l2/symmetry", "T1/value", "shapley/differences"] {
      let (first, second) = (try claim(id).run(seed: 7), try claim(id).run(seed: 7))
      #expect(first.cases == second.cases)
      #expect(first.witness?.tensor == second.witness?.tensor)
      #expect(first.witness?.explanation == second.witness?.explanation)
    }
  }

  @Test("a planted contrary expectation is an error, both ways")
  func planted() throws {
    let holds = try claim("U/l1-unique").expecting(.holds).run(seed: 1)
    #expect(holds.verdict == .refuted && holds.isFailed)
    let refuted = try claim("U/l2-unique").expecting(.refuted).run(seed: 1)
    #expect(refuted.verdict == .holds && refuted.isFailed)
  }

  @Test("out of time, a false claim is an error and a true one is open")
  func time() throws {
    let open = try claim("U/l2-unique").run(seed: 1) { true }
    #expect(open.verdict == .inconclusive && !open.isFailed && open.cases == 0)
    let missed = try claim("U/l1-unique").run(seed: 1) { true }
    #expect(missed.verdict == .inconclusive && missed.isFailed)
    var questions = 0
    let part = try claim("U/l2-unique").run(seed: 1) {
      questions += 1
      return questions > 5
    }
    #expect(part.verdict == .inconclusive && part.cases == 5)
  }

  @Test("a claim that speaks of no case is inconclusive, and one that errs is a contradiction")
  func unspoken() {
    let cases = ClaimCases(shapes: [TensorShape(1, 1)], random: 0)
    let silent = Claim("a", "B.", source: "c", checked: "d", cases: cases) { _ in .skipped("no") }
    #expect(silent.run(seed: 1).verdict == .inconclusive)
    let wrong = Claim("a", "B.", source: "c", checked: "d", cases: cases) { _ in
      throw Unsettled(outcome: .contradiction("two answers"))
    }
    let result = wrong.run(seed: 1)
    #expect(result.isContradiction && result.isFailed == false && !result.isAsExpected)
  }

  @Test("the smallest cases known are refuted, with the numbers known of them")
  func knownCases() throws {
    let identity: [[Rational]] = [[1, 0], [0, 1]]
    let both: [[Rational]] = [[1, 0], [1, 0]]
    let known: [(id: String, layers: [[[Rational]]], says: String)] = [
      ("U/flow-unique", [identity, both], "(1, 0)"),
      ("U/l1-unique", [identity, both], "alpha = 1/8"),
      ("EJ/P2-top", [identity, both], "the Shapley value is (1/2, 1/2)"),
      (
        "U/attribution-unique", [[[1, 0], [half, half]], [[half, half], [1, 0]]],
        "(1, 0) to (3/2, 1/2)"
      ),
      (
        "U/flows-differ-at-ends",
        [
          [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
          [[half, half, 0], [half, half, 0], [half, half, 0]],
        ], "bottom (1, 1, 0)"
      ),
      ("U/multi-commodity", [[[0, 1], [1, 0]]], "2, the multi-commodity maximum 0"),
      ("polymatroid/inner-submodular", deepWitness, "layer 2"),
      ("polymatroid/inner-shapley-flow", deepWitness, "layer 2"),
    ]
    for (id, layers, says) in known {
      let outcome = try outcome(id, tensor(layers), .all)
      #expect(outcome.verdict == .refuted && outcome.certified, "\(id): \(outcome.detail)")
      #expect(outcome.detail.contains(says), "\(id): \(outcome.detail)")
    }
  }

  /// Four layers of three tokens, in halves.
  private var deepWitness: [[[Rational]]] {
    let halves = [
      2, 0, 0, 2, 0, 0, 0, 1, 1, 1, 1, 0, 0, 2, 0, 0, 1, 1, 0, 2, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1,
      1, 0, 1, 0, 1,
    ]
    return (0..<4).map { l in
      (0..<3).map { i in (0..<3).map { Rational(halves[(l * 3 + i) * 3 + $0], 2) } }
    }
  }

  @Test("where flows and attributions are unique, the false claims about ambiguity are borne out")
  func borneOut() throws {
    let uniform = [[half, half], [half, half]]
    let unique = try tensor([uniform, uniform])
    for id in [
      "U/flow-unique", "U/attribution-unique", "U/l1-unique", "EJ/P2-top", "EJ/P2-bottom",
      "l2/shapley", "l2/same-game",
    ] {
      #expect(try outcome(id, unique, .all).verdict == .holds, "\(id)")
    }
  }

  @Test("the witness in an inner layer, by a maximum flow written apart")
  func innerLayers() throws {
    let network = try FlowNetwork(tensor: tensor(deepWitness), mode: .all)
    let game = try FlowGame(network: network, layer: 2)
    let values = (0..<8).map { FlowOracle.value(game.network(of: Coalition(mask: $0))) }
    let isSubmodular = (0..<8).allSatisfy { first in
      (0..<8).allSatisfy { values[first | $0] + values[first & $0] <= values[first] + values[$0] }
    }
    #expect(!isSubmodular, "\(values)")
  }

  @Test("of one shape tiny tensors come as they are drawn, with rows that sum to 1 or are smaller")
  func cases() throws {
    let exact = ClaimCases(modes: .all, shapes: [TensorShape(2, 2)], denominator: 2, each: 81)
    let tensors = Array(exact.sequence(seed: 3))
    // Three rows of two columns have denominators up to 2, and four of them make a tensor.
    #expect(tensors.count == 81 + exact.random)
    for (tensor, mode) in tensors {
      #expect(mode == .all && tensor.rowSumsAreOne)
    }
    #expect(Set(tensors.prefix(81).map { $0.0.entries.list }).count == 81)
    let free = ClaimCases(isStochastic: false, modes: .singles).sequence(seed: 3)
    #expect(free.contains { !$0.0.rowSumsAreOne })
    #expect(free.allSatisfy { $0.1 != .all })
  }
}

extension Claim {
  /// Whether it is about one thing, such as a worked example.
  fileprivate var isComputedOnce: Bool {
    if case .numbers(1, _) = trial { true } else { false }
  }
}

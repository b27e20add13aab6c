import Checker
import ExactArithmetic
import Generators
import Testing

@Suite("Shrinking")
struct ShrinkTests {
  static let exactNames = [
    "lattice", "fractions", "residual-exact", "sink", "causal-exact", "duplicated-tokens",
    "null-tokens",
  ]

  /// Cases of exactly row-stochastic families for which a predicate holds, from 50 seeds.
  private func starts(
    _ names: [String] = exactNames, where holds: (EffectiveTensor, Mode) -> Bool
  ) -> [(EffectiveTensor, Mode)] {
    let families = CaseFamily.all.filter { names.contains($0.name) }
    return (0..<UInt64(50)).compactMap { seed in
      let source = CaseSource(
        seed: seed, limits: SizeLimits(layersMaximum: 4, tokensMaximum: 5), families: families)
      for k in 0..<UInt64(1000) {
        if case .tensor(let tensor, let mode) = source[k].instance, holds(tensor, mode) {
          return (tensor, mode)
        }
      }
      return nil
    }
  }

  private func isAmbiguous(_ tensor: EffectiveTensor, _ mode: Mode) -> Bool {
    !Instance.tensor(tensor, mode).hasUniqueFlow
  }

  @Test("an ambiguous flow ends at two layers, two tokens and entries 0, 1/2, 1")
  func ambiguousFlow() throws {
    let half = try #require(Rational("1/2"))
    let found = starts(where: isAmbiguous)
    #expect(found.count == 50)
    for (tensor, mode) in found {
      let result = shrink(tensor, mode: mode, stillFails: isAmbiguous)
      #expect(result.isFixpoint)
      #expect(isAmbiguous(result.tensor, result.mode))
      #expect(result.tensor.hasUnitRows)
      #expect(
        result.tensor.layers == 2 && result.tensor.tokens == 2, "from \(tensor.text) in \(mode)")
      #expect(
        result.tensor.fractions.allSatisfy { $0 == 0 || $0 == 1 || $0 == half },
        "\(result.tensor.text)")
    }
  }

  @Test("an ambiguous flow with one top token keeps its mode where the predicate asks for it")
  func ambiguousSingle() {
    func holds(_ tensor: EffectiveTensor, _ mode: Mode) -> Bool {
      mode != .all && isAmbiguous(tensor, mode)
    }
    let found = starts(where: holds)
    #expect(found.count == 50)
    for (tensor, mode) in found {
      let result = shrink(tensor, mode: mode, stillFails: holds)
      #expect(result.mode == .single(0))
      #expect(
        ["1/2 1/2, 1 0 ; 1/2 1/2, 1 0", "1 0, 1/2 1/2 ; 1/2 1/2, 1 0"].contains(
          result.tensor.text),
        "\(result.tensor.text) from \(tensor.text) in \(mode)")
    }
  }

  /// A property of row-stochastic tensors and the only tensors it may shrink to.
  struct Target: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: Set<String>
    let holds: @Sendable (EffectiveTensor) -> Bool
  }

  static let targets: [Target] = [
    Target(testDescription: "anything", expected: ["1"]) { _ in true },
    Target(testDescription: "three tokens", expected: ["1 0 0, 1 0 0, 1 0 0"]) { $0.tokens >= 3 },
    Target(testDescription: "three layers", expected: ["1 ; 1 ; 1"]) { $0.layers >= 3 },
    Target(testDescription: "an entry between 0 and 1", expected: ["1/2 1/2, 1 0", "1 0, 1/2 1/2"])
    { $0.fractions.contains { $0 > 0 && $0 < 1 } },
    Target(testDescription: "an entry equal to 0", expected: ["1 0, 1 0"]) {
      $0.fractions.contains(0)
    },
    Target(testDescription: "a token that attends to a later one", expected: ["0 1, 1 0"]) {
      CaseLabel.causal.holds(of: .tensor($0, .all)) == false
    },
    Target(testDescription: "a zero column", expected: ["1 0, 1 0"]) {
      CaseLabel.zeroColumn.holds(of: .tensor($0, .all))
    },
    Target(testDescription: "less than full value", expected: ["1 0, 1 0 ; 1 0, 1 0"]) { tensor in
      let network = Instance.tensor(tensor, .all).network
      let full = BigInteger(tensor.tokens) * network.capacities.denominator
      return TinyFlow(network).value < full
    },
    Target(
      testDescription: "an entry between 3/10 and 4/10",
      expected: ["1/3 2/3, 1 0", "2/3 1/3, 1 0", "1 0, 1/3 2/3", "1 0, 2/3 1/3"]
    ) { tensor in
      tensor.fractions.contains { $0 * 10 > 3 && $0 * 10 < 4 }
    },
    Target(testDescription: "a column with a sum above 2", expected: ["1 0 0, 1 0 0, 1 0 0"]) {
      tensor in
      (0..<tensor.layers).contains { l in
        (0..<tensor.tokens).contains { j in
          (0..<tensor.tokens).reduce(Rational(0)) { $0 + tensor[l, $1, j] } > 2
        }
      }
    },
  ]

  @Test("a property of rows ends at its smallest tensor", arguments: targets)
  func rowProperties(target: Target) {
    let found = starts { tensor, _ in target.holds(tensor) }
    #expect(found.count == 50)
    for (tensor, mode) in found {
      let result = shrink(tensor, mode: mode) { tensor, _ in target.holds(tensor) }
      #expect(result.isFixpoint)
      #expect(result.mode == .all)
      #expect(
        target.expected.contains(result.tensor.text), "\(result.tensor.text) from \(tensor.text)")
    }
  }

  /// A property of any tensors and what it must shrink to.
  static let freeTargets: [Target] = [
    Target(testDescription: "an entry of at least 1/2", expected: ["1"]) {
      $0.fractions.contains { $0 * 2 >= 1 }
    },
    Target(testDescription: "a zero row", expected: ["0"]) {
      CaseLabel.zeroRow.holds(of: .tensor($0, .all))
    },
    Target(
      testDescription: "two entries that differ",
      expected: ["1 0, 0 0", "0 0, 1 0", "1 ; 0", "0 ; 1"]
    ) {
      Set($0.fractions).count > 1
    },
    Target(testDescription: "an entry between 1/100 and 1/10", expected: ["1/11"]) {
      $0.fractions.contains { $0 * 100 > 1 && $0 * 10 < 1 }
    },
  ]

  @Test("rows that do not sum to 1 shrink freely", arguments: freeTargets)
  func freeRows(target: Target) {
    let found = starts(["softmax64", "dead-ends", "moderate-range", "scaled", "sparse"]) {
      tensor, _ in !tensor.hasUnitRows && target.holds(tensor)
    }
    #expect(found.count == 50)
    for (tensor, mode) in found {
      let result = shrink(tensor, mode: mode) { tensor, _ in target.holds(tensor) }
      #expect(result.mode == .all)
      #expect(
        target.expected.contains(result.tensor.text), "\(result.tensor.text) from \(tensor.text)")
    }
  }

  @Test("the predicate is asked no more often than the budget says, and bad news is kept")
  func budget() throws {
    for (tensor, mode) in starts(where: isAmbiguous).prefix(10) {
      for budget in [0, 1, 5, 20] {
        var asked = 0
        let result = shrink(tensor, mode: mode, budget: budget) { candidate, mode in
          asked += 1
          return isAmbiguous(candidate, mode)
        }
        #expect(asked == result.evaluations && asked <= budget)
        #expect(isAmbiguous(result.tensor, result.mode))
        if budget == 0 { #expect(result.tensor == tensor && result.mode == mode) }
      }
    }
  }

  @Test("shrinking the same tensor twice asks the same questions")
  func determinism() {
    for (tensor, mode) in starts(where: isAmbiguous).prefix(5) {
      var questions: [[String]] = [[], []]
      for round in 0..<2 {
        _ = shrink(tensor, mode: mode) { candidate, mode in
          questions[round].append("\(candidate.text) \(mode)")
          return isAmbiguous(candidate, mode)
        }
      }
      #expect(questions[0] == questions[1])
    }
  }

  @Test("a tensor that nothing simpler replaces is returned as it was")
  func nothingSimpler() throws {
    let start = try tensor("1/3 2/3, 1/7 6/7")
    let result = shrink(start, mode: .single(1)) { _, _ in false }
    #expect(result.tensor == start)
    #expect(result.mode == .single(1))
    #expect(result.isFixpoint)
  }

  @Test("a tensor of 24 tokens ends as small as a tiny one")
  func largeTensor() throws {
    let source = CaseFamily.all.filter { $0.name == "lattice" }
    var choices = RandomChoices(seed: 9, stream: 0)
    let made = source[0].make(&choices, layers: 3, tokens: 24)
    guard case .tensor(let start, let mode) = made.instance else { return }
    let result = shrink(start, mode: mode) { tensor, _ in
      tensor.fractions.contains { $0 * 10 > 3 && $0 * 10 < 4 }
    }
    #expect(result.isFixpoint)
    #expect(result.tensor.layers == 1 && result.tensor.tokens == 2)
    #expect(result.evaluations < 1000)
  }
}

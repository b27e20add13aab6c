// Where shrinking ends: claims about real answers, from many random starts.
import Campaign
import Checker
import ExactArithmetic
import Generators
import Networks
import Properties
import TestSupport
import Testing

/// A claim about a case, and what its smallest cases look like.
struct ShrinkTarget: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The expected layers and tokens.
  let sizes: (layers: Int, tokens: Int)
  /// Other sizes that cannot be made smaller either; nil if there are none.
  var alternative: (layers: Int, tokens: Int)?
  /// The entries that may be left.
  let entries: Set<Rational>
  /// The families to start from.
  var families = [
    "lattice", "fractions", "residual-exact", "sink", "causal-exact", "duplicated-tokens",
  ]
  let holds: @Sendable (Examination) -> Bool
}

private let simple: Set<Rational> = [0, Rational(1, 2), 1]

extension Examination {
  fileprivate var value: Rational { maximum.claim?.value ?? 0 }
  fileprivate var width: Rational { attributions.claim?.widthMaximum ?? 0 }

  /// Whether some arcs of a kind are undetermined.
  fileprivate func hasUndetermined(_ arcs: [Int]) -> Bool {
    !Set(undetermined.claim?.arcs ?? []).isDisjoint(with: arcs)
  }

  /// Whether there are two minimum cuts: the nodes that the source reaches in the residual network
  /// are not all those that do not reach the sink.
  fileprivate var hasTwoCuts: Bool {
    guard let flow = maximum.claim?.flow else { return false }
    var (down, up): ([Int: [Int]], [Int: [Int]]) = ([:], [:])
    network.arcs.forEach { arc, tail, head in
      if flow.amounts[arc] < network.capacities[arc] {
        down[tail, default: []].append(head)
        up[head, default: []].append(tail)
      }
      if flow.amounts[arc].signum() > 0 {
        down[head, default: []].append(tail)
        up[tail, default: []].append(head)
      }
    }
    func reached(from start: Int, _ next: [Int: [Int]]) -> Set<Int> {
      var (found, open): (Set<Int>, [Int]) = ([start], [start])
      // Each pass takes a node that was never open before.
      while let node = open.popLast() {
        for other in next[node] ?? [] where found.insert(other).inserted { open.append(other) }
      }
      return found
    }
    return reached(from: network.source, down).count + reached(from: network.sink, up).count
      < network.nodeCount
  }

  fileprivate var rowOfZeros: Bool {
    guard let tensor else { return false }
    return (0..<tensor.layers).contains { l in
      (0..<tensor.tokens).contains { i in
        (0..<tensor.tokens).allSatisfy { tensor[l, i, $0].isZero }
      }
    }
  }
}

private let targets: [ShrinkTarget] = [
  .init(testDescription: "the flow is not unique", sizes: (2, 2), entries: simple) {
    $0.undetermined.claim?.isUnique == false
  },
  .init(testDescription: "the attribution is not unique", sizes: (2, 2), entries: simple) {
    $0.attributions.claim?.isUnique == false
  },
  .init(testDescription: "the value is below T", sizes: (2, 2), entries: [0, 1]) {
    $0.mode == .all && $0.value < Rational($0.tensor?.tokens ?? 0)
  },
  .init(testDescription: "a top arc is undetermined", sizes: (2, 2), entries: simple) {
    $0.hasUndetermined($0.network.sourceArcs)
  },
  .init(testDescription: "a bottom arc is undetermined", sizes: (2, 2), entries: simple) {
    $0.hasUndetermined($0.network.sinkArcs)
  },
  .init(
    testDescription: "top arcs are determined and the flow is not unique", sizes: (2, 2),
    entries: simple
  ) {
    $0.undetermined.claim?.isUnique == false && !$0.hasUndetermined($0.network.sourceArcs)
  },
  .init(
    testDescription: "the attribution is unique and the flow is not", sizes: (2, 2),
    entries: simple
  ) {
    $0.undetermined.claim?.isUnique == false && $0.attributions.claim?.isUnique == true
  },
  .init(
    testDescription: "an interval is wider than 1/2 with one top token", sizes: (2, 2),
    entries: simple
  ) {
    $0.mode != .all && $0.width > Rational(1, 2)
  },
  .init(
    testDescription: "an interval is wider than 1/2 with all top tokens", sizes: (2, 3),
    alternative: (3, 2), entries: [0, Rational(1, 3), Rational(1, 2), Rational(2, 3), 1]
  ) {
    $0.mode == .all && $0.width > Rational(1, 2)
  },
  .init(
    testDescription: "the flow is unique and a row is zero", sizes: (1, 1), entries: [0],
    families: ["dead-ends", "padding", "sparse"]
  ) {
    $0.undetermined.claim?.isUnique == true && $0.rowOfZeros
  },
  .init(testDescription: "there are two minimum cuts", sizes: (1, 1), entries: [1]) {
    $0.hasTwoCuts
  },
  .init(testDescription: "an arc into the sink is saturated", sizes: (1, 1), entries: [1]) {
    examination in
    guard let flow = examination.maximum.claim?.flow else { return false }
    return examination.network.sinkArcs.contains {
      flow.amounts[$0] == examination.network.capacities[$0]
    }
  },
  .init(testDescription: "some token gets nothing", sizes: (1, 2), entries: [0, 1]) {
    guard let intervals = $0.attributions.claim else { return false }
    return intervals.maxima.contains { $0.isZero }
  },
  .init(testDescription: "some token gets more than 1", sizes: (1, 2), entries: [0, 1]) {
    guard let intervals = $0.attributions.claim else { return false }
    return intervals.minima.contains { $0 > 1 }
  },
]

@Suite("Shrinking real answers")
struct ShrinkTargetTests {
  private func examination(_ tensor: EffectiveTensor, _ mode: Mode) -> Examination? {
    try? Examination(tensor: tensor, mode: mode)
  }

  @Test("a claim ends at its smallest case from any start", arguments: targets)
  func smallest(target: ShrinkTarget) throws {
    func holds(_ tensor: EffectiveTensor, _ mode: Mode) -> Bool {
      examination(tensor, mode).map(target.holds) ?? false
    }
    let families = CaseFamily.all.filter { target.families.contains($0.name) }
    var found = 0
    for seed in UInt64(0)..<50 {
      let source = CaseSource(
        seed: seed, limits: SizeLimits(layersMaximum: 3, tokensMaximum: 4), families: families)
      let start = (UInt64(0)..<2_000).lazy.compactMap { index -> (EffectiveTensor, Mode)? in
        guard case .tensor(let tensor, let mode) = source[index].instance,
          tensor.layers >= target.sizes.layers, tensor.tokens >= target.sizes.tokens,
          holds(tensor, mode)
        else { return nil }
        return (tensor, mode)
      }.first
      guard let (tensor, mode) = start else { continue }
      found += 1
      let result = shrink(tensor, mode: mode, stillFails: holds)
      let entries = (0..<result.tensor.entries.count).map { result.tensor.entries[$0] }
      #expect(result.isFixpoint)
      #expect(holds(result.tensor, result.mode))
      let sizes = (result.tensor.layers, result.tensor.tokens)
      #expect(
        sizes == target.sizes || target.alternative.map { sizes == $0 } ?? false,
        "seed \(seed): \(result.tensor.layers) layers of \(entries) in \(result.mode)")
      #expect(target.entries.isSuperset(of: entries), "seed \(seed): \(entries)")
    }
    #expect(found == 50, "starts found")
  }
}

import Checker
import ExactArithmetic
import Generators
import Testing

@Suite("The source of cases")
struct CaseSourceTests {
  @Test("a case is the same in any order, from any copy of the source")
  func orderDoesNotMatter() {
    let first = CaseSource(seed: 17)
    let forwards = (0..<UInt64(300)).map { first[$0] }
    let second = CaseSource(seed: 17)
    for k in (0..<UInt64(300)).reversed() { #expect(second[k] == forwards[Int(k)]) }
    for k in [UInt64(0), 5, 299] { #expect(generateCase(seed: 17, index: k) == forwards[Int(k)]) }
  }

  @Test("a case that was made among others on another thread is the same")
  func threadsDoNotMatter() async {
    let source = CaseSource(seed: 23)
    let expected = (0..<UInt64(64)).map { source[$0] }
    await withTaskGroup(of: (UInt64, GeneratedCase).self) { group in
      for k in 0..<UInt64(64) { group.addTask { (k, CaseSource(seed: 23)[k]) } }
      for await (k, made) in group { #expect(made == expected[Int(k)]) }
    }
  }

  @Test("neighbouring seeds and numbers make different cases")
  func casesDiffer() {
    // Small tensors repeat by chance, so a family with many bits in each entry is asked.
    let families = CaseFamily.all.filter { $0.name == "softmax64" }
    let limits = SizeLimits(layersMaximum: 2, tokensMaximum: 4)
    var seen: Set<[Double]> = []
    var count = 0
    for seed in 0..<UInt64(30) {
      let source = CaseSource(seed: seed, limits: limits, families: families)
      for k in 0..<UInt64(30) {
        guard case .tensor(let tensor, _) = source[k].instance, tensor.tokens > 1 else { continue }
        seen.insert(tensor.entries.nearestDoubles)
        count += 1
      }
    }
    #expect(seen.count == count)
  }

  @Test("sizes are uniform within five standard deviations")
  func sizesAreUniform() {
    let families = CaseFamily.all.filter { $0.name == "one-hot" }
    let source = CaseSource(seed: 1, families: families)
    var counts: [[Int]: Int] = [:]
    let draws = 24_000
    for k in 0..<UInt64(draws) {
      if case .tensor(let tensor, _) = source[k].instance {
        counts[[tensor.layers, tensor.tokens], default: 0] += 1
      }
    }
    #expect(counts.count == 24)
    for (size, count) in counts { #expect((count - 1000).magnitude <= 5 * 32, "\(size)") }
  }

  @Test("both modes appear, and every single token")
  func modes() {
    let source = CaseSource(seed: 2)
    var seen: Set<Mode> = []
    var all = 0
    var tensors = 0
    for k in 0..<UInt64(4000) {
      if case .tensor(_, let mode) = source[k].instance {
        seen.insert(mode)
        tensors += 1
        if mode == .all { all += 1 }
      }
    }
    #expect(seen == Set([.all] + (0..<6).map { Mode.single($0) }))
    // One half is expected; five standard deviations are at most 160.
    #expect((all - tensors / 2).magnitude <= 160)
  }

  @Test("families are drawn as their weights say")
  func weights() {
    let limits = SizeLimits(layersMaximum: 1, tokensMaximum: 2)
    let families = CaseFamily.all.filter { ["lattice", "permutation"].contains($0.name) }
    let source = CaseSource(seed: 3, limits: limits, families: families)
    let lattices = (0..<UInt64(7000)).count { source[$0].family == "lattice" }
    // 12 of 14 are expected; five standard deviations are 5 * sqrt(7000 * 12 * 2 / 14^2) = 387 / 2.
    #expect((lattices - 6000).magnitude <= 147)
  }

  @Test("a family that needs two tokens gets two tokens")
  func tokensMinimum() {
    let families = CaseFamily.all.filter { $0.name == "padding" }
    let source = CaseSource(
      seed: 4, limits: SizeLimits(layersMaximum: 2, tokensMaximum: 2), families: families)
    for k in 0..<UInt64(100) { #expect(source[k].family == "padding") }
  }

  @Test("limits are kept, and larger ones work", arguments: [(1, 1), (2, 3), (6, 12), (2, 40)])
  func limits(layers: Int, tokens: Int) {
    let limits = SizeLimits(layersMaximum: layers, tokensMaximum: tokens)
    let source = CaseSource(seed: 5, limits: limits)
    for k in 0..<UInt64(200) {
      switch source[k].instance {
      case .tensor(let tensor, _):
        #expect(tensor.layers <= layers && tensor.tokens <= tokens)
      case .network(let network):
        #expect(network.arcCount <= 3 * (layers * tokens * tokens + 3 * tokens + 2) + 3)
      }
    }
  }
}

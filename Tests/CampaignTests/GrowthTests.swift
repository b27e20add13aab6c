import Checker
import Generators
import TestSupport
import Testing

@testable import Campaign

@Suite("Sizes of random cases")
struct GrowthTests {
  private func source(_ seed: UInt64) -> GrowingSource {
    var settings = CampaignSettings()
    settings.seed = seed
    return GrowingSource(settings, Corpus())
  }

  private func sizes(_ instance: Instance) -> (layers: Int, tokens: Int)? {
    guard case .tensor(let tensor, _) = instance else { return nil }
    return (tensor.layers, tensor.tokens)
  }

  @Test("the first 32 cases are tiny, the first 128 small, later ones as large as allowed")
  func stages() {
    // A family may need more tokens than a stage would give it.
    let needed = CaseFamily.all.map(\.tokensMinimum).max() ?? 1
    var (largestLayers, largestTokens) = (0, 0)
    for seed in UInt64(0)..<20 {
      let source = source(seed)
      for index in UInt64(0)..<300 {
        guard let (layers, tokens) = sizes(source[index].instance) else { continue }
        if index < 32 { #expect(layers <= 2 && tokens <= max(2, needed)) }
        if index < 128 { #expect(layers <= 3 && tokens <= max(4, needed)) }
        #expect(layers <= 4 && tokens <= 6)
        largestLayers = max(largestLayers, layers)
        largestTokens = max(largestTokens, tokens)
      }
    }
    #expect(largestLayers == 4 && largestTokens == 6)
  }

  @Test("after the first 128 cases all sizes up to the limits are equally likely")
  func uniform() {
    // Families that make tensors of the sizes drawn, with any number of tokens.
    let families = ["lattice", "fractions"]
    var settings = CampaignSettings()
    settings.seed = 17
    settings.families = families
    let source = GrowingSource(settings, Corpus())
    let count = 12_000
    var counts: [[Int]: Int] = [:]
    for index in 128..<UInt64(128 + count) {
      guard let (layers, tokens) = sizes(source[index].instance) else { continue }
      counts[[layers, tokens], default: 0] += 1
    }
    let least = CaseFamily.all.filter { families.contains($0.name) }.map(\.tokensMinimum).min() ?? 1
    let cells = 4 * (6 - least + 1)
    let expected = Double(count) / Double(cells)
    #expect(counts.count == cells)
    let statistic = counts.values.reduce(0.0) { sum, found in
      sum + (Double(found) - expected) * (Double(found) - expected) / expected
    }
    // 23 degrees of freedom: more than 60 has a probability below 1e-4.
    #expect(statistic < 60, "\(statistic) over \(cells) cells")
  }

  @Test("case k depends on the seed and k only: not on its order, first case, budget or shard")
  func onlySeedAndNumber() {
    var settings = CampaignSettings()
    settings.seed = 9
    settings.budget = .cases(400)
    let whole = settings.work(of: Corpus(), .random)
    var moved = settings
    moved.firstCase = 150
    moved.budget = .seconds(1)
    moved.jobs = 3
    moved.shard = Shard(index: 2, count: 3) ?? .whole
    let part = moved.work(of: Corpus(), .random)
    for position in stride(from: 249, through: 0, by: -1) {
      #expect(part.instance(position).network == whole.instance(position + 150).network)
      #expect(part.turn(position) == whole.turn(position + 150))
    }
    var other = settings
    other.seed = 10
    let others = other.work(of: Corpus(), .random)
    let same = (0..<400).count { others.instance($0).network == whole.instance($0).network }
    #expect(same < 100, "\(same) of 400 cases are the same under another seed")
  }
}

import Generators
import Testing

@Suite("Random choices")
struct RandomChoicesTests {
  @Test("a stream repeats itself")
  func streamRepeats() {
    var first = RandomChoices(seed: 7, stream: 3)
    var second = RandomChoices(seed: 7, stream: 3)
    for _ in 0..<100 { #expect(first.next() == second.next()) }
  }

  @Test("streams and seeds that differ by one bit have nothing in common")
  func streamsDiffer() {
    var seen: Set<UInt64> = []
    for seed in 0..<UInt64(20) {
      for stream in 0..<UInt64(20) {
        var choices = RandomChoices(seed: seed, stream: stream)
        for _ in 0..<10 { seen.insert(choices.next()) }
      }
    }
    #expect(seen.count == 20 * 20 * 10)
  }

  @Test("a split stream differs from its parent")
  func splitDiffers() {
    var parent = RandomChoices(seed: 1, stream: 1)
    var child = parent.split()
    var sibling = parent.split()
    let outputs = [parent.next(), child.next(), sibling.next()]
    #expect(Set(outputs).count == 3)
  }

  @Test(
    "bounded integers have equal frequencies within five standard deviations",
    arguments: [1, 2, 3, 5, 6, 7, 10, 48])
  func boundedIntegersAreUniform(bound: Int) {
    var choices = RandomChoices(seed: 11, stream: UInt64(bound))
    var counts = [Int](repeating: 0, count: bound)
    let draws = 48_000
    for _ in 0..<draws { counts[choices.below(bound)] += 1 }
    let mean = Double(draws) / Double(bound)
    for count in counts { #expect((Double(count) - mean).magnitude <= 5 * mean.squareRoot()) }
  }

  @Test("a bound near 2^63 is not biased towards small integers")
  func hugeBound() {
    // With bound 3 * 2^61 the plain high word of a product is unbiased only because of rejection.
    var choices = RandomChoices(seed: 2, stream: 0)
    let bound = 3 << 61
    let draws = 3000
    let low = (0..<draws).count { _ in choices.below(bound) < 1 << 61 }
    // A third is expected; five standard deviations are 5 * sqrt(3000 * 2 / 9) = 129.
    #expect((low - draws / 3).magnitude <= 129)
  }

  @Test("numbers of the unit interval have mean one half, bells have mean 0 and variance 1")
  func moments() {
    var choices = RandomChoices(seed: 5, stream: 0)
    let draws = 20_000
    var (unit, bell, square) = (0.0, 0.0, 0.0)
    for _ in 0..<draws {
      let uniform = choices.unit()
      #expect(uniform >= 0 && uniform < 1)
      unit += uniform
      let normal = choices.bell()
      #expect(normal.magnitude < 3.4642)
      bell += normal
      square += normal * normal
    }
    #expect((unit / Double(draws) - 0.5).magnitude < 0.011)
    #expect((bell / Double(draws)).magnitude < 0.036)
    #expect((square / Double(draws) - 1).magnitude < 0.05)
  }

  @Test("every order of three elements is equally likely")
  func shuffleIsUniform() {
    var choices = RandomChoices(seed: 3, stream: 0)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[choices.permutation(3), default: 0] += 1 }
    #expect(counts.count == 6)
    for count in counts.values { #expect((count - 1000).magnitude <= 158) }
  }

  @Test("a weighted position is as likely as its weight says")
  func weightedPosition() {
    var choices = RandomChoices(seed: 4, stream: 0)
    var counts = [0, 0, 0]
    for _ in 0..<4000 { counts[choices.weighted([1, 0, 3])] += 1 }
    #expect(counts[1] == 0)
    #expect((counts[0] - 1000).magnitude <= 137)
  }

  @Test("a subset has the size asked for and is in order")
  func subsets() {
    var choices = RandomChoices(seed: 6, stream: 0)
    for size in 0...7 {
      let subset = choices.subset(size, of: 7)
      #expect(subset.count == size)
      #expect(Set(subset).count == size)
      #expect(subset == subset.sorted())
      #expect(subset.allSatisfy { (0..<7).contains($0) })
    }
  }
}

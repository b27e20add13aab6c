import Checker
import ExactArithmetic
import Generators
import Testing

@Suite("What a campaign meets")
struct DiscoveryTests {
  private static let limits = SizeLimits(layersMaximum: 4, tokensMaximum: 6)

  /// The probability that the default source draws a family that promises a label.
  private func promised(_ label: CaseLabel) -> Double {
    var sum = 0.0
    for tokens in 1...Self.limits.tokensMaximum {
      let able = CaseFamily.all.filter { $0.tokensMinimum <= tokens }
      let total = able.reduce(0) { $0 + $1.weight }
      let promising = able.reduce(0) { $0 + ($1.promises.contains(label) ? $1.weight : 0) }
      sum += Double(promising) / Double(total)
    }
    return sum / Double(Self.limits.tokensMaximum)
  }

  @Test("every label appears at least as often as families promise it")
  func labelRates() {
    let draws = 3000
    let source = CaseSource(seed: 31, limits: Self.limits)
    var counts: [CaseLabel: Int] = [:]
    for k in 0..<UInt64(draws) {
      for label in source[k].instance.labels { counts[label, default: 0] += 1 }
    }
    for label in CaseLabel.allCases {
      let expected = promised(label) * Double(draws)
      // Five standard deviations below the mean: missed once in three million runs.
      let least = max(1, expected - 5 * expected.squareRoot())
      #expect(Double(counts[label, default: 0]) >= least, "\(label)")
    }
    // Nobody promises ties, yet they must be common: small fractions are made for them.
    #expect(counts[.tie, default: 0] > draws / 10)
    #expect(counts[.rowStochastic, default: 0] > draws / 4)
  }

  /// Something that may be true of a flow, and how many cases in a hundred it holds of at least.
  struct Event: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let percent: Int
    let holds: @Sendable (Mode, TinyFlow) -> Bool
  }

  static let events: [Event] = [
    Event(testDescription: "unique, all", percent: 20) { $0 == .all && $1.isUnique },
    Event(testDescription: "ambiguous, all", percent: 15) { $0 == .all && !$1.isUnique },
    Event(testDescription: "unique, single", percent: 20) { $0 != .all && $1.isUnique },
    Event(testDescription: "ambiguous, single", percent: 12) { $0 != .all && !$1.isUnique },
    Event(testDescription: "ambiguous flow, unique attributions", percent: 2) {
      !$1.isUnique && $1.hasUniqueAttributions
    },
    Event(testDescription: "several minimum cuts", percent: 25) { $1.hasSeveralCuts },
    Event(testDescription: "value zero", percent: 2) { $1.value.isZero },
  ]

  /// Maximum flows of the tensors among the first 1,500 cases.
  private static let flows: [(mode: Mode, flow: TinyFlow)] = {
    let source = CaseSource(seed: 37, limits: SizeLimits(layersMaximum: 3, tokensMaximum: 4))
    return (0..<UInt64(1500)).compactMap { k in
      let instance = source[k].instance
      guard case .tensor(_, let mode) = instance else { return nil }
      return (mode, TinyFlow(instance.network))
    }
  }()

  @Test("flows of every kind appear at their rates", arguments: events)
  func flowRates(event: Event) {
    let count = Self.flows.count { event.holds($0.mode, $0.flow) }
    let expected = Double(Self.flows.count * event.percent) / 100
    // Five standard deviations below the mean: missed once in three million runs.
    #expect(Double(count) >= expected - 5 * expected.squareRoot())
  }

  @Test("the smallest ambiguous tensors are met among 20,000 cases of fractions")
  func smallestCases() throws {
    let wanted = try Set(["1 0, 1 0", "1/2 1/2, 1/2 1/2"].map { try tensor($0).text })
    let families = CaseFamily.all.filter { $0.name == "fractions" }
    let source = CaseSource(
      seed: 41, limits: SizeLimits(layersMaximum: 2, tokensMaximum: 2), families: families)
    var missing = wanted
    for k in 0..<UInt64(20_000) where !missing.isEmpty {
      if case .tensor(let made, _) = source[k].instance { missing.remove(made.text) }
    }
    #expect(missing.isEmpty)
  }
}

// A search climbs a score: it starts at a random tensor, tries one small change after the other,
// and keeps each that does not lower the score. What it ends at is a case like any other, on which
// all properties are tried: places where answers are most ambiguous, or where digits are lost, are
// where solvers and claims go wrong. A search depends on the seed and its number alone; its work is
// bounded by counts.
import Checker
import ExactArithmetic
import Generators
import Networks
import Properties
import Solvers

/// One search.
struct TargetedSearch: Sendable {
  /// What a search climbs.
  enum Score: CaseIterable, Sendable {
    /// The largest width of an attribution interval, relative to the value.
    case intervalWidth
    /// The error of the value in doubles, relative to the exact value.
    case digitsLost
    /// The difference between the attributions of two exact solvers, relative to the value.
    case disagreement

    /// The score in words.
    var about: String {
      switch self {
      case .intervalWidth: "wide intervals"
      case .digitsLost: "lost digits"
      case .disagreement: "solvers that disagree"
      }
    }
  }

  let score: Score
  private let choices: RandomChoices

  /// The number of changes that a search tries.
  static let stepCount = 60

  /// A stream of random numbers that no random case uses: cases use the seed as it is.
  private static let seedMask: UInt64 = 0x7365_6172_6368

  init(seed: UInt64, number: Int) {
    choices = RandomChoices(seed: seed ^ Self.seedMask, stream: UInt64(number))
    score = Score.allCases[number % Score.allCases.count]
  }

  /// The best case that the search finds.
  func best(from source: GrowingSource) -> Instance { run(from: source).end }

  /// The case that the search starts at, and the best one that it finds.
  func run(from source: GrowingSource) -> (start: Instance, end: Instance) {
    var choices = choices
    // A network has no small changes here; a few draws find a tensor.
    for _ in 0..<8 {
      let start = source[choices.next()].instance
      guard case .tensor(let tensor, let mode) = start else { continue }
      return (start, climb(from: tensor, mode, &choices))
    }
    let network = source[choices.next()].instance
    return (network, network)
  }

  private func climb(
    from start: EffectiveTensor, _ mode: Mode, _ choices: inout RandomChoices
  ) -> Instance {
    var (best, bestScore) = (start, value(start, mode))
    let limit = start.tokens
    for _ in 0..<Self.stepCount {
      let change = choices.choose(Perturbation.all)
      let candidate = change.apply(&choices, to: best)
      // Changes of shape may drop the token of a single mode, or grow without end.
      guard candidate.tokens == limit, candidate.layers <= start.layers + 2,
        candidate.entries.denominator.magnitudeBitCount <= 256
      else { continue }
      let score = value(candidate, mode)
      if score >= bestScore { (best, bestScore) = (candidate, score) }
    }
    return .tensor(best, mode)
  }

  /// The score of a tensor; an answer that is not there scores nothing.
  func value(_ tensor: EffectiveTensor, _ mode: Mode) -> Rational {
    let instance = Instance.tensor(tensor, mode)
    let network = instance.network
    let limit = WorkLimit(arcScans: CaseRunner.workLimit)
    let examination = Examination(network: network, tensor: tensor, mode: mode, limit: limit)
    guard let maximum = examination.maximum.claim, !maximum.value.isZero else { return 0 }
    switch score {
    case .intervalWidth:
      return (examination.attributions.claim?.widthMaximum ?? 0) / maximum.value
    case .digitsLost:
      let answer = MaximumFlowSolver.dinic.solveDouble(
        network, adjacency: examination.adjacency, limit: limit)
      guard let found = Rational(exactly: answer.value) else { return 0 }
      return (found - maximum.value).magnitude / maximum.value
    case .disagreement:
      let other = MaximumFlowSolver.pushRelabel.solve(
        network, adjacency: examination.adjacency, limit: limit)
      return network.sinkArcs.reduce(Rational(0)) { sum, arc in
        sum + (other.flow[arc] - maximum.flow.amounts[arc]).magnitude
      } / maximum.value
    }
  }
}

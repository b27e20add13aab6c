import CaseFiles
import Checker
import ExactArithmetic
import Generators

/// The cases of a phase, each of which can be made on its own.
struct PhaseWork: Sendable {
  let phase: Phase
  /// The number of cases; nil if they never end.
  let count: Int?
  /// The number of consecutive cases that a worker takes at once.
  let chunk: Int
  /// The case at a position.
  let instance: @Sendable (Int) -> Instance
  /// The number that decides which properties have their turn; nil for all of them.
  let turn: @Sendable (Int) -> UInt64?
  /// Where a case comes from, in words.
  let name: @Sendable (Int) -> String
  /// The options that make the case again.
  let options: @Sendable (Int) -> String
  /// What a stored case says was found on it.
  var finding: @Sendable (Int) -> CaseFile.Finding? = { _ in nil }
  /// The kind of case, for statistics; the phase if it is nil.
  var origin: (@Sendable (Int) -> String)?

  /// The number of chunks; nil if they never end.
  var chunkCount: Int? { count.map { $0 / chunk + ($0 % chunk == 0 ? 0 : 1) } }

  /// The positions of the cases of a chunk.
  func range(ofChunk index: Int) -> Range<Int> {
    (index * chunk)..<min(count ?? Int.max, (index + 1) * chunk)
  }
}

extension PhaseWork {
  /// The stored cases; every property is tried on each.
  init(replaying corpus: Corpus) {
    self.init(
      phase: .replay, count: corpus.cases.count, chunk: 1,
      instance: { corpus.cases[$0].instance }, turn: { _ in nil },
      name: { "replay " + corpus.cases[$0].name }, options: { _ in "--phases replay" },
      finding: { corpus.cases[$0].finding })
  }

  /// The tiny spaces, one after the other.
  init(_ extent: EnumerationExtent) {
    let spaces: [(space: TinySpace, modes: [Int])] =
      switch extent {
      case .small: [(TinySpace(layers: 2, tokens: 2, denominatorMaximum: 3), [0, 1, 2])]
      case .full:
        [
          (TinySpace(layers: 2, tokens: 2, denominatorMaximum: 6), [0, 1]),
          (TinySpace(layers: 2, tokens: 3, denominatorMaximum: 2), [0, 1]),
        ]
      }
    // The other single modes are relabellings of single:0.
    let counts = spaces.map { $0.space.tensorCount * $0.modes.count }
    @Sendable func place(_ position: Int) -> (space: Int, element: Int) {
      var (space, rest) = (0, position)
      while rest >= counts[space] {
        rest -= counts[space]
        space += 1
      }
      let (tensor, mode) = rest.quotientAndRemainder(dividingBy: spaces[space].modes.count)
      return (space, tensor * spaces[space].space.modes.count + spaces[space].modes[mode])
    }
    self.init(
      phase: .enumerate, count: counts.reduce(0, +), chunk: 64,
      instance: { position in
        let (space, element) = place(position)
        return spaces[space].space[element]
      },
      turn: { UInt64($0) },
      name: { position in
        let (space, element) = place(position)
        let tiny = spaces[space].space
        return "enumerate L=\(tiny.layers) T=\(tiny.tokens) denominators up to "
          + "\(tiny.denominatorMaximum), element \(element)"
      },
      options: { _ in "--phases enumerate --enumerate \(extent.rawValue)" },
      origin: { position in
        let tiny = spaces[place(position).space].space
        return "enumerate: L=\(tiny.layers) T=\(tiny.tokens)"
      })
  }

  /// Random cases from the first case of the settings on.
  init(random settings: CampaignSettings, _ corpus: Corpus) {
    let source = GrowingSource(settings, corpus)
    let first = settings.firstCase
    let count = if case .cases(let count) = settings.budget { count } else { Int?.none }
    self.init(
      phase: .random, count: count, chunk: 64,
      instance: { source[first &+ UInt64($0)].instance }, turn: { first &+ UInt64($0) },
      name: { position in
        let index = first &+ UInt64(position)
        return "random \(index) (\(source[index].family))"
      },
      options: { position in
        "--phases random --seed \(source.seed) --first-case \(first &+ UInt64(position)) --cases 1"
          + settings.sourceOptions
      },
      origin: { "random: " + source[first &+ UInt64($0)].family })
  }

  /// Searches, each from a random case of its own.
  init(searches settings: CampaignSettings, _ corpus: Corpus) {
    let source = GrowingSource(settings, corpus)
    let count: Int? =
      if case .cases(let count) = settings.budget {
        count / CampaignSettings.casesPerSearch
      } else {
        nil
      }
    self.init(
      phase: .search, count: count, chunk: 1,
      instance: { TargetedSearch(seed: settings.seed, number: $0).best(from: source) },
      turn: { _ in nil },
      name: { "search \($0) for \(TargetedSearch(seed: settings.seed, number: $0).score.about)" },
      options: { position in
        "--phases search --seed \(source.seed)"
          + " --cases \((position + 1) * CampaignSettings.casesPerSearch)" + settings.sourceOptions
      },
      origin: { "search: " + TargetedSearch(seed: settings.seed, number: $0).score.about })
  }
}

extension CampaignSettings {
  /// The options that decide what a random case looks like, beside seed and number.
  fileprivate var sourceOptions: String {
    " --max-layers \(limits.layersMaximum) --max-tokens \(limits.tokensMaximum)"
      + families.map { " --generator \($0)" }.joined()
  }
}

/// Random cases whose sizes grow with their number up to the limits.
///
/// The first cases are tiny, so that a fault that shows on them is found on one that is easy to
/// read.
struct GrowingSource: Sendable {
  let seed: UInt64
  private let stages: [(end: UInt64, source: CaseSource)]

  /// Cases of the families that the settings select, and changed pieces of the corpus' tensors.
  init(_ settings: CampaignSettings, _ corpus: Corpus) {
    seed = settings.seed
    let limits = settings.limits
    var families = settings.selectedFamilies
    if settings.families.isEmpty && !corpus.tensors.isEmpty {
      families.append(.perturbed(corpus.tensors))
    }
    if settings.isCertification { families += CaseFamily.variations(of: families) }
    let needed = families.map(\.tokensMinimum).max() ?? 1
    stages = [(32, 2, 2), (128, 3, 4), (UInt64.max, Int.max, Int.max)].map { end, layers, tokens in
      let sizes = SizeLimits(
        layersMaximum: min(layers, limits.layersMaximum),
        tokensMaximum: min(max(tokens, needed), limits.tokensMaximum))
      return (end, CaseSource(seed: settings.seed, limits: sizes, families: families))
    }
  }

  subscript(index: UInt64) -> GeneratedCase {
    for stage in stages where index < stage.end { return stage.source[index] }
    return stages[stages.count - 1].source[index]
  }
}

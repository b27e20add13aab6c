// What changed since an earlier certificate. The earlier findings are replayed by the later run, so
// one that is gone is fixed and not merely missed. Times are compared tensor by tensor.
public import CaseFiles

/// A certificate beside an earlier one.
public struct BaselineComparison: Sendable, Equatable {
  /// How the times of one size changed.
  public struct SizeChange: Sendable, Equatable {
    /// How it is called.
    public enum Word: String, Sendable, Hashable {
      /// Every ratio is above 1.1, their middle above 1.25, by more than a millisecond.
      case slower
      /// The same the other way round.
      case faster
      /// Neither.
      case same
    }

    /// The solver.
    public var solver: String
    /// The layers of the tensors.
    public var layers: Int
    /// The tokens of the tensors.
    public var tokens: Int
    /// Later over earlier time of each tensor, in ascending order.
    public var ratios: [Double]
    /// How it is called.
    public var word: Word

    /// The middle of the ratios.
    public var median: Double { ratios[ratios.count / 2] }
  }

  /// Answers at one size that are not the same numbers as before.
  public struct NumericChange: Sendable, Equatable {
    /// The solver.
    public var solver: String
    /// The layers of the tensors.
    public var layers: Int
    /// The tokens of the tensors.
    public var tokens: Int
    /// The number of tensors whose answers differ.
    public var differing: Int
    /// The number of tensors.
    public var count: Int
    /// The largest difference of a value, relative to the earlier one.
    public var largestValueChange: Double
  }

  /// The findings that were not there before, by their places in the later certificate.
  public var new: [Int] = []
  /// The findings that were there before, likewise.
  public var known: [Int] = []
  /// The earlier findings that are gone, by their places in the earlier certificate.
  public var gone: [Int] = []
  /// The earlier findings that were not replayed, because the run was ended too soon.
  public var unseen: [Int] = []
  /// The sizes that both have timed.
  public var times: [SizeChange] = []
  /// The sizes at which answers differ.
  public var numbers: [NumericChange] = []
  /// Sizes that were answered before and are not now, and the other way round, in words.
  public var reach: [String] = []

  private static let leastRatio = 1.1
  private static let medianRatio = 1.25
  /// Shorter differences are those of a busy machine.
  private static let leastMilliseconds = 1.0

  /// Compares two certificates.
  ///
  /// - Parameters:
  ///   - earlier: the baseline.
  ///   - later: the new certificate.
  ///   - replayed: the number of cases that the later run replayed; earlier findings come first.
  public init(from earlier: SolverCertificate, to later: SolverCertificate, replayed: Int) {
    let places = Self.solverPlaces(earlier)
    let laterPlaces = Self.solverPlaces(later)
    let before = earlier.findings.map { Self.key($0, places) }
    let after = later.findings.map { Self.key($0, laterPlaces) }
    new = after.indices.filter { !before.contains(after[$0]) }
    known = after.indices.filter { before.contains(after[$0]) }
    for (index, key) in before.enumerated() where !after.contains(key) {
      if index < replayed { gone.append(index) } else { unseen.append(index) }
    }
    for time in later.times {
      guard let place = laterPlaces[time.solver],
        let old = earlier.times.first(where: {
          places[$0.solver] == place && $0.layers == time.layers && $0.tokens == time.tokens
        })
      else { continue }
      compare(old, time)
    }
  }

  private mutating func compare(
    _ old: SolverCertificate.SizeTime, _ time: SolverCertificate.SizeTime
  ) {
    if (old.outcome == "answered") != (time.outcome == "answered") {
      reach.append("L=\(time.layers) T=\(time.tokens): \(old.outcome), now \(time.outcome)")
    }
    let pairs = Array(zip(old.milliseconds, time.milliseconds)).filter { $0.0 > 0 && $0.1 > 0 }
    guard !pairs.isEmpty else { return }
    let ratios = pairs.map { $1 / $0 }.sorted()
    let middle = ratios[ratios.count / 2]
    let change = (time.median ?? 0) - (old.median ?? 0)
    var word = SizeChange.Word.same
    if ratios[0] > Self.leastRatio, middle > Self.medianRatio, change > Self.leastMilliseconds {
      word = .slower
    } else if ratios[ratios.count - 1] < 1 / Self.leastRatio, middle < 1 / Self.medianRatio,
      -change > Self.leastMilliseconds
    {
      word = .faster
    }
    times.append(
      SizeChange(
        solver: time.solver, layers: time.layers, tokens: time.tokens, ratios: ratios, word: word))
    let answers = Array(zip(old.answers, time.answers))
    let differing = answers.count { $0 != $1 }
    guard differing > 0 else { return }
    let largest = zip(old.values, time.values).reduce(0.0) { largest, values in
      values.0 == values.1 ? largest : max(largest, abs(values.1 - values.0) / abs(values.0))
    }
    numbers.append(
      NumericChange(
        solver: time.solver, layers: time.layers, tokens: time.tokens, differing: differing,
        count: answers.count, largestValueChange: largest))
  }

  /// The place of each solver by its name: a new version may have another name.
  private static func solverPlaces(_ certificate: SolverCertificate) -> [String: Int] {
    Dictionary(
      certificate.solvers.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What makes two findings the same: property, kind, and the place of the solver.
  private static func key(
    _ finding: SolverCertificate.Finding, _ places: [String: Int]
  ) -> String {
    let place = places[finding.solver].map { "\($0)" } ?? "both"
    return "\(finding.property) \(finding.kind.rawValue) \(place)"
  }
}

extension SolverCertificate {
  /// The findings as cases that a later run replays first.
  public var knownCases: [(name: String, file: CaseFile)] {
    findings.compactMap { finding in finding.file.map { ("baseline/\(finding.id)", $0) } }
  }

  /// Why the certificate is no baseline, although it is valid; nil if it is one.
  public var unfitness: String? {
    switch verdict {
    case .interrupted: "the run behind it was interrupted"
    case .nothingRan: "nothing ran in it"
    case .certified, .broken, .crashed, .disagreement, .inconclusive:
      properties.contains { $0.id == Self.descriptionProperty }
        ? "its solver did not even describe itself" : nil
    }
  }
}

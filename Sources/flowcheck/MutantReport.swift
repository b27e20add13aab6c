import Campaign
import CaseFiles
import Mutants

/// What became of one mutant under each seed.
struct MutantResult: Sendable {
  let mutant: Mutant
  let seeds: [TrialResult]

  /// The number of seeds under which it was killed.
  var killCount: Int { seeds.count { $0.kill != nil } }
  /// Whether it was killed under every seed.
  var isKilled: Bool { killCount == seeds.count }
  /// The median of the cases to kill; a seed under which it lived counts as more than any other.
  var medianCases: Double? { median { Double($0.cases) } }
  /// The median of the seconds to kill.
  var medianSeconds: Double? { median(\.seconds) }
  /// The most cases that a kill took; nil if there was none.
  var worstCases: Int? { seeds.filter { $0.kill != nil }.map(\.cases).max() }
  /// The most random cases that a kill took; nil if there was none.
  var worstRandomCases: Int? { seeds.filter { $0.kill != nil }.map(\.randomCases).max() }

  private func median(_ value: (TrialResult) -> Double) -> Double? {
    flowcheck.median(seeds.map { $0.kill == nil ? .infinity : value($0) })
  }
}

/// What became of all mutants.
struct MutantReport: Sendable {
  /// The mutants of which anything is known.
  let results: [MutantResult]
  /// The number of mutants that were to be tried.
  let mutantCount: Int
  let seeds: [UInt64]
  let isFaultless: Bool
  /// Whether the trials were ended from outside; then mutants and seeds may be missing.
  let isInterrupted: Bool

  /// Whether any case was put to any mutant.
  var hasTriedAnything: Bool { results.contains { $0.seeds.contains { $0.cases > 0 } } }

  private var killed: Int { results.count { $0.isKilled } }
  private var medianCases: Double? {
    median(results.map { $0.medianCases ?? .infinity })
  }

  /// The most random cases that a kill took.
  private var worstRandomCases: Int { results.compactMap(\.worstRandomCases).max() ?? 0 }

  /// Whether every mutant was killed under every seed, or none at all if none has a fault.
  var isAsExpected: Bool {
    isFaultless ? results.allSatisfy { $0.killCount == 0 } : killed == results.count
  }

  /// The report for people.
  var text: String {
    var table = Table([
      .init(isFaultless ? "solver" : "mutant", isNumber: false), .init("killed"),
      .init("cases"), .init("worst"), .init("random"), .init("seconds"),
      .init("first kill", isNumber: false),
    ])
    for result in results {
      let kill = result.seeds.lazy.compactMap(\.kill).first
      table.add([
        result.mutant.name, "\(result.killCount)/\(result.seeds.count)",
        result.medianCases.map(cases) ?? "-", result.worstCases.map { "\($0)" } ?? "-",
        result.worstRandomCases.map { "\($0)" } ?? "-",
        result.medianSeconds.map { fixed($0, 4) } ?? "-",
        kill.map { "\($0.source): \($0.detail)" } ?? "-",
      ])
    }
    var lines = [table.text()]
    for result in results where !isFaultless && !result.isKilled {
      lines.append("survived: \(result.mutant.name): \(result.mutant.about)\n")
    }
    lines.append(summary + "\n")
    return lines.joined()
  }

  /// The result in a line.
  private var summary: String {
    if isInterrupted {
      return "interrupted: of \(mutantCount) \(isFaultless ? "solvers" : "mutants"), "
        + "\(results.count) were tried, \(results.map(\.killCount).reduce(0, +)) times killed "
        + "under \(results.map(\.seeds.count).reduce(0, +)) seeds"
    }
    let range = "seeds \(seeds.first ?? 0) to \(seeds.last ?? 0)"
    if isFaultless {
      let alarms = results.map(\.killCount).reduce(0, +)
      return "\(alarms.counted("false alarm")) on \(results.count.counted("solver")) without "
        + "a fault, \(range)"
    }
    return "killed \(killed) of \(results.count) under every seed, \(range); "
      + "median of the cases \(medianCases.map(cases) ?? "-"), at most \(worstRandomCases) random; "
      + "the properties are those of its tasks"
  }

  /// The report for machines.
  func json() throws -> String {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.field("firstSeed", seeds.first ?? 0)
      writer.field("seeds", seeds.count)
      writer.field("mutants", mutantCount)
      writer.field("tried", results.count)
      writer.field("killed", killed)
      writer.optionalField("medianCases", medianCases)
      writer.field("interrupted", isInterrupted)
      writer.arrayField("results") { writer in
        for result in results { writer.object { result.write(to: &$0) } }
      }
    }
    return String(decoding: try writer.finish(), as: UTF8.self)
  }

  /// A median count for people.
  private func cases(_ median: Double) -> String {
    median == median.rounded() ? "\(Int(median))" : fixed(median, 1)
  }
}

extension MutantResult {
  /// Writes the fields of one result.
  func write(to writer: inout JSONWriter) {
    writer.field("name", mutant.name)
    writer.field("family", mutant.family.rawValue)
    writer.field("about", mutant.about)
    writer.field("killed", isKilled)
    writer.field("kills", killCount)
    writer.optionalField("medianCases", medianCases)
    writer.optionalField("medianSeconds", medianSeconds)
    writer.arrayField("seeds") { writer in
      for result in seeds {
        writer.object { writer in
          writer.field("seed", result.seed)
          writer.field("cases", result.cases)
          writer.field("randomCases", result.randomCases)
          writer.field("seconds", result.seconds)
          writer.key("kill")
          if let kill = result.kill {
            writer.object { writer in
              writer.field("case", kill.source)
              writer.field("phase", kill.phase.rawValue)
              writer.field("property", kill.property)
              writer.field("detail", kill.detail)
            }
          } else {
            writer.null()
          }
        }
      }
    }
  }
}

extension JSONWriter {
  /// Writes a number, or null where there is none.
  fileprivate mutating func optionalField(_ name: String, _ value: Double?) {
    if let value {
      field(name, value)
    } else {
      key(name)
      null()
    }
  }
}

/// The middle of some numbers, or the mean of the two in the middle; nil if that is not finite.
func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  return middle.isFinite ? middle : nil
}

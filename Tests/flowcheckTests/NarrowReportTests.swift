import Foundation
import TestSupport
import Testing

/// Reports are as narrow as the terminal, and say as much as on a wide one.
@Suite("Narrow reports")
struct NarrowReportTests {
  /// The words of a report, without the commas that separate the cells of a paragraph.
  private func words(_ text: String) -> [String: Int] {
    let words = text.split(whereSeparator: \.isWhitespace).map { word in
      word.hasSuffix(",") ? String(word.dropLast()) : String(word)
    }
    return Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
  }

  private func run(_ words: [String], columns: Int?, in folder: String?) throws -> CommandRun {
    try CommandProcess(
      words, in: folder, environment: columns.map { ["COLUMNS": "\($0)"] } ?? [:]
    ).wait()
  }

  private static let reports: [[String]] = [
    ["fuzz", "--list"], ["claims", "--list"], ["generate", "--list"],
    ["corpus", "list", "corpus"],
    ["check", "corpus/attention/p03_two.avg.f32.npy", "--z3", "never", "--lambda", "0.01"],
    [
      "solve", "corpus/attention/p03_two.avg.f32.npy", "--method", "shapley", "--players", "both",
    ],
    ["solve", "corpus/attention/p03_two.avg.f32.npy", "--method", "pairwise"],
  ]

  @Test("no word of a table is lost at any width, and no line is longer", arguments: reports)
  func tables(_ report: [String]) throws {
    let wide = try run(report, columns: nil, in: nil)
    #expect(wide.exitCode == 0, "\(wide.errors)")
    let known = words(wide.output)
    let longest = known.keys.map(\.count).max() ?? 0
    for columns in [20, 40, 50, 64, 80, 2_000] {
      let narrow = try run(report, columns: columns, in: nil)
      #expect(narrow.exitCode == 0)
      let found = words(narrow.output)
      for (word, count) in known {
        // Paragraphs repeat their headings, and begin with a name without one.
        let isThere = found[word, default: 0] >= count || found[word] != nil && count == 1
        #expect(isThere || Self.headings.contains(word), "\(columns): \(word)")
      }
      // A name and what cannot be broken may be longer, two columns further right.
      let limit = max(columns, longest + 24)
      for line in narrow.output.split(separator: "\n") where isTable(line) {
        #expect(line.count <= limit, "\(columns): \(line)")
      }
      if columns == 2_000 { #expect(narrow.output == wide.output) }
    }
  }

  /// The headings of first columns, which paragraphs do without.
  private static let headings: Set = ["property", "claim", "family", "generator", "file", "axioms"]

  /// Whether a line is one of a table, and not one that is as long as what it says.
  private func isTable(_ line: Substring) -> Bool {
    ![
      "maximum flow", "unique", "certain", "second", "l2 flow", "properties", "method", "value",
      "flow ", "game",
    ].contains {
      line.hasPrefix($0)
    }
  }

  @Test("a campaign tells as many numbers of each property on forty columns as on any number")
  func campaign() throws {
    let words = ["fuzz", "--cases", "20", "--phases", "random", "--z3", "never", "--property"]
    let all = words + ["maximum-flow", "--property", "relation"]
    let wide = try run(all, columns: nil, in: nil).output
    let narrow = try run(all, columns: 40, in: nil).output
    let rows = wide.split(separator: "\n").dropFirst().prefix { $0.contains("/") }
    #expect(rows.count > 5)
    for row in rows {
      let cells = row.split(separator: " ")
      let name = String(cells[0])
      let parts = narrow.components(separatedBy: "\(name)\n")
      let paragraph = try #require(parts.dropFirst().first, "\(name)")
        .split(separator: "\n").prefix { $0.hasPrefix("  ") }.joined(separator: " ")
      let counts = ["cases", "holds", "refuted", "evidence", "inconclusive", "failed"]
      for (heading, cell) in zip(counts, cells.dropFirst()) {
        #expect(paragraph.contains("\(heading) \(cell),"), "\(name): \(paragraph)")
      }
    }
  }

  @Test("one thing is not many")
  func singular() throws {
    let folder = try TemporaryFolder()
    let one = try folder.write(#"{"tensor": [[[1]]]}"#, to: "one.json")
    let run = try flowcheck("check", one)
    #expect(run.errors.contains("1 layer, 1 token, mode all"), "\(run.errors)")
    let bad = try folder.write("[1]", to: "bad.json")
    #expect(try flowcheck("check", bad).errors.contains("has 1 axis;"))
    let fuzz = try flowcheck("fuzz", "--cases", "1", "--phases", "random", "--z3", "never")
    #expect(fuzz.output.contains("\n1 random case "), "\(fuzz.output)")
  }
}

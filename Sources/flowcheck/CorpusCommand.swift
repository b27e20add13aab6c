import Campaign
import CaseFiles
import Checker

let corpusCommand = Command(
  name: "corpus",
  summary: "list, lint, thin out or join folders of stored cases",
  usage: "corpus list|lint|min|merge [DIR] [FROM...]",
  options: [
    .init("--dry-run", nil, "with min: say what would be removed, and remove nothing"),
    .init("--json", nil, "with list and lint: print one JSON array"),
  ],
  operands: 1...Int.max,
  examples: [
    ("flowcheck corpus list", "every stored case: size, property, verdict"),
    ("flowcheck corpus lint", "every file is whole, valid and under its own name; 1 if not"),
    ("flowcheck corpus merge corpus other/corpus", "take over what another corpus found"),
  ],
  exitCodes: [.success, .failed, .usage, .badInput, .internalError, .interrupted],
  run: runCorpus)

private enum Action: String, CaseIterable {
  case list
  case lint
  case min
  case merge
}

@Sendable private func runCorpus(_ arguments: Arguments) throws -> ExitCode {
  let words = Action.allCases.map(\.rawValue).joined(separator: ", ")
  guard let action = Action(rawValue: arguments.operands[0]) else {
    throw UsageError("corpus takes one of \(words), not '\(arguments.operands[0])'")
  }
  let folders = Array(arguments.operands.dropFirst())
  if action == .merge && folders.count < 2 {
    throw UsageError("corpus merge takes the folder to fill and at least one other")
  }
  if action != .merge && folders.count > 1 {
    throw UsageError("'\(folders[1])' is one word too many")
  }
  if arguments.has("--dry-run") && action != .min {
    throw UsageError("--dry-run goes with corpus min")
  }
  if arguments.has("--json") && action != .list && action != .lint {
    throw UsageError("--json goes with corpus list and corpus lint")
  }
  let corpus = try CorpusFolder(path: folders.first ?? "corpus")
  switch action {
  case .list: return try list(corpus, asJSON: arguments.has("--json"))
  case .lint: return try lint(corpus, asJSON: arguments.has("--json"))
  case .min: return try thinOut(corpus, isDryRun: arguments.has("--dry-run"))
  case .merge: return try merge(corpus, Array(folders.dropFirst()))
  }
}

private func list(_ corpus: CorpusFolder, asJSON: Bool) throws -> ExitCode {
  if asJSON {
    var writer = JSONWriter(.pretty)
    writer.array { writer in
      for stored in corpus.files {
        writer.object { writer in
          writer.field("file", stored.path)
          writer.field("arcs", stored.arcCount)
          writer.field("property", stored.file.contents.finding?.property ?? "")
          writer.field("verdict", stored.file.contents.finding?.verdict ?? "")
          writer.field("replay", stored.file.contents.finding?.replay.rawValue ?? "")
          writer.field("about", stored.file.contents.about)
        }
      }
    }
    Console.result(String(decoding: try writer.finish(), as: UTF8.self))
    return .success
  }
  var table = Table([
    .init("file", isNumber: false), .init("arcs"), .init("property", isNumber: false),
    .init("verdict", isNumber: false), .init("replay", isNumber: false),
  ])
  for stored in corpus.files {
    let finding = stored.file.contents.finding
    table.add([
      stored.path, "\(stored.arcCount)", finding?.property ?? "", finding?.verdict ?? "",
      finding?.replay.rawValue ?? "",
    ])
  }
  Console.result(table.text())
  return .success
}

private func lint(_ corpus: CorpusFolder, asJSON: Bool) throws -> ExitCode {
  let problems = corpus.lint()
  if asJSON {
    var writer = JSONWriter(.pretty)
    writer.array { writer in
      for (path, problem) in problems {
        writer.object { writer in
          writer.field("file", path)
          writer.field("problem", problem)
        }
      }
    }
    Console.result(String(decoding: try writer.finish(), as: UTF8.self))
  } else {
    for (path, problem) in problems { Console.result("\(path): \(problem)\n") }
    Console.result(
      corpus.files.count.counted("file") + ", " + problems.count.counted("problem") + "\n")
  }
  return problems.isEmpty ? .success : .failed
}

private func thinOut(_ corpus: CorpusFolder, isDryRun: Bool) throws -> ExitCode {
  let redundant = corpus.redundant
  if !isDryRun { try corpus.remove(redundant) }
  for stored in redundant { Console.result("\(stored.path)\n") }
  Console.note("\(redundant.count.counted("file")) \(isDryRun ? "would be removed" : "removed")")
  return .success
}

private func merge(_ corpus: CorpusFolder, _ others: [String]) throws -> ExitCode {
  var refused = 0
  for path in others {
    let (new, problems) = try corpus.adopt(try CorpusFolder(path: path))
    for file in new { Console.result("\(file)\n") }
    for (file, problem) in problems { Console.note("refused: \(file): \(problem)") }
    refused += problems.count
  }
  return refused == 0 ? .success : .failed
}

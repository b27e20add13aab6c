import CaseFiles
import Foundation
import TestSupport
import Testing

/// Runs `fuzz --json` in a folder without a corpus and reads the report.
private func fuzzed(_ words: String..., exitCode: Int32 = 0) throws -> JSONValue {
  let folder = try TemporaryFolder()
  let run = try flowcheck(words: ["fuzz", "--json"] + words, in: folder.path)
  #expect(run.exitCode == exitCode, "\(run.errors)")
  return try parsedJSON(run.output)
}

@Suite("fuzz")
struct FuzzCommandTests {
  private let random = ["--phases", "random", "--z3", "never"]

  @Test("the report has every key of the contract, and its counts add up")
  func contract() throws {
    let report = try fuzzed("--cases", "500", "--seed", "3", "--enumerate", "small")
    #expect(
      report.keys == [
        "seed", "cases", "replayed", "enumerated", "searched", "seconds", "randomSeconds",
        "properties", "findings", "crashed", "digest", "interrupted",
      ])
    #expect(report["seed"]?.asInt == 3)
    #expect(report["cases"]?.asInt == 500)
    #expect(report["replayed"]?.asInt == 0)
    #expect(report["enumerated"]?.asInt == 1_875)
    #expect(report["searched"]?.asInt == 1)
    #expect((report["seconds"]?.asDouble ?? 0) >= (report["randomSeconds"]?.asDouble ?? 1))
    #expect(report["findings"]?.asArray == [])
    #expect(report["crashed"]?.asBool == false)
    #expect(report["interrupted"]?.asBool == false)
    #expect(report["digest"]?.asString?.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    let properties = try #require(report["properties"]?.asArray)
    var names: Set<String> = []
    for property in properties {
      #expect(
        property.keys == [
          "name", "cases", "holds", "refuted", "evidence", "inconclusive", "failed", "seconds",
        ])
      names.insert(property["name"]?.asString ?? "")
      let counts = ["holds", "refuted", "evidence", "inconclusive"].compactMap {
        property[$0]?.asInt
      }
      #expect(counts.reduce(0, +) == property["cases"]?.asInt)
      #expect(property["failed"]?.asInt == 0)
      #expect((property["seconds"]?.asDouble ?? -1) >= 0)
    }
    #expect(names.count == properties.count)
    for name in ["maximum-flow/dinic", "z3/second-flow", "T1/value", "relation/average"] {
      #expect(names.contains(name))
    }
  }

  @Test("the same seed and cases give the same digest, whatever the number of jobs")
  func digests() throws {
    var digests: Set<String> = []
    for jobs in ["1", "1", "2", "3"] {
      let report = try fuzzed(
        "--cases", "100", "--seed", "11", "--jobs", jobs, "--phases", "random")
      digests.insert(try #require(report["digest"]?.asString))
    }
    #expect(digests.count == 1)
    let words = ["--cases", "100", "--phases", "random"]
    let folder = try TemporaryFolder()
    for other in [
      ["--seed", "12"], ["--seed", "11", "--first-case", "1"], ["--seed", "11", "--z3", "never"],
      ["--seed", "11", "--max-tokens", "5"], ["--seed", "11", "--max-layers", "3"],
      ["--seed", "11", "--property", "relation"],
    ] {
      let run = try flowcheck(words: ["fuzz", "--json"] + words + other, in: folder.path)
      digests.insert(try #require(try parsedJSON(run.output)["digest"]?.asString))
    }
    #expect(digests.count == 7)
    let fewer = try fuzzed(
      "--cases", "99", "--seed", "11", "--phases", "random")["digest"]?.asString
    #expect(!digests.contains(try #require(fewer)))
  }

  @Test("with a time budget the digest is that of the cases reported")
  func timeBudget() throws {
    let timed = try fuzzed(
      "--time", "0.3s", "--seed", "4", "--jobs", "2", "--phases", "random", "--z3", "never")
    let cases = try #require(timed["cases"]?.asInt)
    #expect(cases > 0)
    #expect((timed["seconds"]?.asDouble ?? 9) < 5)
    let counted = try fuzzed(
      "--cases", "\(cases)", "--seed", "4", "--phases", "random", "--z3", "never")
    #expect(counted["digest"] == timed["digest"])
  }

  @Test("a first case moves the window over the same cases")
  func firstCase() throws {
    func holds(_ first: String, _ count: String) throws -> [Int] {
      let report = try fuzzed(
        "--first-case", first, "--cases", count, "--phases", "random", "--z3", "never")
      return try #require(report["properties"]?.asArray).compactMap { $0["holds"]?.asInt }
    }
    let (head, tail, whole) = (
      try holds("0", "70"), try holds("70", "60"), try holds("0", "130")
    )
    #expect(zip(head, tail).map { $0 + $1 } == whole)
    // Whoever is tried on every case; the others take turns.
    #expect(try holds("9223372036854775807", "3").max() == 3)
  }

  @Test("phases and properties choose what is tried")
  func choices() throws {
    let enumerated = try fuzzed(
      "--phases", "enumerate", "--z3", "never", "--cases", "5", "--enumerate", "small")
    #expect(enumerated["cases"]?.asInt == 0)
    #expect((enumerated["enumerated"]?.asInt ?? 0) > 0)
    let one = try fuzzed("--phases", "random", "--cases", "20", "--property", "maximum-flow/dinic")
    #expect(one["properties"]?.asArray?.count == 1)
    let group = try fuzzed("--phases", "random", "--cases", "20", "--property", "T4")
    let names = group["properties"]?.asArray?.compactMap { $0["name"]?.asString } ?? []
    #expect(names == ["T4/two-layers", "T4/one-hot", "T4/bounds"])
    let z3 = try fuzzed(
      "--phases", "random", "--cases", "12", "--z3", "always", "--property", "z3", "--task",
      "max-flow")
    #expect(z3["properties"]?.asArray?.compactMap { $0["cases"]?.asInt } == [12, 3, 3])
  }

  @Test("nothing that ran gives 4, with the whole report")
  func nothing() throws {
    let report = try fuzzed("--cases", "0", "--phases", "random", exitCode: 4)
    #expect(report["cases"]?.asInt == 0)
    let folder = try TemporaryFolder()
    let replay = try flowcheck(
      "fuzz", "--phases", "replay", "--corpus", folder.path, in: folder.path)
    #expect(replay.exitCode == 4)
    let phases = try fuzzed(
      "--cases", "0", "--z3", "never", "--phases", "enumerate,random", "--enumerate", "small")
    #expect((phases["enumerated"]?.asInt ?? 0) > 0)
  }

  @Test("the corpus of real tensors is replayed first, each in four modes")
  func replay() throws {
    let folder = try TemporaryFolder()
    for name in ["p01_word.avg.f32.npy", "p03_two.avg.f64.npy", "p01_word.full.f32.npy"] {
      let bytes = try InputFile(path: Repository.attention + name).withBytes { Array($0) }
      try folder.write(bytes, to: "attention/" + name)
    }
    let run = try flowcheck(
      "fuzz", "--corpus", folder.path, "--cases", "3", "--phases", "replay,random", "--json",
      in: folder.path)
    #expect(run.exitCode == 0)
    #expect(try parsedJSON(run.output)["replayed"]?.asInt == 12)
  }

  @Test("the text report is a table of eight columns, the seed, the digest and the findings")
  func table() throws {
    let folder = try TemporaryFolder()
    let run = try flowcheck(
      words: ["fuzz", "--cases", "60", "--seed", "8"] + random, in: folder.path)
    #expect(run.exitCode == 0)
    #expect(run.errors.isEmpty, "no progress line where there is no terminal: \(run.errors)")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    let columns = [
      "property", "cases", "holds", "refuted", "evidence", "inconclusive", "failed", "seconds",
    ]
    #expect(lines[0].split(separator: " ").map(String.init) == columns)
    let rows = lines.dropFirst().prefix { !$0.isEmpty }
    #expect(rows.count > 25)
    for row in rows {
      #expect(row.split(separator: " ").count == columns.count)
      #expect(row.count <= 100)
    }
    #expect(run.output.contains("60 random cases"))
    #expect(run.output.contains("seed 8, digest "))
    #expect(run.output.hasSuffix("nothing failed, findings: 0\n"))
  }

  @Test(
    "a signal ends the run with its code, after the table of what was done", arguments: [2, 15])
  func signals(signal: Int32) throws {
    let folder = try TemporaryFolder()
    let process = try CommandProcess(
      ["fuzz", "--time", "60s", "--jobs", "2", "--corpus", folder.path] + random,
      in: folder.path)
    Thread.sleep(forTimeInterval: 0.7)
    let start = Date()
    process.send(signal)
    let run = process.wait()
    #expect(Date().timeIntervalSince(start) < 5)
    #expect(run.exitCode == 128 + signal)
    #expect(run.output.hasPrefix("property"))
    #expect(run.output.contains(", interrupted\n"))
    #expect(folder.names().allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test(
    "on a narrow terminal the table keeps to its width and leaves out nothing",
    .enabled(if: Program.find("script") != nil, "script (bsdutils) is not installed"))
  func narrowTerminal() throws {
    let program = try #require(Program.find("script"))
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let line =
      "'\(Repository.executable)' fuzz --cases 200 --phases random --z3 never --task max-flow"
    process.arguments = ["-qec", "unset COLUMNS; stty cols 60; \(line)", folder.path + "/screen"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let screen = String(decoding: folder.bytes("screen") ?? [], as: UTF8.self)
    // The progress line is overwritten: each time a return and an order to clear the line.
    #expect(screen.contains("\r\u{1b}[Krandom: 64 of 200 cases"))
    let table = try #require(screen.components(separatedBy: "\u{1b}[K").last)
    let rows = table.components(separatedBy: "\r\n").prefix { !$0.isEmpty }
    let names = rows.filter { !$0.hasPrefix(" ") }
    #expect(names.count > 25 && names.contains("maximum-flow/edmonds-karp"))
    #expect(rows.allSatisfy { $0.count <= 60 }, "\(rows)")
    for heading in ["cases", "holds", "refuted", "evidence", "inconclusive", "failed", "seconds"] {
      let count = rows.count { $0.contains("\(heading) ") }
      #expect(count == names.count, "\(heading): \(count)")
    }
  }

  @Test("an interrupted report in JSON is whole, and its digest is that of its cases")
  func interruptedJSON() throws {
    let folder = try TemporaryFolder()
    let process = try CommandProcess(
      ["fuzz", "--time", "60s", "--json", "--seed", "6"] + random, in: folder.path)
    Thread.sleep(forTimeInterval: 0.7)
    process.send(2)
    let run = process.wait()
    #expect(run.exitCode == 130)
    let report = try parsedJSON(run.output)
    #expect(report["interrupted"]?.asBool == true)
    let cases = try #require(report["cases"]?.asInt)
    let again = try flowcheck(
      words: ["fuzz", "--json", "--seed", "6", "--cases", "\(cases)"] + random, in: folder.path)
    if cases > 0 { #expect(try parsedJSON(again.output)["digest"] == report["digest"]) }
  }

  @Test(
    "a signal while threads wait for Z3 ends the run, and no answer of Z3 is cut short",
    arguments: [2, 15], [0.3, 0.5, 0.7])
  func signalsInZ3(signal: Int32, delay: Double) throws {
    let folder = try TemporaryFolder()
    let words = ["fuzz", "--json", "--phases", "random", "--z3", "always", "--jobs", "2"]
    let process = try CommandProcess(words + ["--time", "60s"], in: folder.path)
    Thread.sleep(forTimeInterval: delay)
    process.send(signal)
    let run = process.wait()
    #expect(run.exitCode == 128 + signal, "\(run.errors)")
    let report = try parsedJSON(run.output)
    #expect(report["interrupted"]?.asBool == true)
    let cases = try #require(report["cases"]?.asInt)
    let again = try flowcheck(words: words + ["--cases", "\(cases)"], in: folder.path)
    if cases > 0 { #expect(try parsedJSON(again.output)["digest"] == report["digest"]) }
  }

  @Test("a number of cases without end is counted up to the signal, as a shard too")
  func endless() throws {
    let folder = try TemporaryFolder()
    for words in [[], ["--shard", "3/4"]] {
      let process = try CommandProcess(
        ["fuzz", "--cases", "\(Int.max)", "--json"] + random + words, in: folder.path)
      Thread.sleep(forTimeInterval: 0.7)
      process.send(2)
      let run = process.wait()
      #expect(run.exitCode == 130, "\(run.errors)")
      #expect(try parsedJSON(run.output)["interrupted"]?.asBool == true)
    }
    // The part that was done is no whole shard.
    #expect(
      try flowcheck("merge", ".flowcheck/shard-3-of-4.json", in: folder.path).exitCode == 4)
  }

  @Test("Ctrl-C on a long check answers within a second")
  func interruptedCheck() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/large.npy"
    let sizes = ["--layers", "24", "--tokens", "256"]
    let made = try flowcheck(words: ["generate", "--family", "softmax32", "-o", path] + sizes)
    #expect(made.exitCode == 0)
    let process = try CommandProcess(["check", path])
    Thread.sleep(forTimeInterval: 0.3)
    let start = Date()
    process.send(2)
    let run = process.wait()
    #expect(run.exitCode == 130)
    #expect(run.output.isEmpty)
    #expect(Date().timeIntervalSince(start) < 1)
  }
}

import Campaign
import CaseFiles
import Foundation
import TestSupport
import Testing

@Suite("Reports of the command")
struct ReportCommandTests {
  private let kinds = ["text", "json", "junit", "sarif", "github"]

  @Test("a failure is in every report of merge, with the line that makes it again")
  func merged() throws {
    let folder = try TemporaryFolder()
    var settings = plantedSettings(corpus: folder.path)
    settings.manifest = folder.path + "/shard.json"
    let report = try Campaign(settings).run()
    let finding = try #require(report.findings.first)
    for kind in kinds {
      let run = try flowcheck("merge", folder.path + "/shard.json", "--report", kind)
      #expect(run.exitCode == 1, "\(kind): \(run.errors)")
      #expect(run.errors == "")
      #expect(run.output.contains(finding.reproduce), "\(kind)")
      let words = ["merge", folder.path + "/shard.json", "--report", kind]
      let file = folder.path + "/report"
      let again = try flowcheck(words: words + ["--report-file", file])
      #expect(folder.bytes("report").map { String(decoding: $0, as: UTF8.self) } == run.output)
      #expect(again.output.contains("finding: \(finding.property)"))
      #expect(folder.names().allSatisfy { !$0.hasSuffix(".tmp") })
    }
    let json = try flowcheck("merge", folder.path + "/shard.json", "--json")
    let same = try flowcheck("merge", folder.path + "/shard.json", "--report", "json")
    #expect(json.output == same.output)
    #expect(try flowcheck("merge", folder.path + "/shard.json", "--report", "jsonl").exitCode == 2)
  }

  @Test("what was found is printed although the file of the report or the shard cannot be written")
  func fullDisk() throws {
    let words = ["fuzz", "--cases", "20", "--phases", "random", "--z3", "never"]
    for more in [
      ["--report", "junit", "--report-file", "/dev/full"], ["--manifest", "/dev/full"],
    ] {
      let run = try flowcheck(words: words + more)
      #expect(run.exitCode == 75)
      #expect(run.output.contains("nothing failed, findings: 0"), "\(run)")
      #expect(run.errors.contains("/dev/full: the file cannot be written: No space"), "\(run)")
    }
  }

  @Test("every kind of report of fuzz begins as it should, on any number of jobs")
  func fuzzed() throws {
    let words = ["fuzz", "--cases", "40", "--phases", "random", "--z3", "never", "--report"]
    for (kind, start) in [
      ("text", "property "), ("json", "{\n"), ("junit", "<?xml "), ("sarif", "{\n  \"$schema\""),
      ("github", "flowcheck: nothing failed: 0 findings; 40 random cases"),
      ("jsonl", "{\"type\":\"test_case\",\"status\":\"passed\""),
    ] {
      let run = try flowcheck(words: words + [kind, "--jobs", "2"], in: "/")
      #expect(run.exitCode == 0, "\(kind): \(run.errors)")
      #expect(run.output.hasPrefix(start), "\(kind): \(run.output.prefix(80))")
      #expect(run.output.hasSuffix("\n"))
    }
  }

  @Test("where nothing ran, no report says that nothing failed")
  func nothingRan() throws {
    let words = ["fuzz", "--cases", "0", "--phases", "random", "--z3", "never", "--report"]
    for (kind, text) in [
      ("text", "\nnothing ran, findings: 0\n"), ("github", "flowcheck: nothing ran: 0 findings;"),
    ] {
      let run = try flowcheck(words: words + [kind], in: "/")
      #expect(run.exitCode == 4)
      #expect(run.output.contains(text), "\(run.output)")
      #expect(!run.output.contains("nothing failed"))
    }
  }

  @Test("cases go to the report file, which appears when it is whole")
  func jsonlFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("before", to: "cases.jsonl")
    let run = try flowcheck(
      words: [
        "fuzz", "--cases", "30", "--phases", "random", "--z3", "never", "--report", "jsonl",
        "--report-file", "cases.jsonl",
      ], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("property "))
    let text = String(decoding: folder.bytes("cases.jsonl") ?? [], as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.count > 100)
    #expect(text.hasSuffix("\n"))
    for line in [lines.first, lines.last] {
      #expect(try parsedJSON(String(try #require(line))).keys.count == 12)
    }
    #expect(folder.names() == [".flowcheck", "cases.jsonl"])
  }

  @Test("a campaign that is killed leaves the report of before as it is")
  func killed() throws {
    let folder = try TemporaryFolder()
    try folder.write("before", to: "cases.jsonl")
    let process = try CommandProcess(
      [
        "fuzz", "--time", "60s", "--phases", "random", "--z3", "never", "--report", "jsonl",
        "--report-file", "cases.jsonl",
      ], in: folder.path)
    Thread.sleep(forTimeInterval: 0.7)
    process.send(SIGKILL)
    #expect(process.wait().exitCode == -SIGKILL)
    #expect(folder.bytes("cases.jsonl") == Array("before".utf8))
  }

  @Test("a report that cannot be written ends the run before it begins")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let run = try flowcheck(
      words: ["fuzz", "--time", "60s", "--report", "junit", "--report-file", "none/report.xml"],
      in: folder.path)
    #expect(run.exitCode == 5)
    #expect(run.output == "")
    #expect(run.errors.contains("none/report.xml: the file cannot be written"))
    #expect(try flowcheck("fuzz", "--json", "--report", "sarif").exitCode == 2)
    #expect(try flowcheck("fuzz", "--report", "xml").exitCode == 2)
  }

  @Test("GitHub's step summary is appended to, for every kind of report")
  func stepSummary() throws {
    let folder = try TemporaryFolder()
    try folder.write("before\n", to: "summary.md")
    for kind in ["text", "sarif"] {
      let run = try Program.run(
        Repository.executable,
        ["fuzz", "--cases", "9", "--phases", "random", "--z3", "never", "--report", kind],
        with: ["GITHUB_STEP_SUMMARY": folder.path + "/summary.md"], in: folder.path)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
    let text = String(decoding: folder.bytes("summary.md") ?? [], as: UTF8.self)
    #expect(text.hasPrefix("before\n## flowcheck\n"))
    #expect(text.components(separatedBy: "## flowcheck\n").count == 3)
    #expect(text.contains("| property | cases | failed | inconclusive | seconds |"))
  }
}

import CaseFiles
import Foundation
import TestSupport
import Testing

/// The files for continuous integration, from the root of the repository.
private let files = [
  "action.yml", "examples/ci/github-actions.yml", "examples/ci/gitlab-ci.yml",
]

@Suite("Continuous integration")
struct ContinuousIntegrationTests {
  /// Prints all shell lines of a YAML file, one a line, after parsing the whole file.
  private let script = """
    import sys, yaml
    def walk(value):
      if isinstance(value, dict):
        for key, part in value.items():
          if key == "run": print(part)
          elif key == "script": print(*part, sep="\\n")
          elif key != "runs" or isinstance(part, dict): walk(part)
      elif isinstance(value, list):
        for part in value: walk(part)
    walk(yaml.safe_load(open(sys.argv[1])))
    """
  private static let python = Program.python(with: "yaml")

  /// The lines of a file that run flowcheck, with their parts joined.
  private func commands(_ file: String) throws -> [String] {
    let python = try #require(Self.python)
    let run = try Program.run(python, ["-c", script, file])
    #expect(run.exitCode == 0, "\(file): \(run.errors)")
    return run.output.split(separator: "\n").map(String.init).filter { $0.hasPrefix("flowcheck ") }
  }

  /// Runs a line as a job would, with random cases only and a budget that a test has.
  private func run(_ line: String, _ variables: [String: String], in folder: String) throws {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let programs = (Repository.executable as NSString).deletingLastPathComponent
    let isFuzz = line.hasPrefix("flowcheck fuzz ")
    let result = try Program.run(
      "/bin/sh", ["-euc", isFuzz ? line + " --phases random --z3 never" : line],
      with: variables.merging(["PATH": "\(programs):\(path)"]) { $1 }, in: folder)
    #expect(result.exitCode == 0, "\(line): \(result.errors)")
  }

  @Test("files have no tabs, an even indentation and no line that is open", arguments: files)
  func layout(file: String) throws {
    let text = try String(contentsOfFile: Repository.folder + "/" + file, encoding: .utf8)
    #expect(text.hasSuffix("\n"))
    for line in text.split(separator: "\n") {
      #expect(!line.contains("\t") && !line.hasSuffix(" "), "\(line)")
      #expect(line.prefix { $0 == " " }.count.isMultiple(of: 2), "\(line)")
      #expect(line.count { $0 == "\"" }.isMultiple(of: 2), "\(line)")
    }
  }

  @Test(
    "the lines of GitHub's example run, and their parts make a whole",
    .enabled(if: python != nil, "python3 yaml is not installed"))
  func github() throws {
    let lines = try commands("examples/ci/github-actions.yml")
    #expect(lines.count == 2)
    let folder = try TemporaryFolder()
    for shard in 1...4 {
      let variables = ["SEED": "7", "CASES": "300", "SHARD": "\(shard)"]
      try run(try #require(lines.first), variables, in: folder.path)
    }
    try run(try #require(lines.last), [:], in: folder.path)
    let log = String(decoding: folder.bytes("flowcheck.sarif") ?? [], as: UTF8.self)
    let results = try parsedJSON(log)["runs"]?.asArray?.first
    #expect(results?["properties"]?["cases"]?.asInt == 300)
  }

  @Test(
    "the lines of GitLab's example run, and their parts make a whole",
    .enabled(if: python != nil, "python3 yaml is not installed"))
  func gitlab() throws {
    let lines = try commands("examples/ci/gitlab-ci.yml")
    #expect(lines.count == 2)
    let folder = try TemporaryFolder()
    for shard in 1...4 {
      let variables = [
        "SEED": "7", "CASES": "300", "CI_NODE_INDEX": "\(shard)", "CI_NODE_TOTAL": "4",
      ]
      try run(try #require(lines.first), variables, in: folder.path)
    }
    try run(try #require(lines.last), [:], in: folder.path)
    #expect(folder.names().contains("junit-4.xml"))
    let document = String(decoding: folder.bytes("junit.xml") ?? [], as: UTF8.self)
    #expect(document.contains("<property name=\"cases\" value=\"300\"/>"))
  }

  @Test(
    "the action's campaign runs", .enabled(if: python != nil, "python3 yaml is not installed"))
  func action() throws {
    let lines = try commands("action.yml")
    #expect(lines.count == 1)
    let folder = try TemporaryFolder()
    var variables = [
      "FUZZ_TIME": "0.3s", "FUZZ_SEED": "1", "FUZZ_COMMAND": "", "FUZZ_CORPUS": "",
      "FUZZ_REPORT": "github", "FUZZ_REPORT_FILE": "",
    ]
    try run(try #require(lines.first), variables, in: folder.path)
    variables["FUZZ_REPORT"] = "junit"
    variables["FUZZ_REPORT_FILE"] = "a report.xml"
    try run(try #require(lines.first), variables, in: folder.path)
    #expect(folder.names().contains("a report.xml"))
  }
}

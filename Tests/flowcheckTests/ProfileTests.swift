import CaseFiles
import Foundation
import TestSupport
import Testing

@Suite("Profiles and generators")
struct ProfileTests {
  /// A campaign in a folder of its own.
  private struct Running {
    private let folder: TemporaryFolder
    private let process: CommandProcess

    init(_ words: [String], _ environment: [String: String]) throws {
      folder = try TemporaryFolder()
      process = try CommandProcess(
        ["fuzz", "--json", "--z3", "never"] + words, in: folder.path, environment: environment)
    }

    func send(_ signal: Int32) { process.send(signal) }

    func wait() -> CommandRun { withExtendedLifetime(folder) { process.wait() } }
  }

  private func fuzz(
    _ words: String..., environment: [String: String] = [:]
  ) throws -> Running {
    try Running(words, environment)
  }

  @Test("quick and --cases enumerate the small extent, and --enumerate decides")
  func enumeration() throws {
    for (words, count) in [
      (["--profile", "quick"], 1_875), (["--profile", "ci", "--enumerate", "small"], 1_875),
      (["--profile", "deep", "--enumerate", "small"], 1_875), (["--enumerate", "small"], 1_875),
      ([], 1_875),
    ] {
      let folder = try TemporaryFolder()
      let run = try flowcheck(
        words: [
          "fuzz", "--json", "--z3", "never", "--phases", "enumerate", "--cases", "0",
          "--property", "T1",
        ] + words, in: folder.path)
      #expect(run.exitCode == 0, "\(words): \(run.errors)")
      #expect(try parsedJSON(run.output)["enumerated"]?.asInt == count)
    }
  }

  @Test(
    "the full extent, with and without CI in the environment", .tags(.long), .onlyInFullRuns,
    arguments: ["", "true"])
  func full(environment: String) throws {
    let process = try fuzz(
      "--phases", "enumerate", "--cases", "0", "--enumerate", "full", "--property", "T1",
      "--jobs", "2", environment: ["CI": environment])
    let run = process.wait()
    #expect(run.exitCode == 0)
    #expect(try parsedJSON(run.output)["enumerated"]?.asInt == 150_434)
  }

  @Test("quick takes ten seconds; CI and nothing at all take longer")
  func times() throws {
    let start = Date()
    let quick = try fuzz("--profile", "quick", "--phases", "random")
    let others = [
      try fuzz("--phases", "random", environment: ["CI": "true"]),
      try fuzz("--phases", "random", environment: ["CI": ""]),
      try fuzz("--profile", "ci", "--phases", "random", environment: ["CI": ""]),
    ]
    let run = quick.wait()
    let seconds = Date().timeIntervalSince(start)
    #expect(run.exitCode == 0)
    #expect((9.5...20).contains(seconds), "\(seconds) s")
    let report = try parsedJSON(run.output)
    #expect((report["seconds"]?.asDouble ?? 0) >= 9.5)
    for process in others {
      process.send(SIGINT)
      #expect(process.wait().exitCode == 130)
    }
  }

  @Test("a time or a number of cases overrides the profile")
  func overrides() throws {
    for profile in ["quick", "ci", "deep"] {
      let counted = try fuzz("--profile", profile, "--phases", "random", "--cases", "20").wait()
      #expect(counted.exitCode == 0)
      #expect(try parsedJSON(counted.output)["cases"]?.asInt == 20)
      let timed = try fuzz("--profile", profile, "--phases", "random", "--time", "100ms").wait()
      #expect(timed.exitCode == 0)
      #expect((try parsedJSON(timed.output)["seconds"]?.asDouble ?? 99) < 8)
    }
  }

  @Test("deep without a time, and profiles that do not exist, are usage errors")
  func wrongWords() throws {
    for (words, part) in [
      (["--profile", "deep"], "--time or --cases"), (["--profile", "slow"], "quick, ci, deep"),
      (["--profile"], "--profile"), (["--enumerate", "all"], "small, full"),
      (["--generator", "nobody"], "'nobody'"), (["--generator", ""], "''"),
      (["--generator", "duplicated-tokens", "--max-tokens", "1"], "--max-tokens"),
    ] {
      let run = try flowcheck(words: ["fuzz"] + words)
      #expect(run.exitCode == 2, "\(words)")
      #expect(run.errors.contains(part), "\(words): \(run.errors)")
    }
  }

  @Test("--generator draws from the families named, and the findings' line says which")
  func generators() throws {
    func digest(_ words: [String]) throws -> String? {
      let folder = try TemporaryFolder()
      let run = try flowcheck(
        words: ["fuzz", "--json", "--phases", "random", "--cases", "200", "--z3", "never"]
          + words.flatMap { ["--generator", $0] }, in: folder.path)
      #expect(run.exitCode == 0, "\(run.errors)")
      return try parsedJSON(run.output)["digest"]?.asString
    }
    let digests = [
      try digest([]), try digest(["lattice"]), try digest(["sharp"]),
      try digest(["lattice", "sharp"]),
    ]
    #expect(Set(digests).count == 4)
    #expect(try digest(["sharp", "lattice"]) == digests[3])
  }

  @Test("every family alone makes a campaign", .tags(.long))
  func everyFamily() throws {
    let list = try flowcheck("generate", "--list").output
    let names = list.split(separator: "\n").compactMap { $0.split(separator: " ").first }
      .map(String.init).filter { $0 != "family" }
    #expect(names.count > 20)
    for name in isFullRun ? names : Array(names.prefix(3)) {
      let folder = try TemporaryFolder()
      let run = try flowcheck(
        "fuzz", "--generator", name, "--phases", "random", "--cases", "30", "--z3", "never",
        in: folder.path)
      #expect(run.exitCode == 0 || run.exitCode == 3, "\(name): \(run.errors)")
    }
  }
}

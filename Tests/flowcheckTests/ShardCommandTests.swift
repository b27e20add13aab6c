import CaseFiles
import Foundation
import TestSupport
import Testing

/// The command line of the campaign that is cut into shards.
private let campaign = [
  "fuzz", "--cases", "700", "--seed", "12", "--enumerate", "small", "--z3", "never",
]

/// What a report in JSON says, but for times.
private func facts(_ text: String) throws -> [JSONValue?] {
  let report = try parsedJSON(text)
  let verdicts = (report["properties"]?.asArray ?? []).flatMap { property in
    ["name", "cases", "holds", "refuted", "inconclusive", "failed"].map { property[$0] }
  }
  return ["digest", "seed", "cases", "replayed", "enumerated", "searched", "findings"].map {
    report[$0]
  } + verdicts
}

@Suite("fuzz --shard and merge")
struct ShardCommandTests {
  private func whole() throws -> [JSONValue?] {
    let folder = try TemporaryFolder()
    let run = try flowcheck(words: campaign + ["--json", "--jobs", "2"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.errors)")
    return try facts(run.output)
  }

  @Test("3 and 4 shards merge to the report of one run")
  func sameReport() throws {
    let expected = try whole()
    #expect(expected[2] == .number(JSONNumber(700)))
    for count in [3, 4] {
      let folder = try TemporaryFolder()
      for number in 1...count {
        let run = try flowcheck(
          words: campaign + ["--shard", "\(number)/\(count)"], in: folder.path)
        #expect(run.exitCode == 0, "\(run.errors)")
      }
      let paths = (1...count).map { ".flowcheck/shard-\($0)-of-\(count).json" }
      let merged = try flowcheck(words: ["merge", "--json"] + paths, in: folder.path)
      #expect(merged.exitCode == 0)
      #expect(try facts(merged.output) == expected)
      let text = try flowcheck(words: ["merge"] + paths, in: folder.path)
      #expect(text.exitCode == 0)
      #expect(text.output.hasSuffix("nothing failed, findings: 0\n"))
    }
  }

  @Test("gaps end with 4, overlaps, mixed settings and damage with 5, and say which file")
  func refusals() throws {
    let folder = try TemporaryFolder()
    func shard(_ text: String, _ seed: String, _ manifest: String) throws {
      let run = try flowcheck(
        "fuzz", "--cases", "150", "--phases", "random", "--z3", "never", "--seed", seed, "--shard",
        text, "--manifest", manifest, in: folder.path)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
    try shard("1/2", "1", "a1.json")
    try shard("2/2", "1", "a2.json")
    try shard("2/2", "2", "b2.json")
    try shard("3/3", "1", "c3.json")
    func merge(_ words: String...) throws -> CommandRun {
      try flowcheck(words: ["merge"] + words, in: folder.path)
    }
    #expect(try merge("a1.json", "a2.json").exitCode == 0)
    for (words, code, part) in [
      (["a1.json"], 4, "missing: 2/2"), (["a2.json"], 4, "missing: 1/2"),
      (["a1.json", "a2.json", "a2.json"], 5, "a2.json and a2.json are both shard 2/2"),
      (["a1.json", "b2.json"], 5, "b2.json and a1.json are of different campaigns"),
      (["a1.json", "c3.json"], 5, "different campaigns"),
      (["a1.json", "none.json"], 5, "none.json"),
    ] {
      let run = try flowcheck(words: ["merge"] + words, in: folder.path)
      #expect(run.exitCode == code, "\(words)")
      #expect(run.errors.contains(part), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
    let text = String(decoding: folder.bytes("a2.json") ?? [], as: UTF8.self)
    try folder.write(
      text.replacingOccurrences(of: "\"seed\": 1", with: "\"seed\": true"), to: "a2.json")
    let run = try merge("a1.json", "a2.json")
    #expect(run.exitCode == 5)
    #expect(run.errors.contains("a2.json") && run.errors.contains("seed"))
  }

  @Test("a shard without a share ends with 0 and says so; words that name no shard end with 2")
  func words() throws {
    let folder = try TemporaryFolder()
    let few = ["fuzz", "--cases", "10", "--phases", "random", "--z3", "never"]
    let empty = try flowcheck(words: few + ["--shard", "2/2"], in: folder.path)
    #expect(empty.exitCode == 0)
    #expect(empty.errors.contains("2/2"))
    for words in [["0/2"], ["3/2"], ["x"], ["1/2", "--time", "1s"], ["auto"]] {
      let run = try flowcheck(
        words: (words.count == 1 ? few : Array(few.prefix(1))) + ["--shard"] + words,
        in: folder.path)
      #expect(run.exitCode == 2, "\(words): \(run.errors)")
      #expect(run.errors.contains("--shard"))
    }
  }

  /// Runs the command under mpirun with four ranks; returns what they say.
  private func mpirun(_ words: [String], in folder: TemporaryFolder) throws -> String {
    let program = try #require(Program.find("mpirun"))
    let run = try Program.run(
      program,
      ["--allow-run-as-root", "--oversubscribe", "-n", "4", Repository.executable] + words
        + ["--shard", "auto"],
      // The socket of a session has a short path at most.
      with: [
        "SWIFT_BACKTRACE": "enable=no", "OMPI_ALLOW_RUN_AS_ROOT": "1",
        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_orte_tmpdir_base": folder.path,
        "TMPDIR": folder.path,
      ], in: folder.path)
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    return run.output + run.errors
  }

  @Test(
    "four ranks of a real mpirun find their shards, and merge to the report of one run",
    .enabled(if: Program.find("mpirun") != nil, "mpirun (openmpi-bin) is not installed"))
  func mpirun() throws {
    let folder = try TemporaryFolder()
    let said = try mpirun(campaign, in: folder)
    for number in 1...4 { #expect(said.contains("shard \(number)/4, from Open MPI")) }
    let paths = (1...4).map { ".flowcheck/shard-\($0)-of-4.json" }
    let merged = try flowcheck(words: ["merge", "--json"] + paths, in: folder.path)
    #expect(merged.exitCode == 0, "\(merged.errors)")
    #expect(try facts(merged.output) == whole())
  }

  /// A campaign on a solver each of whose answers is wrong.
  private func wrongSolver(in folder: TemporaryFolder) throws -> [String] {
    let script = """
      read line; echo '{"id":0,"status":"ok","name":"wrong","version":"1","tasks":["max-flow"]}'
      n=1; while read line; do echo "{\\"id\\":$n,\\"status\\":\\"optimal\\",\\"value\\":-1}"
      n=$((n+1)); done
      """
    try folder.write(script, to: "wrong.sh")
    return [
      "fuzz", "--phases", "random", "--property", "maximum-flow", "--command", "sh wrong.sh",
    ]
  }

  @Test(
    "a rank that finds something ends with 0, a shard of anything else with 1",
    arguments: [
      (["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "2"], 0),
      (["PMI_RANK": "1", "PMI_SIZE": "2"], 0),
      (["JOB_COMPLETION_INDEX": "1", "FLOWCHECK_SHARDS": "2"], 1),
      (["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "2"], 1),
    ] as [([String: String], Int32)])
  func ranks(variables: [String: String], code: Int32) throws {
    let folder = try TemporaryFolder()
    let words = try wrongSolver(in: folder) + ["--cases", "120", "--shard", "auto"]
    let run = try Program.run(Repository.executable, words, with: variables, in: folder.path)
    #expect(run.exitCode == code, "\(run.errors)")
    #expect(run.output.contains("finding: maximum-flow/wrong"))
    #expect(run.errors.contains(" ends with 0 and not 1, for the job") == (code == 0))
  }

  @Test(
    "ranks of a real mpirun that find something do not end the others",
    .enabled(if: Program.find("mpirun") != nil, "mpirun (openmpi-bin) is not installed"))
  func mpirunWithFindings() throws {
    let folder = try TemporaryFolder()
    let words = try wrongSolver(in: folder) + ["--cases", "600"]
    let said = try mpirun(words, in: folder)
    for number in 1...4 { #expect(said.contains("shard \(number)/4 ends with 0 and not 1")) }
    let paths = (1...4).map { ".flowcheck/shard-\($0)-of-4.json" }
    let merged = try flowcheck(words: ["merge"] + paths, in: folder.path)
    #expect(merged.exitCode == 1)
    #expect(merged.output.contains("600 random cases"))
    #expect(merged.output.contains("finding: maximum-flow/wrong"))
  }
}

@Suite("fuzz --resume")
struct ResumeCommandTests {
  @Test("kill -9 of the program, and --resume comes to the digest of an undisturbed run")
  func killed() throws {
    let words = campaign + ["--json"]
    let undisturbed = try TemporaryFolder()
    let start = Date()
    let whole = try facts(try flowcheck(words: words, in: undisturbed.path).output)
    let seconds = Date().timeIntervalSince(start)
    var numbers = TestNumbers(seed: 9)
    for round in 0..<(isFullRun ? 50 : 3) {
      let folder = try TemporaryFolder()
      let process = try CommandProcess(words, in: folder.path)
      Thread.sleep(forTimeInterval: seconds * Double(1 + numbers.below(98)) / 100)
      process.send(SIGKILL)
      _ = process.wait()
      let run = try flowcheck(words: words + ["--resume"], in: folder.path)
      #expect(run.exitCode == 0, "round \(round): \(run.errors)")
      #expect(try facts(run.output) == whole, "round \(round)")
    }
  }

  @Test("--resume without a journal is a run from the start, and a damaged journal ends with 5")
  func noJournal() throws {
    let folder = try TemporaryFolder()
    let words = ["fuzz", "--cases", "100", "--phases", "random", "--z3", "never", "--resume"]
    #expect(try flowcheck(words: words, in: folder.path).exitCode == 0)
    let name = try #require(folder.names(".flowcheck").first { $0.hasSuffix(".journal") })
    try folder.write("nonsense\n", to: ".flowcheck/" + name)
    let run = try flowcheck(words: words, in: folder.path)
    #expect(run.exitCode == 5)
    #expect(run.errors.contains("\(name):1"))
  }
}

import Campaign
import Foundation
import Properties
import SolverInterface
import TestSupport
import Testing

@testable import SolverProcess

@Suite(.enabled(if: PythonSolver.isThere, "there is no python3"))
struct ExternalCampaignTests {
  /// Runs the built command in a folder.
  private func flowcheck(_ words: [String], in folder: String) throws -> (code: Int32, text: String)
  {
    let run = try TestSupport.flowcheck(words: words, in: folder)
    return (run.exitCode, run.output + run.errors)
  }

  private func random(_ solver: ExternalSolver, cases: Int) -> CampaignSettings {
    var settings = CampaignSettings()
    settings.solvers = [solver]
    settings.budget = .cases(cases)
    settings.phases = [.random]
    settings.properties = ["maximum-flow"]
    return settings
  }

  @Test("a solver that is right passes 200 cases, in doubles and in integers")
  func good() throws {
    for words in [[], ["--integer-capacities", "1000000007"]] {
      let folder = try TemporaryFolder()
      let run = try flowcheck(
        [
          "fuzz", "--command", PythonSolver.good, "--cases", "200", "--phases", "random", "--jobs",
          "2",
        ]
          + words, in: folder.path)
      #expect(run.code == 0, "\(run.text)")
      #expect(run.text.contains("maximum-flow/edmonds-karp.py"))
      // The journal of the campaign stays; no request was left without an answer.
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/.flowcheck")
          .allSatisfy { $0.hasSuffix(".journal") })
    }
  }

  @Test("regularised flows are asked for where a solver does them, and a halved weight is found")
  func regularised() throws {
    for (words, code) in [("", Int32(0)), (" halved", 1)] {
      let folder = try TemporaryFolder()
      let solver = PythonSolver.fixture("own_program.py") + " '\(Repository.executable)'" + words
      let run = try flowcheck(
        [
          "fuzz", "--command", solver, "--cases", "400", "--phases", "random", "--z3", "never",
          "--property", "l2-flow", "--property", "barrier-flow",
        ], in: folder.path)
      #expect(run.code == code, "\(run.text)")
      for name in ["l2-flow/own@2^-7", "barrier-flow/own@2^-10"] {
        #expect(run.text.contains(name), "\(run.text)")
      }
      if code == 1 { #expect(run.text.contains("against the optimum's"), "\(run.text)") }
    }
  }

  @Test(
    "the exit code tells a wrong answer from a crash, and the finding is stored",
    arguments: [("wrong-value", 1), ("wrong-attribution", 1), ("nan", 1), ("exit", 77)])
  func exitCodes(_ kind: String, _ code: Int32) throws {
    let folder = try TemporaryFolder()
    let corpus = folder.path + "/corpus"
    try FileManager.default.createDirectory(
      atPath: corpus + "/findings", withIntermediateDirectories: true)
    // The network with three nodes on which the solver misbehaves is replayed.
    let certificate = try #require(try threeNodes(in: folder))
    try FileManager.default.moveItem(
      atPath: certificate, toPath: corpus + "/findings/three-nodes.json")
    let run = try flowcheck(
      ["fuzz", "--command", PythonSolver.misbehaving(kind), "--phases", "replay"], in: folder.path)
    #expect(run.code == code, "\(run.text)")
    #expect(
      run.text.contains("--command 'python3 -B '\\''\(PythonSolver.folder)/misbehaving.py'\\'' "))
    let stored = try FileManager.default.contentsOfDirectory(atPath: corpus + "/findings")
    #expect(stored.count == 2)
    for name in stored {
      #expect(try flowcheck(["verify", "\(corpus)/findings/\(name)"], in: folder.path).code == 0)
    }
  }

  /// A certificate about a network with three nodes, made by the command.
  private func threeNodes(in folder: TemporaryFolder) throws -> String? {
    let network = """
      {"nodes":3,"source":0,"sink":2,"tails":[0,1],"heads":[1,2],"capacities":[0.5,0.25]}
      """
    let path = folder.path + "/network.json"
    try network.write(toFile: path, atomically: true, encoding: .utf8)
    let certificate = folder.path + "/certificate.json"
    let run = try flowcheck(["check", path, "--certificate", certificate], in: folder.path)
    return run.code == 0 ? certificate : nil
  }

  @Test("a solver that does not describe itself is a finding")
  func noDescription() throws {
    let folder = try TemporaryFolder()
    let run = try flowcheck(["fuzz", "--command", "./no-solver", "--json"], in: folder.path)
    #expect(run.code == 77)
    #expect(run.text.contains("\"property\": \"protocol/describe\""))
    let talker = try flowcheck(["fuzz", "--command", "echo hello"], in: folder.path)
    #expect(talker.code == 1, "\(talker.text)")
    #expect(talker.text.contains("'hello'"))
    // No table of nothing, and no rate.
    #expect(talker.text.hasPrefix("finding: protocol/describe: "))
    #expect(talker.text.contains("\n0 random cases, 0 replayed"))
  }

  @Test("a hang costs its deadline, the campaign goes on, and the finding is marked")
  func hang() throws {
    let folder = try TemporaryFolder()
    let solver = try ExternalSolver(
      SolverCommand(PythonSolver.misbehaving("hang"), deadlineMilliseconds: 200),
      journalFolder: folder.path)
    defer { solver.close() }
    let settings = random(solver, cases: 200)
    let report = try Campaign(settings, version: "test").run()
    #expect(report.cases == 200)
    #expect(report.hasCrash)
    #expect(report.findings.map(\.detail) == ["no answer within 200 ms"])
    let tally = try #require(report.properties.first).tally
    // Random case 0 has three nodes; few others have.
    #expect((1...20).contains(tally.failed))
    #expect(tally.count(.holds) == tally.cases - tally.failed)
  }

  @Test("the digest is the same on one thread and on two, and differs for other numbers sent")
  func digest() throws {
    let folder = try TemporaryFolder()
    var digests: [String] = []
    for (jobs, scale) in [(1, nil), (2, nil), (2, 1_000)] as [(Int, Int?)] {
      let solver = try ExternalSolver(
        SolverCommand(PythonSolver.good, integerScale: scale), journalFolder: folder.path)
      defer { solver.close() }
      var settings = random(solver, cases: 300)
      settings.jobs = jobs
      digests.append(try Campaign(settings, version: "test").run().digest)
    }
    #expect(digests[0] == digests[1])
    #expect(digests[1] != digests[2])
  }

  @Test("the words of the options are checked, and no case is put to a solver without the task")
  func usage() throws {
    let folder = try TemporaryFolder()
    for words in [
      ["--deadline", "5s"], ["--command", " "], ["--command", "true", "--deadline", "soon"],
      ["--command", "true", "--memory", "-1"], ["--command", "true", "--integer-capacities", "0"],
    ] {
      #expect(try flowcheck(["fuzz"] + words, in: folder.path).code == 2)
    }
    let line = #"echo '{"id":0,"status":"ok","name":"other","tasks":["matching"]}'"#
    let run = try flowcheck(["fuzz", "--command", line], in: folder.path)
    #expect(run.code == 4, "\(run.text)")
  }
}

import Campaign
import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import Generators
import Networks
import Properties
import SolverInterface
import Solvers
import TestSupport
import Testing

@Suite("Planted faults")
struct PlantedFaultTests {
  private func settings(
    _ solvers: [PlantedSolver], corpus: String?, cases: Int = 300, jobs: Int = 1
  ) -> CampaignSettings {
    var settings = CampaignSettings()
    settings.seed = 5
    settings.budget = .cases(cases)
    settings.phases = [.replay, .random]
    settings.z3 = .never
    settings.jobs = jobs
    settings.corpus = corpus
    settings.solvers = solvers
    settings.properties = ["maximum-flow"]
    return settings
  }

  private func report(_ settings: CampaignSettings) throws -> CampaignReport {
    try Campaign(settings, version: "test").run()
  }

  @Test(
    "a fault is found within 300 cases, shrunk, stored, confirmed by the checker, replayed first",
    arguments: PlantedSolver.faulty.map(\.name))
  func found(name: String) throws {
    let solver = try #require(PlantedSolver.faulty.first { $0.name == name })
    let folder = try TemporaryFolder()
    let first = try report(settings([solver], corpus: folder.path))
    #expect(first.hasFailure)
    #expect(first.contradiction == nil)
    #expect(first.warnings.isEmpty)
    let finding = try #require(first.findings.first)
    #expect(first.findings.count == 1)
    #expect(finding.property == "maximum-flow/\(name)")
    #expect(finding.source.hasPrefix("random "))
    #expect(!finding.detail.isEmpty)

    let path = try #require(finding.file)
    #expect(path.hasPrefix(folder.path + "/findings/"))
    #expect(folder.names("findings").count == 1)
    let file = try CaseFile.read(try InputFile(path: path))
    #expect(verify(file) == .valid)
    #expect(file.contents.finding?.verdict == "refuted")
    #expect(file.contents.finding?.property == finding.property)
    #expect(file.contents.claim?.solver == name)
    #expect(file.contents.proof != nil)
    let network = try file.contents.statement.network()
    #expect(network.arcCount <= 16, "\(name) was shrunk to \(network.arcCount) arcs")

    // The line that reproduces it makes the same case: it fails again on it alone.
    let index = try #require(finding.source.split(separator: " ").dropFirst().first)
    #expect(finding.reproduce.contains("--first-case \(index) --cases 1"))
    #expect(finding.reproduce.hasSuffix(" --z3 never --corpus \(folder.path)"))
    var again = settings([solver], corpus: nil, cases: 1)
    again.firstCase = try #require(UInt64(index))
    #expect(try report(again).hasFailure)

    // The next run replays it before anything else, and leaves the file alone.
    let bytes = folder.names("findings").map { folder.bytes("findings/" + $0) }
    let second = try report(settings([solver], corpus: folder.path))
    #expect(second.replayed == 1)
    #expect(second.findings.first?.source.hasPrefix("replay findings/") == true)
    #expect(folder.names("findings").map { folder.bytes("findings/" + $0) } == bytes)
  }

  @Test("all faults at once: findings are the same for one job and for two")
  func jobs() throws {
    var reports: [CampaignReport] = []
    var files: [[String: [UInt8]]] = []
    for jobs in [1, 2] {
      let folder = try TemporaryFolder()
      // The folder must have the same name: it stands in the line that reproduces a finding.
      let here = FileManager.default.currentDirectoryPath
      let corpus = folder.path + "/corpus"
      try FileManager.default.createDirectory(atPath: corpus, withIntermediateDirectories: true)
      reports.append(
        try report(settings(PlantedSolver.faulty, corpus: corpus, cases: 120, jobs: jobs)))
      var contents: [String: [UInt8]] = [:]
      for name in folder.names("corpus/findings") {
        let text = String(decoding: folder.bytes("corpus/findings/" + name) ?? [], as: UTF8.self)
        contents[name] = Array(
          text.replacingOccurrences(of: corpus, with: here).split(separator: "\n")
            .filter { !$0.contains("\"digest\"") }.joined().utf8)
      }
      files.append(contents)
    }
    #expect(reports[0].digest == reports[1].digest)
    #expect(reports[0].findings.map(\.source) == reports[1].findings.map(\.source))
    #expect(reports[0].findings.map(\.property) == reports[1].findings.map(\.property))
    #expect(reports[0].findings.map(\.detail) == reports[1].findings.map(\.detail))
    #expect(reports[0].findings.count == PlantedSolver.faulty.count)
    #expect(files[0] == files[1])
    #expect(files[0].count == PlantedSolver.faulty.count)
  }

  @Test("a stray circulation is no fault, and neither is an error of 1e-12 in doubles")
  func notFaults() throws {
    let good = [PlantedSolver.strayCirculation, .doubles(1e-12)]
    let result = try report(settings(good, corpus: nil, cases: 600))
    #expect(!result.hasFailure)
    #expect(!result.isInconclusive)
    #expect(result.findings.isEmpty)
    // The circulation was really there.
    let source = CaseSource(seed: 5)
    let changed = (0..<UInt64(600)).count { index in
      let network = source[index].instance.network
      let request = FlowRequest(
        network: network, adjacency: Adjacency(network), limit: .unlimited)
      let plain = InProcessSolver(.dinic, .exact).solve(request)
      let stray = PlantedSolver.strayCirculation.solve(request)
      guard let before = plain.flow, let after = stray.flow else { return false }
      return (0..<before.count).contains { before[$0] != after[$0] }
    }
    #expect(changed > 5)
  }

  @Test("a solver that stops at an ample work limit is refuted")
  func endless() throws {
    let result = try report(settings([.endless], corpus: nil, cases: 40))
    #expect(result.hasFailure)
    #expect(!result.isInconclusive)
    #expect(result.findings.first?.detail == "no answer within an ample work limit")
    #expect(result.properties.first?.tally.count(.refuted) == 40)
  }

  @Test("a network that fails is shrunk like a tensor")
  func networks() throws {
    // Fails on networks with two arcs between the same nodes, which only some families make.
    let solver = PlantedSolver(name: "parallel-arcs") { request, answer in
      let network = request.network
      guard case .listed(let tails, let heads) = network.arcs else { return answer }
      let pairs = zip(tails, heads).map { [$0, $1] }
      return Set(pairs).count < pairs.count ? FlowAnswer(status: .failed("parallel")) : answer
    }
    let folder = try TemporaryFolder()
    let result = try report(settings([solver], corpus: folder.path, cases: 600))
    let path = try #require(result.findings.first?.file)
    let file = try CaseFile.read(try InputFile(path: path))
    #expect(try file.contents.statement.network().arcCount == 2)
    #expect(verify(file) == .valid)
  }
}

@Suite("Properties of one's own")
struct AdditionalPropertyTests {
  @Test("a closed form that is wrong is refuted, shrunk and stored; it ends a run as failed")
  func wrongClosedForm() throws {
    let folder = try TemporaryFolder()
    var settings = CampaignSettings()
    settings.budget = .cases(200)
    settings.phases = [.random]
    settings.z3 = .never
    settings.corpus = folder.path
    settings.additionalProperties = [
      Property(
        name: "canary/value", statement: "In mode all the value is the number of tokens.",
        source: "nobody",
        applies: { $0.isRowStochastic && $0.mode == .all },
        run: { examination in
          guard let maximum = examination.maximum.claim, let tensor = examination.tensor else {
            return .inconclusive("no tensor")
          }
          return maximum.value == Rational(tensor.tokens)
            ? .holds : .refuted("value \(maximum.value)")
        })
    ]
    let report = try Campaign(settings, version: "test").run()
    #expect(report.hasFailure)
    #expect(report.findings.map(\.property) == ["canary/value"])
    let canary = try #require(report.properties.last)
    #expect(canary.property.name == "canary/value")
    #expect(canary.tally.failed > 0)
    #expect(canary.tally.failed == canary.tally.count(.refuted))
    #expect(report.properties.dropLast().allSatisfy { $0.tally.failed == 0 })
    let file = try CaseFile.read(try InputFile(path: try #require(report.findings.first?.file)))
    #expect(verify(file) == .valid)
    // The smallest such tensor: two layers of two tokens, the upper one not doubly stochastic.
    guard case .tensor(let tensor, .all, _) = file.contents.statement else {
      Issue.record("a tensor in mode all")
      return
    }
    #expect(tensor.layers == 2)
    #expect(tensor.tokens == 2)
  }

  @Test("a property that is expected to be refuted fails where it holds, and evidence does not")
  func expectations() throws {
    func property(_ expected: Verdict, _ outcome: Outcome) -> Property {
      Property(
        name: "x", statement: "X.", source: "nobody", expected: expected, run: { _ in outcome })
    }
    var evidence = Outcome.inconclusive("Z3")
    evidence.verdict = .evidence
    for (expected, outcome, isFailed) in [
      (.holds, .holds, false), (.holds, .refuted("no"), true), (.refuted, .holds, true),
      (.refuted, .refuted("no"), false), (.holds, .inconclusive("limit"), false),
      (.refuted, .inconclusive("limit"), false), (.holds, evidence, false),
      (.refuted, evidence, true),
    ] as [(Verdict, Outcome, Bool)] {
      #expect(property(expected, outcome).isFailed(by: outcome) == isFailed)
    }
  }
}

import Campaign
import CaseFiles
import Foundation
import TestSupport
import Testing

@Suite("Shards")
struct ShardTests {
  @Test("a shard is m of n with 1 <= m <= n, and nothing else")
  func reading() {
    #expect(Shard("2/4") == Shard(index: 1, count: 4))
    #expect(Shard("1/1") == .whole)
    #expect(Shard("4/4")?.description == "4/4")
    for text in [
      "", "/", "1", "0/4", "5/4", "-1/4", "1/0", "1/-1", "1/4/4", "a/b", " 1/4", "1/4 ", "1.0/4",
      "99999999999999999999/4", "1/9223372036854775807",
    ] {
      #expect(Shard(text) == nil, "\(text)")
    }
  }

  /// The variables that a scheduler sets, and the shard that they stand for.
  struct Environment: Sendable, CustomTestStringConvertible {
    let source: String
    let variables: [String: String]
    let shard: String?

    init(_ source: String, _ shard: String?, _ variables: [String: String]) {
      self.source = source
      self.variables = variables
      self.shard = shard
    }

    /// The environment of a Slurm array.
    static func slurm(
      _ shard: String?, id: Int, _ ids: (least: Int, largest: Int, step: Int), count: Int
    ) -> Environment {
      Environment(
        "Slurm", shard,
        [
          "SLURM_ARRAY_TASK_ID": "\(id)", "SLURM_ARRAY_TASK_MIN": "\(ids.least)",
          "SLURM_ARRAY_TASK_MAX": "\(ids.largest)", "SLURM_ARRAY_TASK_STEP": "\(ids.step)",
          "SLURM_ARRAY_TASK_COUNT": "\(count)",
        ])
    }

    var testDescription: String { "\(source) \(shard ?? "refused")" }
  }

  private static let environments: [Environment] =
    (1...5).map { .slurm("\($0)/5", id: 10 * $0, (10, 50, 10), count: 5) } + [
      .slurm("1/4", id: 0, (0, 3, 1), count: 4), .slurm("3/3", id: 9, (7, 9, 1), count: 3),
      // --array=1,3,7 and --array=10-50:10 with an id that is none of them.
      .slurm(nil, id: 3, (1, 7, 1), count: 3), .slurm(nil, id: 15, (10, 50, 10), count: 5),
      .slurm(nil, id: 60, (10, 50, 10), count: 5),
      .init("Slurm", nil, ["SLURM_ARRAY_TASK_ID": "3"]),
      .init("Slurm", nil, ["SLURM_ARRAY_TASK_ID": "x", "SLURM_ARRAY_TASK_COUNT": "3"]),
      .init(
        "Slurm", nil,
        [
          "SLURM_ARRAY_TASK_ID": "9223372036854775807",
          "SLURM_ARRAY_TASK_MIN": "-9223372036854775808", "SLURM_ARRAY_TASK_COUNT": "3",
        ]),
      .init("Kubernetes", "3/8", ["JOB_COMPLETION_INDEX": "2", "FLOWCHECK_SHARDS": "8"]),
      .init("Kubernetes", nil, ["JOB_COMPLETION_INDEX": "2"]),
      .init("Kubernetes", nil, ["JOB_COMPLETION_INDEX": "8", "FLOWCHECK_SHARDS": "8"]),
      .init("Open MPI", "1/4", ["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "4"]),
      .init("Open MPI", nil, ["OMPI_COMM_WORLD_RANK": "4", "OMPI_COMM_WORLD_SIZE": "4"]),
      .init("PMI", "4/4", ["PMI_RANK": "3", "PMI_SIZE": "4"]),
      .init("Bazel", "2/2", ["TEST_SHARD_INDEX": "1", "TEST_TOTAL_SHARDS": "2"]),
      .init("GitLab", "1/3", ["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "3"]),
      .init("GitLab", "3/3", ["CI_NODE_INDEX": "3", "CI_NODE_TOTAL": "3"]),
      .init("GitLab", nil, ["CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "3"]),
    ]

  @Test(
    "a job scheduler's variables name the shard, or an error says why not", arguments: environments)
  func environment(_ environment: Environment) throws {
    if let shard = environment.shard {
      let found = try #require(try Shard.inEnvironment { environment.variables[$0] })
      #expect(found.shard.description == shard)
      #expect(found.source == environment.source)
    } else {
      #expect(throws: ShardEnvironmentError.self) {
        try Shard.inEnvironment { environment.variables[$0] }
      }
    }
  }

  @Test("without a scheduler there is no shard, and an empty variable is none")
  func noEnvironment() throws {
    #expect(try Shard.inEnvironment { _ in nil } == nil)
    #expect(try Shard.inEnvironment { _ in "" } == nil)
    #expect(try Shard.inEnvironment { ["PMI_SIZE": "4"][$0] } == nil)
  }

  /// Runs all shards one after the other and joins them.
  private func merged(
    _ count: Int, _ folder: TemporaryFolder, _ settings: CampaignSettings
  ) throws -> CampaignReport {
    var paths: [String] = []
    for index in 0..<count {
      var part = settings
      part.shard = try #require(Shard(index: index, count: count))
      part.jobs = 1 + index % 2
      part.manifest = folder.path + "/shard-\(index + 1).json"
      paths.append(try #require(part.manifest))
      _ = try plantedReport(part)
    }
    return try mergeShards(paths.reversed())
  }

  @Test("1, 3 and 4 shards that share a corpus find and report the same")
  func sameReport() throws {
    var facts: [ReportFacts] = []
    for count in [1, 3, 4] {
      let folder = try corpusWithTensor()
      var settings = plantedSettings(cases: 1_000, corpus: folder.path)
      settings.phases.insert(.enumerate)
      settings.solvers = [.wrongCut, .quantised, .noAnswer, .doubles(1e-12)] as [PlantedSolver]
      if count == 1 {
        facts.append(ReportFacts(try plantedReport(settings)))
        let again = try corpusWithTensor()
        settings.corpus = again.path
        facts.append(ReportFacts(try merged(1, again, settings)))
      } else {
        facts.append(ReportFacts(try merged(count, folder, settings)))
      }
    }
    #expect(facts[0].cases == [4, 1_875, 1_000, 2])
    #expect(facts[0].findings.count == 3)
    for other in facts.dropFirst() { #expect(other == facts[0]) }
  }

  @Test("a phase without cases, and shards without a share, change nothing")
  func emptyShares() throws {
    let folder = try TemporaryFolder()
    // Two chunks for four shards, nothing to replay, no search.
    let settings = plantedSettings(cases: 100)
    let whole = ReportFacts(try plantedReport(settings))
    #expect(ReportFacts(try merged(4, folder, settings)) == whole)
    #expect(whole.cases == [0, 0, 100, 0])
  }
}

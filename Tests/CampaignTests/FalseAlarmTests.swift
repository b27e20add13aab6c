import Campaign
import TestSupport
import Testing

@Suite("False alarms")
struct FalseAlarmTests {
  private func expectNoFailure(seed: UInt64, cases: Int) throws {
    var settings = CampaignSettings()
    settings.seed = seed
    settings.budget = .cases(cases)
    settings.phases = [.random]
    settings.jobs = 2
    let report = try Campaign(settings, version: "test").run()
    #expect(report.cases == cases)
    #expect(report.findings.isEmpty, "\(report.findings.map(\.reproduce))")
    #expect(!report.hasFailure && !report.hasCrash)
    #expect(report.contradiction == nil)
  }

  @Test("2,000 random cases have no finding on the solvers here", arguments: [101, 102, 103])
  func fast(seed: UInt64) throws { try expectNoFailure(seed: seed, cases: 2_000) }

  @Test(
    "20,000 random cases have no finding on the solvers here", .tags(.long), .onlyInFullRuns,
    arguments: UInt64(1)...10)
  func long(seed: UInt64) throws { try expectNoFailure(seed: seed, cases: 20_000) }
}

// A campaign that finds faults in every phase but the replay, for tests of what becomes of them.
import Campaign
import CaseFiles
import Foundation
import Properties
import TestSupport

/// Settings under which all planted faults are found, with some searches.
func plantedSettings(cases: Int, corpus: String? = nil) -> CampaignSettings {
  var settings = CampaignSettings()
  settings.seed = 5
  settings.budget = .cases(cases)
  settings.phases = [.replay, .random, .search]
  settings.enumeration = .small
  settings.z3 = .never
  settings.corpus = corpus
  settings.solvers = PlantedSolver.faulty
  settings.properties = ["maximum-flow"]
  return settings
}

/// What a report says, but for times, paths, and what only this run can know.
struct ReportFacts: Equatable {
  let digest: String
  let cases: [Int]
  let findings: [[String]]
  let verdicts: [[Int]]

  init(_ report: CampaignReport) {
    digest = report.digest
    cases = [report.replayed, report.enumerated, report.cases, report.searched]
    findings = report.findings.map { finding in
      let file = finding.file.map { URL(fileURLWithPath: $0).lastPathComponent } ?? ""
      return [finding.source, finding.property, finding.detail, file]
    }
    verdicts = report.properties.map { result in
      let tally = result.tally
      return [tally.cases, tally.failed] + [.holds, .refuted, .inconclusive].map(tally.count)
    }
  }
}

/// Runs a campaign of the version that these tests share.
func plantedReport(_ settings: CampaignSettings) throws -> CampaignReport {
  try Campaign(settings, version: "test").run()
}

/// A new corpus folder with one real tensor, so that there is something to replay.
func corpusWithTensor() throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  let name = "p01_word.avg.f32.npy"
  let bytes = try InputFile(path: Repository.attention + name).withBytes { Array($0) }
  try folder.write(bytes, to: "attention/" + name)
  return folder
}

// A campaign in which something of every kind happens: failures, a detail that no format likes, a
// property without a verdict, one without a case, and some that pass.
import Campaign
import Checker
import Foundation
import Properties
import Synchronization

/// A text with a character of every kind that some format must escape.
let hostileText = "\"b\" 'c' <d> & 100% ]]> {0} `e` *f*\r\n\tg: h, i | j\u{1}\u{7f}\u{fffe} \u{e9}"

/// The settings of the campaign.
func plantedSettings(corpus: String?, jobs: Int = 1, cases: Int = 140) -> CampaignSettings {
  var settings = CampaignSettings()
  settings.seed = 5
  settings.budget = .cases(cases)
  settings.phases = [.replay, .random]
  settings.z3 = .never
  settings.jobs = jobs
  settings.corpus = corpus
  settings.solvers = [PlantedSolver.valueOffByOne, PlantedSolver.strayCirculation]
  settings.properties = ["maximum-flow", "planted"]
  settings.additionalProperties = [
    Property(
      name: "planted/hostile", statement: "It is not so that \(hostileText).", source: "nobody",
      applies: { $0.network.arcCount > 3 }, run: { _ in .refuted(hostileText) }),
    Property(
      name: "planted/unknown", statement: "Nobody knows.", source: "nobody",
      run: { _ in .inconclusive("a limit was reached") }),
    Property(
      name: "planted/never", statement: "It speaks of nothing.", source: "nobody",
      applies: { _ in false }, run: { _ in .holds }),
  ]
  return settings
}

/// The report of a campaign and the lines of its cases.
func plantedRun(_ settings: CampaignSettings) throws -> (report: CampaignReport, lines: [String]) {
  let written = Mutex<[UInt8]>([])
  let stream = ObservationStream(runStart: 1_000.5) { bytes in written.withLock { $0 += bytes } }
  let report = try Campaign(settings, version: "test").run(observations: stream)
  let text = String(decoding: written.withLock { $0 }, as: UTF8.self)
  // A carriage return before a line feed would be one character with it.
  let lines = text.unicodeScalars.split(separator: "\n").map { String($0) }
  return (report, lines)
}

/// A text with its times taken out.
func withoutTimes(_ text: String) -> String {
  var result = text
  for pattern in [
    #"time="[0-9.]+""#, #""seconds": [0-9.e-]+"#, #""execute":[0-9.e-]+"#, #"[0-9.]+ \|$"#,
  ] {
    let range = NSRange(result.startIndex..., in: result)
    let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
    result =
      expression?.stringByReplacingMatches(in: result, range: range, withTemplate: "TIME")
      ?? result
  }
  return result
}

import CaseFiles
import Properties

/// How a property came out of a campaign.
public enum PropertyStatus: Sendable, Hashable {
  /// It was tried, and every case had a verdict as expected.
  case passed
  /// Some case was contrary to what is expected.
  case failed
  /// No case failed, and some had no verdict.
  case inconclusive
  /// There was no case to which it applies.
  case untried
}

extension PropertyResult {
  /// How the property came out.
  public var status: PropertyStatus {
    if tally.failed > 0 { return .failed }
    if tally.count(.inconclusive) > 0 { return .inconclusive }
    return tally.cases == 0 ? .untried : .passed
  }

  /// The counts in words, such as `failed on 2 of 30 cases`.
  var counts: String {
    switch status {
    case .passed: "as expected on " + tally.cases.counted("case")
    case .failed: "failed on \(tally.failed) of " + tally.cases.counted("case")
    case .inconclusive:
      "inconclusive on \(tally.count(.inconclusive)) of " + tally.cases.counted("case")
    case .untried: "tried on no case"
    }
  }
}

extension StoredFinding {
  /// The verdict that is contrary to what is expected, or that two exact engines disagree.
  var kind: String {
    failure.outcome.isContradiction ? "contradiction" : failure.outcome.verdict.rawValue
  }

  /// What there is to say, with the command that runs the case again.
  var message: String {
    (detail.isEmpty ? "" : "\(detail); ") + "reproduce: \(reproduce)"
  }
}

extension CampaignReport {
  /// The finding of a property.
  func finding(of result: PropertyResult) -> StoredFinding? {
    findings.first { $0.property == result.property.name }
  }

  /// The number of properties that came out in a way.
  func count(_ status: PropertyStatus) -> Int { properties.count { $0.status == status } }

  /// One line that says what was done and how it ended.
  var summaryLine: String {
    let ending =
      contradiction != nil
      ? "two exact engines disagree"
      : hasFailure
        ? "failed"
        : isInconclusive ? "inconclusive" : hasTriedAnything ? "nothing failed" : "nothing ran"
    return "\(ending): \(findings.count.counted("finding")); \(cases.counted("random case")), "
      + "\(replayed) replayed, \(enumerated) enumerated, \(searched) searched"
      + "\(isInterrupted ? ", interrupted" : ""); seed \(seed), digest \(digest)"
  }
}

/// Seconds with three decimals; a time is never negative.
func secondsText(_ seconds: Double) -> String {
  let milliseconds = Int((max(0, seconds) * 1_000).rounded())
  let rest = "\(milliseconds % 1_000)"
  return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
}

import Campaign
import CaseFiles
import Properties

extension CampaignReport {
  /// The report as one JSON object.
  func json() throws -> String {
    var writer = JSONWriter(.pretty)
    writer.object { writer in
      writer.field("seed", seed)
      writer.field("cases", cases)
      writer.field("replayed", replayed)
      writer.field("enumerated", enumerated)
      writer.field("searched", searched)
      writer.field("seconds", seconds)
      writer.field("randomSeconds", randomSeconds)
      writer.arrayField("properties") { writer in
        for result in properties {
          writer.object { writer in
            writer.field("name", result.property.name)
            writer.field("cases", result.tally.cases)
            for verdict in Verdict.allCases {
              writer.field(verdict.rawValue, result.tally.count(verdict))
            }
            writer.field("failed", result.tally.failed)
            writer.field("seconds", Double(result.tally.nanoseconds) / 1e9)
          }
        }
      }
      writer.arrayField("findings") { writer in
        for finding in findings {
          writer.object { writer in
            writer.field("case", finding.source)
            writer.field("property", finding.property)
            writer.field("detail", finding.detail)
            writer.key("file")
            if let file = finding.file { writer.string(file) } else { writer.null() }
            writer.field("reproduce", finding.reproduce)
          }
        }
      }
      writer.field("crashed", hasCrash)
      writer.field("digest", digest)
      writer.field("interrupted", isInterrupted)
    }
    return String(decoding: try writer.finish(), as: UTF8.self)
  }

  /// The report for people: the table, the seed, the findings.
  var text: String {
    var table = Table([
      .init("property", isNumber: false), .init("cases"), .init("holds"), .init("refuted"),
      .init("evidence"), .init("inconclusive"), .init("failed"), .init("seconds"),
    ])
    for result in properties {
      table.add(
        [result.property.name, "\(result.tally.cases)"]
          + Verdict.allCases.map { "\(result.tally.count($0))" }
          + ["\(result.tally.failed)", fixed(Double(result.tally.nanoseconds) / 1e9, 2)])
    }
    // A campaign that did not begin has no table.
    var lines = properties.isEmpty ? [] : [table.text()]
    for finding in findings {
      lines.append(
        """
        finding: \(finding.property): \(finding.detail)
          case       \(finding.source)
          file       \(finding.place)
          reproduce  \(finding.reproduce)
        """)
    }
    let rate = casesPerSecond.map { " (\(Int($0)) a second)" } ?? ""
    let ending = hasFailure ? "failed" : hasTriedAnything ? "nothing failed" : "nothing ran"
    let end = isInterrupted ? ", interrupted" : ""
    lines.append(
      """
      \(cases.counted("random case"))\(rate), \(replayed) replayed, \
      \(enumerated) enumerated, \(searched) searched, \(fixed(seconds, 1)) s\(end)
      seed \(seed), digest \(digest)
      \(ending), findings: \(findings.count)
      """)
    return lines.joined(separator: "\n") + "\n"
  }
}

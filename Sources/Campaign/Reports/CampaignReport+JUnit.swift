// The report for build servers: one test suite, one test case for each property. The elements and
// their order are those that Jenkins' xunit schema allows.

extension CampaignReport {
  /// The report as a JUnit XML document.
  ///
  /// A property that failed is a failure, one that is inconclusive or was never tried is skipped.
  ///
  /// - Parameter version: the version of the program.
  /// - Returns: the document, with a final newline.
  public func junit(version: String = flowcheckVersion) -> String {
    let skipped = count(.inconclusive) + count(.untried)
    let totals =
      "tests=\"\(properties.count)\" failures=\"\(count(.failed))\" errors=\"0\" "
      + "time=\"\(secondsText(seconds))\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"flowcheck\" \(totals)>",
      "  <testsuite name=\"flowcheck\" \(totals) skipped=\"\(skipped)\">",
      "    <properties>",
    ]
    for (name, value) in [
      ("version", version), ("seed", "\(seed)"), ("digest", digest), ("cases", "\(cases)"),
      ("replayed", "\(replayed)"), ("enumerated", "\(enumerated)"), ("searched", "\(searched)"),
      ("interrupted", "\(isInterrupted)"),
    ] {
      lines.append(
        "      <property name=\"\(name)\" value=\"\(XMLText.attribute(value))\"/>")
    }
    lines.append("    </properties>")
    for result in properties { lines += testCase(result) }
    lines.append("    <system-out>\(XMLText.content(summaryLine))</system-out>")
    if !warnings.isEmpty || contradiction != nil {
      let notes = warnings + (contradiction.map { ["two exact engines disagree: \($0)"] } ?? [])
      let text = notes.joined(separator: "\n")
      lines.append("    <system-err>\(XMLText.content(text))</system-err>")
    }
    lines += ["  </testsuite>", "</testsuites>"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines of one property.
  private func testCase(_ result: PropertyResult) -> [String] {
    let name = XMLText.attribute(result.property.name)
    let time = secondsText(Double(result.tally.nanoseconds) / 1e9)
    let opening = "    <testcase name=\"\(name)\" classname=\"flowcheck\" time=\"\(time)\""
    switch result.status {
    case .passed: return [opening + "/>"]
    case .inconclusive, .untried:
      return [
        opening + ">", "      <skipped message=\"\(XMLText.attribute(result.counts))\"/>",
        "    </testcase>",
      ]
    case .failed:
      let finding = finding(of: result)
      let message = finding?.message ?? result.counts
      var body = ["Contrary to what is expected: \(result.property.statement)", result.counts]
      if let finding {
        body += [
          "detail: \(finding.detail)", "case: \(finding.source)",
          "file: \(finding.place)",
          "reproduce: \(finding.reproduce)",
        ]
      }
      return [
        opening + ">",
        "      <failure type=\"\(finding?.kind ?? "failed")\" "
          + "message=\"\(XMLText.attribute(message))\">"
          + XMLText.content(body.joined(separator: "\n")) + "</failure>",
        "    </testcase>",
      ]
    }
  }
}

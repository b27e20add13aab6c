// The reports for GitHub Actions: workflow commands, which become annotations of a change, and a
// Markdown text for the page of the run.
import Properties

extension CampaignReport {
  /// The report as workflow commands, one line for each finding, and a line that sums up.
  public var github: String {
    var lines: [String] = []
    for result in properties where result.status == .failed {
      let finding = finding(of: result)
      let file = finding?.file.map { ",file=\(WorkflowText.property(ReportPath.relative($0)))" }
      let title = WorkflowText.property("flowcheck: \(result.property.name)")
      lines.append(
        "::error title=\(title)\(file ?? "")"
          + "::\(WorkflowText.message(finding?.message ?? result.counts))")
    }
    if let contradiction {
      lines.append(
        "::error title=flowcheck%3A internal error"
          + "::\(WorkflowText.message("two exact engines disagree: \(contradiction)"))")
    }
    for result in properties where result.status == .inconclusive {
      let title = WorkflowText.property("flowcheck: \(result.property.name)")
      lines.append("::warning title=\(title)::\(WorkflowText.message(result.counts))")
    }
    lines.append("flowcheck: \(WorkflowText.message(summaryLine))")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The report as Markdown: how it ended, a table of the findings, a table of the properties.
  public var markdown: String {
    var lines = ["## flowcheck", "", MarkdownText.inline(summaryLine), ""]
    if let contradiction {
      lines += ["**Two exact engines disagree:** \(MarkdownText.inline(contradiction))", ""]
    }
    if !findings.isEmpty {
      lines += ["| finding | detail | case | file | reproduce |", "|---|---|---|---|---|"]
      for finding in findings {
        let cells = [
          MarkdownText.inline(finding.property), MarkdownText.inline(finding.detail),
          MarkdownText.inline(finding.source),
          finding.file.map { MarkdownText.code(ReportPath.relative($0)) } ?? "not stored",
          MarkdownText.code(finding.reproduce),
        ]
        lines.append("| " + cells.joined(separator: " | ") + " |")
      }
      lines.append("")
    }
    lines += [
      "| property | cases | failed | inconclusive | seconds |", "|---|--:|--:|--:|--:|",
    ]
    for result in properties {
      let tally = result.tally
      let seconds = secondsText(Double(tally.nanoseconds) / 1e9)
      lines.append(
        "| \(MarkdownText.inline(result.property.name)) | \(tally.cases) | \(tally.failed) "
          + "| \(tally.count(.inconclusive)) | \(seconds) |")
    }
    return lines.joined(separator: "\n") + "\n\n"
  }
}

/// Text as it stands in a workflow command, which ends with its line.
private enum WorkflowText {
  static func message(_ text: String) -> String { escaped(text, more: [:]) }

  static func property(_ text: String) -> String {
    escaped(text, more: [":": "%3A", ",": "%2C"])
  }

  private static func escaped(_ text: String, more: [Unicode.Scalar: String]) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default:
        result += more[scalar] ?? String(scalar)
      }
    }
    return result
  }
}

/// Text as it stands in a cell of a Markdown table, on one line and without a meaning.
private enum MarkdownText {
  static func inline(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&", "<", ">", "|", "`", "*", "_", "[", "]", "\\", "~", "#", "@":
        result += "&#\(scalar.value);"
      case "\n", "\r": result += " "
      case "\0"..<" ", "\u{7f}"..<"\u{a0}": continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func code(_ text: String) -> String { "<code>\(inline(text))</code>" }
}

import Campaign
import CaseFiles
import Glibc

/// The forms in which a campaign can be reported.
enum ReportKind: String, CaseIterable {
  /// A table for people.
  case text
  /// One object with stable keys.
  case json
  /// JUnit XML, for build servers.
  case junit
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// Workflow commands of GitHub Actions.
  case github
  /// One line for each case and property, for the Tyche viewer.
  case jsonl

  /// The options that choose a report, for the commands that have one.
  static let options: [Command.Option] = [
    .init("--report", "KIND", "text, json, junit, sarif, github or jsonl (default text)"),
    .init("--report-file", "FILE", "where the report goes; then the text goes to standard output"),
    .init("--json", nil, "the same as --report json"),
  ]
}

/// Where the report of a campaign goes, and in which form.
///
/// A file appears under its name when it is whole. A campaign whose report cannot be written there
/// does not begin.
struct ReportOutput {
  /// The form.
  let kind: ReportKind
  private let file: AtomicStream?

  /// The form and the file that the words of a command line choose.
  init(_ arguments: Arguments) throws {
    let given = try arguments.word("--report", ReportKind.self)
    if arguments.has("--json"), let given, given != .json {
      throw UsageError("--json and --report \(given.rawValue) exclude each other")
    }
    kind = arguments.has("--json") ? .json : given ?? .text
    file = try arguments.output("--report-file")
  }

  /// Where cases go as they are tried; nil if nobody asked for them.
  var observations: ObservationStream? {
    guard kind == .jsonl else { return nil }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let start = Double(now.tv_sec) + Double(now.tv_nsec / 1_000_000) / 1e3
    return ObservationStream(runStart: start) { [file] bytes in
      if let file { file.write(bytes) } else { Console.write(bytes, to: STDOUT_FILENO) }
    }
  }

  /// Writes the report, and what the page of a GitHub run shows.
  func finish(_ report: CampaignReport, _ code: ExitCode) throws {
    let text = try self.text(of: report, code)
    // What was found is not lost with a file that cannot be written: that comes last.
    Console.result(file == nil ? text : report.text)
    appendStepSummary(report)
    if let file {
      file.write(Array(text.utf8))
      try file.finish()
    }
  }

  /// The report in its form; lines of cases are written already.
  private func text(of report: CampaignReport, _ code: ExitCode) throws -> String {
    switch kind {
    case .text: report.text
    case .json: try report.json()
    case .junit: report.junit()
    case .sarif:
      try report.sarif(
        exitCode: code.rawValue,
        isComplete: [.success, .failed, .inconclusive, .solverCrashed].contains(code))
    case .github: report.github
    case .jsonl: ""
    }
  }

  /// Appends a table to the file that GitHub Actions names, if it names one.
  private func appendStepSummary(_ report: CampaignReport) {
    guard let name = getenv("GITHUB_STEP_SUMMARY").map({ String(cString: $0) }), name != "" else {
      return
    }
    let descriptor = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      Console.note("warning: \(name): the summary cannot be written: \(reason)")
      return
    }
    Console.write(Array(report.markdown.utf8), to: descriptor)
    close(descriptor)
  }
}

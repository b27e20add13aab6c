import Campaign
import CaseFiles
import Glibc
import Synchronization

/// A line on a terminal that says how far the work is; nothing anywhere else.
final class ProgressLine: Sendable {
  private let isShown = Console.hasTerminalForNotes
  private let lastTime = Mutex(-1.0)

  /// Shows where a campaign stands.
  func show(_ progress: CampaignProgress) {
    show(at: progress.seconds) {
      let total = progress.total.map { " of \($0)" } ?? ""
      let failures = progress.failures == 0 ? "" : ", " + progress.failures.counted("failure")
      let rate = progress.casesPerSecond
      let speed = rate > 0 ? ", \(fixed(rate, rate < 10 ? 1 : 0))/s" : ""
      let rest = progress.secondsRemaining.map { ", \(duration($0)) left" } ?? ""
      return "\(progress.phase.rawValue): \(progress.done)\(total) cases\(speed), "
        + "\(duration(progress.seconds))\(rest)\(failures)"
    }
  }

  /// A time in seconds, or from two minutes on in minutes, or from two hours on in hours.
  private func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 1e9).rounded())
    switch whole {
    case ..<120: return "\(whole) s"
    case ..<7_200: return "\(whole / 60) min \(whole % 60) s"
    default: return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
    }
  }

  /// Shows a text, at most ten times a second; `seconds` is the time on any clock.
  func show(at seconds: Double, _ text: () -> String) {
    guard isShown else { return }
    lastTime.withLock { last in
      guard seconds - last >= 0.1 else { return }
      last = seconds
      let width = (Console.noteWidth ?? 80) - 1
      Console.write(Array("\r\u{1b}[K\(text().cut(to: width))".utf8), to: STDERR_FILENO)
    }
  }

  /// Takes the line away.
  func clear() {
    if isShown { Console.write(Array("\r\u{1b}[K".utf8), to: STDERR_FILENO) }
  }
}

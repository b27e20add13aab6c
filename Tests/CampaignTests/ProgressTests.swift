import Campaign
import Foundation
import Properties
import Synchronization
import TestSupport
import Testing

@Suite("Progress")
struct ProgressTests {
  private func steps(_ budget: CampaignBudget) throws -> [CampaignProgress] {
    var settings = CampaignSettings()
    settings.budget = budget
    settings.phases = [.random]
    settings.z3 = .never
    let told = Mutex<[CampaignProgress]>([])
    _ = try Campaign(settings).run(progress: { step in told.withLock { $0.append(step) } })
    return told.withLock { $0 }
  }

  @Test("with a number of cases the remaining time comes from the rate, and ends at 0")
  func cases() throws {
    let steps = try steps(.cases(256))
    #expect(steps.count == 4)
    for step in steps {
      #expect(step.casesPerSecond > 0)
      let remaining = try #require(step.secondsRemaining)
      #expect(abs(remaining * step.casesPerSecond - Double(256 - step.done)) < 1e-6)
    }
    #expect(steps.last?.secondsRemaining == 0)
  }

  @Test("with a time the remaining time is that up to its end")
  func time() throws {
    for step in try steps(.seconds(0.5)) {
      let remaining = try #require(step.secondsRemaining)
      #expect(abs(step.seconds + remaining - 0.5) < 0.01 || remaining == 0)
      #expect(step.casesPerSecond > 0)
    }
  }

  @Test(
    "the line on a terminal says rate and remaining time",
    .enabled(if: Program.find("script") != nil, "script (bsdutils) is not installed"))
  func terminal() throws {
    let folder = try TemporaryFolder()
    let line = "'\(Repository.executable)' fuzz --time 1s --phases random --z3 never"
    let run = try Program.run(
      try #require(Program.find("script")), ["-qec", line, folder.path + "/screen"],
      in: folder.path)
    #expect(run.exitCode == 0)
    let screen = String(decoding: folder.bytes("screen") ?? [], as: UTF8.self)
    #expect(screen.contains(/random: [0-9]+ cases, [0-9.]+\/s, [01] s, [01] s left/))
  }
}

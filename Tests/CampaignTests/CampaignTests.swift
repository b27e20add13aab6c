import Campaign
import CaseFiles
import Foundation
import Properties
import Synchronization
import TestSupport
import Testing

@Suite("Campaign")
struct CampaignTests {
  private func settings(_ cases: Int, jobs: Int = 1) -> CampaignSettings {
    var settings = CampaignSettings()
    settings.seed = 21
    settings.budget = .cases(cases)
    settings.phases = [.random]
    settings.z3 = .never
    settings.jobs = jobs
    return settings
  }

  @Test("a run that is interrupted keeps a prefix of the cases", arguments: [1, 2])
  func interrupted(jobs: Int) throws {
    let asked = Mutex(0)
    let report = try Campaign(settings(100_000, jobs: jobs), version: "test").run(isInterrupted: {
      asked.withLock { count in
        count += 1
        return count > 150
      }
    })
    #expect(report.isInterrupted)
    #expect(report.cases <= 150)
    let again = try Campaign(settings(report.cases), version: "test").run()
    #expect(again.digest == report.digest)
    #expect(!again.isInterrupted)
  }

  @Test("progress is told after each chunk and ends at the total")
  func progress() throws {
    let told = Mutex<[CampaignProgress]>([])
    let report = try Campaign(settings(200), version: "test").run(progress: { step in
      told.withLock { $0.append(step) }
    })
    let steps = told.withLock { $0 }
    #expect(steps.map(\.done) == [64, 128, 192, 200])
    #expect(steps.allSatisfy { $0.phase == .random && $0.total == 200 && $0.failures == 0 })
    #expect(report.cases == 200)
  }

  @Test("the digest covers version, seed, limits, properties and solvers")
  func digest() throws {
    let base = settings(30)
    var digests = [try Campaign(base, version: "test").run().digest]
    digests.append(try Campaign(base, version: "other").run().digest)
    var other = base
    other.seed = 22
    digests.append(try Campaign(other, version: "test").run().digest)
    other = base
    other.solvers = []
    digests.append(try Campaign(other, version: "test").run().digest)
    other = base
    other.properties = ["T1"]
    digests.append(try Campaign(other, version: "test").run().digest)
    #expect(Set(digests).count == digests.count)
    #expect(try Campaign(base, version: "test").run().digest == digests[0])
  }

  @Test("a corpus that is not a folder cannot be read, whatever the phases")
  func noCorpus() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("text", to: "file")
    for corpus in [folder.path + "/none", file] {
      for phase in Phase.allCases {
        var settings = self.settings(1)
        settings.corpus = corpus
        settings.phases = [phase]
        #expect(throws: InputError.self) { try Campaign(settings, version: "test").run() }
      }
    }
  }

  @Test(
    "a process that is killed leaves whole files only",
    arguments: [60, 150, 250, 350, 450, 600, 700, 850, 1_000, 1_200])
  func killed(milliseconds: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, milliseconds = milliseconds as Int] in
      Thread.detachNewThread {
        Thread.sleep(forTimeInterval: Double(milliseconds) / 1_000)
        kill(getpid(), SIGKILL)
      }
      // Ends with the signal; each round stores eight findings.
      for seed in UInt64(0)... {
        var settings = CampaignSettings()
        settings.seed = seed
        settings.budget = .cases(30)
        settings.phases = [.random]
        settings.z3 = .never
        settings.corpus = path
        settings.solvers = PlantedSolver.faulty
        settings.properties = ["maximum-flow"]
        _ = try Campaign(settings, version: "test").run()
      }
    }
    for name in folder.names("findings") where !name.hasPrefix(".") {
      let file = try CaseFile.read(try InputFile(path: "\(path)/findings/\(name)"))
      #expect(verify(file) == .valid)
    }
    // The corpus is read again without complaint.
    var settings = self.settings(1)
    settings.phases = [.replay]
    settings.corpus = path
    settings.properties = ["undetermined-arcs"]
    let report = try Campaign(settings, version: "test").run()
    #expect(report.replayed == folder.names("findings").count { !$0.hasPrefix(".") })
  }
}

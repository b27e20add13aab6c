import Campaign
import CaseFiles
import Foundation
import Generators
import Properties
import Synchronization
import TestSupport
import Testing

/// The campaign that is killed, with a journal and a corpus in one folder.
private func resumable(_ folder: String) -> CampaignSettings {
  var settings = plantedSettings(cases: 600, corpus: folder + "/corpus")
  settings.journalFolder = folder + "/journals"
  settings.resumes = true
  settings.jobs = 2
  return settings
}

@Suite("Resuming")
struct ResumeTests {
  private func makeFolder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/corpus", withIntermediateDirectories: true)
    return folder
  }

  private func undisturbed() throws -> (facts: ReportFacts, files: [String], seconds: Double) {
    let folder = try makeFolder()
    let report = try plantedReport(resumable(folder.path))
    return (ReportFacts(report), folder.names("corpus/findings"), report.seconds)
  }

  /// The journal of a folder that has only one.
  private func journal(_ folder: TemporaryFolder) throws -> (name: String, lines: [[UInt8]]) {
    let name = try #require(folder.names("journals").first)
    #expect(folder.names("journals").count == 1)
    let bytes = folder.bytes("journals/" + name) ?? []
    #expect(bytes.last == 0x0A)
    return ("journals/" + name, bytes.split(separator: 0x0A).map { Array($0) })
  }

  @Test("a campaign that is killed at any moment resumes to the report of an undisturbed one")
  func killed() async throws {
    let whole = try undisturbed()
    #expect(whole.facts.findings.count == PlantedSolver.faulty.count)
    var numbers = TestNumbers(seed: 50)
    var partial = 0
    for round in 0..<(isFullRun ? 50 : 5) {
      let folder = try makeFolder()
      let path = folder.path
      for _ in 0...(round % 2) {
        let milliseconds = 1 + numbers.below(max(2, Int(whole.seconds * 1_000)))
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [path = path as String, milliseconds = milliseconds as Int] in
          Thread.detachNewThread {
            Thread.sleep(forTimeInterval: Double(milliseconds) / 1_000)
            kill(getpid(), SIGKILL)
          }
          _ = try plantedReport(resumable(path))
          kill(getpid(), SIGKILL)
        }
        #expect(try CorpusFolder(path: path + "/corpus").lint().isEmpty, "round \(round)")
      }
      let bytes = folder.names("journals").first.flatMap { folder.bytes("journals/" + $0) } ?? []
      let lines = bytes.count { $0 == 0x0A }
      if lines > 1 && lines < 12 { partial += 1 }
      let facts = ReportFacts(try plantedReport(resumable(path)))
      #expect(facts == whole.facts, "round \(round)")
      #expect(folder.names("corpus/findings") == whole.files, "round \(round)")
      #expect(try CorpusFolder(path: path + "/corpus").lint().isEmpty)
    }
    // Some were really killed in the middle.
    #expect(partial > 0)
  }

  @Test("a run that was interrupted goes on, and what it found before is not replayed")
  func interrupted() throws {
    let whole = try undisturbed()
    let folder = try makeFolder()
    let asked = Mutex(0)
    let first = try Campaign(resumable(folder.path), version: "test").run(isInterrupted: {
      asked.withLock { count in
        count += 1
        return count > 250
      }
    })
    #expect(first.isInterrupted)
    #expect(first.cases < 600 && first.cases > 0)
    #expect(!folder.names("corpus/findings").isEmpty)
    #expect(ReportFacts(try plantedReport(resumable(folder.path))) == whole.facts)
    // Once more: everything comes from the journal.
    #expect(ReportFacts(try plantedReport(resumable(folder.path))) == whole.facts)
    // A run that begins anew replays what was found.
    var anew = resumable(folder.path)
    anew.resumes = false
    #expect(try plantedReport(anew).replayed == whole.files.count)
  }

  @Test("a journal with a cut last line loses that line only")
  func cutLine() throws {
    let whole = try undisturbed()
    let folder = try makeFolder()
    _ = try plantedReport(resumable(folder.path))
    let (name, lines) = try journal(folder)
    // The header, a chunk for every 64 of 600 cases, one search.
    #expect(lines.count == 1 + 10 + 1)
    for kept in [0, 1, 5, lines.count - 1] {
      for part in [0, lines[kept].count / 2, lines[kept].count] {
        // Without its first line a journal is begun anew, and would replay what is there.
        try FileManager.default.removeItem(atPath: folder.path + "/corpus/findings")
        let bytes = lines[..<kept].flatMap { $0 + [0x0A] } + lines[kept].prefix(part)
        try folder.write(bytes, to: name)
        #expect(ReportFacts(try plantedReport(resumable(folder.path))).digest == whole.facts.digest)
        #expect(try journal(folder).lines.count == lines.count, "\(kept) lines and \(part) bytes")
      }
    }
  }

  @Test("a damaged line is an error that names file and line, the last one too")
  func damagedLine() throws {
    let folder = try makeFolder()
    _ = try plantedReport(resumable(folder.path))
    let (name, lines) = try journal(folder)
    for damaged in [0, 1, 5, lines.count - 1] {
      for change in ["", "{}", "{\"phase\":\"random\"}", "[1,2]", "nonsense"] {
        var changed = lines
        changed[damaged] = Array(change.utf8)
        try folder.write(changed.flatMap { $0 + [0x0A] }, to: name)
        let error = #expect(throws: InputError.self) { try plantedReport(resumable(folder.path)) }
        let place = "\(folder.path)/\(name):\(damaged + 1)"
        #expect(error?.file == place, "\(change): \(error?.description ?? "")")
      }
    }
  }

  @Test("other settings, another version or another shard do not pick the journal up")
  func otherSettings() throws {
    let folder = try makeFolder()
    func small(_ change: (inout CampaignSettings) -> Void = { _ in }) -> CampaignSettings {
      var settings = plantedSettings(cases: 200)
      settings.solvers = [PlantedSolver.wrongCut]
      settings.journalFolder = folder.path + "/journals"
      settings.resumes = true
      change(&settings)
      return settings
    }
    _ = try plantedReport(small())
    let (name, lines) = try journal(folder)
    // Whoever reads this journal fails.
    try folder.write(lines[0] + [0x0A] + Array("damaged\n".utf8), to: name)
    #expect(throws: InputError.self) { try plantedReport(small()) }
    let changes: [(inout CampaignSettings) -> Void] = [
      { $0.seed = 6 }, { $0.budget = .cases(201) }, { $0.budget = .seconds(0.05) },
      { $0.firstCase = 1 }, { $0.z3 = .always }, { $0.phases = [.random] },
      { $0.limits = .init(layersMaximum: 3, tokensMaximum: 6) }, { $0.enumeration = .full },
      { $0.families = ["lattice"] }, { $0.solvers = [PlantedSolver.leak] },
      { $0.shard = Shard(index: 0, count: 2) ?? .whole },
    ]
    for (number, change) in changes.enumerated() {
      #expect(throws: Never.self, "change \(number)") { try plantedReport(small(change)) }
    }
    #expect(throws: Never.self) { try Campaign(small(), version: "other").run() }
    // The number of jobs is none of its business, nor is a run that begins anew.
    #expect(throws: InputError.self) { try plantedReport(small { $0.jobs = 2 }) }
    #expect(throws: Never.self) { try plantedReport(small { $0.resumes = false }) }
    #expect(throws: Never.self) { try plantedReport(small()) }
  }

  @Test("a replayed case that is gone is an error that names it")
  func replayedCaseGone() throws {
    let folder = try makeFolder()
    var anew = resumable(folder.path)
    anew.resumes = false
    _ = try plantedReport(anew)
    let name = try #require(folder.names("corpus/findings").first)
    _ = try plantedReport(anew)
    try FileManager.default.removeItem(atPath: folder.path + "/corpus/findings/" + name)
    let error = #expect(throws: InputError.self) { try plantedReport(resumable(folder.path)) }
    #expect(error?.description.contains("findings/\(name)") == true)
  }
}

@Suite("Jobs")
struct JobsTests {
  @Test("one job and two, and the same run again, report and store the same")
  func jobs() throws {
    var facts: [ReportFacts] = []
    var files: [[String]] = []
    for jobs in [1, 2, 1, 2] {
      let folder = try corpusWithTensor()
      var settings = plantedSettings(cases: 1_000, corpus: folder.path)
      settings.jobs = jobs
      settings.phases.insert(.enumerate)
      settings.solvers = [.wrongCut, .quantised, .noAnswer] as [PlantedSolver]
      facts.append(ReportFacts(try plantedReport(settings)))
      files.append(folder.names("findings"))
    }
    #expect(facts[0].cases == [4, 1_875, 1_000, 2])
    #expect(facts[0].findings.count == 3)
    for index in 1..<4 {
      #expect(facts[index] == facts[0])
      #expect(files[index] == files[0])
    }
  }
}

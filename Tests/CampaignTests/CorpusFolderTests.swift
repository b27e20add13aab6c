import Campaign
import CaseFiles
import Foundation
import TestSupport
import Testing

@Suite("Corpus folders")
struct CorpusFolderTests {
  /// A corpus with findings of several solvers.
  private func corpus(seeds: [UInt64] = [5]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for seed in seeds {
      // One solver at a time, so that what one seed found is no case of the next.
      for solver in [PlantedSolver.wrongCut, .quantised, .leak] {
        var settings = plantedSettings(cases: 100, corpus: folder.path)
        settings.seed = seed
        settings.phases = [.random]
        settings.solvers = [solver]
        _ = try plantedReport(settings)
      }
    }
    return folder
  }

  private func problems(_ folder: TemporaryFolder) throws -> [String] {
    try CorpusFolder(path: folder.path).lint().map { path, problem in
      "\(URL(fileURLWithPath: path).lastPathComponent): \(problem)"
    }
  }

  @Test("what a campaign stores lints clean, and so does the corpus of the repository")
  func clean() throws {
    let folder = try corpus()
    #expect(folder.names("findings").count == 3)
    #expect(try problems(folder).isEmpty)
    #expect(try CorpusFolder(path: Repository.folder + "/corpus").lint().isEmpty)
  }

  @Test("every byte that is flipped in a finding is found")
  func flipped() throws {
    let folder = try corpus()
    let name = try #require(folder.names("findings").first)
    let bytes = try #require(folder.bytes("findings/" + name))
    var numbers = TestNumbers(seed: 8)
    for position in stride(from: 0, to: bytes.count, by: isFullRun ? 1 : 23) {
      var changed = bytes
      changed[position] ^= UInt8(1 << numbers.below(7))
      try folder.write(changed, to: "findings/" + name)
      #expect(try !problems(folder).isEmpty, "byte \(position)")
    }
  }

  @Test("a file that is cut, renamed, not canonical, temporary or of another kind is found")
  func damaged() throws {
    let folder = try corpus()
    let name = try #require(folder.names("findings").first)
    let bytes = try #require(folder.bytes("findings/" + name))
    let path = "findings/" + name
    func expectProblem(_ part: String, _ sourceLine: Int = #line) throws {
      let found = try problems(folder)
      #expect(found.count == 1 && found[0].contains(part), "line \(sourceLine): \(found)")
    }
    try folder.write(bytes.dropLast(bytes.count / 3), to: path)
    try expectProblem(name)
    try folder.write(bytes + [0x20, 0x0A], to: path)
    try expectProblem("is not written as flowcheck writes it")
    try folder.write([], to: path)
    try expectProblem(name)
    try FileManager.default.removeItem(atPath: folder.path + "/" + path)
    try folder.write(bytes, to: "findings/0123456789abcdef.json")
    try expectProblem("should be called \(name)")
    try FileManager.default.removeItem(atPath: folder.path + "/findings/0123456789abcdef.json")
    try folder.write(bytes, to: path)
    #expect(try problems(folder).isEmpty)
    for other in [".\(name).17.1.tmp", "notes.txt", ".hidden.json"] {
      try folder.write(bytes, to: "findings/" + other)
      try expectProblem("\(other): is no certificate and no case")
      try FileManager.default.removeItem(atPath: folder.path + "/findings/" + other)
    }
  }

  @Test("min keeps the smallest finding of each property")
  func smallest() throws {
    let folder = try corpus(seeds: [5, 6, 7, 8, 9])
    // A larger case of the same property: the statement before it was shrunk is not at hand, so
    // that of another seed with larger sizes serves.
    let before = try CorpusFolder(path: folder.path)
    let properties = Set(before.files.compactMap { $0.file.contents.finding?.property })
    #expect(properties.count == 3)
    #expect(before.files.count > 3)
    try before.remove(before.redundant)
    let after = try CorpusFolder(path: folder.path)
    #expect(after.files.count == 3)
    #expect(after.redundant.isEmpty)
    for kept in after.files {
      let name = kept.file.contents.finding?.property
      let all = before.files.filter { $0.file.contents.finding?.property == name }
      #expect(kept.arcCount == all.map(\.arcCount).min())
    }
    #expect(after.lint().isEmpty)
  }

  @Test("merge takes over verified findings only, once")
  func merge() throws {
    let (source, target) = (try corpus(), try TemporaryFolder())
    let names = source.names("findings")
    // One is damaged, one is no case.
    let bytes = try #require(source.bytes("findings/" + names[0]))
    let text = String(decoding: bytes, as: UTF8.self)
      .replacingOccurrences(of: "\"verdict\": \"refuted\"", with: "\"verdict\": \"holds\"")
    try source.write(text, to: "findings/" + names[0])
    try source.write("notes", to: "findings/notes.txt")
    let from = try CorpusFolder(path: source.path)
    let (new, refused) = try CorpusFolder(path: target.path).adopt(from)
    #expect(new.count == 2)
    #expect(refused.count == 2)
    #expect(target.names("findings") == Array(names.dropFirst()))
    for name in names.dropFirst() {
      #expect(target.bytes("findings/" + name) == source.bytes("findings/" + name))
    }
    let (again, _) = try CorpusFolder(path: target.path).adopt(from)
    #expect(again.isEmpty)
    #expect(target.names("findings").count == 2)
    #expect(try CorpusFolder(path: target.path).lint().isEmpty)
  }

  @Test("a corpus that is not there is an error")
  func missing() throws {
    let folder = try TemporaryFolder()
    #expect(throws: InputError.self) { try CorpusFolder(path: folder.path + "/none") }
  }
}

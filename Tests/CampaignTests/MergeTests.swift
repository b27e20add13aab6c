import Campaign
import CaseFiles
import Foundation
import TestSupport
import Testing

@Suite("Merging shards")
struct MergeTests {
  /// The manifests of a campaign's shards, in a folder of their own.
  private func manifests(
    _ count: Int, seed: UInt64 = 5, in folder: TemporaryFolder, _ prefix: String
  ) throws -> [String] {
    try (0..<count).map { index in
      var settings = plantedSettings(cases: 300)
      settings.seed = seed
      settings.solvers = [PlantedSolver.wrongCut]
      settings.shard = try #require(Shard(index: index, count: count))
      let path = folder.path + "/\(prefix)\(index + 1).json"
      settings.manifest = path
      _ = try plantedReport(settings)
      return path
    }
  }

  @Test("shards that are missing are named")
  func gaps() throws {
    let folder = try TemporaryFolder()
    let paths = try manifests(3, in: folder, "a")
    #expect(throws: MergeError.missing(["2/3"])) { try mergeShards([paths[0], paths[2]]) }
    #expect(throws: MergeError.missing(["1/3", "3/3"])) { try mergeShards([paths[1]]) }
    #expect(throws: MergeError.missing(["all"])) { try mergeShards([]) }
  }

  @Test("a shard that was interrupted leaves a gap")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    var paths = try manifests(2, in: folder, "a")
    var settings = plantedSettings(cases: 300)
    settings.solvers = [PlantedSolver.wrongCut]
    settings.shard = try #require(Shard(index: 1, count: 2))
    settings.manifest = folder.path + "/cut.json"
    _ = try Campaign(settings, version: "test").run(isInterrupted: { true })
    paths[1] = try #require(settings.manifest)
    #expect(throws: MergeError.missing(["chunks of the phase random"])) { try mergeShards(paths) }
  }

  @Test("two manifests of one shard overlap")
  func overlap() throws {
    let folder = try TemporaryFolder()
    let paths = try manifests(2, in: folder, "a")
    let copy = try folder.write(folder.bytes("a2.json") ?? [], to: "copy.json")
    #expect(throws: MergeError.overlap(file: copy, other: paths[1], shard: "2/2")) {
      try mergeShards(paths + [copy])
    }
  }

  @Test("other seeds, other numbers of shards and another corpus do not mix")
  func mixed() throws {
    let folder = try TemporaryFolder()
    let paths = try manifests(2, in: folder, "a")
    for other in [
      try manifests(2, seed: 6, in: folder, "b")[1], try manifests(3, in: folder, "c")[1],
    ] {
      #expect(throws: MergeError.mixed(file: other, other: paths[0])) {
        try mergeShards([paths[0], other])
      }
    }
    let corpus = try corpusWithTensor()
    var settings = plantedSettings(cases: 300, corpus: corpus.path)
    settings.solvers = [PlantedSolver.wrongCut]
    settings.shard = try #require(Shard(index: 1, count: 2))
    settings.manifest = folder.path + "/d.json"
    _ = try plantedReport(settings)
    #expect(throws: MergeError.mixed(file: folder.path + "/d.json", other: paths[0])) {
      try mergeShards([paths[0], folder.path + "/d.json"])
    }
  }

  @Test("a manifest that was changed is refused, and the error names the field")
  func tampered() throws {
    let folder = try TemporaryFolder()
    let paths = try manifests(1, in: folder, "a")
    let text = String(decoding: folder.bytes("a1.json") ?? [], as: UTF8.self)
    #expect(try mergeShards(paths).hasFailure)
    for (old, new, place) in [
      ("flowcheck-shard/1", "flowcheck-shard/2", "flowcheck-shard/2"),
      ("\"seed\": 5", "\"seed\": 6", "seal"), ("\"seed\": 5", "\"seed\": -5", "seed"),
      ("\"seed\": 5", "\"sead\": 5", "sead"), ("\"shard\": \"1/1\"", "\"shard\": \"2/1\"", "2/1"),
      ("\"phase\": \"random\", \"chunks\": 5", "\"phase\": \"random\", \"chunks\": 4", "seal"),
      ("\"phase\": \"random\", \"chunks\": 5", "\"phase\": \"nap\", \"chunks\": 5", "phases[1]"),
      ("\"tally\": [", "\"tally\": [9223372036854775807, ", "properties[0].tally"),
      ("\"tally\": [", "\"tally\": [1, ", "properties[0].tally"),
      ("\"random\": {\n      \"0\"", "\"random\": {\n      \"x\"", "digests.random"),
      ("\"crash\": false", "\"crash\": true", "seal"),
      ("\"crash\": false", "\"crash\": 0", "crash"),
      ("\"verdict\": \"refuted\"", "\"verdict\": \"certain\"", "findings[0]"),
      ("\"position\": ", "\"position\": 1", "seal"),
      ("\"property\": \"maximum-flow/wrong-cut\"", "\"property\": \"x\"", "findings[0]"),
    ] {
      let changed = text.replacingOccurrences(of: old, with: new)
      #expect(changed != text, "\(old)")
      let path = try folder.write(changed, to: "changed.json")
      let error = #expect(throws: InputError.self) { try mergeShards([path]) }
      #expect(error?.description.contains(place) == true, "\(new): \(error?.description ?? "")")
    }
    for length in stride(from: 0, to: text.utf8.count - 2, by: 97) {
      let path = try folder.write(Array(text.utf8.prefix(length)), to: "cut.json")
      #expect(throws: InputError.self) { try mergeShards([path]) }
    }
  }
}

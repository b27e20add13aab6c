import Foundation
import TestSupport
import Testing

/// A short campaign.
private let campaign = ["fuzz", "--cases", "100", "--phases", "random", "--z3", "never"]

@Suite("fuzz and its journal")
struct JournalCommandTests {
  @Test("where no journal can be written a run goes on without, unless it is to be resumed")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    // Unlike a folder that nobody may write to, this stops the superuser too.
    try folder.write("a file", to: ".flowcheck")
    let run = try flowcheck(words: campaign, in: folder.path)
    #expect(run.exitCode == 0)
    #expect(run.output.contains("100 random cases"))
    #expect(run.errors.hasPrefix("warning: .flowcheck/"))
    #expect(run.errors.contains("the journal cannot be written: Not a directory"))
    #expect(run.errors.hasSuffix("; this run goes on without a journal\n"))
    let resumed = try flowcheck(words: campaign + ["--resume"], in: folder.path)
    #expect(resumed.exitCode == 5)
    #expect(resumed.output.isEmpty)
    #expect(resumed.errors.contains("the journal cannot be written"))
  }

  @Test("a shard whose manifest cannot be written does not begin")
  func manifest() throws {
    let folder = try TemporaryFolder()
    try folder.write("a file", to: ".flowcheck")
    let long = ["fuzz", "--cases", "1000000000", "--phases", "random", "--shard", "1/2"]
    let run = try flowcheck(words: long, in: folder.path)
    #expect(run.exitCode == 5)
    #expect(run.errors.contains(".flowcheck/shard-1-of-2.json"))
    let elsewhere = ["--shard", "1/2", "--manifest", "shard.json"]
    #expect(try flowcheck(words: campaign + elsewhere, in: folder.path).exitCode == 0)
    #expect(folder.names() == [".flowcheck", "shard.json"])
  }

  @Test("of two runs with the same settings one has the journal, and --resume waits for it")
  func twoRuns() throws {
    let folder = try TemporaryFolder()
    #expect(try flowcheck(words: campaign, in: folder.path).errors.isEmpty)
    let name = try #require(folder.names(".flowcheck").first)
    let before = folder.bytes(".flowcheck/" + name)
    #expect(before?.isEmpty == false)
    // The lock of a run that is under way.
    let descriptor = open("\(folder.path)/.flowcheck/\(name)", O_WRONLY | O_CLOEXEC)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let second = try flowcheck(words: campaign, in: folder.path)
    #expect(second.exitCode == 0)
    #expect(second.errors.contains("a run with the same settings writes to this journal now"))
    #expect(second.errors.contains("goes on without a journal"))
    #expect(second.output.contains("100 random cases"))
    let resumed = try flowcheck(words: campaign + ["--resume"], in: folder.path)
    #expect(resumed.exitCode == 75)
    #expect(resumed.output.isEmpty)
    #expect(folder.bytes(".flowcheck/" + name) == before)
    let other = try flowcheck(words: campaign + ["--seed", "1"], in: folder.path)
    #expect(other.errors.isEmpty)
    close(descriptor)
    let last = try flowcheck(words: campaign + ["--resume"], in: folder.path)
    #expect(last.exitCode == 0)
    #expect(last.errors.isEmpty)
  }

  @Test("a run that only goes on with a journal does not give a rate, nor does merge")
  func rates() throws {
    let folder = try TemporaryFolder()
    let first = try flowcheck(words: campaign, in: folder.path)
    #expect(first.output.contains(" a second), 0 replayed"))
    let resumed = try flowcheck(words: campaign + ["--resume"], in: folder.path)
    #expect(resumed.output.contains("100 random cases, 0 replayed"))
    let shard = ["--shard", "1/1", "--manifest", "a.json"]
    _ = try flowcheck(words: campaign + shard, in: folder.path)
    let merged = try flowcheck("merge", "a.json", in: folder.path)
    #expect(merged.output.contains("100 random cases, 0 replayed"))
  }
}

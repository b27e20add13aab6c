import CaseFiles
import Foundation
import TestSupport
import Testing

@Suite("mutants")
struct MutantsCommandTests {
  private let words = ["mutants", "--phases", "random", "--cases", "300"]

  @Test("a mutant is killed under every seed, and what was chosen is all that is tried")
  func killed() throws {
    let chosen = ["--mutant", "report", "--seeds", "2", "--json", "--jobs", "2"]
    let run = try flowcheck(words: words + chosen)
    #expect(run.exitCode == 0, "\(run.errors)")
    let report = try parsedJSON(run.output)
    let results = try #require(report["results"]?.asArray)
    #expect(results.count > 3)
    #expect(report["mutants"]?.asInt == results.count)
    #expect(report["tried"]?.asInt == results.count)
    #expect(report["killed"]?.asInt == results.count)
    #expect(report["interrupted"]?.asBool == false)
    for result in results {
      #expect(result["family"]?.asString == "report")
      #expect(result["kills"]?.asInt == 2)
      #expect(result["seeds"]?.asArray?.compactMap { $0["seed"]?.asInt } == [0, 1])
    }
  }

  @Test(
    "a signal ends the trials within a second, and what is known is printed", arguments: [2, 15])
  func interrupted(signal: Int32) throws {
    let process = try CommandProcess(words + ["--seeds", "10000", "--json"])
    Thread.sleep(forTimeInterval: 1)
    let start = Date()
    process.send(signal)
    let run = process.wait()
    #expect(Date().timeIntervalSince(start) < 1)
    #expect(run.exitCode == 128 + signal)
    let report = try parsedJSON(run.output)
    #expect(report["interrupted"]?.asBool == true)
    let results = try #require(report["results"]?.asArray)
    #expect(results.count < (try #require(report["mutants"]?.asInt)))
    // The first mutant is killed in no time, under many seeds by now.
    #expect((results.first?["kills"]?.asInt ?? 0) > 0)
  }

  @Test("an interrupted table says how much of it there is")
  func interruptedTable() throws {
    let process = try CommandProcess(words + ["--seeds", "10000"])
    Thread.sleep(forTimeInterval: 1)
    process.send(2)
    let run = process.wait()
    #expect(run.exitCode == 130)
    #expect(run.output.hasPrefix("mutant"))
    #expect(run.output.contains("interrupted: of 142 mutants, "))
  }

  @Test("one mutant of each family is killed in a process of its own too")
  func throughProtocol() throws {
    let names = [
      "augmenting-path/visited-kept", "blocking-flow", "push-relabel/sink-passes-on",
      "adapter", "numbers", "report/stale-flow", "regularised/dual-sign", "shapley/rounded",
    ]
    let chosen = names.flatMap { ["--mutant", $0] }
    let run = try flowcheck(
      words: ["mutants", "--through-protocol", "--phases", "random", "--seeds", "1", "--jobs", "2"]
        + chosen)
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
  }

  @Test("through the protocol, solvers without a fault raise no alarm")
  func faultlessThroughProtocol() throws {
    let run = try flowcheck(
      words: words + ["--through-protocol", "--faultless", "--seeds", "1", "--jobs", "2"])
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("0 false alarms on 9 solvers"))
  }

  @Test(
    "every mutant is killed in a process of its own under three seeds", .tags(.long),
    .onlyInFullRuns)
  func allThroughProtocol() throws {
    let run = try flowcheck(
      words: ["mutants", "--through-protocol", "--seeds", "3", "--jobs", "2", "--json"])
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    let report = try parsedJSON(run.output)
    #expect(report["tried"]?.asInt == 141)
    #expect(report["killed"]?.asInt == 141)
    #expect(run.errors.contains("regularised/false-radius is left out"))
  }
}

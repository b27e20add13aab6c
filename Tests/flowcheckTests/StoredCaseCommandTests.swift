// The commands about stored cases: corpus, replay, shrink. The cases are certificates that 'check'
// wrote, with a finding put in, so that nothing has to be wrong with the program.
import CaseFiles
import Foundation
import TestSupport
import Testing

/// A case about an ambiguous tensor whose property really holds.
private func storedCase(
  _ replay: CaseFile.Finding.Replay = .pass, property: String = "undetermined-arcs",
  tensor: String = SampleFile.ambiguous
) throws -> CaseFile {
  let folder = try TemporaryFolder()
  let path = try folder.write(tensor, to: "t.json")
  let certificate = folder.path + "/c.json"
  let run = try flowcheck("check", path, "--certificate", certificate, "--z3", "never")
  #expect(run.exitCode == 0)
  var file = try CaseFile.read(try InputFile(path: certificate)).contents
  file.finding = CaseFile.Finding(
    property: property, expected: "holds", verdict: "refuted", replay: replay, detail: "once")
  return file
}

@Suite("corpus")
struct CorpusCommandTests {
  private func corpus(_ cases: [CaseFile]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/findings", withIntermediateDirectories: true)
    for file in cases { try folder.write(file.bytes, to: "findings/" + file.contentName) }
    return folder
  }

  @Test("list names every case with size, property, verdict and replay")
  func list() throws {
    let file = try storedCase(.expectedFailure)
    let folder = try corpus([file])
    let run = try flowcheck("corpus", "list", folder.path)
    #expect(run.exitCode == 0)
    for part in [file.contentName, "undetermined-arcs", "refuted", "expected-failure"] {
      #expect(run.output.contains(part))
    }
    let json = try parsedJSON(try flowcheck("corpus", "list", folder.path, "--json").output)
    let entry = try #require(json.asArray?.first)
    #expect(entry.keys == ["file", "arcs", "property", "verdict", "replay", "about"])
    #expect(entry["file"]?.asString == "\(folder.path)/findings/\(file.contentName)")
    #expect(entry["arcs"]?.asInt == 12)
    #expect(entry["replay"]?.asString == "expected-failure")
  }

  @Test("lint ends with 0 when all is well, and with 1 and the file when not")
  func lint() throws {
    let file = try storedCase()
    let folder = try corpus([file])
    let clean = try flowcheck("corpus", "lint", folder.path)
    #expect(clean.exitCode == 0)
    #expect(clean.output == "1 file, 0 problems\n")
    #expect(try flowcheck("corpus", "lint").exitCode == 0)
    try folder.write(file.bytes.dropLast(40), to: "findings/0123456789abcdef.json")
    try folder.write("x", to: "findings/.a.json.1.1.tmp")
    let run = try flowcheck("corpus", "lint", folder.path)
    #expect(run.exitCode == 1)
    #expect(run.output.contains("0123456789abcdef.json"))
    #expect(run.output.contains(".a.json.1.1.tmp: is no certificate and no case"))
    #expect(run.output.hasSuffix("1 file, 2 problems\n"))
    let json = try parsedJSON(try flowcheck("corpus", "lint", folder.path, "--json").output)
    #expect(json.asArray?.map(\.keys) == [["file", "problem"], ["file", "problem"]])
  }

  @Test("min removes the larger of two cases of one property, and --dry-run only says so")
  func min() throws {
    let (small, large) = (try storedCase(), try storedCase(tensor: SampleFile.threeTokens))
    let other = try storedCase(property: "attribution-intervals", tensor: SampleFile.threeTokens)
    let folder = try corpus([small, large, other])
    let path = "\(folder.path)/findings/\(large.contentName)\n"
    let dry = try flowcheck("corpus", "min", folder.path, "--dry-run")
    #expect(dry.exitCode == 0 && dry.output == path)
    #expect(folder.names("findings").count == 3)
    let run = try flowcheck("corpus", "min", folder.path)
    #expect(run.exitCode == 0 && run.output == path)
    #expect(Set(folder.names("findings")) == [small.contentName, other.contentName])
    #expect(try flowcheck("corpus", "min", folder.path).output.isEmpty)
  }

  @Test("merge takes over what is valid, names what it refuses, and does nothing twice")
  func merge() throws {
    let (first, second) = (try storedCase(), try storedCase(property: "attribution-intervals"))
    let (target, source) = (try corpus([first]), try corpus([first, second]))
    let words = ["corpus", "merge", target.path, source.path]
    let run = try flowcheck(words: words)
    #expect(run.exitCode == 0)
    #expect(run.output == "\(target.path)/findings/\(second.contentName)\n")
    let again = try flowcheck(words: words)
    #expect(again.exitCode == 0 && again.output.isEmpty)
    try source.write("{}", to: "findings/bad.json")
    let bad = try flowcheck(words: words)
    #expect(bad.exitCode == 1)
    #expect(bad.errors.contains("refused: \(source.path)/findings/bad.json"))
    #expect(target.names("findings").count == 2)
  }

  @Test("wrong words end with 2, and a folder that is not there with 5")
  func words() throws {
    for words in [
      [], ["sort"], ["list", "a", "b"], ["merge", "a"], ["list", "--dry-run"], ["min", "--json"],
    ] {
      #expect(try flowcheck(words: ["corpus"] + words).exitCode == 2, "\(words)")
    }
    for action in ["list", "lint", "min"] {
      #expect(try flowcheck("corpus", action, "/no/such/folder").exitCode == 5)
    }
  }
}

@Suite("replay and shrink")
struct ReplayCommandTests {
  private func run(_ command: String, _ file: CaseFile, _ words: String...) throws -> CommandRun {
    let folder = try TemporaryFolder()
    let path = try folder.write(file.bytes, to: "case.json")
    return try flowcheck(words: [command, path] + words, in: folder.path)
  }

  @Test("a case that passes ends with 0, and with 1 if it is known to fail")
  func replay() throws {
    let passes = try run("replay", try storedCase())
    #expect(passes.exitCode == 0)
    #expect(passes.output.contains("undetermined-arcs: holds"))
    let known = try run("replay", try storedCase(.expectedFailure))
    #expect(known.exitCode == 1)
    #expect(known.output.contains("holds, and should be a failure"))
    let json = try parsedJSON(
      try run("replay", try storedCase(.expectedFailure), "--json").output)
    let entry = try #require(json.asArray?.first)
    #expect(
      entry.keys == ["file", "property", "verdict", "expected", "asExpected", "detail"])
    #expect(entry["asExpected"]?.asBool == false)
    #expect(entry["expected"]?.asString == "a failure")
  }

  @Test("a certificate is tried on all properties, several files one after the other")
  func certificates() throws {
    let witness = Repository.folder + "/corpus/witness/"
    let names = try FileManager.default.contentsOfDirectory(atPath: witness).sorted()
    let paths = names.filter { !$0.hasPrefix("claim-") }.map { witness + $0 }
    #expect(paths.count == 3)
    let run = try flowcheck(words: ["replay"] + paths)
    #expect(run.exitCode == 0, "\(run.output)")
    #expect(!run.output.contains(": claim/"))
    for path in paths { #expect(run.output.contains("\(path): maximum-flow/dinic: holds")) }
  }

  @Test("a stored witness refutes its claim again, and the kernel alone accepts its proof")
  func claimWitnesses() throws {
    let witness = Repository.folder + "/corpus/witness/"
    let names = try FileManager.default.contentsOfDirectory(atPath: witness).sorted()
    let paths = names.filter { $0.hasPrefix("claim-") }.map { witness + $0 }
    #expect(paths.count == 15)
    let run = try flowcheck(words: ["replay"] + paths)
    #expect(run.exitCode == 0, "\(run.output)")
    for path in paths { #expect(run.output.contains("\(path): claim/")) }
    #expect(run.output.components(separatedBy: ": refuted: ").count == paths.count + 1)
    let verified = try flowcheck(words: ["verify"] + paths)
    #expect(verified.exitCode == 0)
    #expect(verified.output.components(separatedBy: ": valid\n").count == paths.count + 1)
  }

  @Test("a stored witness has the game of its claim, which the kernel accepts or refuses")
  func claimGames() throws {
    let file = Repository.folder + "/corpus/witness/claim-l2-symmetry.json"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let game = try #require(try parsedJSON(text)["game"]?["games"]?.asArray?.first)
    #expect(game["shapley"]?.asArray?.map(\.asString) == ["5/6", "5/6"])
    #expect(game["coalitions"]?.asArray?.count == 4)
    let other = text.replacing(#"["5/6", "5/6"]"#, with: #"["2/3", "1"]"#)
    #expect(other != text)
    let folder = try TemporaryFolder()
    let changed = folder.path + "/changed.json"
    try folder.write(Array(other.utf8), to: "changed.json")
    let run = try flowcheck("verify", changed)
    #expect(run.exitCode == 1)
    #expect(run.output.contains("game.games[0].shapley"), "\(run.output)")
  }

  @Test("a property that does not exist and a file that is none end with 5")
  func badInput() throws {
    for command in ["replay", "shrink"] {
      let unknown = try run(command, try storedCase(property: "no-such-property"))
      #expect(unknown.exitCode == 5)
      #expect(unknown.errors.contains("no-such-property"))
      #expect(unknown.output.isEmpty)
      #expect(try flowcheck(command, "/no/such/file.json").exitCode == 5)
      #expect(try flowcheck(command, Repository.attention + "p01_word.avg.f32.npy").exitCode == 5)
      #expect(try flowcheck(command).exitCode == 2)
    }
    let certificate = Repository.folder + "/corpus/witness/bottom-tokens-ambiguous.json"
    #expect(try flowcheck("shrink", certificate).exitCode == 5)
  }

  @Test("a case that does not fail cannot be made smaller, which is 1 and says so")
  func shrink() throws {
    let run = try run("shrink", try storedCase(.expectedFailure), "-o", "smaller.json")
    #expect(run.exitCode == 1)
    #expect(run.errors.contains("undetermined-arcs does not fail"))
  }

  @Test("in a campaign a known failure that passes is a failure, and others are not")
  func campaign() throws {
    for (replay, code) in [(CaseFile.Finding.Replay.pass, 0), (.expectedFailure, 1)] {
      let file = try storedCase(replay)
      let folder = try TemporaryFolder()
      try folder.write(file.bytes, to: "corpus/findings/" + file.contentName)
      let run = try flowcheck("fuzz", "--phases", "replay", "--json", in: folder.path)
      #expect(run.exitCode == Int32(code), "\(run.errors)")
      let findings = try parsedJSON(run.output)["findings"]?.asArray ?? []
      #expect(findings.count == code)
      #expect(folder.names("corpus/findings").count == 1)
      for finding in findings {
        #expect(finding["property"]?.asString == "undetermined-arcs")
        #expect(finding["case"]?.asString == "replay findings/\(file.contentName)")
      }
    }
  }
}

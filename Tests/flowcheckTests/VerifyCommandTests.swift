import CaseFiles
import Foundation
import TestSupport
import Testing

@Suite("verify")
struct VerifyCommandTests {
  /// Certificates of all kinds of statements, by name, in a folder of their own.
  private func certificates() throws -> (folder: TemporaryFolder, paths: [String]) {
    let folder = try TemporaryFolder()
    var paths: [String] = []
    for (name, file, words) in [
      ("real", Repository.attention + "p03_two.avg.f32.npy", []),
      ("residual", Repository.attention + "p01_word.avg.f32.npy", ["--residual"]),
      ("single", Repository.attention + "p01_word.avg.f32.npy", ["--mode", "single:1"]),
      ("network", try folder.write(SampleFile.network, to: "n.json"), []),
      ("dimacs", try folder.write(SampleFile.dimacs, to: "n.max"), []),
      ("token", try folder.write(SampleFile.oneToken, to: "t.json"), []),
      ("unique", try folder.write(SampleFile.oneLayer, to: "u.json"), []),
      ("ambiguous", try folder.write(SampleFile.ambiguous, to: "a.json"), []),
    ] {
      let path = folder.path + "/\(name).certificate.json"
      let run = try flowcheck(
        words: ["check", file, "--certificate", path, "--z3", "never"] + words)
      #expect(run.exitCode == 0, "\(name): \(run.errors)")
      paths.append(path)
    }
    return (folder, paths)
  }

  @Test("what check writes is valid, one file at a time and all together")
  func valid() throws {
    let (folder, paths) = try certificates()
    for path in paths {
      let run = try flowcheck("verify", path)
      #expect(run.exitCode == 0, "\(path)")
      #expect(run.output == "\(path): valid\n")
      #expect(run.errors.isEmpty)
    }
    let all = try flowcheck(words: ["verify"] + paths)
    #expect(all.exitCode == 0)
    #expect(all.output == paths.map { "\($0): valid\n" }.joined())
    let json = try parsedJSON(try flowcheck(words: ["verify", "--json"] + paths).output)
    #expect(json.asArray?.count == paths.count)
    for (entry, path) in zip(json.asArray ?? [], paths) {
      #expect(entry.keys == ["file", "valid"])
      #expect(entry["file"]?.asString == path)
      #expect(entry["valid"]?.asBool == true)
    }
    withExtendedLifetime(folder) {}
  }

  @Test("a tampered file among good ones gives 1 and is named with the field")
  func tampered() throws {
    let (folder, paths) = try certificates()
    let text = String(
      decoding: FileManager.default.contents(atPath: paths[6]) ?? Data(), as: UTF8.self)
    let bad = try folder.write(
      text.replacingOccurrences(of: "\"certainPairs\": 1", with: "\"certainPairs\": 0"),
      to: "bad.json")
    let run = try flowcheck("verify", paths[0], bad, paths[1])
    #expect(run.exitCode == 1)
    #expect(run.output.contains("\(bad): invalid: answer.certainPairs"))
    #expect(run.output.contains("\(paths[0]): valid"))
    let json = try parsedJSON(try flowcheck("verify", "--json", bad).output)
    #expect(json.asArray?.first?.keys == ["file", "valid", "field", "reason"])
    #expect(json.asArray?.first?["valid"]?.asBool == false)
  }

  @Test("an unparsable file gives 5 and nothing on standard output, also among good ones")
  func unparsable() throws {
    let (folder, paths) = try certificates()
    let whole = FileManager.default.contents(atPath: paths[3]) ?? Data()
    for (name, bytes) in [
      ("cut.json", Array(whole.prefix(whole.count / 2))), ("empty.json", []),
      ("text.json", Array("once".utf8)), ("list.json", Array("[]".utf8)),
      ("object.json", Array("{}".utf8)),
      ("other.json", Array(#"{"format": "flowcheck-certificate/2"}"#.utf8)),
      ("tensor.json", Array(SampleFile.oneLayer.utf8)),
      ("deep.json", Array(String(repeating: "[", count: 100_000).utf8)),
      ("binary.json", [0xff, 0xfe, 0x00]),
    ] as [(String, [UInt8])] {
      let path = try folder.write(bytes, to: name)
      expectBadInput(try flowcheck("verify", path), names: [name])
      let both = try flowcheck("verify", paths[0], path)
      #expect(both.exitCode == 5)
      #expect(both.output.isEmpty)
      #expect(both.errors.contains(name) && both.errors.contains("\(paths[0]): valid"))
    }
  }

  @Test("a certificate can be checked, solved and exported like the file it came from")
  func subjects() throws {
    let (folder, paths) = try certificates()
    for path in paths {
      let answer = try checked(path, "--z3", "never")
      let stored = try parsedJSON(
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self))
      #expect(answer["valueExact"] == stored["answer"]?["value"])
      #expect(answer["undeterminedArcs"] == stored["answer"]?["undeterminedArcs"])
      #expect(try flowcheck("solve", path).exitCode == 0)
      #expect(try flowcheck("export", path, "--format", "dimacs").exitCode == 0)
      // A second certificate, made from the first, is valid too.
      let again = folder.path + "/again.json"
      _ = try checked(path, "--certificate", again, "--z3", "never")
      #expect(try flowcheck("verify", again).exitCode == 0)
    }
  }
}

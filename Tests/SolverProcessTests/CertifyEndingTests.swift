import Campaign
import CaseFiles
import Foundation
import TestSupport
import Testing

/// How a certification ends that does not come to its end.
extension CertifyTests {
  @Test("that a solver does not describe itself is a finding, and nothing else is told of it")
  func noSolver() throws {
    let folder = try TemporaryFolder()
    for (command, kind, code) in [
      ("echo hello", SolverCertificate.Finding.Kind.malformed, Int32(1)),
      ("sh -c 'exit 3'", .crash, 77), ("/nonexistent/solver", .crash, 77),
    ] {
      let run = try certify([command], ["-o", "c.json"], in: folder)
      #expect(run.exitCode == code)
      for words in ["finding: describe, \(kind.rawValue): describe: ", "findings: 1", command] {
        #expect(run.output.contains(words), "\(run.output)")
      }
      // Nobody knows what such a program promises, and no case was put to it.
      for word in ["tasks", "promises", "tolerance", "cases: ", "seed"] {
        #expect(!run.output.contains(word), "\(run.output)")
      }
      let file = try read("c.json", in: folder)
      #expect(file.contents.verdict == (code == 77 ? .crashed : .broken))
      #expect(file.contents.findings.map(\.kind) == [kind])
      #expect(verify(file) == .valid)
      let json = try parsedJSON(String(decoding: folder.bytes("c.json") ?? [], as: UTF8.self))
      let finding = try #require(json["findings"]?.asArray?.first)
      #expect(finding["case"] == .null && finding["arcs"]?.asDouble == 0)
      // A finding about answers needs one, whoever sealed it.
      var forged = file.contents
      forged.findings[0].kind = .wrong
      try folder.write(try forged.bytes(), to: "forged.json")
      #expect(try flowcheck("verify", "forged.json", in: folder.path).exitCode == 1)
    }
    // It is no baseline either.
    let next = try certify([PythonSolver.good], ["--baseline", "c.json"], in: folder)
    #expect(next.exitCode == 6, "\(next.errors)")
  }

  @Test("a run that is interrupted leaves a valid certificate of what it saw")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    let process = try CommandProcess(
      ["certify", "--command", PythonSolver.good, "--time", "600s", "-o", "c.json"],
      in: folder.path)
    Thread.sleep(forTimeInterval: 3)
    process.send(2)
    let run = process.wait()
    #expect(run.exitCode == 130, "\(run.output)\(run.errors)")
    let file = try read("c.json", in: folder)
    #expect(file.contents.verdict == .interrupted)
    #expect(file.contents.caseCount > 0)
    #expect(verify(file) == .valid)
    #expect(!run.output.contains("certified"))
  }

  @Test(
    "a signal before the solver has described itself is told, and leaves no file",
    arguments: [
      (["certify", "-o", "c.json"], SIGINT), (["fuzz"], SIGTERM), (["protocol-check"], SIGINT),
    ])
  func interruptedStart(_ words: [String], _ signal: Int32) throws {
    let folder = try TemporaryFolder()
    let solver = "sh -c 'echo $$ > group; exec sleep 100'"
    let process = try CommandProcess(words + ["--command", solver], in: folder.path)
    let group = try #require(number(in: folder, "group"))
    process.send(signal)
    let run = process.wait()
    #expect(run.exitCode == 128 + signal, "\(run)")
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("flowcheck \(words[0]): interrupted before "), "\(run)")
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(folder.names(".flowcheck").isEmpty && folder.bytes("c.json") == nil)
    #expect(isGone(group))
  }

  /// The number in a file that another process writes soon.
  private func number(in folder: TemporaryFolder, _ name: String) -> Int? {
    for _ in 0..<500 {
      let text = String(decoding: folder.bytes(name) ?? [], as: UTF8.self)
      if text.hasSuffix("\n"), let number = Int(text.dropLast()) { return number }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return nil
  }

  @Test("what was found is printed although a file cannot be written")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    for words in [["-o", "/dev/full"], ["--attestation", "/dev/full"]] {
      let run = try certify([planted("wraps")], cases: 20, words, in: folder)
      #expect(run.exitCode == 75)
      #expect(run.output.contains("finding: value, wrong"), "\(run)")
      #expect(run.errors.contains("/dev/full: the file cannot be written: No space left"), "\(run)")
    }
  }
}

import Campaign
import CaseFiles
import ExactArithmetic
import Foundation
import TestSupport
import Testing

@Suite("certify", .enabled(if: PythonSolver.isThere, "there is no python3"))
struct CertifyTests {
  func planted(_ kind: String, _ returns: String? = nil) -> String {
    PythonSolver.fixture("planted.py") + " \(kind)" + (returns.map { " \($0)" } ?? "")
  }

  /// Certifies a solver on random cases alone.
  func certify(
    _ commands: [String], cases: Int = 60, _ words: [String] = [], in folder: TemporaryFolder,
    sizes: String = "none"
  ) throws -> CommandRun {
    try flowcheck(
      words: ["certify"] + commands.flatMap { ["--command", $0] }
        + ["--phases", "random", "--cases", "\(cases)", "--sizes", sizes] + words,
      in: folder.path)
  }

  func read(_ name: String, in folder: TemporaryFolder) throws -> SealedSolverCertificate {
    try SolverCertificate.read(try InputFile(path: folder.path + "/" + name))
  }

  @Test("a solver that is right is certified, and its certificate is valid")
  func good() throws {
    let folder = try TemporaryFolder()
    let run = try certify(
      [PythonSolver.good], cases: 300, ["-o", "c.json"], in: folder, sizes: "4,8")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    let file = try read("c.json", in: folder)
    #expect(verify(file) == .valid)
    let certificate = file.contents
    #expect(certificate.verdict == .certified)
    #expect(certificate.findings.isEmpty)
    let solver = try #require(certificate.solvers.first)
    #expect(solver.returns == ["value", "flow", "cut", "attribution"])
    #expect(solver.tolerance.nearestDouble == 1e-9)
    // The program and the script, each under the digest that other programs compute.
    #expect(solver.files.map { $0.path.split(separator: "/").last ?? "" }.last == "edmonds_karp.py")
    #expect(solver.files.count == 2)
    for id in ["answer", "value", "flow", "cut", "attribution", "repeat"] {
      let count = try #require(certificate.properties.first { $0.id == id })
      #expect(count.isPromised && count.held > 50 && count.broken == 0, "\(count)")
    }
    let accuracy = try #require(certificate.accuracy.first)
    #expect(accuracy.cases > 200 && accuracy.residual < 1e-9 && (accuracy.digits ?? 99) > 9)
    #expect((certificate.intervalWidth?.largest ?? 0) > 0.5)
    #expect(certificate.times.map(\.tokens) == [4, 8])
    #expect(certificate.times.allSatisfy { $0.milliseconds.count == 3 && $0.answers.count == 3 })
    // What is printed with --json is what is written, and the report fits 80 columns.
    let json = try certify([PythonSolver.good], ["--json"], in: folder)
    #expect(try parsedJSON(json.output)["format"]?.asString == SolverCertificate.format)
    let wide = run.output.components(separatedBy: "\n").filter { $0.count > 80 }
    #expect(wide.allSatisfy { $0.hasPrefix("  command") || $0.hasPrefix("  reproduce") }, "\(wide)")
  }

  /// Faults, and the promises that must be found broken on at most so many arcs.
  private static let faults: [(kind: String, broken: [String], arcs: Int, code: Int32)] = [
    ("small-is-zero", ["value", "flow"], 1, 1), ("parallel-arcs", ["value", "flow", "cut"], 3, 1),
    ("wraps", ["value", "flow"], 1, 1), ("cut-without-source", ["cut"], 1, 1),
    ("crash", ["answer"], 3, 77), ("nan", ["answer"], 3, 1),
  ]

  @Test("a fault is found, made small against that solver, and refuted again without it")
  func faults() throws {
    for fault in Self.faults {
      let folder = try TemporaryFolder()
      let run = try certify([planted(fault.kind)], cases: 200, ["-o", "c.json"], in: folder)
      #expect(run.exitCode == fault.code, "\(fault.kind): \(run.output)\(run.errors)")
      let file = try read("c.json", in: folder)
      #expect(verify(file) == .valid, "\(fault.kind)")
      #expect(try flowcheck("verify", "c.json", in: folder.path).exitCode == 0)
      let findings = file.contents.findings
      for property in fault.broken {
        let finding = try #require(findings.first { $0.property == property }, "\(fault.kind)")
        #expect(finding.arcCount <= fault.arcs, "\(fault.kind): \(finding.arcCount)")
        #expect(finding.solver == fault.kind)
      }
      // One finding of a property and a kind.
      #expect(Set(findings.map(\.key)).count == findings.count)
    }
  }

  @Test("a hang costs its deadline, and is asked for a limited number of times")
  func hang() throws {
    let folder = try TemporaryFolder()
    let start = Date()
    let run = try certify(
      [planted("hang")], cases: 500, ["--deadline", "0.1s", "-o", "c.json"], in: folder)
    #expect(run.exitCode == 77)
    #expect(Date().timeIntervalSince(start) < 60)
    #expect(run.errors.contains("asked no more after 20 requests"))
    let finding = try #require(try read("c.json", in: folder).contents.findings.first)
    #expect(finding.kind == .hang && finding.property == "answer")
    #expect(finding.arcCount <= 6)
  }

  @Test("state that leaks from one request into the next is found")
  func leak() throws {
    let folder = try TemporaryFolder()
    let run = try certify([planted("twice")], ["-o", "c.json"], in: folder)
    #expect(run.exitCode == 1)
    let file = try read("c.json", in: folder)
    #expect(file.contents.findings.contains { $0.property == "repeat" })
    #expect(verify(file) == .valid)
  }

  @Test("what is not promised is reported, and is no failure")
  func notPromised() throws {
    let folder = try TemporaryFolder()
    let run = try certify(
      [planted("cut-without-source", "value,flow")], ["-o", "c.json"], in: folder)
    #expect(run.exitCode == 0, "\(run.output)")
    let contents = try read("c.json", in: folder).contents
    let cut = try #require(contents.properties.first { $0.id == "cut" })
    #expect(!cut.isPromised && cut.notPromised > 10 && cut.broken == 0)
    #expect(contents.verdict == .certified)
  }

  @Test("a contract from a file takes the place of what the solver says")
  func contract() throws {
    let folder = try TemporaryFolder()
    let promise = #"{"format": "flowcheck-contract/1", "returns": ["value"]}"#
    let path = try folder.write(promise, to: "contract.json")
    let words = ["--contract", path]
    #expect(try certify([planted("cut-without-source")], words, in: folder).exitCode == 0)
    let broken = try folder.write("{", to: "broken.json")
    #expect(
      try certify([PythonSolver.good], ["--contract", broken], in: folder).exitCode == 5)
  }

  @Test("two right solvers whose explanations differ disagree, on a small tensor")
  func differential() throws {
    let folder = try TemporaryFolder()
    let other = PythonSolver.fixture("reversed_arcs.py")
    let run = try certify([PythonSolver.good, other], cases: 100, ["-o", "c.json"], in: folder)
    #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
    let file = try read("c.json", in: folder)
    #expect(file.contents.verdict == .disagreement)
    #expect(verify(file) == .valid)
    let findings = file.contents.findings
    #expect(Set(findings.map(\.property)) == ["same-attribution", "same-ranking"])
    for finding in findings {
      #expect(finding.sentence.contains("both are right about a maximum flow"))
      #expect(finding.arcCount <= 12 && finding.answers.count == 2)
      guard case .tensor = finding.file?.statement else {
        Issue.record("no tensor: \(finding)")
        continue
      }
    }
    let same = try certify([PythonSolver.good, PythonSolver.good], cases: 100, in: folder)
    #expect(same.exitCode == 0, "\(same.output)")
    let wrong = try certify([PythonSolver.good, planted("small-is-zero")], in: folder)
    #expect(wrong.exitCode == 1)
    #expect(wrong.output.contains("small-is-zero is wrong"), "\(wrong.output)")
  }

  @Test("beside a baseline only what is new fails, and what is fixed is seen")
  func baseline() throws {
    let folder = try TemporaryFolder()
    #expect(
      try certify([planted("wraps")], cases: 80, ["-o", "old.json"], in: folder).exitCode
        == 1)
    let compare = ["--baseline", "old.json", "--fail-on", "new"]
    // The same again, with so few cases that only the baseline's own show it.
    let known = try certify([planted("wraps")], cases: 1, compare, in: folder)
    #expect(known.exitCode == 0, "\(known.output)")
    #expect(known.output.contains("known: value, wrong"))
    let fixed = try certify([PythonSolver.good], cases: 1, compare, in: folder)
    #expect(fixed.exitCode == 0)
    #expect(fixed.output.contains("fixed: value, wrong"))
    #expect(!fixed.output.contains("known"))
    let new = try certify([planted("cut-without-source")], cases: 1, compare, in: folder)
    #expect(new.exitCode == 1)
    #expect(new.output.contains("new: cut, wrong"))
    // Without the option any finding fails.
    let all = try certify(
      [planted("wraps")], cases: 1, ["--baseline", "old.json"], in: folder)
    #expect(all.exitCode == 1)
    #expect(try certify([PythonSolver.good], ["--fail-on", "new"], in: folder).exitCode == 2)
    #expect(
      try certify([PythonSolver.good], ["--baseline", "none.json"], in: folder).exitCode == 5)
  }

  @Test("a baseline that was changed is refused with its own code")
  func changedBaseline() throws {
    let folder = try TemporaryFolder()
    _ = try certify([PythonSolver.good], cases: 5, ["-o", "old.json"], in: folder)
    let bytes = try #require(folder.bytes("old.json"))
    let text = String(decoding: bytes, as: UTF8.self)
    try folder.write(text.replacing("\"seed\": \"0\"", with: "\"seed\": \"1\""), to: "new.json")
    let run = try certify([PythonSolver.good], ["--baseline", "new.json"], in: folder)
    #expect(run.exitCode == 6)
    #expect(run.errors.contains("digest"), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test("every field that is changed makes the certificate invalid")
  func tampering() throws {
    let folder = try TemporaryFolder()
    _ = try certify([planted("parallel-arcs")], ["-o", "c.json"], in: folder, sizes: "2")
    let text = String(decoding: try #require(folder.bytes("c.json")), as: UTF8.self)
    #expect(try flowcheck("verify", "c.json", in: folder.path).exitCode == 0)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var tried = 0
    for (index, line) in lines.enumerated() {
      guard let changed = otherValue(line) else { continue }
      var copy = lines
      copy[index] = changed
      try folder.write(copy.joined(separator: "\n"), to: "changed.json")
      let file: SealedSolverCertificate
      do {
        file = try read("changed.json", in: folder)
      } catch {
        // No certificate any more: also refused.
        continue
      }
      tried += 1
      #expect(verify(file) != .valid, "line \(index): \(changed)")
    }
    #expect(tried > 80)
  }

  /// The line with the last digit or letter of its value changed; nil if it holds no value.
  private func otherValue(_ line: String) -> String? {
    guard let colon = line.firstIndex(of: ":"), !line.hasSuffix("{"), !line.hasSuffix("[") else {
      return nil
    }
    var value = Array(line[colon...])
    guard let place = value.lastIndex(where: { $0.isNumber || $0.isLetter }) else { return nil }
    value[place] = value[place] == "1" ? "2" : value[place].isNumber ? "1" : "x"
    return String(line[..<colon]) + String(value)
  }

  @Test("a finding that is none is refused, whoever sealed it")
  func resealed() throws {
    let folder = try TemporaryFolder()
    _ = try certify([planted("parallel-arcs")], ["-o", "c.json"], in: folder)
    let file = try read("c.json", in: folder)
    /// Whether the certificate is refused after a change and a new seal.
    func isRefused(_ change: (inout SolverCertificate) -> Void) throws -> Bool {
      var contents = file.contents
      change(&contents)
      try folder.write(try contents.bytes(), to: "new.json")
      return try flowcheck("verify", "new.json", in: folder.path).exitCode == 1
    }
    #expect(try !isRefused { _ in })
    let place = try #require(file.contents.findings.firstIndex { $0.property == "value" })
    // The right value in place of the wrong one.
    let right = file.contents.findings[place].file?.answer?.value
    #expect(try isRefused { $0.findings[place].file?.claim?.value = right })
    #expect(try isRefused { $0.findings[place].property = "cut" })
    #expect(try isRefused { $0.findings[place].solver = "somebody" })
    #expect(try isRefused { $0.findings[place].kind = .crash })
    #expect(try isRefused { $0.findings[place].file?.claim?.tolerance = 0 })
    #expect(try isRefused { _ = $0.findings.remove(at: place) })
    #expect(try isRefused { $0.findings[place].file = nil })
    #expect(try isRefused { $0.verdict = .certified })
    #expect(try isRefused { $0.properties[0].held += 1 })
    #expect(
      try isRefused { contents in
        let index = contents.properties.firstIndex { $0.id == "value" } ?? 0
        contents.properties[index].held += contents.properties[index].broken
        contents.properties[index].broken = 0
      })
  }

  @Test("an attestation is a statement of in-toto with a test result")
  func attestation() throws {
    let folder = try TemporaryFolder()
    for (command, result) in [(PythonSolver.good, "PASSED"), (planted("wraps"), "FAILED")] {
      _ = try certify(
        [command], cases: 30, ["--attestation", "a.json", "-o", "c.json"], in: folder)
      let text = String(decoding: try #require(folder.bytes("a.json")), as: UTF8.self)
      let statement = try parsedJSON(text)
      #expect(statement["_type"]?.asString == "https://in-toto.io/Statement/v1")
      #expect(
        statement["predicateType"]?.asString == "https://in-toto.io/attestation/test-result/v0.1")
      let files = try read("c.json", in: folder).contents.solvers.flatMap(\.files)
      let subjects = try #require(statement["subject"]?.asArray)
      #expect(subjects.compactMap { $0["digest"]?["sha256"]?.asString } == files.map(\.sha256))
      #expect(subjects.allSatisfy { $0["name"]?.asString?.isEmpty == false })
      let predicate = try #require(statement["predicate"])
      #expect(predicate["result"]?.asString == result)
      let configuration = try #require(predicate["configuration"]?.asArray)
      // A resource needs a name, a link or a digest; these have names and digests.
      #expect(configuration.count == 2)
      let digests = configuration.compactMap { $0["digest"]?["sha256"]?.asString }
      let certificate = Digest.hexadecimal(of: try #require(folder.bytes("c.json")))
      #expect(digests.last == certificate)
      #expect(digests.allSatisfy { $0.count == 64 })
      let failed = predicate["failedTests"]?.asArray?.compactMap(\.asString) ?? []
      #expect(failed.isEmpty == (result == "PASSED"))
      let passed = predicate["passedTests"]?.asArray?.compactMap(\.asString) ?? []
      #expect(passed.contains { $0.hasPrefix("answer/") })
      #expect(predicate["warnedTests"]?.asArray?.isEmpty == true)
    }
  }

  @Test("what makes no sense is a mistake in the words, and nothing is started")
  func usage() throws {
    let folder = try TemporaryFolder()
    for words in [
      [], ["--command", "a", "--command", "b", "--command", "c"], ["--command", " "],
      ["--command", "a", "--sizes", "0"], ["--command", "a", "--fail-on", "old"],
      ["--command", "a", "--contract", "x", "--contract", "y"],
    ] {
      let run = try flowcheck(words: ["certify"] + words, in: folder.path)
      #expect(run.exitCode == 2, "\(words): \(run.errors)")
      #expect(run.output.isEmpty)
    }
  }

  @Test("a finding is stored as a case that replays on that solver and passes on another")
  func stored() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/corpus", withIntermediateDirectories: true)
    let solver = planted("wraps")
    _ = try certify([solver], ["--corpus", "corpus"], in: folder)
    let names = folder.names("corpus/findings")
    #expect(!names.isEmpty)
    for name in names {
      let path = "corpus/findings/\(name)"
      #expect(try flowcheck("verify", path, in: folder.path).exitCode == 0)
      let again = try flowcheck("replay", path, "--command", solver, in: folder.path)
      #expect(again.exitCode == 1, "\(again.output)\(again.errors)")
    }
  }
}

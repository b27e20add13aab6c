// What a solver, or a name in a file, can do to the machine that tries it: nothing.
import CaseFiles
import ExactArithmetic
import Foundation
import SolverInterface
import TestSupport
import Testing

@testable import SolverProcess

@Suite(.enabled(if: PythonSolver.isThere, "there is no python3"))
struct ProcessSafetyTests {
  /// Runs the built command under a measure of the most memory that it or a process it started
  /// held; in kilobytes.
  private func measured(_ words: [String], in folder: String) throws -> (CommandRun, Int) {
    let script = """
      import resource, subprocess, sys
      code = subprocess.run(sys.argv[1:]).returncode
      print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
      sys.exit(code)
      """
    let python = try #require(Program.find("python3"))
    let run = try Program.run(
      python, ["-c", script, Repository.executable] + words, in: folder)
    let line = try #require(run.output.split(separator: "\n").last { $0.hasPrefix("peak ") })
    return (run, try #require(Int(line.dropFirst("peak ".count))))
  }

  @Test(
    "a solver that prints a gigabyte leaves flowcheck below 200 MB, and is a finding",
    arguments: [
      ("misbehaving.py", "flood", "an answer of more than "),
      ("misbehaving.py", "flood-of-lines", "more than one answer"),
      ("misbehaving.py", "flood-of-messages", ""), ("misbehaving.py", "flood-of-blanks", ""),
      ("dimacs.py", "flood", "an answer of more than "),
    ])
  func memory(_ fixture: String, _ kind: String, _ sentence: String) throws {
    let folder = try TemporaryFolder()
    // Random case 0 has three nodes, on which the fixtures misbehave.
    let (run, peak) = try measured(
      [
        "fuzz", "--command", PythonSolver.fixture(fixture) + " \(kind)", "--deadline", "120s",
        "--cases", "5", "--phases", "random", "--property", "maximum-flow", "--z3", "never",
      ] + (fixture == "dimacs.py" ? ["--dimacs"] : []), in: folder.path)
    #expect(run.exitCode == (sentence.isEmpty ? 0 : 1), "\(run.output)\(run.errors)")
    if sentence != "more than one answer" {
      #expect(sentence.isEmpty || run.output.contains(sentence), "\(run.output)")
    }
    #expect(peak < 200_000, "\(peak) kB")
  }

  /// What a shell would do with names if it ever saw them: each makes a file.
  private static let names = [
    "$(touch pwned-1)", "`touch pwned-2`", "'; touch pwned-3; '", "\"; touch pwned-4; \"",
    "a\ntouch pwned-5\n", "| touch pwned-6 #", "& touch pwned-7 &",
  ]

  @Test("the command is run as it is given: its words are those that a shell would make")
  func words() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      import json, sys
      for line in sys.stdin:
          number = json.loads(line)["id"]
          print(json.dumps({"id": number, "status": "ok", "version": "|".join(sys.argv[1:])}))
          sys.stdout.flush()
      """, to: "arguments.py")
    let solver = try ExternalSolver(
      SolverCommand(
        #"env A='b  c' python3 -B '\#(folder.path)/arguments.py' 'two words' "$A" '$A' a\ b"#),
      journalFolder: folder.path)
    defer { solver.close() }
    // The shell reads the line before the environment of the program is made.
    #expect(solver.description.version == "two words||$A|a b")
  }

  @Test("names of folders, cases and solvers never reach a shell")
  func shell() throws {
    let folder = try TemporaryFolder()
    // A solver whose name, version and messages are words for a shell, and which is wrong.
    try folder.write(
      """
      import json, sys
      sys.path.insert(0, \(PythonSolver.folder.debugDescription))
      from edmonds_karp import answer
      evil = json.loads(open(sys.argv[1]).read())
      for line in sys.stdin:
          request = json.loads(line)
          good = {"id": request["id"], **answer(request)}
          if request["task"] == "describe":
              good["name"], good["version"] = evil[0], evil[1]
          else:
              good["value"] += 1
              print(evil, file=sys.stderr)
          print(json.dumps(good), flush=True)
      """, to: "evil.py")
    let json = try JSONEncoder().encode(Self.names)
    try json.write(to: URL(fileURLWithPath: folder.path + "/names.json"))
    for name in Self.names {
      let place = folder.path + "/" + name.replacing("/", with: "")
      let corpus = place + "/" + name
      try FileManager.default.createDirectory(
        atPath: corpus + "/findings", withIntermediateDirectories: true)
      let words = [
        "fuzz", "--command", "python3 -B '\(folder.path)/evil.py' '\(folder.path)/names.json'",
        "--cases", "20", "--property", "maximum-flow", "--corpus", corpus, "--json",
      ]
      let first = try flowcheck(words: words + ["--phases", "random"], in: place)
      #expect(first.exitCode == 1, "\(first.output)\(first.errors)")
      // The stored case gets a name for a shell too, and is replayed from a folder with one.
      let findings = corpus + "/findings/"
      let stored = try #require(
        try FileManager.default.contentsOfDirectory(atPath: findings).first)
      try FileManager.default.moveItem(
        atPath: findings + stored, toPath: findings + name.replacing("/", with: "") + ".json")
      let second = try flowcheck(words: words + ["--phases", "replay"], in: place)
      #expect(second.exitCode == 1, "\(second.output)\(second.errors)")
      for output in [first.output, second.output] {
        // The line that reproduces a finding is pasted into a shell, where it must say the same.
        let findings = try #require(try parsedJSON(output)["findings"]?.asArray)
        let line = try #require(findings.first?["reproduce"]?.asString)
        let pasted = line.dropFirst("flowcheck ".count)
        let run = try Program.run(
          "/bin/sh", ["-c", "'\(Repository.executable)' \(pasted)"], in: place)
        #expect(run.exitCode == 1, "\(pasted)\n\(run.output)\(run.errors)")
      }
    }
    let files = FileManager.default.enumerator(atPath: folder.path)
    let made = (files?.allObjects as? [String] ?? []).filter {
      ($0 as NSString).lastPathComponent.hasPrefix("pwned")
    }
    #expect(made == [])
  }

  @Test("a solver that hangs costs its deadline each time and nothing more")
  func hang() throws {
    let folder = try TemporaryFolder()
    let solver = try ExternalSolver(
      SolverCommand(PythonSolver.misbehaving("hang"), deadlineMilliseconds: 500),
      journalFolder: folder.path)
    defer { solver.close() }
    for _ in 0..<4 {
      // The new process after a hang is not counted: it answers before it is asked to hang.
      #expect(solver.solve(FlowRequest(try path(2, 1, 3))).value == 1)
      let start = ContinuousClock.now
      #expect(solver.solve(FlowRequest(try path(2, 1))).failure?.isCrash == true)
      let took = ContinuousClock.now - start
      #expect(took >= .milliseconds(500) && took < .seconds(2), "\(took)")
    }
  }
}

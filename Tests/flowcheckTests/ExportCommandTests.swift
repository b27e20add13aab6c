import CaseFiles
import ExactArithmetic
import Foundation
import TestSupport
import Testing

private let cvc5 = Program.find("cvc5")
private let python = Program.python(with: "networkx")

/// Runs a program and returns its standard output, or nil if it failed.
private func run(_ program: String, _ words: [String]) throws -> String? {
  let run = try Program.run(program, words)
  return run.exitCode == 0 ? run.output : nil
}

@Suite("export and generate")
struct ExportCommandTests {
  private let tensors = ["p01_word", "p02_same_pair", "p03_two"]

  @Test(
    "exports read again have the same value", arguments: ["dimacs", "json", "npy"],
    ["all", "single:1"])
  func roundTrip(format: String, mode: String) throws {
    let folder = try TemporaryFolder()
    let file = Repository.attention + "p03_two.avg.f32.npy"
    let expected = try checked(file, "--mode", mode, "--z3", "never")
    let suffix = format == "dimacs" ? "max" : format
    let path = folder.path + "/out." + suffix
    let run = try flowcheck("export", file, "--format", format, "--mode", mode, "-o", path)
    #expect(run.exitCode == 0)
    #expect(run.output.isEmpty)
    let again =
      format == "dimacs"
      ? try checked(path, "--z3", "never") : try checked(path, "--mode", mode, "--z3", "never")
    #expect(again["uniqueFlow"] == expected["uniqueFlow"])
    #expect(again["undeterminedArcs"] == expected["undeterminedArcs"])
    if format == "dimacs" {
      // Capacities are integers over the common denominator, which a comment states.
      let text = String(decoding: folder.bytes("out.max") ?? [], as: UTF8.self)
      let exact = try #require(expected["valueExact"]?.asRational)
      let value = try #require(again["valueExact"]?.asRational)
      let scale = value / exact
      #expect(scale.isInteger)
      #expect(text.contains(scale.description))
    } else {
      #expect(again["valueExact"] == expected["valueExact"])
      #expect(again["attributionMaximum"] == expected["attributionMaximum"])
    }
  }

  @Test("an export is the same on standard output as in a file, and is read again byte for byte")
  func standardOutput() throws {
    let folder = try TemporaryFolder()
    let network = try folder.write(SampleFile.network, to: "n.json")
    for format in ["dimacs", "json", "smt2"] {
      let printed = try flowcheck("export", network, "--format", format)
      #expect(printed.exitCode == 0)
      let path = folder.path + "/out.\(format == "dimacs" ? "max" : format)"
      #expect(try flowcheck("export", network, "--format", format, "-o", path).exitCode == 0)
      #expect(FileManager.default.contents(atPath: path) == Data(printed.output.utf8))
      if format != "smt2" {
        #expect(try flowcheck("export", path, "--format", format).output.hasSuffix("\n"))
      }
    }
  }

  @Test(
    "cvc5 accepts the questions about real tensors and answers them like check",
    .enabled(if: cvc5 != nil, "cvc5 is not installed (apt-get install cvc5)"),
    arguments: ["p01_word", "p02_same_pair", "p03_two"])
  func secondOpinion(name: String) throws {
    let solver = try #require(cvc5)
    let folder = try TemporaryFolder()
    let file = Repository.attention + name + ".avg.f32.npy"
    for mode in ["all", "single:0"] {
      let answer = try checked(file, "--mode", mode, "--z3", "never")
      for (question, isSatisfiable) in [
        ("second-flow", answer["uniqueFlow"]?.asBool == false),
        ("different-attribution", answer["uniqueAttribution"]?.asBool == false),
        ("larger-value", false),
      ] {
        let path = folder.path + "/q.smt2"
        let export = try flowcheck(
          "export", file, "--format", "smt2", "--question", question, "--mode", mode, "-o", path)
        #expect(export.exitCode == 0)
        let verdict = try run(solver, ["--lang", "smt2", path])
        #expect(verdict == (isSatisfiable ? "sat\n" : "unsat\n"), "\(name) \(mode) \(question)")
      }
    }
  }

  @Test(
    "cvc5 agrees that unique flows are unique",
    .enabled(if: cvc5 != nil, "cvc5 is not installed (apt-get install cvc5)"))
  func secondOpinionOnUniqueness() throws {
    let solver = try #require(cvc5)
    let folder = try TemporaryFolder()
    let unique = try folder.write(SampleFile.oneLayer, to: "u.json")
    let ambiguous = try folder.write(SampleFile.ambiguous, to: "a.json")
    for (file, question, verdict) in [
      (unique, "second-flow", "unsat\n"), (ambiguous, "second-flow", "sat\n"),
      (ambiguous, "different-attribution", "unsat\n"),
    ] {
      let path = folder.path + "/q.smt2"
      _ = try flowcheck("export", file, "--format", "smt2", "--question", question, "-o", path)
      #expect(try run(solver, ["--lang", "smt2", path]) == verdict)
    }
  }

  @Test(
    "networkx finds the same value on exported networks",
    .enabled(if: python != nil, "python3 with networkx is not installed"))
  func networkx() throws {
    let interpreter = try #require(python)
    let folder = try TemporaryFolder()
    let script = """
      import sys, networkx as nx
      g = nx.DiGraph(); s = t = None
      for line in open(sys.argv[1]):
          w = line.split()
          if w and w[0] == 'n': s, t = (w[1], t) if w[2] == 's' else (s, w[1])
          if w and w[0] == 'p': g.add_nodes_from(str(k + 1) for k in range(int(w[2])))
          if w and w[0] == 'a':
              c = g.edges[w[1], w[2]]['capacity'] if g.has_edge(w[1], w[2]) else 0
              g.add_edge(w[1], w[2], capacity=c + int(w[3]))
      print(nx.maximum_flow_value(g, s, t))
      """
    for name in tensors {
      for mode in ["all", "single:2"] {
        let path = folder.path + "/n.max"
        let file = Repository.attention + name + ".avg.f32.npy"
        _ = try flowcheck("export", file, "--format", "dimacs", "--mode", mode, "-o", path)
        let answer = try checked(path, "--z3", "never")
        let value = try run(interpreter, ["-c", script, path])
        #expect(value == (answer["valueExact"]?.asString ?? "") + "\n", "\(name) \(mode)")
      }
    }
  }

  @Test("every family makes a case that check answers, and the same one every time")
  func families() throws {
    let folder = try TemporaryFolder()
    let list = try flowcheck("generate", "--list").output.split(separator: "\n").dropFirst()
    for line in list {
      let name = String(line.prefix { $0 != " " })
      let words = ["generate", "--family", name, "--seed", "5", "--layers", "2", "--tokens", "4"]
      let path = folder.path + "/\(name).json"
      let run = try flowcheck(words: words + ["-o", path])
      #expect(run.exitCode == 0, "\(name): \(run.errors)")
      let printed = try flowcheck(words: words).output
      #expect(folder.bytes("\(name).json") == Array(printed.utf8), "\(name)")
      let answer = try flowcheck("check", path, "--json", "--z3", "never")
      #expect(answer.exitCode == 0, "\(name): \(answer.errors)")
    }
    let npy = folder.path + "/s.npy"
    #expect(try flowcheck("generate", "--family", "softmax32", "-o", npy).exitCode == 0)
    #expect(try flowcheck("check", npy, "--z3", "never").exitCode == 0)
  }
}

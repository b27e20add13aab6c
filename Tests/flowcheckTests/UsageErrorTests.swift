import TestSupport
import Testing

/// A wrong command line and what the message must name.
struct WrongLine: CustomTestStringConvertible, Sendable {
  let words: [String]
  let names: String

  init(_ line: String, names: String) {
    words = line.split(separator: " ").map { $0 == "''" ? "" : String($0) }
    self.names = names
  }

  var testDescription: String { words.joined(separator: " ") }
}

/// A tensor that is there, so that nothing else is wrong.
private let tensor = "corpus/attention/p01_word.avg.f32.npy"

private let wrongLines: [WrongLine] = [
  .init("chek", names: "check"),
  .init("nonsense", names: "nonsense"),
  .init("--json", names: "--json"),

  .init("fuzz --sed 1", names: "--seed"),
  .init("fuzz --seed", names: "--seed"),
  .init("fuzz --seed -1", names: "'-1'"),
  .init("fuzz --seed ''", names: "--seed"),
  .init("fuzz --seed 99999999999999999999", names: "from 0 to 9223372036854775807"),
  .init("fuzz --seed 1 --seed 2", names: "--seed"),
  .init("fuzz --cases 1.5", names: "--cases"),
  .init("fuzz --cases -3", names: "--cases"),
  .init("fuzz --cases 3 --time 1s", names: "exclude"),
  .init("fuzz --time 0", names: "--time"),
  .init("fuzz --time soon", names: "'soon'"),
  .init("fuzz --time -5s", names: "--time"),
  .init("fuzz --time 1e300h", names: "--time"),
  .init("fuzz --time nan", names: "--time"),
  .init("fuzz --time s", names: "--time"),
  .init("fuzz --jobs 0", names: "--jobs"),
  .init("fuzz --jobs 100000", names: "--jobs"),
  .init("fuzz --z3 perhaps", names: "always, sample, never"),
  .init("fuzz --max-layers 0", names: "--max-layers"),
  .init("fuzz --max-tokens 65", names: "--max-tokens"),
  .init("fuzz --phases replay,nothing", names: "'nothing'"),
  .init("fuzz --phases ''", names: "--phases"),
  .init("fuzz --property nothing", names: "nothing"),
  .init("fuzz --property relation --property nothing", names: "nothing"),
  .init("fuzz --first-case x", names: "--first-case"),
  .init("fuzz extra", names: "'extra'"),
  .init("fuzz --json=yes", names: "--json"),

  .init("check", names: "check FILE"),
  .init("check \(tensor) \(tensor)", names: "one word too many"),
  .init("check \(tensor) --jsn", names: "--json"),
  .init("check \(tensor) --mode some", names: "'some'"),
  .init("check \(tensor) --mode single:", names: "--mode"),
  .init("check \(tensor) --mode single:-1", names: "--mode"),
  .init("check \(tensor) --mode", names: "--mode"),
  .init("check \(tensor) --heads all", names: "--heads"),
  .init("check \(tensor) --batch -1", names: "--batch"),
  .init("check \(tensor) --batch one", names: "--batch"),
  .init("check \(tensor) --layers 3", names: "--layers"),
  .init("check \(tensor) --layers a:b", names: "--layers"),
  .init("check \(tensor) --row-tolerance -1", names: "--row-tolerance"),
  .init("check \(tensor) --row-tolerance 1/0", names: "--row-tolerance"),
  .init("check \(tensor) --row-tolerance 1e99999999", names: "--row-tolerance"),
  .init("check \(tensor) --require luck", names: "unique-flow"),
  .init("check \(tensor) --require attribution-width=", names: "--require"),
  .init("check \(tensor) --require attribution-width=-1", names: "--require"),
  .init("check \(tensor) --z3 sample", names: "always, never"),
  .init("check \(tensor) --flow", names: "--json"),
  .init("check \(tensor) --certificate", names: "--certificate"),
  .init("check \(tensor) --tokens", names: "--tokens"),
  .init("check \(tensor) --strict=1", names: "--strict"),

  .init("solve", names: "solve FILE"),
  .init("solve \(tensor) --method luck", names: "barrier, central, pairwise, rollout, attention"),
  .init("solve \(tensor) --solver simplex", names: "edmonds-karp, dinic, push-relabel, layered"),
  .init("solve \(tensor) --method rollout --solver dinic", names: "--solver"),
  .init("solve \(tensor) --method pairwise --flow", names: "--flow"),

  .init("generate", names: "--family"),
  .init("generate --family nobody", names: "'nobody'"),
  .init("generate --family uniform --layers 0", names: "--layers"),
  .init("generate --family uniform --tokens 0", names: "--tokens"),
  .init("generate --family uniform --tokens 4096 --layers 4096", names: "too large"),
  .init("generate --family uniform --seed -1", names: "--seed"),
  .init("generate --family uniform --index x", names: "--index"),
  .init("generate --family uniform -o flowcheck-never.txt", names: ".json"),
  .init("generate --family uniform here", names: "'here'"),

  .init("verify", names: "verify FILE"),
  .init("verify --strict", names: "--strict"),

  .init("export", names: "export FILE"),
  .init("export \(tensor)", names: "--format"),
  .init("export \(tensor) --format xml", names: "smt2, dimacs, npy, json"),
  .init("export \(tensor) --format json --question second-flow", names: "--question"),
  .init("export \(tensor) --format smt2 --question why", names: "--question"),
]

/// Expects exit code 2, an empty standard output, and one sentence that names something.
func expectUsageError(_ run: CommandRun, names: String) {
  #expect(run.exitCode == 2)
  #expect(run.output.isEmpty)
  let lines = run.errors.split(separator: "\n")
  #expect(lines.count == 2, "a sentence and where to find help: \(run.errors)")
  let sentence = lines.first ?? ""
  #expect(sentence.hasPrefix("flowcheck"))
  #expect(sentence.contains(names), "\(sentence)")
  #expect(sentence.hasSuffix(".") || sentence.hasSuffix("?"))
  #expect(!sentence.hasSuffix("?.") && !sentence.hasSuffix("...."))
  #expect(lines.last?.hasPrefix("Try 'flowcheck ") == true)
}

@Suite("Usage errors")
struct UsageErrorTests {
  @Test("a wrong command line ends with 2, one sentence and nothing else", arguments: wrongLines)
  func wrongLine(line: WrongLine) throws {
    expectUsageError(try flowcheck(words: line.words), names: line.names)
  }

  @Test("no words at all are a usage error that shows the commands")
  func noWords() throws {
    let run = try flowcheck()
    #expect(run.exitCode == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Usage: flowcheck COMMAND"))
  }

  @Test(
    "options about tensors do not go with a network or with a certificate",
    arguments: [
      "--mode all", "--residual", "--heads mean", "--batch 0", "--layers 0:1", "--transpose",
      "--row-tolerance 1", "--strict",
    ])
  func tensorOptions(option: String) throws {
    let folder = try TemporaryFolder()
    let network = try folder.write("p max 2 1\nn 1 s\nn 2 t\na 1 2 3\n", to: "n.max")
    let words = option.split(separator: " ").map(String.init)
    expectUsageError(try flowcheck(words: ["check", network] + words), names: words[0])
    let certificate = folder.path + "/c.json"
    #expect(try flowcheck("check", network, "--certificate", certificate).exitCode == 0)
    expectUsageError(try flowcheck(words: ["check", certificate] + words), names: words[0])
  }

  @Test("what only a tensor has is refused for a network")
  func networkWithoutTensor() throws {
    let folder = try TemporaryFolder()
    let network = try folder.write("p max 2 1\nn 1 s\nn 2 t\na 1 2 3\n", to: "n.max")
    for method in ["pairwise", "rollout", "attention"] {
      expectUsageError(try flowcheck("solve", network, "--method", method), names: method)
    }
    expectUsageError(try flowcheck("export", network, "--format", "npy"), names: ".npy")
  }

  @Test("a family that needs more tokens says so")
  func familySizes() throws {
    let list = try flowcheck("generate", "--list").output.split(separator: "\n").dropFirst()
    let names = list.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.count > 10)
    for name in names {
      let run = try flowcheck("generate", "--family", name, "--tokens", "1", "--layers", "1")
      if run.exitCode != 0 { expectUsageError(run, names: name) }
    }
  }
}

import CaseFiles
import Foundation
import TestSupport
import Testing

/// A file that cannot be read as a tensor or network, and what the message must name.
struct BadFile: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: [UInt8]
  let names: [String]

  init(_ name: String, _ bytes: [UInt8], names: String...) {
    self.name = name
    self.bytes = bytes
    self.names = names
  }

  init(_ name: String, _ text: String, names: String...) {
    self.name = name
    bytes = Array(text.utf8)
    self.names = names
  }

  var testDescription: String { name }
}

/// A .npy file of version 1.0 with a header of one's own.
private func npy(
  _ type: String, _ shape: String, data: [UInt8], order: String = "False"
) -> [UInt8] {
  var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
  header += String(repeating: " ", count: (64 - (header.utf8.count + 11) % 64) % 64) + "\n"
  let length = header.utf8.count
  return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
    + Array(header.utf8) + data
}

private func doubles(_ values: Double...) -> [UInt8] {
  values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) }
  }
}

private let half = doubles(0.5, 0.5, 0.5, 0.5)

private let badFiles: [BadFile] = [
  .init("empty.npy", [], names: "empty"),
  .init("magic.npy", [0x93, 0x4e, 0x55], names: "magic.npy"),
  .init("header.npy", Array(npy("<f8", "(1, 2, 2)", data: half).prefix(40)), names: "header"),
  .init("data.npy", npy("<f8", "(1, 2, 2)", data: Array(half.prefix(30))), names: "32", "30"),
  .init("more.npy", npy("<f8", "(1, 2, 2)", data: half + [0]), names: "more.npy"),
  .init("promise.npy", npy("<f8", "(1, 1000, 1000)", data: half), names: "8000000"),
  .init("absurd.npy", npy("<f8", "(4294967296, 4294967296, 4)", data: half), names: "absurd.npy"),
  .init("minus.npy", npy("<f8", "(1, -2, -2)", data: half), names: "-2"),
  .init("zero.npy", npy("<f8", "(0, 2, 2)", data: []), names: "zero.npy", "0"),
  .init("rank.npy", npy("<f8", "(4,)", data: half), names: "1 axis"),
  .init("oblong.npy", npy("<f8", "(2, 1, 2)", data: half), names: "oblong.npy"),
  .init("heads.npy", npy("<f8", "(1, 1, 2, 2)", data: half), names: "--heads"),
  .init(
    "nan.npy", npy("<f8", "(1, 2, 2)", data: doubles(0.5, 0.5, .nan, 1)), names: " [0][1][0]"),
  .init(
    "infinity.npy", npy("<f8", "(1, 2, 2)", data: doubles(0.5, .infinity, 0, 1)),
    names: " [0][0][1]"),
  .init(
    "negative.npy", npy("<f8", "(1, 2, 2)", data: doubles(0.5, 0.5, 0, -0.25)),
    names: " [0][1][1]", "-0.25"),
  .init("integer.npy", npy("<i8", "(1, 2, 2)", data: half), names: "integer"),
  .init("object.npy", npy("|O", "(1, 2, 2)", data: half), names: "object"),
  .init("text.npy", npy("<U4", "(1, 2, 2)", data: half), names: "text.npy"),
  .init("model.pt", [0x80, 2, 0x7d, 0x71, 0, 0x2e], names: ".npy", "numpy"),
  .init("nothing.txt", "once upon a time", names: "nothing.txt"),
  .init("brackets.json", String(repeating: "[", count: 100_000), names: "6 axes"),
  .init(
    "deep.json", #"{"about": "# + String(repeating: "[", count: 100_000), names: "deep.json:1:"),
  .init("key.json", #"{"tensor": [[[1]]], "tensor": [[[1]]]}"#, names: "tensor", "1:21"),
  .init("unknown.json", #"{"matrix": [[[1]]]}"#, names: "matrix"),
  .init("ragged.json", #"{"tensor": [[[1, 0], [1]]]}"#, names: "tensor[0][1]"),
  .init("negative.json", "{\"tensor\":\n [[[1, 0],\n [2, -1]]]}", names: "3:6", "tensor[0][1][1]"),
  .init("mixed.json", #"{"tensor": [[["1/3", 0.5], [1, 0]]]}"#, names: "mixed.json"),
  .init("word.json", #"{"tensor": [[["one"]]]}"#, names: "'one'"),
  .init("cut.json", #"{"tensor": [[[1, 0], [0,"#, names: "cut.json:1"),
  .init("more.json", #"{"tensor": [[[1]]]} {}"#, names: "more.json:1:21"),
  .init("huge.json", #"{"tensor": [[[1e400]]]}"#, names: "tensor[0][0][0]"),
  .init("empty.json", #"{"tensor": []}"#, names: "empty.json"),
  .init(
    "node.json",
    #"{"network":{"nodes":2,"source":0,"sink":1,"tails":[0],"heads":[2],"capacities":[1]}}"#,
    names: "heads[0]", "2"),
  .init(
    "loop.json",
    #"{"network":{"nodes":2,"source":1,"sink":1,"tails":[],"heads":[],"capacities":[]}}"#,
    names: "source and sink"),
  .init(
    "counts.json",
    #"{"network":{"nodes":2,"source":0,"sink":1,"tails":[0,0],"heads":[1,1],"capacities":[1]}}"#,
    names: "capacities"),
  .init(
    "sparse.json",
    #"{"nodes":100000000,"source":0,"sink":1,"tails":[0],"heads":[1],"capacities":[1]}"#,
    names: "100000000 nodes and 1 arc"),
  .init(
    "sparse.max", "p max 100000000 1\nn 1 s\nn 2 t\na 1 2 3\n",
    names: "100000000 nodes and 1 arc"),
  .init("mark.json", [0xef, 0xbb, 0xbf] + Array("[[[1]]]".utf8), names: "byte order mark"),
  .init("mark.max", [0xef, 0xbb, 0xbf] + Array("p max 2 0\n".utf8), names: "byte order mark"),
  .init("wide.json", [0xff, 0xfe, 0x5b, 0], names: "byte order mark"),
  .init("arcs.max", "p max 2 2\nn 1 s\nn 2 t\na 1 2 3\n", names: "arcs.max"),
  .init("line.max", "p max 2 1\nn 1 s\nn 2 t\na 1 2 x\n", names: "line.max:4"),
  .init("node.max", "p max 2 1\nn 1 s\nn 2 t\na 1 3 1\n", names: "node.max:4"),
]

/// Expects exit code 5, an empty standard output, and one line that names all of some things.
func expectBadInput(_ run: CommandRun, names: [String], _ comment: Comment? = nil) {
  #expect(run.exitCode == 5, comment)
  #expect(run.output.isEmpty, comment)
  let lines = run.errors.split(separator: "\n")
  #expect(lines.count == 1, "\(run.errors)")
  #expect(run.errors.utf8.count < 2_000, "\(run.errors)")
  for name in names { #expect(run.errors.contains(name), "\(name): \(run.errors)") }
}

@Suite("Bad input")
struct BadInputTests {
  @Test("a bad file ends with 5, and the message names file, field and place", arguments: badFiles)
  func badFile(file: BadFile) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(file.bytes, to: file.name)
    expectBadInput(try flowcheck("check", path), names: file.names + [file.name])
    for words in [["solve", path], ["export", path, "--format", "json"]] {
      expectBadInput(try flowcheck(words: words), names: file.names)
    }
  }

  @Test("nothing is half-written: targets stay absent, or as they were", arguments: badFiles)
  func targets(file: BadFile) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(file.bytes, to: "in/" + file.name)
    try folder.write("old", to: "out/old.json")
    for target in ["new", "old"] {
      let out = folder.path + "/out/\(target).json"
      #expect(try flowcheck("check", path, "--certificate", out).exitCode == 5)
      #expect(try flowcheck("export", path, "--format", "dimacs", "-o", out).exitCode == 5)
    }
    #expect(folder.names("out") == ["old.json"])
    #expect(folder.bytes("out/old.json") == Array("old".utf8))
  }

  @Test("a file that is missing, a folder or unreadable is named")
  func noFile() throws {
    let folder = try TemporaryFolder()
    for command in ["check", "solve", "verify"] {
      let missing = folder.path + "/missing.npy"
      expectBadInput(try flowcheck(command, missing), names: ["missing.npy"])
      expectBadInput(try flowcheck(command, folder.path), names: [folder.path, "directory"])
    }
    expectBadInput(
      try flowcheck("check", folder.path + "/missing.npz:key"), names: ["missing.npz"])
  }

  @Test(
    "a choice that the file does not offer is bad input",
    arguments: [
      ("p01_word.avg.f32.npy --mode single:3", "3"),
      ("p01_word.avg.f32.npy --mode single:99", "99"),
      ("p01_word.avg.f32.npy --layers 2:9", "9"),
      ("p01_word.avg.f32.npy --layers 2:2", "2:2"),
      ("p01_word.avg.f32.npy --heads mean", "head"),
      ("p01_word.avg.f32.npy --batch 0", "batch"),
      ("p01_word.full.f32.npy --heads 12", "12"),
      ("p01_word.full.f32.npy", "--heads"),
      ("p01_word.avg.f32.npy:key", "key"),
      ("p01_word.avg.f32.npy --tokens p06_yes.tokens.json", "6"),
      ("p01_word.avg.f32.npy --tokens missing.json", "missing.json"),
      ("p01_word.avg.f32.npy --tokens truth.json", "truth.json"),
      ("p01_word.avg.f32.npy --strict --row-tolerance 0", "row"),
      ("bundle.npz", "p06_yes"),
      ("bundle.npz:nothing", "nothing"),
      ("bundle.safetensors:nothing", "nothing"),
    ])
  func choices(words: String, names: String) throws {
    let list = ["check"] + words.split(separator: " ").map(String.init)
    let run = try flowcheck(words: list, in: Repository.folder + "/corpus/attention")
    #expect(run.exitCode == 5)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(names), "\(run.errors)")
  }

  @Test("a corpus that is not there is bad input, whatever the phases")
  func corpus() throws {
    for phases in ["replay", "random", "replay,enumerate,random"] {
      let run = try flowcheck(
        "fuzz", "--corpus", "/no/such/folder", "--cases", "1", "--phases", phases)
      expectBadInput(run, names: ["/no/such/folder"])
    }
  }

  @Test("a broken file in the corpus is named")
  func brokenCorpus() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"format": "flowcheck-case/1""#, to: "findings/cut.json")
    let run = try flowcheck("fuzz", "--corpus", folder.path, "--cases", "1")
    expectBadInput(run, names: ["findings/cut.json"])
  }

  @Test("an answer that no double can hold is bad input, and does not hang")
  func beyondDoubles() throws {
    let folder = try TemporaryFolder()
    let network = try folder.write(
      #"{"nodes":2,"source":0,"sink":1,"tails":[0],"heads":[1],"capacities":["1e400"]}"#,
      to: "n.json")
    let tensor = try folder.write(#"{"tensor": [[["1e400"]], [["1e400"]]]}"#, to: "t.json")
    for words in [
      ["check", network], ["check", network, "--json"], ["solve", network],
      ["solve", network, "--json"], ["solve", tensor, "--method", "rollout"],
      ["solve", tensor, "--method", "attention", "--json"],
      ["solve", tensor, "--method", "pairwise"],
      ["export", tensor, "--format", "npy", "-o", folder.path + "/t.npy"],
    ] {
      let run = try flowcheck(words: words)
      #expect(run.exitCode == 5, "\(words)")
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("leaves the range of binary64"))
    }
    #expect(!folder.names().contains("t.npy"))
    // The super arcs bound the value of a tensor, so this one has an answer.
    #expect(try flowcheck("check", tensor, "--json").exitCode == 0)
    #expect(try flowcheck("check", tensor).exitCode == 0)
  }

  @Test("a target in a folder that is not there is refused with the words of the system")
  func noTarget() throws {
    let run = try flowcheck(
      "generate", "--family", "uniform", "-o", "/no/such/folder/u.json")
    expectBadInput(run, names: ["/no/such/folder/u.json"])
  }
}

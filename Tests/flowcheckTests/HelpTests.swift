import CaseFiles
import Foundation
import TestSupport
import Testing

/// The commands of the program.
let commandNames = [
  "fuzz", "certify", "check", "solve", "generate", "verify", "export", "merge", "corpus", "replay",
  "shrink",
  "claims", "mutants", "protocol-check",
]

@Suite("Help")
struct HelpTests {
  @Test("every command explains itself", arguments: commandNames)
  func commands(name: String) throws {
    let run = try flowcheck(name, "--help")
    #expect(run.exitCode == 0)
    #expect(run.errors.isEmpty)
    for part in ["Usage: flowcheck \(name)", "Options:", "Example", "Exit codes:", "--help"] {
      #expect(run.output.contains(part), "\(part)")
    }
    // Exit codes begin with their number; 0 and 2 apply to every command.
    let codes = run.output.components(separatedBy: "Exit codes:\n").last ?? ""
    for code in ["  0  ", "  2  "] { #expect(codes.contains(code)) }
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(try flowcheck("help", name).output == run.output)
  }

  @Test("every line of an example is a command that the parser accepts", arguments: commandNames)
  func examples(name: String) throws {
    let help = try flowcheck(name, "--help").output
    let lines = help.split(separator: "\n").filter { $0.hasPrefix("  flowcheck ") }
    #expect(!lines.isEmpty)
    for line in lines {
      let words = shellWords(line).dropFirst()
      // With --help behind it, a line is read and not run.
      let run = try flowcheck(words: words + ["--help"])
      #expect(run.exitCode == 0, "\(line)")
    }
  }

  @Test("the program lists its commands, and --version prints one line")
  func program() throws {
    for word in ["--help", "-h", "help"] {
      let run = try flowcheck(word)
      #expect(run.exitCode == 0)
      for name in commandNames { #expect(run.output.contains("  \(name)")) }
    }
    let version = try flowcheck("--version")
    #expect(version.exitCode == 0)
    #expect(version.output.wholeMatch(of: /flowcheck [0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
    #expect(try flowcheck("generate", "--list").exitCode == 0)
  }

  @Test("fuzz lists the names that --property and --generator take, and takes each of them")
  func fuzzList() throws {
    let text = try flowcheck("fuzz", "--list")
    #expect(text.exitCode == 0)
    let list = try parsedJSON(try flowcheck("fuzz", "--list", "--json").output)
    #expect(list.keys == ["properties", "generators"])
    for (key, option) in [("properties", "--property"), ("generators", "--generator")] {
      let names = (list[key]?.asArray ?? []).compactMap { $0["name"]?.asString }
      #expect(names.count > 20)
      for name in names { #expect(text.output.contains("\n\(name) "), "\(name)") }
      let words = names.flatMap { [option, $0] } + ["--cases", "0", "--phases", "random"]
      #expect(try flowcheck(words: ["fuzz"] + words + ["--max-tokens", "8"]).exitCode == 4)
    }
  }

  @Test("help about a command that does not exist is a usage error")
  func unknownHelp() throws {
    let run = try flowcheck("help", "nonsense")
    #expect(run.exitCode == 2)
    #expect(run.output.isEmpty)
  }
}

/// The words of a line as a shell splits it that knows spaces and single quotes.
private func shellWords(_ line: Substring) -> [String] {
  line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap { part in
    part.offset % 2 == 1
      ? [String(part.element)] : part.element.split(separator: " ").map(String.init)
  }
}

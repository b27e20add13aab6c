import Foundation
import TestSupport
import Testing

/// The sessions of the README are what the program prints.
@Suite("README")
struct ReadmeTests {
  /// A command of a session, and what the README says that it prints on standard output.
  private struct Step: CustomTestStringConvertible {
    let line: String
    let output: String
    var testDescription: String { line }
  }

  @Test("every session prints what the README shows")
  func sessions() throws {
    let steps = try steps()
    #expect(steps.count >= 4)
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/corpus", withDestinationPath: Repository.folder + "/corpus")
    for step in steps {
      let words = step.line.split(separator: " ").map(String.init)
      #expect(words.first == "flowcheck", "\(step.line)")
      let run = try flowcheck(words: Array(words.dropFirst()), in: folder.path)
      let isRefused = words.contains("--require")
      #expect(run.exitCode == (isRefused ? 1 : 0), "\(step.line): \(run.errors)")
      if !step.output.isEmpty { #expect(run.output == step.output, "\(step.line)") }
    }
  }

  @Test("every command of the table has a help text, and every command is in the table")
  func table() throws {
    let readme = try text("README.md")
    let help = try flowcheck("--help").output
    let commands = help.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("  "), let word = line.split(separator: " ").first else { return nil }
      return String(word)
    }
    #expect(commands.count >= 6)
    for command in commands {
      #expect(readme.contains("| `flowcheck \(command)"), "\(command)")
    }
  }

  @Test("the map of the parts names every folder of the sources")
  func map() throws {
    let readme = try text("README.md")
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Repository.folder + "/Sources"
    ).filter { $0 != "SystemLibraries" && !$0.hasPrefix(".") }
    for folder in folders { #expect(readme.contains("`Sources/\(folder)`"), "\(folder)") }
  }

  @Test("every key of a source stands in a list of references")
  func references() throws {
    let lists = try text("README.md") + text("Sources/Generators/README.md")
    for key in ["AZ", "CG", "D", "EJ", "EK", "F", "FF", "GAF", "GT", "T", "T74", "U", "Z3"] {
      #expect(lists.contains("**[\(key)]**"), "\(key)")
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: Repository.folder + "/" + path, encoding: .utf8)
  }

  /// The commands of all blocks of the kind `console`.
  private func steps() throws -> [Step] {
    var steps: [Step] = []
    for block in try text("README.md").components(separatedBy: "```console\n").dropFirst() {
      let session = block.components(separatedBy: "```")[0]
      for part in ("\n" + session).components(separatedBy: "\n$ ").dropFirst() {
        let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let output = lines.count > 1 ? String(lines[1]) : ""
        let isLast = output.hasSuffix("\n") || output.isEmpty
        steps.append(Step(line: String(lines[0]), output: isLast ? output : output + "\n"))
      }
    }
    return steps
  }
}

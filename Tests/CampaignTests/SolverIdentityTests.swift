import Testing
import TestSupport

@testable import Campaign
@testable import CaseFiles

@Suite("Solver identity")
struct SolverIdentityTests {
  @Test("a command line has the words that a shell sees")
  func words() {
    #expect(wordsOfCommand("") == [])
    #expect(wordsOfCommand("  a  b\tc ") == ["a", "b", "c"])
    #expect(wordsOfCommand(#"'a b' "c d" e\ f"#) == ["a b", "c d", "e f"])
    #expect(wordsOfCommand(#"'a\b' "c\"d" x'y'z ''"#) == [#"a\b"#, #"c"d"#, "xyz", ""])
  }

  @Test("files are the program on the path and what other words name, each once")
  func files() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("print()\n", to: "solver.py")
    let other = try folder.write("data", to: "with space.txt")
    func names(_ line: String) -> [String] {
      filesOfCommand(line).map { String($0.path.split(separator: "/").last ?? "") }
    }
    let shell = try #require(names("sh").first)
    #expect(
      names("sh \(script) '\(other)' \(script) --flag none") == [
        shell, "solver.py", "with space.txt",
      ])
    // Behind env and variables stands the program.
    #expect(names("env A=1 sh \(script)") == ["env", shell, "solver.py"])
    #expect(names("A=1 sh") == [shell])
    #expect(names("no-such-program-at-all \(script)") == ["solver.py"])
    // A folder is no file of a solver.
    #expect(names("sh \(folder.path)") == [shell])
    // printf 'print()\n' | sha256sum
    #expect(filesOfCommand(script).first?.sha256 == Digest.hexadecimal(of: "print()\n".utf8))
  }

  @Test("a property's name in a table says what and whose it is")
  func names() {
    #expect(PropertyIdentity(name: "value/a.py").id == "value")
    #expect(PropertyIdentity(name: "value/a.py").solver == "a.py")
    #expect(PropertyIdentity(name: "l2-flow/a@1/100").id == "l2-flow@1/100")
    #expect(PropertyIdentity(name: "l2-flow/a@1/100").solver == "a")
    #expect(PropertyIdentity(name: "same-value/a/b").solver == "a/b")
    #expect(PropertyIdentity(name: "attribution-width").solver.isEmpty)
  }

  @Test("digits are those of the residual, rounded down to a tenth")
  func digitCount() {
    #expect(digits(of: 1) == 0)
    #expect(digits(of: 2) == 0)
    #expect(digits(of: 0.09) == 1)
    #expect(abs(digits(of: 1e-9) - 9) <= 0.1)
    #expect(digits(of: 2.2e-16) == 15.6)
    #expect(digits(of: .leastNonzeroMagnitude) > 300)
  }
}

import Foundation
import TestSupport
import Testing

/// The tests of `adapters/`, which are in Python and use its standard library alone.
@Suite(.enabled(if: PythonSolver.isThere, "there is no python3"))
struct AdapterTests {
  /// The tests of one file, run from the folder that they are in.
  private func run(_ name: String) throws -> (exitCode: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec python3 -B -m unittest \(name) 2>&1"]
    process.currentDirectoryURL = URL(fileURLWithPath: Repository.folder + "/adapters/tests")
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test(
    "the adapters' own tests pass, and some ran",
    arguments: ["test_exact", "test_solver"])
  func ownTests(name: String) throws {
    let (exitCode, text) = try run(name)
    #expect(exitCode == 0, "\(text)")
    #expect(text.contains(/Ran [1-9][0-9]* tests? in/), "\(text)")
  }

  @Test("every finding of the scoreboard is confirmed in fractions, independently")
  func findings() throws {
    let (exitCode, text) = try run("test_findings")
    #expect(exitCode == 0, "\(text)")
    #expect(text.contains(/Ran [1-9][0-9]* tests? in/), "\(text)")
  }
}

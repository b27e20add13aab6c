import Foundation
import TestSupport
import Testing

/// The tables of `bench/README.md`; here, beside the other tests that start Python.
@Suite(.enabled(if: PythonSolver.isThere, "there is no python3"))
struct BenchTablesTests {
  /// Runs `bench/report.py` of a folder.
  private func report(_ folder: String, _ words: String) throws -> (exitCode: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec python3 -B report.py \(words) 2>&1"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test("the tables are those of the stored results")
  func tablesAgree() throws {
    let (exitCode, text) = try report(Repository.folder + "/bench", "--check")
    #expect(exitCode == 0, "\(text)")
  }

  @Test("a changed figure is found, and writing the tables again puts it right")
  func changedFigure() throws {
    let folder = try TemporaryFolder()
    let bench = folder.path + "/bench"
    try FileManager.default.createDirectory(atPath: bench, withIntermediateDirectories: true)
    for name in ["README.md", "report.py", "results"] {
      try FileManager.default.copyItem(
        atPath: Repository.folder + "/bench/" + name, toPath: bench + "/" + name)
    }
    let original = try String(contentsOfFile: bench + "/README.md", encoding: .utf8)
    let row = try #require(original.split(separator: "\n").last { $0.hasPrefix("| 6, 12 |") })
    let changed = original.replacingOccurrences(of: row, with: row.dropLast(3) + "77 |")
    #expect(changed != original)
    try changed.write(toFile: bench + "/README.md", atomically: true, encoding: .utf8)
    let found = try report(bench, "--check")
    #expect(found.exitCode == 1 && found.text.contains("differ"), "\(found.text)")
    #expect(try report(bench, "").exitCode == 0)
    #expect(try String(contentsOfFile: bench + "/README.md", encoding: .utf8) == original)
  }
}

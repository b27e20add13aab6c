// Another solver, for a second opinion.
import Foundation
import Testing

/// Where cvc5 is installed, or nil.
let cvc5Path: String? =
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .map { "\($0)/cvc5" }
  .first { FileManager.default.isExecutableFile(atPath: $0) }

/// What cvc5 prints about a text, on both outputs, without the line break.
///
/// After `seconds` it gives up, and prints so; what it had to decide then stays open.
func runCVC5(_ text: String, seconds: Int = 60) throws -> String {
  let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).smt2")
  try Data(text.utf8).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: try #require(cvc5Path))
  process.arguments = [
    "--lang=smt2", "--strict-parsing", "--tlimit=\(seconds * 1_000)", file.path(),
  ]
  process.standardOutput = output
  process.standardError = output
  try process.run()
  let printed = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}

import Foundation
import Synchronization
import Testing

/// The exit codes that the help texts of commands list, by command, as far as they were asked for.
private let documented = Mutex<[String: Set<Int32>]>([:])

/// Notes an issue if a command ended with a code that its help text does not list.
///
/// - Parameters:
///   - code: how it ended; a negative number is the signal that ended it.
///   - words: the command line after the program's name.
func requireDocumented(_ code: Int32, of words: [String]) {
  guard let command = words.first, !command.hasPrefix("-"), code >= 0 else { return }
  let codes = documented.withLock { known in
    if let codes = known[command] { return codes }
    let codes = exitCodes(of: command)
    known[command] = codes
    return codes
  }
  // What is no command has no help text.
  if codes.isEmpty { return }
  #expect(codes.contains(code), "flowcheck \(words.joined(separator: " ")) ended with \(code)")
}

private func exitCodes(of command: String) -> Set<Int32> {
  guard let run = try? Program.run(Repository.executable, ["help", command]), run.exitCode == 0
  else { return [] }
  let list = run.output.components(separatedBy: "Exit codes:\n").last ?? ""
  let codes = list.split(separator: "\n").compactMap { line in
    line.split(separator: " ").first.flatMap { Int32($0) }
  }
  return Set(codes + (codes.contains(130) ? [143] : []))
}

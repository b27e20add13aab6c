import Foundation

/// The solvers in Python that the tests start.
enum PythonSolver {
  /// Whether there is a Python to run them with.
  static let isThere: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec python3 -c ''"]
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      return false
    }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// The folder of the scripts, without a slash at its end.
  static let folder =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Fixtures"

  /// The command line of a script of the fixtures.
  static func fixture(_ name: String) -> String { "python3 -B '\(folder)/\(name)'" }

  /// The command line of a solver that is right.
  static let good = fixture("edmonds_karp.py")

  /// The command line of a solver that does something wrong.
  static func misbehaving(_ kind: String) -> String {
    fixture("misbehaving.py") + " \(kind)"
  }
}

/// The processes of a group that have not ended; those that only wait to be waited for are none.
func livingProcesses(ofGroup group: Int) -> [String] {
  let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
  return numbers.filter { number in
    guard Int(number) != nil,
      let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
      let name = status.lastIndex(of: ")")
    else { return false }
    // After the name: state, parent, group.
    let fields = status[name...].split(separator: " ").dropFirst()
    return fields.first != "Z" && fields.dropFirst(2).first.flatMap { Int($0) } == group
  }
}

/// Whether a group that was killed has no living process, or soon has none: a busy machine takes
/// its time to end them.
func isGone(_ group: Int) -> Bool {
  for _ in 0..<100 {
    if livingProcesses(ofGroup: group).isEmpty { return true }
    Thread.sleep(forTimeInterval: 0.02)
  }
  return false
}

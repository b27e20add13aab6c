import ExactArithmetic
import Foundation
import SolverInterface
import TestSupport
import Testing

@testable import SolverProcess

/// A solver that does nothing, so that what is measured is the protocol.
private let trivialSolver = #"""
  #include <stdio.h>
  #include <stdlib.h>
  #include <string.h>
  int main(void) {
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
      char *id = strstr(line, "\"id\":");
      long number = id ? atol(id + 5) : 0;
      if (strstr(line, "\"describe\""))
        printf("{\"id\":%ld,\"status\":\"ok\",\"name\":\"trivial\"}\n", number);
      else
        printf("{\"id\":%ld,\"status\":\"optimal\",\"value\":1}\n", number);
      fflush(stdout);
    }
    return 0;
  }
  """#

@Suite struct OverheadTests {
  /// The built program, or nil without a C compiler.
  private func build(in folder: TemporaryFolder) throws -> String? {
    let source = folder.path + "/trivial.c"
    try trivialSolver.write(toFile: source, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec cc -O1 -o trivial trivial.c"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? folder.path + "/trivial" : nil
  }

  @Test("the protocol costs little a case")
  func overhead() throws {
    let folder = try TemporaryFolder()
    guard let program = try build(in: folder) else {
      withKnownIssue("there is no C compiler") { Issue.record("not measured") }
      return
    }
    let solver = try ExternalSolver(SolverCommand("'\(program)'"), journalFolder: folder.path)
    defer { solver.close() }
    let request = FlowRequest(try path(2, 1, 3))
    var times = (0..<2_000).map { _ in
      let start = ContinuousClock.now
      #expect(solver.solve(request).value == 1)
      return ContinuousClock.now - start
    }
    times.sort()
    // What half of the requests take is the machine's business; one in ten meets nobody else.
    #if DEBUG
      let limit = Duration.milliseconds(3)
    #else
      let limit = Duration.microseconds(150)
    #endif
    #expect(times[times.count / 10] < limit, "\(times[times.count / 10])")
  }
}

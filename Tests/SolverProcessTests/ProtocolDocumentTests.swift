import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import SolverInterface
import TestSupport
import Testing

@testable import SolverProcess

@Suite struct ProtocolDocumentTests {
  /// The lines of the session in the document, in pairs.
  private func session() throws -> [(request: String, answer: String)] {
    let path = PythonSolver.folder + "/../../../docs/protocol.md"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let requests = lines.filter { $0.hasPrefix("> {") }.map { String($0.dropFirst(2)) }
    let answers = lines.filter { $0.hasPrefix("< {") }.map { String($0.dropFirst(2)) }
    try #require(requests.count == 4 && answers.count == 4)
    return Array(zip(requests, answers)).map { ($0, $1) }
  }

  @Test("the requests of the document are those that are sent")
  func requests() throws {
    let session = try session()
    let describe = String(decoding: RequestText.describe(id: 0), as: UTF8.self)
    #expect(describe == session[0].request + "\n")
    for id in 1...2 {
      var reader = JSONReader(bytes: Array(session[id].request.utf8), name: "session")
      var network: FlowNetwork?
      try reader.readObject { reader, key throws(InputError) in
        if key == "network" { network = try reader.readNetwork() } else { try reader.skipValue() }
      }
      var sent = try #require(network)
      if id == 2 {
        let tensor = try EffectiveTensor(
          layers: 1, tokens: 2, entries: ExactVector([3, 1, 0, 4] as [Int64], denominator: 4))
        sent = try FlowNetwork(tensor: tensor, mode: .all)
      }
      let line = RequestText.flow(
        id: id, .maximumFlow, sent, asIntegers: false, arcs: sent.arcs,
        deadlineMilliseconds: 5_000)
      #expect(String(decoding: line, as: UTF8.self) == session[id].request + "\n")
    }
  }

  @Test("the contract of the document is one")
  func contract() throws {
    let path = PythonSolver.folder + "/../../../docs/protocol.md"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let text = try #require(lines.first { $0.hasPrefix("{\"format\": \"flowcheck-contract/1\"") })
    let folder = try TemporaryFolder()
    let file = try InputFile(path: try folder.write(String(text), to: "contract.json"))
    #expect(
      try DeclaredContract(file).contract
        == Contract(tolerance: 0, numbers: .int64, returns: [.value, .flow, .cut, .minimalCut]))
  }

  @Test("the answers of the document can be read")
  func answers() throws {
    let session = try session()
    let description = AnswerText(id: 0).readDescription(Array(session[0].answer.utf8))
    guard case .content(let found) = description else {
      Issue.record("\(description)")
      return
    }
    #expect(found.name == "edmonds-karp.py")
  }

  @Test(
    "the solver of the document gives its answers",
    .enabled(if: PythonSolver.isThere, "there is no python3"))
  func replay() throws {
    let session = try session()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec " + PythonSolver.good]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    for (request, _) in session { input.fileHandleForWriting.write(Data((request + "\n").utf8)) }
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text.split(separator: "\n").map(String.init) == session.map(\.answer))
  }
}

// Solvers of Shapley values in another process: asked by the task of the protocol, judged against
// the exact value, and stored with every coalition when they are wrong.
import CaseFiles
import Checker
import ExactArithmetic
import Foundation
import SolverInterface
import TestSupport
import Testing

@testable import SolverProcess

@Suite struct ShapleyProcessTests {
  @Test("the request is that of a maximum flow, with another task")
  func request() throws {
    let network = try path(2, 1)
    func text(_ task: FlowTask) -> String {
      String(
        decoding: RequestText.flow(
          id: 1, task, network, asIntegers: false, arcs: network.arcs, deadlineMilliseconds: 5),
        as: UTF8.self)
    }
    #expect(
      text(.shapley) == text(.maximumFlow).replacing("\"max-flow\"", with: "\"shapley\""))
  }

  @Test("an answer needs an attribution, and the value may be left out")
  func answers() throws {
    let network = try path(2, 1)
    func read(_ fields: String, _ task: FlowTask.Kind) -> ReadAnswer<FlowAnswer> {
      AnswerText(id: 4).readFlow(
        Array("{\"id\":4,\"status\":\"optimal\"\(fields)}".utf8), network, task)
    }
    guard case .content(let answer) = read(",\"attribution\":[1]", .shapley) else {
      Issue.record("not read")
      return
    }
    #expect(answer.attribution?[0] == 1 && answer.value == nil)
    guard case .wrong(let reason) = read(",\"value\":1", .shapley) else {
      Issue.record("accepted")
      return
    }
    #expect(reason == "attribution: an optimal answer about a Shapley value needs one")
    guard case .wrong("value: an optimal answer needs one") = read("", .maximumFlow) else {
      Issue.record("accepted")
      return
    }
  }

  @Test(
    "a campaign keeps a right solver, and stores the case of a wrong one with its coalitions",
    .enabled(if: PythonSolver.isThere, "there is no python3"),
    arguments: [("", 0), ("banzhaf", 1), ("silent", 1)])
  func campaign(word: String, code: Int32) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/corpus", withIntermediateDirectories: true)
    let run = try flowcheck(
      words: [
        "fuzz", "--command", "python3 -B '\(PythonSolver.folder)/coalitions.py' \(word)",
        "--task", "shapley", "--property", "shapley", "--cases", "60", "--phases", "random",
        "--max-tokens", "4", "--json",
      ], in: folder.path)
    #expect(run.exitCode == code, "\(run.errors)")
    let report = try parsedJSON(run.output)
    let properties = try #require(report["properties"]?.asArray)
    #expect(properties.map { $0["name"]?.asString } == ["shapley/coalitions.py"])
    #expect(properties[0]["cases"]?.asDouble ?? 0 >= (code == 0 ? 40 : 1))
    guard code == 1 else { return }
    let finding = try #require(report["findings"]?.asArray?.first)
    let path = folder.path + "/" + (try #require(finding["file"]?.asString))
    let contents = try CaseFile.read(try InputFile(path: path)).contents
    #expect(contents.claim?.question == .shapley)
    let verified = try flowcheck("verify", path)
    #expect(verified.exitCode == 0, "\(verified.output)")
    #expect(contents.game?.shapleyFlow != nil)
    if word == "banzhaf" {
      #expect(finding["detail"]?.asString?.contains("against the Shapley value") == true)
      // Three players are the fewest with whom the weights differ.
      #expect(contents.game?.games[0].game.playerCount == 3)
    }
  }
}

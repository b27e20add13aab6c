import Checker
import ExactArithmetic
import SolverInterface
import Testing

@testable import SolverProcess

@Suite struct AnswerTextTests {
  private func read(_ line: String) throws -> ReadAnswer<FlowAnswer> {
    AnswerText(id: 4).readFlow(Array(line.utf8), try path(2, 1))
  }

  @Test("all fields are read, in any order, exactly")
  func whole() throws {
    let line = """
      {"status":"optimal","cut":[1,0],"id":4,"potentials":[1,0.5,0],"more":{"a":[null]},\
      "flow":[1e0,4611686018427387905],"attribution":[0.1],"value":-0.25}
      """
    guard case .content(let answer) = try read(line) else {
      Issue.record("not read")
      return
    }
    #expect(answer.status == .optimal)
    #expect(answer.value == Rational(-1, 4))
    #expect(answer.flow?[0] == 1)
    #expect(answer.flow?[1] == 4_611_686_018_427_387_905)
    #expect(answer.cut?.members == [0, 1])
    #expect(answer.attribution?[0] == Rational(exactly: 0.1))
  }

  @Test(
    "an answer to the request with a fault keeps the process in step",
    arguments: [
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":1,\"flow\":[1]}",
        "flow: expected 2 numbers, found 1 (column 48)"
      ),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":\"1\"}",
        "value: expected a number, found a string (column 36)"
      ),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":1e999}",
        "value: expected a number within binary64, found 1e999 (column 36)"
      ),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":null}",
        "value: the entry is not a finite number: null (column 36)"
      ),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":1,\"flow\":[1,NaN]}",
        "flow[1]: the entry is not a finite number: NaN (column 48)"
      ),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":1,\"flow\":[1,-inf]}",
        "flow[1]: the entry is not a finite number: -inf (column 48)"
      ),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":1,\"cut\":[0,0]}",
        "cut[1]: node 0 again (column 48)"
      ),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":1,\"cut\":[0,-1]}",
        "cut[1]: expected 0...2, found -1 (column 47)"
      ),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":1,\"potentials\":[0,0]}",
        "potentials: expected 3 numbers, found 2 (column 56)"
      ),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":1,\"attribution\":[]}",
        "attribution: expected 1 number, found 0 (column 54)"
      ),
      ("{\"id\":4,\"status\":\"optimal\"}", "value: an optimal answer needs one"),
      ("{\"id\":4}", "status: it is missing"),
      (
        "{\"id\":4,\"status\":\"optimal\",\"value\":1,\"value\":1}",
        "value: the key 'value' occurs twice (column 38)"
      ),
    ])
  func faults(_ line: String, _ sentence: String) throws {
    guard case .wrong(let reason) = try read(line) else {
      Issue.record("not refused as wrong: \(try read(line))")
      return
    }
    #expect(reason == sentence)
  }

  @Test(
    "a line that answers no request, or another one, is out of step",
    arguments: [
      (
        "",
        "the answer is not what the protocol says: expected an object, found the end of the text "
          + "(column 1): ''"
      ),
      (
        "[1]",
        "the answer is not what the protocol says: expected an object, found '[' (column 1): '[1]'"
      ),
      (
        "{\"status\":\"optimal\",\"value\":1}",
        "the answer is not what the protocol says: the key 'id' is missing (column 31): "
          + "'{\"status\":\"optimal\",\"value\":1}'"
      ),
      (
        "{\"id\":5,\"status\":\"optimal\",\"value\":1}", "id: the answer has the id 5, and 4 is due"
      ),
      ("{\"id\":5,\"flow\":[]}", "id: the answer has the id 5, and 4 is due"),
      ("{\"id\":3,\"status\":\"optimal\",\"value\":1}", "id: request 3 is answered a second time"),
      ("{\"id\":\"4\"}", "id: expected a number, found a string (column 7)"),
      (
        "\u{1b}[31m{",
        "the answer is not what the protocol says: expected an object, found the byte 27 "
          + "(column 1): ' [31m{'"
      ),
    ])
  func outOfStep(_ line: String, _ sentence: String) throws {
    guard case .outOfStep(let reason) = try read(line) else {
      Issue.record("not out of step: \(try read(line))")
      return
    }
    #expect(reason == sentence)
  }

  @Test("a description has defaults, and a name that is safe in a shell")
  func description() throws {
    let line =
      #"{"id":0,"status":"ok","name":"a;$(rm)é","version":"2","tolerance":0,"tasks":["l2-flow"]}"#
    guard case .content(let found) = AnswerText(id: 0).readDescription(Array(line.utf8)) else {
      Issue.record("not read")
      return
    }
    #expect(found.name == "a---rm--")
    #expect(found.declared.contract.tolerance == 0)
    #expect(found.declared.tasks == ["l2-flow"])
    let unsupported = AnswerText(id: 0).readDescription(
      Array(#"{"id":0,"status":"unsupported"}"#.utf8))
    guard case .content(SolverDescription()) = unsupported else {
      Issue.record("a solver need not describe itself: \(unsupported)")
      return
    }
    #expect(SolverDescription().declared.contract.tolerance == Rational(1, 1_000_000_000))
  }
}

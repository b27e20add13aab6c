import CaseFiles
import ExactArithmetic
import Foundation
import TestSupport
import Testing

@Suite("claims")
struct ClaimsCommandTests {
  @Test("an entry has the keys that are promised, and its witness is a tensor of fractions")
  func json() throws {
    let run = try flowcheck("claims", "--id", "U/l1-unique", "--seed", "2", "--json")
    #expect(run.exitCode == 0, "\(run.errors)")
    let entries = try #require(try parsedJSON(run.output).asArray)
    #expect(entries.count == 1)
    let entry = try #require(entries.first)
    #expect(
      entry.keys == [
        "id", "statement", "source", "generated", "checked", "expected", "correction", "verdict",
        "asExpected", "cases", "witness", "seconds",
      ])
    #expect(entry["id"]?.asString == "U/l1-unique")
    #expect(entry["expected"]?.asString == "refuted")
    #expect(entry["verdict"]?.asString == "refuted")
    #expect((entry["cases"]?.asInt ?? 0) > 0)
    let witness = try #require(entry["witness"])
    #expect(witness.keys == ["tensor", "mode", "explanation"])
    let layers = try #require(witness["tensor"]?.asArray)
    #expect(layers.count == 2)
    for layer in layers {
      for row in try #require(layer.asArray) {
        let fractions = try #require(row.asArray).map { try #require($0.asString) }
        let sum = try fractions.reduce(Rational(0)) { $0 + (try #require(Rational($1))) }
        #expect(sum == 1)
      }
    }
  }

  @Test("a claim that holds has no witness, and one about games no tensor")
  func withoutWitness() throws {
    let run = try flowcheck(
      "claims", "--id", "shapley/two-players", "--id", "U/residual-cycles", "--json")
    #expect(run.exitCode == 0)
    let entries = try #require(try parsedJSON(run.output).asArray)
    #expect(entries.map { $0["id"]?.asString } == ["U/residual-cycles", "shapley/two-players"])
    #expect(entries[0]["witness"]?["tensor"] == .null)
    #expect(entries[0]["witness"]?["explanation"]?.asString?.contains("arcs 1, 2") == true)
    #expect(entries[1]["witness"] == .null)
    #expect(!entries[1].keys.contains("correction"))
  }

  @Test("the table ends with corrections and the number of claims as expected")
  func text() throws {
    let run = try flowcheck("claims", "--id", "U/multi-commodity", "--id", "U/l2-unique")
    #expect(run.exitCode == 0)
    #expect(run.output.hasPrefix("claim"))
    #expect(run.output.contains("instead: It is that of all pairs"))
    #expect(run.output.hasSuffix("\n2 of 2 claims as expected\n"))
  }

  @Test("a list names every claim and tries none")
  func list() throws {
    let run = try flowcheck("claims", "--list")
    #expect(run.exitCode == 0)
    let json = try #require(try parsedJSON(flowcheck("claims", "--list", "--json").output).asArray)
    #expect(json.count > 120)
    #expect(run.output.split(separator: "\n").count == json.count + 1)
    for entry in json {
      #expect(run.output.contains(try #require(entry["id"]?.asString)))
      #expect(run.output.contains(try #require(entry["statement"]?.asString)))
    }
  }

  @Test("too little time is an error where a witness is missing, and open where none is expected")
  func time() throws {
    // The first question for the time comes after a millionth of a millisecond.
    let missed = try flowcheck("claims", "--id", "U/l1-unique", "--time", "0.000001ms")
    #expect(missed.exitCode == 1)
    #expect(missed.output.contains("inconclusive, and should be refuted: the time is over"))
    let open = try flowcheck("claims", "--id", "U/l2-unique", "--time", "0.000001ms")
    #expect(open.exitCode == 3)
  }

  @Test("a signal leaves the claims that were tried")
  func interrupted() throws {
    let process = try CommandProcess(["claims", "--json"])
    Thread.sleep(forTimeInterval: 0.4)
    process.send(2)
    let run = process.wait()
    #expect(run.exitCode == 130)
    #expect(run.errors.hasPrefix("flowcheck claims: interrupted, "), "\(run)")
    let tried = try #require(try parsedJSON(run.output).asArray)
    #expect(tried.count < 137)
    #expect(tried.allSatisfy { $0["asExpected"]?.asBool == true }, "\(run.output)")
  }

  @Test("a claim that does not exist, a time and a seed that are none end with 2")
  func usage() throws {
    let unknown = try flowcheck("claims", "--id", "U/l1-uniqe")
    #expect(unknown.exitCode == 2)
    #expect(unknown.errors.contains("did you mean U/l1-unique?"))
    #expect(unknown.output.isEmpty)
    #expect(try flowcheck("claims", "--time", "soon").exitCode == 2)
    #expect(try flowcheck("claims", "--seed", "-1").exitCode == 2)
    #expect(try flowcheck("claims", "U/l1-unique").exitCode == 2)
  }

  @Test("witnesses are kept as cases whose proof the kernel accepts")
  func kept() throws {
    let folder = try TemporaryFolder()
    let run = try flowcheck("claims", "--id", "l2/symmetry", "--keep", folder.path)
    #expect(run.exitCode == 0)
    let file = folder.path + "/claim-l2-symmetry.json"
    #expect(try flowcheck("verify", file).exitCode == 0)
    let replay = try flowcheck("replay", file)
    #expect(replay.exitCode == 0)
    #expect(replay.output.contains("claim/l2/symmetry: refuted: "))
    let missing = try flowcheck("claims", "--id", "l2/symmetry", "--keep", folder.path + "/no")
    #expect(missing.exitCode == 5)
  }
}

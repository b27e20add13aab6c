import Campaign
import CaseFiles
import Generators
import Properties
import TestSupport
import Testing

@Suite("Observations")
struct ObservationTests {
  private static let keys = [
    "type", "status", "status_reason", "representation", "arguments", "how_generated", "features",
    "coverage", "timing", "metadata", "property", "run_start",
  ]

  @Test("every case and property tried has its line, in the order of the cases")
  func lines() throws {
    var settings = plantedSettings(corpus: nil)
    settings.phases = [.enumerate, .random]
    settings.enumeration = .small
    let (report, lines) = try plantedRun(settings)
    #expect(report.enumerated > 0)
    #expect(lines.count == report.properties.reduce(0) { $0 + $1.tally.cases })
    var counts: [String: [String: Int]] = [:]
    var randomNumbers: [Int] = []
    for line in lines {
      let value = try parsedJSON(line)
      #expect(value.keys == Self.keys)
      #expect(value["type"]?.asString == "test_case")
      #expect(value["run_start"]?.asDouble == 1_000.5)
      let (property, status) = (value["property"]?.asString, value["status"]?.asString)
      counts[try #require(property), default: [:]][try #require(status), default: 0] += 1
      let reason = try #require(value["status_reason"]?.asString)
      let name = try #require(property)
      #expect((status == "failed") == reason.contains("reproduce: flowcheck fuzz "))
      if status == "failed" { #expect(reason.contains("--property \(name)")) }
      if status == "passed" { #expect(reason == "") }
      #expect(value["metadata"]?.keys == ["seed", "case"])
      let origin = try #require(value["how_generated"]?.asString)
      let source = try #require(value["metadata"]?["case"]?.asString)
      #expect(source.hasPrefix(origin.prefix { $0 != ":" }))
      if origin.hasPrefix("random: "), let number = source.split(separator: " ").dropFirst().first {
        randomNumbers.append(try #require(Int(number)))
      }
    }
    #expect(randomNumbers == randomNumbers.sorted())
    #expect(Set(randomNumbers) == Set(0..<140))
    for result in report.properties {
      let count = counts[result.property.name] ?? [:]
      #expect(count["failed", default: 0] == result.tally.failed)
      #expect(count["gave_up", default: 0] == result.tally.count(.inconclusive))
    }
  }

  @Test("the case is there with exact fractions, its sizes and its labels")
  func contents() throws {
    let lines = try plantedRun(plantedSettings(corpus: nil)).lines
    var kinds: Set<String> = []
    for line in lines {
      let value = try parsedJSON(line)
      let instance = try parsedJSON(try #require(value["representation"]?.asString))
      let features = try #require(value["features"])
      let arguments = try #require(value["arguments"])
      if let tensor = instance["tensor"]?.asArray {
        kinds.insert("tensor")
        #expect(arguments.keys == ["layers", "tokens", "mode"])
        #expect(tensor.count == arguments["layers"]?.asInt)
        let first = try #require(tensor.first?.asArray?.first?.asArray)
        #expect(first.count == features["tokens"]?.asInt)
        #expect(first.allSatisfy { $0.asRational != nil })
      } else {
        kinds.insert("network")
        #expect(instance["network"]?["tails"]?.asArray?.count == features["arcs"]?.asInt)
      }
      if let label = features.keys.first(where: { $0.hasPrefix("label:") }) { kinds.insert(label) }
    }
    #expect(kinds.isSuperset(of: ["tensor", "network"]))
    #expect(kinds.count > 4)
  }

  @Test(
    "lines are valid against the schema of observations",
    .enabled(if: SchemaCheck.python != nil, "python3 jsonschema is not installed"))
  func schema() throws {
    let lines = try plantedRun(plantedSettings(corpus: nil, jobs: 2)).lines
    let text = lines.joined(separator: "\n") + "\n"
    let schema = "observation.schema.json"
    #expect(try SchemaCheck.json(text, schema: schema, isLines: true) == "")
    let broken = text.replacing("\"coverage\":null", with: "\"coverage\":0", maxReplacements: 1)
    #expect(try SchemaCheck.json(broken, schema: schema, isLines: true) != "")
  }

  @Test("an observer changes neither findings nor digest")
  func neutral() throws {
    let settings = plantedSettings(corpus: nil)
    let observed = try plantedRun(settings).report
    let plain = try Campaign(settings, version: "test").run()
    #expect(observed.digest == plain.digest)
    #expect(observed.findings == plain.findings)
  }

  @Test("a large case is told by its sizes and a hash")
  func large() throws {
    let folder = try TemporaryFolder()
    let name = "p03_two.avg.f64.npy"
    let bytes = try InputFile(path: Repository.attention + name).withBytes { Array($0) }
    try folder.write(bytes, to: "attention/" + name)
    var settings = plantedSettings(corpus: folder.path)
    settings.phases = [.replay]
    settings.limits = .init(layersMaximum: 1, tokensMaximum: 1)
    let lines = try plantedRun(settings).lines
    #expect(!lines.isEmpty)
    for line in lines {
      let value = try parsedJSON(line)
      #expect(value["how_generated"]?.asString == "replay")
      let text = try #require(value["representation"]?.asString)
      #expect(text.utf8.count <= 1 << 14)
    }
  }
}

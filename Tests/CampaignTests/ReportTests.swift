import Campaign
import CaseFiles
import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element of an XML document with what it holds.
private struct Element {
  let name: String
  let attributes: [String: String]
  var text = ""
}

/// The elements of a document in the order in which they begin.
private final class ElementList: NSObject, XMLParserDelegate {
  private(set) var elements: [Element] = []
  private var open: [Int] = []

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    let isWellFormed = parser.parse()
    try #require(isWellFormed, "\(String(describing: parser.parserError))")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { open.removeLast() }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  subscript(name: String) -> [Element] { elements.filter { $0.name == name } }
}

@Suite("Reports")
struct ReportTests {
  private let folder: TemporaryFolder
  private let report: CampaignReport
  /// The hostile text without the characters that an XML document cannot hold.
  private let cleanText = String(
    String.UnicodeScalarView(
      hostileText.unicodeScalars.filter { !["\u{1}", "\u{7f}", "\u{fffe}"].contains($0) }))

  init() throws {
    folder = try TemporaryFolder()
    report = try plantedRun(plantedSettings(corpus: folder.path)).report
    #expect(
      report.findings.map(\.property).sorted() == [
        "maximum-flow/value-off-by-one", "planted/hostile",
      ])
  }

  @Test("JUnit: one test case for each property, with its failure and how to make it again")
  func junit() throws {
    let list = try ElementList(report.junit(version: "test"))
    let suite = try #require(list["testsuite"].first)
    #expect(list["testsuite"].count == 1)
    #expect(list.elements.first?.name == "testsuites")
    for (key, value) in ["tests": "5", "failures": "2", "errors": "0", "skipped": "2"] {
      #expect(suite.attributes[key] == value, "\(key)")
    }
    #expect(
      list["testcase"].map { $0.attributes["name"] } == report.properties.map(\.property.name))
    #expect(list["testcase"].allSatisfy { $0.attributes["classname"] == "flowcheck" })
    #expect(list["skipped"].map { $0.attributes["message"] }.contains("tried on no case"))
    #expect(list["failure"].count == 2)
    for failure in list["failure"] {
      let finding = try #require(
        report.findings.first { failure.text.contains("reproduce: \($0.reproduce)") })
      #expect(failure.attributes["message"]?.contains(finding.reproduce) == true)
      #expect(failure.text.contains("file: \(try #require(finding.file))"))
      #expect(failure.attributes["type"] == "refuted")
    }
    let hostile = try #require(list["failure"].last)
    #expect(hostile.text.contains("detail: \(cleanText)\n"))
    #expect(hostile.attributes["message"]?.hasPrefix(cleanText) == true)
    let properties = list["property"].map { ($0.attributes["name"], $0.attributes["value"]) }
    #expect(properties.contains { $0 == ("seed", "5") })
    #expect(properties.contains { $0 == ("digest", report.digest) })
  }

  @Test(
    "JUnit is valid against the schema of Jenkins",
    .enabled(if: SchemaCheck.xml != nil, "xmllint is not installed"))
  func junitSchema() throws {
    #expect(try SchemaCheck.xml(report.junit(), schema: "junit-10.xsd") == "")
    for (part, wrong) in [("<testcase name=", "<testcase id="), ("<failure", "<wrong")] {
      let broken = report.junit().replacingOccurrences(of: part, with: wrong)
      #expect(try SchemaCheck.xml(broken, schema: "junit-10.xsd") != "")
    }
  }

  @Test("SARIF: a rule for each property, a result for each finding, located at its stored case")
  func sarif() throws {
    let log = try parsedJSON(try report.sarif(exitCode: 1, isComplete: true, version: "test"))
    let run = try #require(log["runs"]?.asArray?.first)
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.asArray)
    #expect(rules.map { $0["id"]?.asString } == report.properties.map(\.property.name))
    let results = try #require(run["results"]?.asArray)
    #expect(results.count == 2)
    for (result, finding) in zip(results, report.findings) {
      #expect(result["ruleId"]?.asString == finding.property)
      let index = try #require(result["ruleIndex"]?.asInt)
      #expect(rules[index]["id"]?.asString == finding.property)
      #expect(result["level"]?.asString == "error")
      let message = try #require(result["message"]?["text"]?.asString)
      #expect(message.contains(finding.reproduce))
      #expect(result["properties"]?["reproduce"]?.asString == finding.reproduce)
      let location = result["locations"]?.asArray?.first?["physicalLocation"]
      #expect(location?["artifactLocation"]?["uri"]?.asString == "file://\(finding.file ?? "")")
    }
    let text = try #require(results.last?["message"]?["text"]?.asString)
    // Braces stand for arguments in SARIF, unless they are doubled.
    #expect(text.hasPrefix(hostileText.replacingOccurrences(of: "{0}", with: "{{0}}")))
    let invocation = try #require(run["invocations"]?.asArray?.first)
    #expect(invocation["executionSuccessful"]?.asBool == true)
    #expect(invocation["exitCode"]?.asInt == 1)
    #expect(run["properties"]?["seed"]?.asInt == 5)
    #expect(run["properties"]?["digest"]?.asString == report.digest)
  }

  @Test("SARIF: the file of a case is a URI relative to the working directory, and escaped")
  func sarifLocations() throws {
    func uris(_ file: String?) throws -> [String?] {
      var changed = report
      changed.findings[0].file = file
      let log = try parsedJSON(try changed.sarif(exitCode: 1, isComplete: true))
      let results = log["runs"]?.asArray?.first?["results"]?.asArray ?? []
      return results.map {
        $0["locations"]?.asArray?.first?["physicalLocation"]?["artifactLocation"]?["uri"]?.asString
      }
    }
    let here = FileManager.default.currentDirectoryPath
    #expect(try uris("corpus/findings/a b:\u{e9}.json")[0] == "corpus/findings/a%20b%3A%C3%A9.json")
    #expect(try uris(here + "/corpus/x.json")[0] == "corpus/x.json")
    #expect(try uris(nil)[0] == "corpus/findings")
  }

  @Test(
    "SARIF is valid against the schema of OASIS",
    .enabled(if: SchemaCheck.python != nil, "python3 jsonschema is not installed"))
  func sarifSchema() throws {
    let text = try report.sarif(exitCode: 1, isComplete: true)
    let schema = "sarif-schema-2.1.0.json"
    #expect(try SchemaCheck.json(text, schema: schema) == "")
    for (part, wrong) in [("ruleId", "rule"), ("\"error\"", "\"fatal\""), ("2.1.0", "2.1")] {
      let broken = text.replacingOccurrences(of: part, with: wrong)
      #expect(try SchemaCheck.json(broken, schema: schema) != "")
    }
  }

  @Test("GitHub: one command a line, which decodes to the message")
  func github() throws {
    let lines = report.github.unicodeScalars.split(separator: "\n").map { String($0) }
    let errors = lines.filter { $0.hasPrefix("::error title=") }
    #expect(errors.count == 2)
    #expect(lines.filter { $0.hasPrefix("::warning title=") }.count == 1)
    #expect(lines.count == 4)
    #expect(lines.last?.hasPrefix("flowcheck: failed: 2 findings; ") == true)
    for (line, finding) in zip(errors, report.findings) {
      let parts = line.components(separatedBy: "::")
      #expect(parts.count == 3, "a colon in a title or a file is escaped: \(line)")
      #expect(decoded(parts[2]) == "\(finding.detail); reproduce: \(finding.reproduce)")
      let fields = parts[1].dropFirst("error ".count).split(separator: ",")
      #expect(
        fields.map { decoded(String($0)) } == [
          "title=flowcheck: \(finding.property)", "file=\(finding.file ?? "")",
        ])
    }
  }

  /// What GitHub makes of an escaped text.
  private func decoded(_ text: String) -> String {
    var result = text
    for (code, character) in [
      ("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"),
    ] { result = result.replacingOccurrences(of: code, with: character, options: .literal) }
    return result
  }

  @Test("Markdown: every row of a table has as many cells as its head, and no tags but code")
  func markdown() throws {
    let lines = report.markdown.components(separatedBy: "\n")
    let rows = lines.filter { $0.hasPrefix("|") }
    #expect(rows.count == 2 + 2 + 2 + 5)
    for (range, cells) in [(0..<4, 5), (4..<11, 5)] {
      for row in rows[range] { #expect(row.filter { $0 == "|" }.count == cells + 1, "\(row)") }
    }
    for finding in report.findings {
      #expect(
        rows.contains { $0.contains("<code>\(finding.reproduce.replacing("_", with: "&#95;"))") })
    }
    #expect(!report.markdown.contains("<d>"))
    #expect(report.markdown.hasSuffix("|\n\n"))
  }

  @Test("reports are the same for one job and for two, but for times")
  func jobs() throws {
    let runs = try [1, 2, 2].map { try plantedRun(plantedSettings(corpus: nil, jobs: $0)) }
    func texts(_ run: (report: CampaignReport, lines: [String])) throws -> [String] {
      try [
        run.report.junit(), run.report.sarif(exitCode: 1, isComplete: true), run.report.github,
        run.report.markdown, run.lines.joined(separator: "\n"),
      ].map(withoutTimes)
    }
    let first = try texts(runs[0])
    #expect(first[0].contains("TIME") && first[1].contains("TIME") && first[4].contains("TIME"))
    for run in runs.dropFirst() { #expect(try texts(run) == first) }
  }
}

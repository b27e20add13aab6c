import CaseFiles
import Foundation
import TestSupport
import Testing

/// The example of `docs/certify.md`.
extension CertifyTests {
  @Test("the example of the document is what is written, but for what differs from run to run")
  func document() throws {
    let folder = try TemporaryFolder()
    for name in ["planted.py", "edmonds_karp.py"] {
      let text = try String(contentsOfFile: PythonSolver.folder + "/" + name, encoding: .utf8)
      try folder.write(text, to: name)
    }
    let page = try String(contentsOfFile: Repository.folder + "/docs/certify.md", encoding: .utf8)
    let parts = page.components(separatedBy: "```")
    let shown = try #require(parts.first { $0.hasPrefix("json\n{") }).dropFirst(5)
    let line = try #require(
      page.split(separator: "\n").first {
        $0.hasPrefix("flowcheck certify") && $0.contains("planted")
      })
    let words = line.split(separator: "'").enumerated().flatMap { index, part in
      index == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
    let run = try flowcheck(words: Array(words.dropFirst()), in: folder.path)
    #expect(run.exitCode == 1, "\(run)")
    let real = try parsedJSON(String(decoding: folder.bytes("c.json") ?? [], as: UTF8.self))
    for difference in differences(try parsedJSON(String(shown)), real, "") {
      Issue.record("\(difference)")
    }
  }

  /// Where an example differs from what it is an example of.
  ///
  /// A text of dots stands for any value, a text that ends in them for any end; of a list some
  /// elements are shown; times differ.
  private func differences(_ shown: JSONValue, _ real: JSONValue?, _ place: String) -> [String] {
    guard let real else { return ["\(place): there is none"] }
    if let text = shown.asString, text.hasSuffix("...") {
      if text == "..." { return [] }
      return real.asString?.hasPrefix(text.dropLast(3)) == true ? [] : ["\(place): \(real)"]
    }
    if case .object = shown {
      let order = real.keys.filter(shown.keys.contains)
      let missing = shown.keys.filter { !real.keys.contains($0) && $0 != "..." }
      let problems = missing.map { "\(place).\($0): there is none" }
      let isWhole = shown.keys.contains("...") || real.keys == shown.keys
      return problems + (isWhole ? [] : ["\(place): the keys are \(real.keys)"])
        + order.flatMap { key in
          key == "milliseconds" || key == "median"
            ? [] : differences(shown[key] ?? .null, real[key], "\(place).\(key)")
        }
    }
    if let elements = shown.asArray {
      return elements.enumerated().flatMap { index, element in
        let found = (real.asArray ?? []).map { differences(element, $0, "\(place)[\(index)]") }
        return found.min { $0.count < $1.count } ?? ["\(place): the list is empty"]
      }
    }
    return shown == real ? [] : ["\(place): \(real) and not \(shown)"]
  }
}

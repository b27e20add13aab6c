import CaseFiles
import Testing

@Suite struct TokenNamesTests {
  private func read(_ json: String, _ count: Int) throws(InputError) -> [String] {
    try TokenNames.read(InputFile(bytes: Array(json.utf8), name: "t.json"), count: count)
  }

  @Test("a list, or an object with tokens, is read")
  func forms() throws {
    #expect(try read(#"["a", "b"]"#, 2) == ["a", "b"])
    #expect(try read(#"{"name": "x", "tokens": ["a", "b"], "T": 2}"#, 2) == ["a", "b"])
  }

  @Test("a list of another length is refused with both numbers")
  func lengths() {
    let error = failure { () throws(InputError) in try read(#"["a", "b"]"#, 3) }
    #expect(error?.problem == .tokenCount(found: 2, expected: 3))
    #expect(error?.description == "t.json: tokens: there are 2 tokens and the tensor has T = 3.")
  }

  @Test(
    "anything else is refused",
    arguments: ["", "{}", "[1]", "\"a\"", "{\"tokens\": 1}", "[\"a\"] 1"])
  func malformed(json: String) {
    #expect(failure { () throws(InputError) in try read(json, 1) } != nil)
  }
}

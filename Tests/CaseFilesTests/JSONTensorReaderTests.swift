import CaseFiles
import ExactArithmetic
import Testing

@Suite struct JSONTensorReaderTests {
  private func read(_ json: String) -> InputProblem? {
    problem { () throws(InputError) in try tensor(json: json) }
  }

  @Test("numbers are their nearest doubles")
  func numbers() throws {
    let read = try tensor(json: "[[[0.1, 0.9], [1, 0]]]")
    #expect(read.shape == [1, 2, 2])
    #expect(read.values == .doubles([0.1, 0.9, 1, 0]))
    #expect(read.elementFormat == .float64)
  }

  @Test("strings are exact, integers beside them too, and an object may wrap the list")
  func strings() throws {
    let read = try tensor(json: #"{"about": {"x": []}, "tensor": [[["1/3", "0.1"], [1, 2.0]]]}"#)
    #expect(read.values == .rationals([Rational(1, 3), Rational(1, 10), 1, 2]))
    #expect(read.elementFormat == .fraction)
  }

  @Test("strings that are integers are neutral")
  func neutralStrings() throws {
    #expect(try tensor(json: #"[[["1", 0], [0, 1]]]"#).values == .rationals([1, 0, 0, 1]))
    #expect(try tensor(json: #"[[["1", 0], [0.5, 0.5]]]"#).values == .doubles([1, 0, 0.5, 0.5]))
    #expect(
      read(#"[[["9007199254740993", 0], [0.5, 0.5]]]"#)
        == .outOfRange(text: "'9007199254740993'", range: "a number that is exactly a double"))
  }

  @Test("a fraction in a string beside a decimal is refused where the second one stands")
  func mixed() throws {
    for (json, place) in [
      (#"{"tensor": [[["1/3", 0], [0, 0.5]]]}"#, "tensor[0][1][1]"),
      (#"[[[0.5, 0.5], ["1/2", "1/2"]]]"#, "[0][1][0]"),
    ] {
      let error = try #require(failure { () throws(InputError) in try tensor(json: json) })
      #expect(error.place == place)
      guard case .mixedExactness = error.problem else {
        Issue.record("\(error)")
        continue
      }
    }
  }

  @Test("integers beyond the largest double are exact beside strings and refused without them")
  func hugeIntegers() throws {
    let huge = "1" + String(repeating: "0", count: 400)
    let exact = try #require(Rational(huge))
    #expect(
      try tensor(json: "[[[\(huge), \"1\"], [0, 1]]]").values == .rationals([exact, 1, 0, 1]))
    #expect(
      read("[[[\(huge), 1], [0, 1]]]") == .outOfRange(text: huge, range: "a number within binary64")
    )
    #expect(
      read("[[[1e400, \"1\"], [0, 1]]]")
        == .outOfRange(text: "1e400", range: "a number within binary64"))
  }

  @Test(
    "entries and shapes that cannot be are refused with their place",
    arguments: [
      ("[[[1, 0], [0, -0.5]]]", "[0][1][1]", .negative(text: "-0.5")),
      (#"[[["1", "0"], ["-1/2", "0"]]]"#, "[0][1][0]", .negative(text: "-1/2")),
      (#"[[["x"]]]"#, "[0][0][0]", .notNumber(text: "'x'")),
      ("[[[1, 0], [0]]]", "[0][1]", .ragged(found: 1, expected: 2)),
      ("[[[1, 0], [0, 1, 2]]]", "[0][1][2]", .ragged(found: 3, expected: 2)),
      ("[[[1, 0], [0, 1]], [[1, 0]]]", "[1]", .ragged(found: 1, expected: 2)),
      ("[[[1, 0], [0, [1]]]]", "[0][1][1]", .unexpected(found: "'['", expected: "a number")),
      ("[[[1, 0], 1]]", "[0][1]", .unexpected(found: "'1'", expected: "a list")),
      ("[]", "", .wrongRank(1)), ("[[1]]", "", .wrongRank(2)),
      ("[[[]]]", "", .emptyDimension(axis: 2)), ("[[[1, 0]]]", "", .notSquare(rows: 1, columns: 2)),
      ("[[[[[[1]]]]]]", "[0][0][0][0][0]", .wrongRank(6)),
      (#"{"a": 1}"#, "", .missingKey(key: "tensor", available: ["a"])),
      (#"{"tensor": 3}"#, "tensor", .unexpected(found: "'3'", expected: "an array")),
      (#"{"tensor": [[[1]]], "tensor": [[[1]]]}"#, "tensor", .duplicateKey("tensor")),
      (#"{"tensor": [[[1]]], "network": {}}"#, "network", .ambiguousDocument),
      ("[[[1]]] x", "", .trailingText), ("[[[1, ]]]", "[0][0][1]", nil),
      ("[[[true]]]", "[0][0][0]", nil),
      ("[[[NaN]]]", "[0][0][0]", nil), ("[[[null]]]", "[0][0][0]", nil),
    ] as [(String, String, InputProblem?)])
  func malformed(json: String, place: String, expected: InputProblem?) throws {
    let error = try #require(failure { () throws(InputError) in try tensor(json: json) })
    #expect(error.place == place)
    if let expected { #expect(error.problem == expected) }
  }

  @Test("100,000 nested brackets are refused with a clear error")
  func nesting() {
    let brackets = String(repeating: "[", count: 100_000)
    #expect(read(brackets) == .wrongRank(6))
    #expect(read("{\"tensor\": \(brackets)") == .wrongRank(6))
    #expect(read("{\"x\": \(brackets)") == .tooDeep(limit: JSONReader.depthLimit))
  }
}

import ExactArithmetic
import Testing

@testable import CaseFiles

@Suite struct JSONReaderFiniteTests {
  private func read(_ text: String, count: Int) throws(InputError) -> ExactVector {
    var reader = JSONReader(bytes: Array(text.utf8), name: "answer")
    return try reader.readFiniteNumbers(count: count)
  }

  @Test("integers are exact at any size, other numbers are their nearest doubles")
  func numbers() throws {
    let vector = try read("[1, -0.1, 9007199254740993, 1e300]", count: 4)
    #expect(vector[0] == 1)
    #expect(vector[1] == Rational(exactly: -0.1))
    #expect(vector[2] == 9_007_199_254_740_993)
    #expect(vector[3] == Rational(exactly: 1e300))
  }

  @Test(
    "nothing else is a number", arguments: ["\"1\"", "NaN", "-Infinity", "null", "true", "nan"])
  func words(_ word: String) throws {
    for text in ["[\(word)]", "[0.5, \(word)]", "[36893488147419103232, \(word)]"] {
      #expect(throws: InputError.self) { try read(text, count: 2) }
    }
  }

  @Test("no more numbers are kept than wanted, and all are counted")
  func counts() throws {
    #expect(try read("[]", count: 0).count == 0)
    let long = "[" + String(repeating: "1,", count: 999) + "1]"
    let error = #expect(throws: InputError.self) { try read(long, count: 2) }
    #expect(error?.problem == .countMismatch(what: "number", found: 1_000, expected: 2))
  }
}

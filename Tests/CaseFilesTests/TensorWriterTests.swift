import CaseFiles
import Checker
import ExactArithmetic
import Testing

@Suite struct TensorWriterTests {
  @Test("a tensor reads back from JSON as the same fractions")
  func fractions() throws {
    let original = try tensor(json: #"[[["1/3", "2/3"], [1, 0]]]"#).prepared().tensor
    let bytes = try TensorWriter.json(original)
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        {
          "tensor": [
            [
              ["1/3", "2/3"],
              ["1", "0"]
            ]
          ]
        }

        """)
    #expect(try tensor(bytes, name: "t.json").prepared().tensor == original)
  }

  @Test("a tensor of doubles reads back from JSON and from .npy as the same doubles")
  func doubles() throws {
    let values = [0.1, 0.9, Double.leastNonzeroMagnitude, 1e308]
    let raw = try tensor(NpyFixture.float64([1, 2, 2], values).bytes, name: "a.npy")
    let original = try raw.prepared().tensor
    let json = try TensorWriter.json(original, style: .nearestDoubles)
    #expect(try tensor(json, name: "t.json").doubles == values)
    #expect(try tensor(try TensorWriter.npy(original), name: "t.npy").doubles == values)
  }

  @Test("an entry beyond the largest double cannot be written as a double")
  func beyondDouble() throws {
    let huge = try tensor(json: #"[[["1", "1e400"], ["0", "1"]]]"#).prepared().tensor
    let expected = ExportError.entryBeyondDouble(place: "[0][0][1]")
    #expect(throws: expected) { try TensorWriter.npy(huge) }
    #expect(throws: expected) { try TensorWriter.json(huge, style: .nearestDoubles) }
    #expect(try !TensorWriter.json(huge).isEmpty)
  }
}

import CaseFiles
import ExactArithmetic
import Testing

private func text(
  _ layout: JSONWriter.Layout = .compact, _ body: (inout JSONWriter) -> Void
) throws -> String {
  var writer = JSONWriter(layout)
  body(&writer)
  return String(decoding: try writer.finish(), as: UTF8.self)
}

@Suite struct JSONWriterTests {
  @Test("a pretty text is indented and keeps lists of numbers on one line")
  func pretty() throws {
    let written = try text(.pretty) { writer in
      writer.object { writer in
        writer.field("format", "flowcheck-case/1")
        writer.field("cut", [0, 3, 4])
        writer.field("value", Rational(1, 3))
        writer.arrayField("rows") { writer in
          writer.doubles([0.5, 1])
          writer.doubles([])
        }
        writer.objectField("empty") { _ in }
        writer.objectField("point", isInline: true) { writer in
          writer.field("x", 1)
          writer.field("names", ["a", "b"])
        }
      }
    }
    #expect(
      written == """
        {
          "format": "flowcheck-case/1",
          "cut": [0, 3, 4],
          "value": "1/3",
          "rows": [
            [0.5, 1.0],
            []
          ],
          "empty": {},
          "point": {"x": 1, "names": ["a", "b"]}
        }

        """)
  }

  @Test("a compact text has no white space")
  func compact() throws {
    let written = try text { writer in
      writer.object { writer in
        writer.field("a", [1, 2])
        writer.field("b", true)
        writer.key("c")
        writer.null()
        writer.field("d", BigInteger(Int128.max) + 1)
      }
    }
    let beyond = BigInteger(Int128.max) + 1
    #expect(written == "{\"a\":[1,2],\"b\":true,\"c\":null,\"d\":\(beyond)}")
  }

  @Test("strings read back as they were written")
  func strings() throws {
    let scalars = (0..<0x250).compactMap(UnicodeScalar.init).map(Character.init)
    let original = String(scalars) + "\"\\/😀"
    let written = try text { $0.string(original) }
    var reader = JSONReader(bytes: Array(written.utf8), name: "x")
    #expect(try reader.readString() == original)
  }

  @Test("doubles read back bit for bit, by valid JSON texts")
  func doubles() throws {
    var random = SplitMix(seed: 2)
    var values = (0..<2_000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    values += [
      0, -0.0, 1e16, 1e-5, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, 1e21, 123456789,
    ]
    let written = try text { $0.doubles(values) }
    var reader = JSONReader(bytes: Array(written.utf8), name: "x")
    #expect(try reader.readDoubles().map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test("a double that is not finite is refused with its key", arguments: [Double.nan, .infinity])
  func notFinite(value: Double) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("good", 1.0)
      writer.field("bad", [0.5, value])
      writer.field("later", -Double.infinity)
    }
    #expect(throws: JSONWriter.Failure.notFinite(value: value.description, key: "bad")) {
      try writer.finish()
    }
  }

  @Test("integers of every width are written exactly")
  func integers() throws {
    let values: [Int128] = [
      0, -1, 9, 10, Int128(Int64.max), Int128(Int64.min), Int128(UInt64.max), .max, .min,
    ]
    let written = try text { $0.integers(values) }
    #expect(written == "[" + values.map(\.description).joined(separator: ",") + "]")
    let vector = ExactVector(values, denominator: 1)
    #expect(try text { $0.numerators(vector) } == written)
  }

  @Test("a tree is written as it was read")
  func trees() throws {
    let original = #"{"a":[1,-2.50e3,"x",null,true,{"b":[]}],"c":{}}"#
    var reader = JSONReader(bytes: Array(original.utf8), name: "x")
    let tree = try reader.readValue()
    #expect(try text { $0.value(tree) } == original)
  }
}

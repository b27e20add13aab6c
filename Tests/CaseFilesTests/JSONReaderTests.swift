import CaseFiles
import ExactArithmetic
import Testing

/// Reads a text as one value.
private func value(_ text: String) throws(InputError) -> JSONValue {
  try value(Array(text.utf8))
}

private func value(_ bytes: [UInt8]) throws(InputError) -> JSONValue {
  var reader = JSONReader(bytes: bytes, name: "x.json")
  let value = try reader.readValue()
  try reader.finish()
  return value
}

@Suite struct JSONReaderTests {
  @Test("values of every kind are read")
  func everyKind() throws {
    let text = #" { "a" : [ null , true , false , -0.5e+3 , "x" ] , "b" : { } , "c" : [ ] } "#
    let tree = try value(text)
    #expect(tree["b"] == .object([]))
    #expect(tree["c"] == .array([]))
    let list = try #require(tree["a"]?.asArray)
    #expect(list[0] == .null)
    #expect(list[1].asBool == true)
    #expect(list[2].asBool == false)
    #expect(list[3].asDouble == -500)
    #expect(list[4].asString == "x")
  }

  @Test(
    "text that breaks the grammar is refused",
    arguments: [
      "", " ", "[", "]", "{", "}", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
      "{a:1}", "{\"a\" 1}", "{1:2}", "nul", "nulll", "tru", "True", "NaN", "Infinity", "-",
      "-Infinity", "01", "-01", "1.", ".5", "1.e3", "1e", "1e+", "+1", "0x10", "1 2", "[1]]",
      "\"", "\"a", "'a'", "[1}", "{\"a\":1]", "// c\n1", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"",
      "\"\\uD800\"", "\"\\uD800\\u0041\"", "\"\\uDC00\"", "\"\\", "\"\\u", "\"a\u{1}\"",
      "\"tab\there\"", "\u{FEFF}1", "1\u{0}", "[1,\u{A0}2]",
    ])
  func brokenGrammar(text: String) {
    #expect(failure { () throws(InputError) in try value(text) } != nil)
  }

  @Test("the errors of the grammar say line, column and field")
  func places() throws {
    let error = try #require(
      failure { () throws(InputError) in
        try value("{\"é\": 1,\n \"tensor\": [[0, 1],\n  [2, x]]}")
      })
    #expect(error.place == "tensor[1][1]")
    #expect(error.position == TextPosition(line: 3, column: 7))
    #expect(
      error.description == "x.json:3:7: tensor[1][1]: expected a value, found 'x'.")
  }

  @Test("strings are decoded and must be valid UTF-8")
  func strings() throws {
    let text = #""\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00é""#
    #expect(try value(text).asString == "\"\\/\u{8}\u{C}\n\r\té😀é")
    for bytes: [UInt8] in [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80]] {
      let quoted = [0x22] + bytes + [0x22]
      #expect(problem { () throws(InputError) in try value(quoted) } == .invalidUTF8)
      let escaped = Array("\"\\n".utf8) + bytes + [0x22]
      #expect(problem { () throws(InputError) in try value(escaped) } == .invalidUTF8)
    }
  }

  @Test("a key that occurs twice is refused, in short and in long objects")
  func duplicateKeys() {
    #expect(
      problem { () throws(InputError) in try value(#"{"a":1,"b":2,"a":3}"#) } == .duplicateKey("a"))
    #expect(
      problem { () throws(InputError) in try value(#"{"a":1,"\u0061":3}"#) } == .duplicateKey("a"))
    let many = (0..<100).map { "\"k\($0)\":0" }.joined(separator: ",")
    #expect(problem { () throws(InputError) in try value("{\(many)}") } == nil)
    #expect(
      problem { () throws(InputError) in try value("{\(many),\"k40\":1}") } == .duplicateKey("k40"))
  }

  @Test("nesting is read up to the limit and refused beyond it")
  func depth() {
    let limit = JSONReader.depthLimit
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(problem { () throws(InputError) in try value(nested(limit)) } == nil)
    #expect(
      problem { () throws(InputError) in try value(nested(limit + 1)) } == .tooDeep(limit: limit))
    for opening in ["[", "{\"a\":"] {
      let text = String(repeating: opening, count: 100_000)
      #expect(problem { () throws(InputError) in try value(text) } == .tooDeep(limit: limit))
      var reader = JSONReader(bytes: Array(text.utf8), name: "x.json")
      #expect(problem { () throws(InputError) in try reader.skipValue() } == .tooDeep(limit: limit))
    }
  }

  @Test("integers of any size are kept exactly")
  func bigIntegers() throws {
    let digits = "-" + String(repeating: "1234567890", count: 20)
    var reader = JSONReader(bytes: Array("[\(digits), \"\(digits)\"]".utf8), name: "x")
    let expected = try #require(BigInteger(digits))
    #expect(try reader.readIntegers() == .big([expected, expected]))
    #expect(try value(digits) == .number(try #require(try value(digits).asNumber)))
  }

  @Test("a list of integers takes the narrowest type that holds it")
  func integerLists() throws {
    func read(_ text: String) throws(InputError) -> ExactVector.Elements {
      var reader = JSONReader(bytes: Array(text.utf8), name: "x")
      let list = try reader.readIntegers()
      try reader.finish()
      return list
    }
    let edge = Int64.max
    #expect(try read("[]") == .int64([]))
    #expect(try read("[0, -1, 999999999999999999]") == .int64([0, -1, 999_999_999_999_999_999]))
    #expect(try read("[\(edge), \(Int64.min)]") == .int64([edge, .min]))
    #expect(try read("[1, 9223372036854775808]") == .int128([1, Int128(edge) + 1]))
    #expect(try read("[1, \(Int128.max), 2]") == .int128([1, Int128.max, 2]))
    let beyond = BigInteger(Int128.max) + 1
    #expect(try read("[1, \(beyond), 2]") == .big([1, beyond, 2]))
    for text in ["[1.0]", "[1e3]", "[-]", "[01]", "[\"1/2\"]", "[null]", "[[1]]", "{}", "1", "[1"] {
      #expect(failure { () throws(InputError) in try read(text) } != nil, "\(text)")
    }
  }

  @Test("integers outside the range of the field are refused with their place")
  func ranges() throws {
    var reader = JSONReader(bytes: Array(#"{"tails": [0, 3, 4]}"#.utf8), name: "x")
    let error = try #require(
      failure { () throws(InputError) in
        try reader.readObject { reader, _ throws(InputError) in
          _ = try reader.readInt32s(in: 0...3)
        }
      })
    #expect(error.place == "tails[2]")
    #expect(error.problem == .outOfRange(text: "4", range: "0...3"))
    var huge = JSONReader(bytes: Array("[99999999999999999999]".utf8), name: "x")
    #expect(failure { () throws(InputError) in try huge.readInts() } != nil)
  }

  @Test("doubles are the nearest ones")
  func doubles() throws {
    let texts = [
      "0", "-0", "0.1", "1e22", "1e23", "9007199254740993", "123456789.123456789", "5e-324",
      "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623157e308", "1e-400",
      "0.30000000000000004", "8.5", "-8.25e1", "0.000001", "1E+2", "1e-7", "179769313486231570e291",
    ]
    var reader = JSONReader(bytes: Array("[\(texts.joined(separator: ","))]".utf8), name: "x")
    let values = try reader.readDoubles()
    for (text, value) in zip(texts, values) {
      #expect(value.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
    var random = SplitMix(seed: 1)
    for _ in 0..<2_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      var reader = JSONReader(bytes: Array(value.description.utf8), name: "x")
      #expect(try reader.readDouble().bitPattern == value.bitPattern)
    }
    var beyond = JSONReader(bytes: Array("1e309".utf8), name: "x")
    #expect(
      problem { () throws(InputError) in try beyond.readDouble() }
        == .outOfRange(text: "1e309", range: "a number within binary64"))
  }

  @Test("exact numbers are strings or integer literals, never decimals without quotes")
  func rationals() throws {
    var reader = JSONReader(bytes: Array(#"["1/3", "0.1", "-2", 7, "1e-3"]"#.utf8), name: "x")
    let expected: [Rational] = [Rational(1, 3), Rational(1, 10), -2, 7, Rational(1, 1000)]
    #expect(try reader.readRationals() == expected)
    for text in ["0.5", "1e3", "\"\"", "\"a\"", "\"1/0\"", "\"nan\"", "\"1e99999\"", "true"] {
      var reader = JSONReader(bytes: Array(text.utf8), name: "x")
      #expect(failure { () throws(InputError) in try reader.readRational() } != nil, "\(text)")
    }
  }

  @Test("what is skipped is checked all the same")
  func skipping() {
    for text in ["{\"a\":1,\"a\":2}", "[\"\\q\"]", "[1,]", "[01]"] {
      var reader = JSONReader(bytes: Array(text.utf8), name: "x")
      #expect(failure { () throws(InputError) in try reader.skipValue() } != nil, "\(text)")
    }
  }

  @Test("a missing field is named")
  func missing() throws {
    var reader = JSONReader(bytes: Array("{}".utf8), name: "x")
    try reader.readObject { reader, _ throws(InputError) in try reader.skipValue() }
    let nothing: Int? = nil
    let error = failure { () throws(InputError) in try reader.require(nothing, "nodes") }
    #expect(error?.problem == .missingKey(key: "nodes", available: []))
    #expect(error?.description == "x:1:3: the key 'nodes' is missing.")
  }
}

import CaseFiles
import Testing

@Suite struct SafetensorsReaderTests {
  private let name = "a.safetensors"

  private func read(_ file: SafetensorsFixture, key: String? = nil) -> InputProblem? {
    problem { () throws(InputError) in try tensor(file.bytes, name: name, key: key) }
  }

  @Test("every floating point type is read")
  func types() throws {
    let values: [Double] = [0.25, 0.75, 1, 0]
    let encodings: [(String, ElementFormat, (Double) -> [UInt8])] = [
      ("F16", .float16, { littleEndian(Float16($0).bitPattern) }),
      ("BF16", .bfloat16, { littleEndian(UInt16(Float($0).bitPattern >> 16)) }),
      ("F32", .float32, { littleEndian(Float($0).bitPattern) }),
      ("F64", .float64, { littleEndian($0.bitPattern) }),
    ]
    for (type, format, encode) in encodings {
      let data = values.flatMap(encode)
      let file = SafetensorsFixture.one(type: type, offsets: "[0,\(data.count)]", data: data)
      for name in [name, "without-extension"] {
        let read = try tensor(file.bytes, name: name)
        #expect(read.doubles == values)
        #expect(read.elementFormat == format)
        #expect(read.origin.key == "a")
      }
    }
  }

  @Test("metadata are skipped and a key chooses an array")
  func keys() throws {
    let header = """
      {"__metadata__":{"a":"b"},"y":{"dtype":"F64","shape":[1,1,1],"data_offsets":[32,40]},\
      "x":{"dtype":"F64","shape":[1,2,2],"data_offsets":[0,32]}}   
      """
    let file = SafetensorsFixture(
      header: header, data: NpyFixture.small.data + littleEndian(1.0.bitPattern))
    #expect(try tensor(file.bytes, name: name, key: "x").doubles == [0.25, 0.75, 1, 0])
    #expect(try tensor(file.bytes, name: name, key: "y").doubles == [1])
    #expect(read(file) == .missingKey(key: "", available: ["x", "y"]))
    #expect(read(file, key: "z") == .missingKey(key: "z", available: ["x", "y"]))
  }

  @Test(
    "types that are no floating point numbers are refused",
    arguments: [
      ("I64", .integerElements(type: "I64")), ("U8", .integerElements(type: "U8")),
      ("BOOL", .integerElements(type: "BOOL")), ("F8_E4M3", .unsupportedElements(type: "F8_E4M3")),
      ("", .unsupportedElements(type: "")),
    ] as [(String, InputProblem)])
  func otherTypes(type: String, expected: InputProblem) {
    #expect(read(.one(type: type)) == expected)
  }

  @Test(
    "shapes and offsets that do not fit are refused",
    arguments: [
      ("[2,2]", "[0,32]", .wrongRank(2)), ("[1,-2,-2]", "[0,32]", .negativeDimension(-2)),
      ("[0,2,2]", "[0,32]", .emptyDimension(axis: 0)),
      ("[4294967296,65536,65536]", "[0,32]", .sizeOverflow),
      ("[2,2,2]", "[0,32]", .truncated(part: "data", needed: 64, available: 32)),
      ("[1,1,1]", "[0,32]", .trailingBytes(count: 24)),
      ("[1,2,2]", "[0,33]", .truncated(part: "data", needed: 33, available: 32)),
      ("[1,2,2]", "[0,24]", .trailingBytes(count: 8)),
      (
        "[1,2,2]", "[8,32]",
        .malformed(format: ".safetensors", reason: "there is a gap before the data of 'a'")
      ),
      (
        "[1,2,2]", "[32,0]",
        .malformed(format: ".safetensors", reason: "the data of 'a' ends before it starts")
      ),
      ("[1,2,2]", "[0]", .countMismatch(what: "data offset", found: 1, expected: 2)),
      ("[1,2,2]", "[-1,32]", .outOfRange(text: "-1", range: "0...\(Int.max)")),
      ("[1,2,2.0]", "[0,32]", .notInteger(text: "2.0")),
    ] as [(String, String, InputProblem)])
  func layouts(shape: String, offsets: String, expected: InputProblem) {
    #expect(read(.one(shape: shape, offsets: offsets)) == expected)
  }

  @Test("arrays that share bytes are refused")
  func overlap() {
    let entry = #"{"dtype":"F64","shape":[1,1,1],"data_offsets":"#
    let header = #"{"a":\#(entry)[0,8]},"b":\#(entry)[4,12]}}"#
    let file = SafetensorsFixture(header: header, data: [UInt8](repeating: 0, count: 12))
    #expect(read(file, key: "a") == .overlappingData(key: "a", other: "b"))
  }

  @Test("header lengths that are absurd are refused")
  func headerLengths() {
    var file = SafetensorsFixture.one()
    for count: UInt64 in [1 << 40, 100_000_001, UInt64.max, 1 << 63] {
      file.declaredHeaderCount = count
      #expect(read(file) != nil, "\(count)")
    }
    file.declaredHeaderCount = 10_000
    #expect(
      read(file) == .truncated(part: "header", needed: 10_008, available: file.bytes.count))
    #expect(
      problem { () throws(InputError) in try tensor([1, 2, 3], name: name) }
        == .truncated(part: "header", needed: 8, available: 3))
  }

  @Test("headers that are not as the format says are refused, with their field")
  func headers() throws {
    for header in [
      "", "[]", "{", "{\"a\":1}", "{\"a\":{}}", "{\"a\":{\"dtype\":\"F64\"}}",
      "{\"a\":{\"dtype\":\"F64\",\"shape\":[1,2,2],\"data_offsets\":[0,32],\"x\":1}}",
    ] {
      #expect(read(SafetensorsFixture(header: header, data: NpyFixture.small.data)) != nil)
    }
    let twice = #"{"a":{"dtype":"F64","dtype":"F64"}}"#
    let error = try #require(
      failure { () throws(InputError) in
        try tensor(SafetensorsFixture(header: twice, data: []).bytes, name: name)
      })
    #expect(error.problem == .duplicateKey("dtype"))
    #expect(error.place == "a.dtype")
  }
}

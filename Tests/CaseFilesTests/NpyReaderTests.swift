import CaseFiles
import Testing

@Suite struct NpyReaderTests {
  private let values: [Double] = [0.25, 0.75, 1, 0, 0.5, 0.5, 0.125, 0.875]

  private func encode(_ type: String, _ values: [Double]) -> [UInt8] {
    values.flatMap { value -> [UInt8] in
      switch type {
      case "<f2": littleEndian(Float16(value).bitPattern)
      case ">f2": bigEndian(Float16(value).bitPattern)
      case "<f4": littleEndian(Float(value).bitPattern)
      case ">f4": bigEndian(Float(value).bitPattern)
      case "<f8": littleEndian(value.bitPattern)
      default: bigEndian(value.bitPattern)
      }
    }
  }

  @Test(
    "every width, byte order and version is read",
    arguments: ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8"], [1, 2, 3] as [UInt8])
  func layouts(type: String, version: UInt8) throws {
    let file = NpyFixture(
      type: type, shape: [2, 2, 2], version: version, data: encode(type, values))
    let read = try tensor(file.bytes, name: "a.npy")
    #expect(read.shape == [2, 2, 2])
    #expect(read.doubles == values)
    let format: ElementFormat =
      type.hasSuffix("2") ? .float16 : type.hasSuffix("4") ? .float32 : .float64
    #expect(read.elementFormat == format)
  }

  @Test("Fortran order is turned into C order")
  func fortranOrder() throws {
    // Shape (2, 1, 3, 3): the entry [a][b][c][d] is 18a + 9b + 3c + d, a fastest in the file.
    var data: [Double] = []
    for d in 0..<3 { for c in 0..<3 { for a in 0..<2 { data.append(Double(9 * a + 3 * c + d)) } } }
    var file = NpyFixture.float64([2, 1, 3, 3], data)
    file.isFortranOrder = true
    #expect(try tensor(file.bytes, name: "a.npy").doubles == (0..<18).map(Double.init))
  }

  @Test("every binary16 number that is allowed is exact, subnormal ones too")
  func halves() throws {
    for bits: UInt16 in [0, 1, 0x03FF, 0x0400, 0x3C00, 0x7BFF, 0x8000] {
      let file = NpyFixture(type: "<f2", shape: [1, 1, 1], data: littleEndian(bits))
      #expect(
        try tensor(file.bytes, name: "a.npy").doubles == [Double(Float16(bitPattern: bits))])
    }
  }

  @Test("a file without its extension is recognised, and a header in Python 2 style is read")
  func recognition() throws {
    #expect(try tensor(NpyFixture.small.bytes, name: "dump").shape == [1, 2, 2])
    let header = #"{"shape": (1L, 2L, 2L), "descr": "<f8", "fortran_order": False}"#
    let bytes = NpyFixture.file(header: header, data: NpyFixture.small.data)
    #expect(try tensor(bytes, name: "a.npy").shape == [1, 2, 2])
  }

  @Test("every prefix of a file is refused as cut off")
  func truncation() {
    let bytes = NpyFixture.small.bytes
    for count in 1..<bytes.count {
      guard
        case .truncated = problem({ () throws(InputError) in
          try tensor(Array(bytes[..<count]), name: "a.npy")
        })
      else {
        Issue.record("a prefix of \(count) bytes is not called cut off")
        continue
      }
    }
    #expect(
      problem { () throws(InputError) in try tensor(bytes + [0], name: "a.npy") }
        == .trailingBytes(count: 1))
    #expect(problem { () throws(InputError) in try tensor([], name: "a.npy") } == .fileEmpty)
  }

  @Test(
    "shapes that cannot be are refused",
    arguments: [
      ([2, 2], .wrongRank(2)), ([], .wrongRank(0)), ([1, 1, 1, 1, 2, 2], .wrongRank(6)),
      ([1, 2, 3], .notSquare(rows: 2, columns: 3)), ([0, 2, 2], .emptyDimension(axis: 0)),
      ([1, 0, 0], .emptyDimension(axis: 1)), ([1, -2, -2], .negativeDimension(-2)),
      ([Int.max, 2, 2], .sizeOverflow), ([1 << 32, 1 << 16, 1 << 16], .sizeOverflow),
      ([2, 2, 2], .truncated(part: "data", needed: 64, available: 32)),
      ([1, 1, 1], .trailingBytes(count: 24)),
    ] as [([Int], InputProblem)])
  func shapes(shape: [Int], expected: InputProblem) {
    var file = NpyFixture.small
    file.shape = shape
    #expect(problem { () throws(InputError) in try tensor(file.bytes, name: "a.npy") } == expected)
  }

  @Test("a length that leaves the range of a machine integer is refused")
  func hugeLength() {
    let header =
      "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 2, 2)}"
    let bytes = NpyFixture.file(header: header, data: NpyFixture.small.data)
    #expect(problem { () throws(InputError) in try tensor(bytes, name: "a.npy") } == .sizeOverflow)
  }

  @Test(
    "element types that are no floating point numbers are refused",
    arguments: [
      ("<i8", .integerElements(type: "<i8")), ("|u1", .integerElements(type: "|u1")),
      ("|b1", .integerElements(type: "|b1")), ("|O", .objectElements),
      ("<c16", .unsupportedElements(type: "<c16")), ("<f16", .unsupportedElements(type: "<f16")),
      ("<U3", .unsupportedElements(type: "<U3")), ("", .unsupportedElements(type: "")),
    ] as [(String, InputProblem)])
  func types(type: String, expected: InputProblem) {
    var file = NpyFixture.small
    file.type = type
    #expect(problem { () throws(InputError) in try tensor(file.bytes, name: "a.npy") } == expected)
  }

  @Test(
    "headers that are not the one dictionary are refused",
    arguments: [
      "", "{}", "{'descr': '<f8'}", "[1]", "{'descr': '<f8', 'fortran_order': False, 'shape': 3}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 2), 'x': 1}",
      "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 2)}",
      "{'descr': '<f8', 'fortran_order': 0, 'shape': (1, 2, 2)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 2)} x",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 2)",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2.0, 2)}",
      "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1, 2, 2)}",
      "{'descr: '<f8'}", "{'descr': '<f8", "{,}",
    ])
  func headers(header: String) {
    let bytes = NpyFixture.file(header: header, data: NpyFixture.small.data)
    #expect(failure { () throws(InputError) in try tensor(bytes, name: "a.npy") } != nil)
  }

  @Test("an unknown version is refused", arguments: [0, 4, 255] as [UInt8])
  func versions(version: UInt8) {
    var bytes = NpyFixture.small.bytes
    bytes[6] = version
    #expect(
      problem { () throws(InputError) in try tensor(bytes, name: "a.npy") }
        == .malformed(format: ".npy", reason: "the format version is \(version)"))
  }

  @Test("entries that are not finite or negative are named by their index")
  func entries() throws {
    let bad: [(Double, InputProblem)] = [
      (.nan, .notFinite(text: "nan")), (.infinity, .notFinite(text: "inf")),
      (-.infinity, .notFinite(text: "-inf")), (-0.5, .negative(text: "-0.5")),
      (-.leastNonzeroMagnitude, .negative(text: "-5e-324")),
    ]
    for (value, expected) in bad {
      for index in 0..<8 {
        var changed = values
        changed[index] = value
        let file = NpyFixture.float64([2, 2, 2], changed)
        let error = try #require(
          failure { () throws(InputError) in try tensor(file.bytes, name: "a.npy") })
        #expect(error.problem == expected)
        #expect(error.place == "[\(index / 4)][\(index / 2 % 2)][\(index % 2)]")
      }
    }
    let zero = NpyFixture.float64([1, 1, 1], [-0.0])
    #expect(problem { () throws(InputError) in try tensor(zero.bytes, name: "a.npy") } == nil)
  }

  @Test("a key for a file with one array is refused")
  func key() {
    #expect(
      problem { () throws(InputError) in
        try tensor(NpyFixture.small.bytes, name: "a.npy", key: "x")
      } == .keyWithoutArchive(key: "x"))
  }
}

import CaseFiles
import Checker
import ExactArithmetic
import Generators
import Testing

@testable import Campaign

/// The encoding read back: what can be read back is without ambiguity.
@Suite("The bytes of a case that a digest covers")
struct CaseBytesTests {
  @Test(
    "a number below 247 is one byte; any other is as long as it needs, behind its length",
    arguments: [
      (0, [0]), (246, [246]), (247, [248, 247]), (255, [248, 255]), (256, [249, 0, 1]),
      (65_535, [249, 255, 255]), (65_536, [250, 0, 0, 1]),
      (1 << 61, [255, 0, 0, 0, 0, 0, 0, 0, 32]),
    ] as [(Int64, [UInt8])])
  func numbers(value: Int64, expected: [UInt8]) throws {
    var bytes: [UInt8] = []
    appendBytes(of: try Self.oneArc(ExactVector([value], denominator: 1)), to: &bytes)
    #expect(bytes == [2, 0, 1, 3, 1, 0, 1, 0, 0, 0, 1, 0, 0x40] + expected)
  }

  @Test("a network of each width of numbers and each kind of arcs is read back from its bytes")
  func networks() throws {
    let wide = Int128(1) << 100
    let listed = try [
      ExactVector([0, 1 << 40, 1 << 40, 300] as [Int64], denominator: 3),
      ExactVector([0, 7, wide, wide + 1] as [Int128], denominator: 360),
      ExactVector(
        [0, 1, BigInteger(wide + 1) * BigInteger(wide + 3), BigInteger.powerOfTwo(900)],
        denominator: BigInteger.powerOfTwo(200)),
    ].map { capacities in
      try FlowNetwork(
        nodeCount: 300, source: 299, sink: 1, tails: [299, 260, 5, 5], heads: [260, 5, 1, 5],
        capacities: capacities)
    }
    for network in listed + listed.map(\.reversed) {
      try Self.expectReadBack(network)
    }
  }

  @Test("300 random networks are read back from their bytes")
  func random() throws {
    let source = CaseSource(seed: 17)
    for index in 0..<300 {
      let network = source[UInt64(index)].instance.network
      try Self.expectReadBack(network)
      try Self.expectReadBack(network.reversed)
    }
  }

  private static func oneArc(_ capacities: ExactVector) throws -> FlowNetwork {
    try FlowNetwork(
      nodeCount: 2, source: 0, sink: 1, tails: [0], heads: [1], capacities: capacities)
  }

  private static func expectReadBack(_ network: FlowNetwork) throws {
    var bytes: [UInt8] = []
    appendBytes(of: network, to: &bytes)
    var reader = Reader(bytes: bytes[...])
    #expect(reader.number() == network.nodeCount)
    #expect(reader.number() == network.source)
    #expect(reader.number() == network.sink)
    let arcs: Arcs
    switch reader.bytes.removeFirst() {
    case 1: arcs = .layered(layers: reader.number(), tokens: reader.number())
    case 2: arcs = .layeredForward(layers: reader.number(), tokens: reader.number())
    default:
      let count = reader.number()
      let tails = (0..<count).map { _ in Int32(reader.number()) }
      arcs = .listed(tails: tails, heads: (0..<count).map { _ in Int32(reader.number()) })
    }
    #expect(arcs == network.arcs)
    let denominator = try reader.big()
    let tag = reader.bytes.removeFirst()
    var capacities: [BigInteger] = []
    while !reader.bytes.isEmpty {
      switch tag {
      case 0x40:
        // A byte 247 repeats the number before.
        if reader.bytes.first == 247, let last = capacities.last {
          reader.bytes.removeFirst()
          capacities.append(last)
        } else {
          capacities.append(BigInteger(reader.word()))
        }
      case 0x80: capacities.append(reader.medium())
      default: capacities.append(try reader.big())
      }
    }
    #expect(ExactVector(capacities, denominator: denominator) == network.capacities)
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func word() -> UInt64 {
      let first = bytes.removeFirst()
      if first < 247 { return UInt64(first) }
      let own = bytes.prefix(Int(first) - 247)
      bytes.removeFirst(own.count)
      return own.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func number() -> Int { Int(word()) }

    mutating func medium() -> BigInteger {
      let zeros = Int(bytes.removeFirst())
      let low = BigInteger(word())
      return (low + BigInteger(word()).shifted(left: 64)).shifted(left: zeros)
    }

    mutating func big() throws -> BigInteger {
      let zeros = number()
      if bytes.removeFirst() == 0 { return medium().shifted(left: zeros) }
      let digits = bytes.prefix { $0 != 0x20 }
      bytes.removeFirst(digits.count + 1)
      return try #require(BigInteger(utf8Digits: digits)).shifted(left: zeros)
    }
  }
}

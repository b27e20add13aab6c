public import Checker
import ExactArithmetic

// The maximum-flow format of the first DIMACS implementation challenge.
//
// Lines: `c COMMENT`, `p max NODES ARCS` once and first, `n ID s` and `n ID t` once each,
// `a TAIL HEAD CAPACITY`. Nodes are numbered from 1. Capacities may be decimals here.

/// Reads DIMACS maximum-flow problems.
public enum DimacsReader {
  /// Reads a network from a file.
  ///
  /// Node `k` of the file is node `k - 1` of the network; arcs keep their order.
  public static func read(_ file: InputFile) throws(InputError) -> FlowNetwork {
    let bytes = file.withBytes { Array($0) }
    var problem = DimacsProblem(file: file.name)
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      try problem.read(line)
    }
    return try problem.network()
  }
}

/// What the lines so far have said.
private struct DimacsProblem {
  let file: String
  private var line = 0
  /// The bytes of the line that is read, and where its first word begins.
  private var text: ArraySlice<UInt8> = []
  private var start = 0
  private var nodeCount: Int?
  private var arcCount = 0
  private var source: Int?
  private var sink: Int?
  private var tails: [Int32] = []
  private var heads: [Int32] = []
  private var capacities: [Rational] = []

  init(file: String) { self.file = file }

  mutating func read(_ text: ArraySlice<UInt8>) throws(InputError) {
    line += 1
    self.text = text
    let fields = text.split { JSONReader.isSpace($0) }
    guard let kind = fields.first, kind != [UInt8(ascii: "c")] else { return }
    start = kind.startIndex
    guard let mark = kind.first, kind.count == 1 else { throw unknownLine(kind) }
    switch mark {
    case UInt8(ascii: "p"): try readProblem(fields)
    case UInt8(ascii: "n"): try readTerminal(fields)
    case UInt8(ascii: "a"): try readArc(fields)
    default: throw unknownLine(kind)
    }
  }

  func network() throws(InputError) -> FlowNetwork {
    guard let nodeCount else { throw atEnd("the line 'p max NODES ARCS' is missing") }
    guard let source else { throw atEnd("the line 'n ID s' is missing") }
    guard let sink else { throw atEnd("the line 'n ID t' is missing") }
    guard tails.count == arcCount else {
      throw atEnd("the problem line says \(arcCount.counted("arc")), and there are \(tails.count)")
    }
    if let reason = isolatedNodesProblem(nodes: nodeCount, arcs: arcCount) { throw atEnd(reason) }
    guard let vector = CommonDenominator.vector(capacities) else {
      throw InputError(file: file, problem: .denominatorTooLarge(entries: capacities.count))
    }
    do {
      return try FlowNetwork(
        nodeCount: nodeCount, source: source, sink: sink, tails: tails, heads: heads,
        capacities: vector)
    } catch {
      throw InputError(statement: error, file: file)
    }
  }

  private mutating func readProblem(_ fields: [ArraySlice<UInt8>]) throws(InputError) {
    guard nodeCount == nil else { throw bad("there is a second problem line") }
    guard fields.count == 4, fields[1].elementsEqual("max".utf8) else {
      throw bad("a problem line has the form 'p max NODES ARCS'")
    }
    nodeCount = try integer(fields[2], "number of nodes", 2...networkSizeLimit - 1)
    arcCount = try integer(fields[3], "number of arcs", 0...networkSizeLimit - 1)
  }

  private mutating func readTerminal(_ fields: [ArraySlice<UInt8>]) throws(InputError) {
    guard fields.count == 3 else { throw bad("a node line has the form 'n ID s' or 'n ID t'") }
    let node = try node(fields[1])
    if fields[2] == [UInt8(ascii: "s")], source == nil {
      source = node
    } else if fields[2] == [UInt8(ascii: "t")], sink == nil {
      sink = node
    } else {
      throw bad("a node line names the source or the sink, once each")
    }
  }

  private mutating func readArc(_ fields: [ArraySlice<UInt8>]) throws(InputError) {
    guard fields.count == 4 else { throw bad("an arc line has the form 'a TAIL HEAD CAPACITY'") }
    tails.append(Int32(try node(fields[1])))
    heads.append(Int32(try node(fields[2])))
    let text = fields[3]
    guard text.count <= JSONReader.exactDigitLimit, let capacity = Rational(utf8: text) else {
      throw error(.notNumber(text: quoted(text)), at: text)
    }
    guard capacity.signum() >= 0 else {
      throw error(.negative(text: capacity.description), at: text)
    }
    capacities.append(capacity)
  }

  private func node(_ text: ArraySlice<UInt8>) throws(InputError) -> Int {
    guard let nodeCount else { throw bad("the problem line must come first") }
    return try integer(text, "node", 1...nodeCount) - 1
  }

  private func integer(
    _ text: ArraySlice<UInt8>, _ what: String, _ range: ClosedRange<Int>
  ) throws(InputError) -> Int {
    guard text.count <= JSONReader.exactDigitLimit, let value = BigInteger(utf8Digits: text) else {
      throw error(.notInteger(text: quoted(text)), at: text)
    }
    guard let small = value.asInt, range.contains(small) else {
      throw error(
        .outOfRange(
          text: quoted(text), range: "\(what) in \(range.lowerBound)...\(range.upperBound)"),
        at: text)
    }
    return small
  }

  private func quoted(_ text: ArraySlice<UInt8>) -> String {
    "'\(String(decoding: text.prefix(40), as: UTF8.self))'"
  }

  private func unknownLine(_ kind: ArraySlice<UInt8>) -> InputError {
    bad("a line starts with c, p, n or a, not with \(quoted(kind))")
  }

  private func bad(_ reason: String) -> InputError { error(.badLine(reason: reason)) }

  private func atEnd(_ reason: String) -> InputError {
    InputError(file: file, problem: .badLine(reason: reason))
  }

  /// An error about a word of the line, by default the first one.
  private func error(_ problem: InputProblem, at word: ArraySlice<UInt8>? = nil) -> InputError {
    // Columns are counted in characters, and every byte but those that go on with one begins one.
    let before = text[..<(word?.startIndex ?? start)].count { $0 & 0xC0 != 0x80 }
    return InputError(
      file: file, position: TextPosition(line: line, column: before + 1), problem: problem)
  }
}

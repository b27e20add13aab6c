public import Checker
public import ExactArithmetic

// Networks as the protocol writes them:
// {"nodes": n, "source": s, "sink": t, "tails": [...], "heads": [...], "capacities": [...]}.

extension JSONReader {
  /// Reads a network object.
  ///
  /// - Parameter ignoresUnknownKeys: whether keys that are not part of it are skipped, as solvers
  ///   are to do with requests, and no error.
  /// - Returns: the network.
  /// - Throws: `InputError` for anything that is not one.
  public mutating func readNetwork(
    ignoresUnknownKeys: Bool = false
  ) throws(InputError) -> FlowNetwork {
    var fields = NetworkFields()
    try readObject { reader, key throws(InputError) in
      if try fields.read(&reader, key) { return }
      guard ignoresUnknownKeys else { throw reader.unknown(key) }
      try reader.skipValue()
    }
    return try fields.network(self)
  }

  /// Reads an array of capacities.
  ///
  /// Integers and strings are exact, any other number is its nearest double.
  public mutating func readCapacities() throws(InputError) -> ExactVector {
    // Doubles as long as all entries are doubles without error, fractions from then on.
    var doubles: [Double] = []
    var fractions: [Rational] = []
    try readNumbers { reader throws(InputError) in
      let start = reader.position
      if fractions.isEmpty, let value = try reader.readUnroundedDouble() {
        if value < 0 { throw reader.error(.negative(text: value.description), at: start) }
        return doubles.append(value)
      }
      if fractions.isEmpty { fractions = doubles.compactMap { Rational(exactly: $0) } }
      let value = try reader.readExactOrDouble()
      if value.signum() < 0 { throw reader.error(.negative(text: value.description), at: start) }
      fractions.append(value)
    }
    if fractions.isEmpty, let vector = ExactVector(exactly: doubles) { return vector }
    guard let vector = CommonDenominator.vector(fractions) else {
      throw error(.denominatorTooLarge(entries: fractions.count))
    }
    return vector
  }

  /// Reads a number whose meaning is a double; nil, with nothing read, for strings and integers
  /// of more than 15 digits.
  mutating func readUnroundedDouble() throws(InputError) -> Double? {
    guard try peek() == .number else { return nil }
    let span = try scanNumber()
    if span.isIntegerLiteral && span.end - span.start > 15 {
      position = span.start
      return nil
    }
    let value = nearestDouble(of: span)
    guard value.isFinite else { throw beyondDouble(span) }
    return value
  }
}

/// What is wrong with a number of nodes most of which no arc can meet; nil if nothing is.
///
/// Every algorithm keeps something for each node, so a few bytes that declare a thousand million
/// nodes would cost minutes and gigabytes. A million more than the arcs can meet cost nothing.
func isolatedNodesProblem(nodes: Int, arcs: Int) -> String? {
  guard arcs < networkSizeLimit, nodes > 2 * arcs + (1 << 20) else { return nil }
  return "there are \(nodes) nodes and \(arcs.counted("arc")), which meet \(2 * arcs) nodes "
    + "at most; leave out nodes without arcs"
}

/// The fields of a network object, in whatever order they come.
struct NetworkFields {
  private var nodes: Int?
  private var source: Int?
  private var sink: Int?
  private var tails: [Int32]?
  private var heads: [Int32]?
  private var capacities: ExactVector?

  var isEmpty: Bool {
    nodes == nil && source == nil && sink == nil && tails == nil && heads == nil
      && capacities == nil
  }

  /// Reads the value of a key, or returns false with nothing read.
  mutating func read(
    _ reader: inout JSONReader, _ key: String
  ) throws(InputError) -> Bool {
    switch key {
    case "nodes": nodes = try reader.readInt(in: 0...networkSizeLimit)
    case "source": source = try reader.readInt(in: 0...networkSizeLimit)
    case "sink": sink = try reader.readInt(in: 0...networkSizeLimit)
    case "tails": tails = try reader.readInt32s(in: 0...Int32.max)
    case "heads": heads = try reader.readInt32s(in: 0...Int32.max)
    case "capacities": capacities = try reader.readCapacities()
    default: return false
    }
    return true
  }

  func network(_ reader: JSONReader) throws(InputError) -> FlowNetwork {
    let place = reader.place
    let nodes = try reader.require(nodes, "nodes")
    let source = try reader.require(source, "source")
    let sink = try reader.require(sink, "sink")
    let tails = try reader.require(tails, "tails")
    let heads = try reader.require(heads, "heads")
    let capacities = try reader.require(capacities, "capacities")
    if let reason = isolatedNodesProblem(nodes: nodes, arcs: tails.count) {
      throw InputError(file: reader.name, place: place, problem: .badStatement(reason: reason))
    }
    do {
      return try FlowNetwork(
        nodeCount: nodes, source: source, sink: sink, tails: tails, heads: heads,
        capacities: capacities)
    } catch {
      throw InputError(statement: error, file: reader.name, place: place)
    }
  }
}

// The proof part of a certificate. A feasible flow is written as one character per arc, `0` empty,
// `1` saturated, `f` free, and the amounts on the free arcs: most arcs of a maximum flow are at a
// bound. Extremal flows are written in the same way on the arcs where they differ from it; node
// sets are written as ranges. All amounts of the intervals stand over one denominator.
import Checker
import ExactArithmetic
import Networks

extension JSONWriter {
  /// Writes the proof as the fields `flow`, `cut`, `undetermined` and `intervals` of an object.
  mutating func proofFields(_ proof: FlowCertificate, _ network: FlowNetwork) {
    let coded = BoundedFlows.Encoding(network: network, proof: proof).run(
      on: [network.capacities, proof.flow] + proof.extremalFlows.map(\.differences))
    objectField("flow") { writer in
      writer.field("denominator", coded.denominator)
      writer.bounded(coded.flow)
    }
    field("cut", proof.cut.text)
    objectField("undetermined") { writer in
      let part = proof.undetermined
      writer.field("denominator", part.differences.denominator)
      writer.key("differences")
      writer.numerators(part.differences)
      writer.field("labels", part.labels)
      writer.field("ranks", part.ranks)
      writer.field("depths", part.depths)
      writer.field("parentArcs", part.parentArcs)
    }
    objectField("intervals") { writer in
      writer.field("denominator", coded.denominator)
      writer.arrayField("arcs") { writer in
        for (index, interval) in proof.intervals.enumerated() {
          writer.object { writer in
            writer.field("arc", interval.arc)
            writer.key("minimum")
            writer.extremal(interval.minimum, coded.extremal[2 * index])
            writer.key("maximum")
            writer.extremal(interval.maximum, coded.extremal[2 * index + 1])
          }
        }
      }
    }
  }

  private mutating func extremal(_ flow: ExtremalFlow, _ coded: BoundedFlows.Coded) {
    object { writer in
      writer.field("arcs", flow.arcs)
      writer.bounded(coded)
      writer.key("cut")
      if let cut = flow.cut { writer.string(cut.text) } else { writer.null() }
    }
  }

  /// Writes the states and the free amounts of a flow into an object.
  mutating func bounded(_ coded: BoundedFlows.Coded) {
    field("states", coded.states)
    key("free")
    numerators(coded.free)
  }
}

extension FlowCertificate {
  /// The extremal flows in file order: for each interval the least, then the most.
  fileprivate var extremalFlows: [ExtremalFlow] { intervals.flatMap { [$0.minimum, $0.maximum] } }
}

/// The fields of a proof while they are read, in any order.
struct ProofFields {
  private var flow: BoundedFlows.Fields?
  private var cut: String?
  private var undetermined: UndeterminedArcsCertificate?
  private var intervals: IntervalFields?

  /// Reads a field if it belongs to a proof; returns whether it did.
  mutating func read(_ key: String, _ reader: inout JSONReader) throws(InputError) -> Bool {
    switch key {
    case "flow": flow = try BoundedFlows.Fields(&reader)
    case "cut": cut = try reader.readString()
    case "undetermined": undetermined = try reader.readUndetermined()
    case "intervals": intervals = try IntervalFields(&reader)
    default: return false
    }
    return true
  }

  /// Whether no field of a proof was there.
  var isEmpty: Bool { flow == nil && cut == nil && undetermined == nil && intervals == nil }

  /// The proof about a network.
  func proof(_ network: FlowNetwork, _ reader: JSONReader) throws(InputError) -> FlowCertificate {
    let flow = try reader.require(self.flow, "flow")
    let intervals = try reader.require(self.intervals, "intervals")
    let set = try reader.nodeSet(try reader.require(cut, "cut"), network.nodeCount, "cut")
    guard intervals.denominator == flow.denominator else {
      throw InputError(
        file: reader.name, place: "intervals.denominator",
        problem: .outOfRange(
          text: intervals.denominator.description, range: "the denominator of the flow"))
    }
    let amounts = try flow.amounts(network, reader)
    return FlowCertificate(
      flow: amounts, cut: set, undetermined: try reader.require(undetermined, "undetermined"),
      intervals: try intervals.certificates(network, amounts, reader))
  }
}

/// The intervals while their flows and node sets are still as they are written.
private struct IntervalFields {
  struct End {
    var arcs: [Int32]
    var coded: BoundedFlows.Fields
    var cut: String?
  }

  let denominator: BigInteger
  private var intervals: [(arc: Int, minimum: End, maximum: End)] = []

  init(_ reader: inout JSONReader) throws(InputError) {
    var denominator: BigInteger?
    var intervals: [(arc: Int, minimum: End, maximum: End)]?
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "denominator": denominator = try reader.readDenominator()
      case "arcs":
        var list: [(arc: Int, minimum: End, maximum: End)] = []
        try reader.readArray { reader, _ throws(InputError) in
          list.append(try Self.readInterval(&reader))
        }
        intervals = list
      default: throw reader.unknown(key)
      }
    }
    self.denominator = try reader.require(denominator, "denominator")
    self.intervals = try reader.require(intervals, "arcs")
  }

  private static func readInterval(
    _ reader: inout JSONReader
  ) throws(InputError) -> (arc: Int, minimum: End, maximum: End) {
    var arc: Int?
    var ends: [String: End] = [:]
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "arc": arc = try reader.readInt(in: 0...networkSizeLimit)
      case "minimum", "maximum": ends[key] = try readEnd(&reader)
      default: throw reader.unknown(key)
      }
    }
    return (
      try reader.require(arc, "arc"), try reader.require(ends["minimum"], "minimum"),
      try reader.require(ends["maximum"], "maximum")
    )
  }

  private static func readEnd(_ reader: inout JSONReader) throws(InputError) -> End {
    var arcs: [Int32]?
    var states: String?
    var free: ExactVector.Elements?
    var cut: String??
    let place = reader.place
    try reader.readObject { reader, key throws(InputError) in
      switch key {
      case "arcs": arcs = try reader.readInt32s(in: 0...Int32.max)
      case "states": states = try reader.readString()
      case "free": free = try reader.readIntegers()
      case "cut": cut = try reader.skipNull() ? .some(nil) : .some(try reader.readString())
      default: throw reader.unknown(key)
      }
    }
    return End(
      arcs: try reader.require(arcs, "arcs"),
      coded: BoundedFlows.Fields(
        place: place, states: try reader.require(states, "states"),
        free: try reader.require(free, "free"), denominator: nil),
      cut: try reader.require(cut, "cut"))
  }

  /// The certificates; `flow` is the flow that the extremal ones change.
  func certificates(
    _ network: FlowNetwork, _ flow: ExactVector, _ reader: JSONReader
  ) throws(InputError) -> [ArcIntervalCertificate] {
    let ends = intervals.flatMap { [$0.minimum, $0.maximum] }
    for end in ends {
      try end.coded.requireStates(count: end.arcs.count, reader)
      if let arc = end.arcs.first(where: { Int($0) >= network.arcCount }) {
        throw InputError(
          file: reader.name, place: end.coded.place + ".arcs",
          problem: .outOfRange(text: "\(arc)", range: "an arc below \(network.arcCount)"))
      }
    }
    let task = BoundedFlows.Decoding(ends: ends.map { ($0.arcs, $0.coded.states) })
    let differences = task.run(
      on: [network.capacities, flow]
        + ends.map { ExactVector($0.coded.free, denominator: denominator) })
    var certificates: [ArcIntervalCertificate] = []
    for (index, interval) in intervals.enumerated() {
      certificates.append(
        ArcIntervalCertificate(
          arc: interval.arc,
          minimum: try extremal(interval.minimum, differences[2 * index], network, reader),
          maximum: try extremal(interval.maximum, differences[2 * index + 1], network, reader)))
    }
    return certificates
  }

  private func extremal(
    _ end: End, _ differences: ExactVector, _ network: FlowNetwork, _ reader: JSONReader
  ) throws(InputError) -> ExtremalFlow {
    var cut: NodeSet?
    if let text = end.cut {
      cut = try reader.nodeSet(text, network.nodeCount, end.coded.place + ".cut")
    }
    return ExtremalFlow(arcs: end.arcs, differences: differences, cut: cut)
  }
}

extension JSONReader {
  /// Reads an object with a denominator and a list of numerators under the key `list`.
  ///
  /// Any other field is offered to `other`, which reads it and returns true, or returns false.
  mutating func readVector(
    _ list: String, _ other: (inout JSONReader, String) throws(InputError) -> Bool
  ) throws(InputError) -> ExactVector {
    var denominator: BigInteger?
    var numerators: ExactVector.Elements?
    try readObject { reader, key throws(InputError) in
      switch key {
      case "denominator": denominator = try reader.readDenominator()
      case list: numerators = try reader.readIntegers()
      default: if try !other(&reader, key) { throw reader.unknown(key) }
      }
    }
    return ExactVector(
      try require(numerators, list), denominator: try require(denominator, "denominator"))
  }

  fileprivate mutating func readUndetermined() throws(InputError) -> UndeterminedArcsCertificate {
    var lists: [String: [Int32]] = [:]
    let differences = try readVector("differences") { reader, key throws(InputError) in
      guard ["labels", "ranks", "depths", "parentArcs"].contains(key) else { return false }
      lists[key] = try reader.readInt32s()
      return true
    }
    return UndeterminedArcsCertificate(
      differences: differences, labels: try require(lists["labels"], "labels"),
      ranks: try require(lists["ranks"], "ranks"), depths: try require(lists["depths"], "depths"),
      parentArcs: try require(lists["parentArcs"], "parentArcs"))
  }

  /// A node set from its text, which must name nodes of the network in increasing order.
  func nodeSet(
    _ text: String, _ nodeCount: Int, _ place: String
  ) throws(InputError) -> NodeSet {
    guard let set = NodeSet(nodeCount: nodeCount, text: text) else {
      let shown = text.utf8.count > 40 ? String(text.prefix(40)) + "..." : text
      throw InputError(
        file: name, place: place,
        problem: .outOfRange(
          text: "'\(shown)'", range: "increasing ranges of nodes below \(nodeCount)"))
    }
    return set
  }
}

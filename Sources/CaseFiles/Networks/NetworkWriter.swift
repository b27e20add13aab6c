public import Checker
import ExactArithmetic

extension JSONWriter {
  /// How capacities are written.
  public enum CapacityStyle: Sendable {
    /// Integers as literals, other doubles by their shortest text, all else as fraction strings.
    case exact
    /// Every capacity as its nearest double.
    case nearestDoubles
  }

  /// Writes a network as the object that the protocol sends and `readNetwork` reads.
  ///
  /// `network`: any network; the ends of layered arcs are written out.
  /// `capacities`: how the capacities are written; `exact` reads back as the same numbers.
  public mutating func network(_ network: FlowNetwork, capacities style: CapacityStyle = .exact) {
    object { writer in
      writer.field("nodes", network.nodeCount)
      writer.field("source", network.source)
      writer.field("sink", network.sink)
      writer.arrayField("tails", isInline: true) { writer in
        network.arcs.forEach { _, tail, _ in writer.integer(tail) }
      }
      writer.arrayField("heads", isInline: true) { writer in
        network.arcs.forEach { _, _, head in writer.integer(head) }
      }
      writer.key("capacities")
      switch style {
      case .nearestDoubles: writer.doubles(network.capacities.nearestDoubles)
      case .exact:
        writer.array(isInline: true) { writer in
          for arc in 0..<network.arcCount { writer.exactCapacity(network.capacities[arc]) }
        }
      }
    }
  }

  private mutating func exactCapacity(_ capacity: Rational) {
    if capacity.isInteger { return integer(capacity.numerator) }
    let nearest = capacity.nearestDouble
    if Rational(exactly: nearest) == capacity { double(nearest) } else { fraction(capacity) }
  }
}

/// Writes networks in formats of other programs.
public enum NetworkWriter {
  /// A network as the text of the protocol: an object with the one key `network`.
  public static func json(_ network: FlowNetwork) throws(JSONWriter.Failure) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("network")
      writer.network(network)
    }
    return try writer.finish()
  }

  /// A network as a DIMACS maximum-flow problem with integer capacities.
  ///
  /// All capacities are multiplied by their common denominator, which a comment states; so is the
  /// value of every flow. Node `k` becomes node `k + 1`.
  public static func dimacs(_ network: FlowNetwork) -> [UInt8] {
    var text: [UInt8] = []
    func append(_ line: String) { text.append(contentsOf: line.utf8) }
    append("c Capacities are multiplied by \(network.capacities.denominator).\n")
    append("p max \(network.nodeCount) \(network.arcCount)\n")
    append("n \(network.source + 1) s\n")
    append("n \(network.sink + 1) t\n")
    network.arcs.forEach { arc, tail, head in
      append("a \(tail + 1) \(head + 1) ")
      network.capacities.numerator(arc).appendDecimal(to: &text)
      text.append(0x0A)
    }
    return text
  }
}

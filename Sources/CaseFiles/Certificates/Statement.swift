public import Checker
import ExactArithmetic

/// What a certificate or a case is about, as it stands in a file.
public enum Statement: Sendable, Equatable {
  /// The layered network of an attention tensor.
  case tensor(EffectiveTensor, Mode, Conventions)
  /// A network with listed arcs.
  case network(FlowNetwork)

  /// The network; the kernel rebuilds it from a tensor.
  public func network() throws(StatementError) -> FlowNetwork {
    switch self {
    case .tensor(let tensor, let mode, let conventions):
      try FlowNetwork(tensor: tensor, mode: mode, conventions: conventions)
    case .network(let network): network
    }
  }
}

extension JSONWriter {
  /// Writes a statement as an object.
  mutating func statement(_ statement: Statement) {
    object { writer in
      switch statement {
      case .tensor(let tensor, let mode, let conventions):
        writer.field("kind", "tensor")
        writer.field("layers", tensor.layers)
        writer.field("tokens", tensor.tokens)
        writer.field("mode", mode.description)
        writer.key("conventions")
        writer.conventions(conventions)
        writer.field("denominator", tensor.entries.denominator)
        writer.key("tensor")
        writer.numerators(tensor.entries)
      case .network(let network):
        writer.field("kind", "network")
        writer.field("nodes", network.nodeCount)
        writer.field("source", network.source)
        writer.field("sink", network.sink)
        writer.field("tails", (0..<network.arcCount).lazy.map { network.arcs.ends(of: $0).tail })
        writer.field("heads", (0..<network.arcCount).lazy.map { network.arcs.ends(of: $0).head })
        writer.field("denominator", network.capacities.denominator)
        writer.key("capacities")
        writer.numerators(network.capacities)
      }
    }
  }

  private mutating func conventions(_ conventions: Conventions) {
    object(isInline: true) { writer in
      writer.key("superCapacity")
      if let capacity = conventions.superCapacity {
        writer.fraction(capacity)
      } else {
        writer.string("tokens")
      }
      writer.field("termArcs", conventions.termArcs.rawValue)
      if let lambda = conventions.lambda { writer.field("lambda", lambda) }
      if let alpha = conventions.alpha { writer.field("alpha", alpha) }
      if let mu = conventions.mu { writer.field("mu", mu) }
    }
  }
}

extension JSONReader {
  /// Reads a statement and rebuilds what it describes.
  mutating func readStatement() throws(InputError) -> Statement {
    var kind: String?
    var mode: Mode?
    var conventions: Conventions?
    var numbers: [String: Int] = [:]
    var denominator: BigInteger?
    var ends: [String: [Int32]] = [:]
    var values: [String: ExactVector.Elements] = [:]
    try readObject { reader, key throws(InputError) in
      switch key {
      case "kind": kind = try reader.readString()
      case "layers", "tokens", "nodes", "source", "sink":
        numbers[key] = try reader.readInt(in: 0...networkSizeLimit)
      case "mode":
        let text = try reader.readString()
        mode = Mode(text)
        if mode == nil {
          throw reader.error(.outOfRange(text: "'\(text)'", range: "all or single:K"))
        }
      case "conventions": conventions = try reader.readConventions()
      case "denominator": denominator = try reader.readDenominator()
      case "tails", "heads": ends[key] = try reader.readInt32s()
      case "tensor", "capacities": values[key] = try reader.readIntegers()
      default: throw reader.unknown(key)
      }
    }
    let scale = try require(denominator, "denominator")
    func count(_ key: String) throws(InputError) -> Int { try require(numbers[key], key) }
    func numerators(_ key: String) throws(InputError) -> ExactVector {
      ExactVector(try require(values[key], key), denominator: scale)
    }
    switch try require(kind, "kind") {
    case "tensor":
      let (layers, tokens) = (try count("layers"), try count("tokens"))
      let entries = try numerators("tensor")
      let choices = try require(conventions, "conventions")
      let mode = try require(mode, "mode")
      return try stating { () throws(StatementError) in
        let tensor = try EffectiveTensor(layers: layers, tokens: tokens, entries: entries)
        let statement = Statement.tensor(tensor, mode, choices)
        _ = try statement.network()
        return statement
      }
    case "network":
      let (nodes, source, sink) = (try count("nodes"), try count("source"), try count("sink"))
      let (tails, heads) = (
        try require(ends["tails"], "tails"), try require(ends["heads"], "heads")
      )
      let capacities = try numerators("capacities")
      if let reason = isolatedNodesProblem(nodes: nodes, arcs: tails.count) {
        throw error(.badStatement(reason: reason))
      }
      return try stating { () throws(StatementError) in
        .network(
          try FlowNetwork(
            nodeCount: nodes, source: source, sink: sink, tails: tails, heads: heads,
            capacities: capacities))
      }
    case let other:
      throw error(.outOfRange(text: "'\(other)'", range: "tensor or network"))
    }
  }

  /// Turns the refusal of a statement into an error at this place.
  private func stating(
    _ body: () throws(StatementError) -> Statement
  ) throws(InputError) -> Statement {
    do {
      return try body()
    } catch let refusal {
      throw error(.badStatement(reason: refusal.sentence))
    }
  }

  /// Reads a positive integer, written as a literal or in a string.
  mutating func readDenominator() throws(InputError) -> BigInteger {
    let value = try readBigInteger()
    guard value > BigInteger.zero else {
      throw error(.outOfRange(text: value.description, range: "a positive integer"))
    }
    return value
  }

  private mutating func readConventions() throws(InputError) -> Conventions {
    var conventions = Conventions()
    var found: Set<String> = []
    try readObject { reader, key throws(InputError) in
      found.insert(key)
      switch key {
      case "superCapacity":
        let text = try reader.readString()
        guard text != "tokens" else { return }
        guard let capacity = Rational(text) else {
          throw reader.error(.notNumber(text: "'\(text)'"))
        }
        conventions.superCapacity = capacity
      case "termArcs": conventions.termArcs = try reader.readTermArcs()
      case "lambda": conventions.lambda = try reader.readRational()
      case "alpha": conventions.alpha = try reader.readRational()
      case "mu": conventions.mu = try reader.readRational()
      default: throw reader.unknown(key)
      }
    }
    // What papers leave unsaid is always said here; weights belong to some statements only.
    for key in ["superCapacity", "termArcs"] where !found.contains(key) {
      throw missing(key)
    }
    return conventions
  }
}

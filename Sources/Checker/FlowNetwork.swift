public import ExactArithmetic

/// A flow network with exact capacities.
///
/// Parallel arcs, antiparallel arcs and self loops are allowed. A flow is an ``ExactVector`` with
/// one entry per arc, in arc order. Its value is the net flow out of the source.
public struct FlowNetwork: Sendable, Equatable {
  /// The number of nodes; nodes are `0 ..< nodeCount`.
  public let nodeCount: Int
  /// The source, `s`.
  public let source: Int
  /// The sink, `t`.
  public let sink: Int
  /// The arcs and their ends.
  public let arcs: Arcs
  /// The capacities, one per arc, none negative, over one denominator.
  public let capacities: ExactVector

  /// The number of arcs.
  public var arcCount: Int { arcs.count }

  /// The layered network of an attention tensor, from the top layer down.
  ///
  /// Source and sink arcs have the super capacity of the conventions, by default `T`. In
  /// `single:K` the source arcs of all other top tokens have capacity 0.
  ///
  /// - Throws: ``StatementError/tokenOutOfRange(token:tokens:)`` if `K >= T`, and
  ///   ``StatementError/negative(field:index:value:)`` for a negative super capacity.
  public init(tensor: EffectiveTensor, mode: Mode, conventions: Conventions = Conventions())
    throws(StatementError)
  {
    let (layers, tokens) = (tensor.layers, tensor.tokens)
    if case .single(let token) = mode, token < 0 || token >= tokens {
      throw .tokenOutOfRange(token: token, tokens: tokens)
    }
    let superCapacity = conventions.superCapacity ?? Rational(tokens)
    if superCapacity < Rational(0) {
      throw .negative(field: "superCapacity", index: 0, value: superCapacity)
    }
    nodeCount = (layers + 1) * tokens + 2
    source = (layers + 1) * tokens + 1
    sink = 0
    arcs = .layered(layers: layers, tokens: tokens)
    let denominator = BigInteger.leastCommonMultiple(
      tensor.entries.denominator, superCapacity.denominator)
    let entries = tensor.entries.restated(over: denominator)
    let scaled = (superCapacity * Rational(denominator)).numerator
    capacities = entries.appending(
      scaled, count: 2 * tokens,
      zeroAt: { position in
        guard case .single(let token) = mode, position < tokens else { return false }
        return position != token
      })
  }

  /// A layered network from the top layer down with given capacities.
  ///
  /// `capacities` has one entry per arc, in arc order: the entries of a tensor, then one for each
  /// source arc, then one for each sink arc. A tensor's network is the same but for a copy.
  ///
  /// - Throws: ``StatementError`` if a size is not positive or too large, the count is not
  ///   `L * T * T + 2 * T`, or a capacity is negative.
  public init(layers: Int, tokens: Int, capacities: ExactVector) throws(StatementError) {
    let count = try layeredArcCount(layers: layers, tokens: tokens, field: "capacities")
    guard capacities.count == count else {
      throw .wrongCount(field: "capacities", expected: count, found: capacities.count)
    }
    if let index = capacities.firstNegativeIndex {
      throw .negative(field: "capacities", index: index, value: capacities[index])
    }
    self.init(
      nodeCount: (layers + 1) * tokens + 2, source: (layers + 1) * tokens + 1, sink: 0,
      arcs: .layered(layers: layers, tokens: tokens), capacities: capacities)
  }

  /// A network from listed arcs.
  ///
  /// - Throws: ``StatementError`` if counts differ, a node is out of range, source and sink are the
  ///   same, or a capacity is negative.
  public init(
    nodeCount: Int, source: Int, sink: Int, tails: [Int32], heads: [Int32],
    capacities: ExactVector
  ) throws(StatementError) {
    guard nodeCount >= 2 else { throw .emptyShape(field: "nodes", size: nodeCount) }
    guard nodeCount < networkSizeLimit else {
      throw .tooLarge(field: "nodes", limit: networkSizeLimit)
    }
    guard tails.count < networkSizeLimit else {
      throw .tooLarge(field: "tails", limit: networkSizeLimit)
    }
    for (field, found) in [("heads", heads.count), ("capacities", capacities.count)]
    where found != tails.count {
      throw .wrongCount(field: field, expected: tails.count, found: found)
    }
    for (field, node) in [("source", source), ("sink", sink)]
    where node < 0 || node >= nodeCount {
      throw .nodeOutOfRange(field: field, index: 0, node: node, nodeCount: nodeCount)
    }
    if source == sink { throw .sourceIsSink(node: source) }
    for (field, ends) in [("tails", tails), ("heads", heads)] {
      if let index = ends.firstIndex(where: { $0 < 0 || Int($0) >= nodeCount }) {
        throw .nodeOutOfRange(
          field: field, index: index, node: Int(ends[index]), nodeCount: nodeCount)
      }
    }
    if let index = capacities.firstNegativeIndex {
      throw .negative(field: "capacities", index: index, value: capacities[index])
    }
    self.nodeCount = nodeCount
    self.source = source
    self.sink = sink
    self.arcs = .listed(tails: tails, heads: heads)
    self.capacities = capacities
  }

  /// The network with every arc reversed and source and sink exchanged; the arc order stays.
  ///
  /// It has the same value and the same set of maximum flows, read backwards.
  public var reversed: FlowNetwork {
    let turned: Arcs =
      switch arcs {
      case .layered(let layers, let tokens): .layeredForward(layers: layers, tokens: tokens)
      case .layeredForward(let layers, let tokens): .layered(layers: layers, tokens: tokens)
      case .listed(let tails, let heads): .listed(tails: heads, heads: tails)
      }
    return FlowNetwork(
      nodeCount: nodeCount, source: sink, sink: source, arcs: turned, capacities: capacities)
  }

  /// A network from parts of another one, which are known to fit.
  init(nodeCount: Int, source: Int, sink: Int, arcs: Arcs, capacities: ExactVector) {
    self.nodeCount = nodeCount
    self.source = source
    self.sink = sink
    self.arcs = arcs
    self.capacities = capacities
  }

  /// The arcs whose head is the sink, in arc order; on a tensor, those of the bottom tokens.
  public var sinkArcs: [Int] { arcsMeeting(sink, asHead: true) }

  /// The arcs whose tail is the source, in arc order; on a tensor, those of the top tokens.
  public var sourceArcs: [Int] { arcsMeeting(source, asHead: false) }

  private func arcsMeeting(_ node: Int, asHead: Bool) -> [Int] {
    if case .layered(let layers, let tokens) = arcs {
      let first = layers * tokens * tokens + (asHead ? tokens : 0)
      return Array(first..<(first + tokens))
    }
    var found: [Int] = []
    arcs.forEach { arc, tail, head in
      if (asHead ? head : tail) == node { found.append(arc) }
    }
    return found
  }
}

extension ExactVector {
  /// The vector with `count` copies of an integer numerator behind it, 0 where `isZero` says so.
  func appending(_ numerator: BigInteger, count: Int, zeroAt isZero: (Int) -> Bool) -> ExactVector {
    func extended<Number: ExactInteger>(_ values: [Number], by value: Number) -> [Number] {
      joined(values, (0..<count).map { isZero($0) ? .zero : value })
    }
    if case .int64(let values) = elements, let small = Int64(numerator) {
      return ExactVector(extended(values, by: small), denominator: denominator)
    }
    if let medium = Int128(numerator) {
      switch elements {
      case .int64(let values):
        return ExactVector(
          extended(values.map { Int128($0) }, by: medium), denominator: denominator)
      case .int128(let values):
        return ExactVector(extended(values, by: medium), denominator: denominator)
      case .big: break
      }
    }
    let wide = (0..<self.count).map { self.numerator($0) }
    return ExactVector(extended(wide, by: numerator), denominator: denominator)
  }
}

// The networks that every solver is tried on first, in this process or in another: one for each
// thing that adapters get wrong. Their values were found by hand, so that no solver is needed to
// know them.
public import Checker
public import ExactArithmetic

/// A network with its maximum-flow value.
public struct ConformanceCase: Sendable {
  /// A short name, in letters and hyphens.
  public let name: String
  /// What is special about it, in a few words.
  public let about: String
  /// The network.
  public let network: FlowNetwork
  /// Its maximum-flow value.
  public let value: Rational

  /// All of them, the smallest first.
  public static let all: [ConformanceCase] = small + scaled + tensors

  /// Integers up to the range of a type: a value that only all of its bits can tell.
  public static func fullRange(_ numbers: NumberType) -> [ConformanceCase] {
    let bits: Int
    switch numbers {
    case .double: return []
    case .int32: bits = 30
    case .int64: bits = 62
    }
    let largest = Rational(BigInteger.powerOfTwo(bits)) - 1
    return [
      listed(
        "full-range", "a capacity of 2^\(bits) - 1, all of whose bits are in the value", 3,
        [(0, 1, largest), (1, 2, largest)], value: largest),
      listed(
        "full-range-sum", "parallel arcs that sum to 2^\(bits) - 1", 3,
        [(0, 1, largest - 1), (0, 1, 1), (1, 2, 2), (1, 2, largest - 2)], value: largest),
    ]
  }

  private typealias Arc = (tail: Int32, head: Int32, capacity: Rational)

  /// A case about listed arcs; the source is node 0 and the sink the last one, unless said
  /// otherwise.
  private static func listed(
    _ name: String, _ about: String, _ nodes: Int, source: Int = 0, sink: Int? = nil,
    _ arcs: [Arc], value: Rational
  ) -> ConformanceCase {
    make(name, about, value) { () throws(StatementError) in
      try FlowNetwork(
        nodeCount: nodes, source: source, sink: sink ?? nodes - 1, tails: arcs.map(\.tail),
        heads: arcs.map(\.head), capacities: ExactVector(arcs.map(\.capacity)))
    }
  }

  private static func make(
    _ name: String, _ about: String, _ value: Rational,
    _ network: () throws(StatementError) -> FlowNetwork
  ) -> ConformanceCase {
    do {
      return ConformanceCase(name: name, about: about, network: try network(), value: value)
    } catch {
      preconditionFailure("conformance case \(name): \(error)")
    }
  }

  private static let small = [
    listed("one-arc", "one arc", 2, [(0, 1, 3)], value: 3),
    listed("no-arcs", "no arcs at all", 2, [], value: 0),
    listed("zero-capacity", "one arc of capacity 0", 2, [(0, 1, 0)], value: 0),
    listed(
      "idle-source", "a source without arcs", 3, [(1, 2, 1), (2, 1, 2)], value: 0),
    listed("idle-sink", "a sink without arcs", 3, [(0, 1, 1), (1, 0, 2)], value: 0),
    listed(
      "loops", "loops at the source, the sink and between", 3,
      [(0, 0, 5), (0, 1, 2), (1, 1, 4), (1, 2, 3), (2, 2, 1)], value: 2),
    listed(
      "parallel-arcs", "parallel arcs with different capacities, one of them 0", 3,
      [(0, 1, 1), (0, 1, 2), (0, 1, 0), (1, 2, 2), (1, 2, 2)], value: 3),
    listed(
      "antiparallel-arcs", "arcs in both directions between two nodes", 4,
      [(0, 1, 3), (1, 2, 2), (2, 1, 5), (2, 3, 4), (3, 2, 4)], value: 2),
    listed(
      "arcs-into-source", "arcs into the source and out of the sink", 3,
      [(0, 1, 2), (1, 0, 2), (1, 2, 1), (2, 0, 3), (2, 1, 1)], value: 1),
    listed(
      "zero-path", "a path that an arc of capacity 0 closes, beside an open one", 4,
      [(0, 1, 4), (1, 3, 0), (0, 2, 2), (2, 3, 1), (1, 2, 0)], value: 1),
    // The first shortest path can be 0-1-2-3, which has to be undone.
    listed(
      "diamond", "a path that has to be taken back", 4,
      [(0, 1, 1), (1, 2, 1), (2, 3, 1), (0, 2, 1), (1, 3, 1)], value: 2),
    listed(
      "source-above-sink", "a source with a larger number than the sink", 4, source: 3, sink: 0,
      [(3, 2, 2), (2, 1, 1), (1, 0, 3), (3, 0, 1)], value: 2),
    listed(
      "idle-nodes", "nodes without arcs, and others that lead nowhere", 7, source: 2, sink: 4,
      [(2, 1, 2), (1, 4, 2), (2, 5, 3), (6, 4, 3)], value: 2),
    listed(
      "cycle", "a cycle beside the path, in which flow could run for nothing", 5,
      [(0, 1, 1), (1, 2, 3), (2, 3, 3), (3, 1, 3), (2, 4, 1)], value: 1),
  ]

  private static let scaled = [-40, 40].map { exponent in
    let unit =
      exponent < 0
      ? Rational(1, BigInteger.powerOfTwo(-exponent)) : Rational(BigInteger.powerOfTwo(exponent))
    return listed(
      "scale-2^\(exponent)", "all capacities near 2^\(exponent)", 4,
      [(0, 1, 3 * unit), (1, 2, 2 * unit), (2, 3, 3 * unit), (0, 2, unit), (1, 3, unit)],
      value: 4 * unit)
  }

  private static let tensors =
    [
      tensor("token", "the layered network of one token", 1, 1, [1], .all, value: 1),
      // Above, both tokens look at token 0, which passes on at most 1 in the layer below.
      tensor(
        "layers-all", "two layers of two tokens, all top tokens fed", 2, 2,
        [Rational(1, 2), Rational(1, 2), Rational(1, 4), Rational(3, 4), 1, 0, 1, 0], .all,
        value: 1),
      tensor(
        "layers-single", "the same, one top token fed", 2, 2,
        [Rational(1, 2), Rational(1, 2), Rational(1, 4), Rational(3, 4), 1, 0, 1, 0], .single(1),
        value: 1),
      // Each token looks at itself alone, so that slow solvers are done in time too.
      tensor(
        "large", "two layers of 64 tokens, 8320 arcs", 2, 64,
        (0..<(2 * 64 * 64)).map { $0 / 64 % 64 == $0 % 64 ? 1 : 0 }, .all, value: 64),
    ]

  private static func tensor(
    _ name: String, _ about: String, _ layers: Int, _ tokens: Int, _ entries: [Rational],
    _ mode: Mode, value: Rational
  ) -> ConformanceCase {
    make(name, about, value) { () throws(StatementError) in
      try FlowNetwork(
        tensor: try EffectiveTensor(
          layers: layers, tokens: tokens, entries: ExactVector(entries)), mode: mode)
    }
  }
}

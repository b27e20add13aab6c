// Networks small enough for `FlowEnumeration`.
public import Checker
public import ExactArithmetic

/// One arc of a listed network with a whole capacity.
public typealias SmallArc = (tail: Int32, head: Int32, capacity: Int64)

/// A listed network; the source is node 0 and the sink the last node, unless said otherwise.
public func smallNetwork(
  nodes: Int, source: Int = 0, sink: Int? = nil, _ arcs: [SmallArc], over denominator: Int64 = 1
) throws -> FlowNetwork {
  try FlowNetwork(
    nodeCount: nodes, source: source, sink: sink ?? nodes - 1, tails: arcs.map(\.tail),
    heads: arcs.map(\.head),
    capacities: ExactVector(arcs.map(\.capacity), denominator: BigInteger(denominator)))
}

/// A random multigraph of 2 to 6 nodes and at most 8 arcs with capacities 0 to 3.
///
/// Ends are drawn without regard to each other, so there are parallel and antiparallel arcs, loops,
/// arcs into the source and out of the sink, and nodes that nothing reaches. Source and sink are
/// any two nodes.
public func randomMultigraph(_ numbers: inout TestNumbers) throws -> FlowNetwork {
  let nodes = 2 + numbers.below(5)
  let source = numbers.below(nodes)
  let sink = (source + 1 + numbers.below(nodes - 1)) % nodes
  let arcs = (0..<numbers.below(9)).map { _ in
    SmallArc(
      Int32(numbers.below(nodes)), Int32(numbers.below(nodes)), Int64(numbers.below(4)))
  }
  return try smallNetwork(
    nodes: nodes, source: source, sink: sink, arcs, over: 1 + Int64(numbers.below(3)))
}

/// The tensor `A[l][i][j]` of nested arrays of fractions.
public func tensor(_ layers: [[[Rational]]]) throws -> EffectiveTensor {
  try EffectiveTensor(
    layers: layers.count, tokens: layers[0].count,
    entries: ExactVector(layers.flatMap { $0 }.flatMap { $0 }))
}

/// All row-stochastic tensors of two layers and two tokens whose rows have denominators up to 3.
public func tinyTensors() throws -> [EffectiveTensor] {
  let rows: [[Rational]] = [
    [1, 0], [0, 1], [Rational(1, 2), Rational(1, 2)], [Rational(1, 3), Rational(2, 3)],
    [Rational(2, 3), Rational(1, 3)],
  ]
  var tensors: [EffectiveTensor] = []
  for a in rows {
    for b in rows {
      for c in rows {
        for d in rows { tensors.append(try tensor([[a, b], [c, d]])) }
      }
    }
  }
  return tensors
}

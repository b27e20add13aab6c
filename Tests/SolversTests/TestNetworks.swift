// Networks for the tests of this module.
import Checker
import ExactArithmetic
import Networks

/// A reproducible stream of numbers. Source: SplitMix64.
struct TestNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A listed network with small integer capacities; the source is node 0, the sink the last node.
struct TestNetwork: CustomStringConvertible {
  let nodeCount: Int
  let tails: [Int]
  let heads: [Int]
  let capacities: [Int64]

  /// Random ends, so with loops, parallel and antiparallel arcs, arcs into the source and out of
  /// the sink, and unreachable nodes; many capacities are 0 or equal.
  init(nodeCount: Int, arcCount: Int, numbers: inout TestNumbers) {
    self.nodeCount = nodeCount
    tails = (0..<arcCount).map { _ in Int.random(in: 0..<nodeCount, using: &numbers) }
    heads = (0..<arcCount).map { _ in Int.random(in: 0..<nodeCount, using: &numbers) }
    let choices: [Int64] = [0, 1, 1, 2, 3, 7]
    capacities = (0..<arcCount).map { _ in choices.randomElement(using: &numbers) ?? 0 }
  }

  init(nodeCount: Int, _ arcs: [(tail: Int, head: Int, capacity: Int64)]) {
    self.nodeCount = nodeCount
    tails = arcs.map(\.tail)
    heads = arcs.map(\.head)
    capacities = arcs.map(\.capacity)
  }

  var source: Int { 0 }
  var sink: Int { nodeCount - 1 }

  var description: String {
    "\(nodeCount) nodes, arcs "
      + capacities.indices.map { "\(tails[$0])->\(heads[$0]):\(capacities[$0])" }
      .joined(separator: " ")
  }

  var arcs: Arcs { .listed(tails: tails.map { Int32($0) }, heads: heads.map { Int32($0) }) }

  /// The network for the kernel, with the given capacities or its own, and with further nodes on no
  /// arc.
  func flowNetwork(
    capacities: ExactVector? = nil, unusedNodes: Int = 0
  ) throws -> FlowNetwork {
    try FlowNetwork(
      nodeCount: nodeCount + unusedNodes, source: source, sink: sink,
      tails: tails.map { Int32($0) }, heads: heads.map { Int32($0) },
      capacities: capacities ?? ExactVector(self.capacities, denominator: 1))
  }
}

/// The tensor `A[l][i][j]` of nested arrays of fractions.
func tensor(_ layers: [[[Rational]]]) throws -> EffectiveTensor {
  try EffectiveTensor(
    layers: layers.count, tokens: layers[0].count,
    entries: ExactVector(layers.flatMap { $0 }.flatMap { $0 }))
}

/// A tensor whose rows are random compositions of 1 on a coarse lattice, with zeros and ties.
func randomTensor(
  layers: Int, tokens: Int, denominator: Int64, numbers: inout TestNumbers
) throws -> EffectiveTensor {
  var entries: [Int64] = []
  for _ in 0..<(layers * tokens) {
    var row = [Int64](repeating: 0, count: tokens)
    for _ in 0..<denominator { row[Int.random(in: 0..<tokens, using: &numbers)] += 1 }
    entries += row
  }
  return try EffectiveTensor(
    layers: layers, tokens: tokens,
    entries: ExactVector(entries, denominator: BigInteger(denominator)))
}

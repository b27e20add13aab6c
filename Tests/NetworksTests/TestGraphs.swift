// Small graphs for the tests of this module, and slow answers about them.
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

/// Arcs as pairs, loops, parallel and antiparallel arcs among them.
struct TestGraph {
  let nodeCount: Int
  let arcs: [(tail: Int, head: Int)]

  init(nodeCount: Int, arcs: [(tail: Int, head: Int)]) {
    self.nodeCount = nodeCount
    self.arcs = arcs
  }

  init(nodeCount: Int, arcCount: Int, numbers: inout TestNumbers) {
    self.nodeCount = nodeCount
    arcs = (0..<arcCount).map { _ in
      (.random(in: 0..<nodeCount, using: &numbers), .random(in: 0..<nodeCount, using: &numbers))
    }
  }

  var adjacency: Adjacency {
    Adjacency(
      nodeCount: nodeCount,
      arcs: .listed(tails: arcs.map { Int32($0.tail) }, heads: arcs.map { Int32($0.head) }))
  }

  /// Which nodes a walk over open half-arcs leads to, for each start, by Warshall's algorithm.
  func reach(isOpen: (Int) -> Bool) -> [[Bool]] {
    var reach = (0..<nodeCount).map { from in (0..<nodeCount).map { $0 == from } }
    for (arc, ends) in arcs.enumerated() {
      if isOpen(2 * arc) { reach[ends.tail][ends.head] = true }
      if isOpen(2 * arc + 1) { reach[ends.head][ends.tail] = true }
    }
    for middle in 0..<nodeCount {
      for from in 0..<nodeCount where reach[from][middle] {
        for to in 0..<nodeCount where reach[middle][to] { reach[from][to] = true }
      }
    }
    return reach
  }
}

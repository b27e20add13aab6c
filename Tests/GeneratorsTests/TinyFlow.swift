// Oracles for small networks, written for brevity: a maximum flow by shortest augmenting paths, and
// uniqueness by looking for a residual cycle through every arc.

import Checker
import ExactArithmetic
import Generators

/// A maximum flow of a small network, with its residual graph.
struct TinyFlow {
  /// One direction of an arc.
  private struct HalfArc {
    let arc: Int
    let from: Int
    let to: Int
    var residual: BigInteger
  }

  private var halfArcs: [HalfArc] = []
  private let nodeCount: Int
  private let source: Int
  private let sink: Int
  /// The value of the maximum flow, times the denominator of the capacities.
  private(set) var value = BigInteger.zero

  init(_ network: FlowNetwork) {
    nodeCount = network.nodeCount
    source = network.source
    sink = network.sink
    var made: [HalfArc] = []
    network.arcs.forEach { arc, tail, head in
      let capacity = network.capacities.numerator(arc)
      made.append(HalfArc(arc: arc, from: tail, to: head, residual: capacity))
      made.append(HalfArc(arc: arc, from: head, to: tail, residual: .zero))
    }
    halfArcs = made
    // Ends because shortest augmenting paths do: after at most V * E rounds.
    while let path = path(from: network.source, to: network.sink, without: nil) {
      guard let amount = path.map({ halfArcs[$0].residual }).min() else { break }
      for half in path {
        halfArcs[half].residual -= amount
        halfArcs[half ^ 1].residual += amount
      }
      value += amount
    }
  }

  /// Whether no other flow has this value: no arc lies on a residual cycle of distinct arcs.
  var isUnique: Bool {
    !halfArcs.contains { half in
      half.residual.signum() > 0
        && (half.from == half.to || path(from: half.to, to: half.from, without: half.arc) != nil)
    }
  }

  /// Whether the flow on the arcs into the sink is the same in every maximum flow.
  var hasUniqueAttributions: Bool {
    !halfArcs.contains { half in
      half.residual.signum() > 0 && (half.from == sink) != (half.to == sink)
        && path(from: half.to, to: half.from, without: half.arc) != nil
    }
  }

  /// Whether more than one set of nodes is a minimum cut.
  ///
  /// The smallest one holds what the source reaches, the largest one all that misses the sink.
  var hasSeveralCuts: Bool {
    (0..<nodeCount).contains { node in
      node != source && node != sink && path(from: source, to: node, without: nil) == nil
        && path(from: node, to: sink, without: nil) == nil
    }
  }

  /// The halves of a shortest residual path that avoids one arc.
  private func path(from start: Int, to end: Int, without arc: Int?) -> [Int]? {
    var arrival = [Int?](repeating: nil, count: nodeCount)
    var queue = [start]
    var position = 0
    var isSeen = [Bool](repeating: false, count: nodeCount)
    isSeen[start] = true
    while position < queue.count {
      let node = queue[position]
      position += 1
      for (index, half) in halfArcs.enumerated()
      where half.from == node && half.arc != arc && !isSeen[half.to]
        && half.residual.signum() > 0
      {
        isSeen[half.to] = true
        arrival[half.to] = index
        queue.append(half.to)
      }
    }
    guard isSeen[end] else { return nil }
    var halves: [Int] = []
    var node = end
    while node != start, let half = arrival[node] {
      halves.append(half)
      node = halfArcs[half].from
    }
    return halves.reversed()
  }
}

extension Instance {
  /// Whether the maximum flow is unique.
  var hasUniqueFlow: Bool { TinyFlow(network).isUnique }
}

/// A tensor from fractions as text, layers separated by `;`, rows by `,`.
func tensor(_ text: String) throws -> EffectiveTensor {
  let layers = text.split(separator: ";")
  let rows = layers.map { $0.split(separator: ",") }
  let entries = try rows.joined().flatMap { row in
    try row.split(separator: " ").map { try requireRational($0) }
  }
  return try EffectiveTensor(
    layers: layers.count, tokens: rows[0].count, entries: ExactVector(entries))
}

private func requireRational(_ text: Substring) throws -> Rational {
  guard let value = Rational(text) else { throw NotANumber(text: String(text)) }
  return value
}

private struct NotANumber: Error { let text: String }

extension EffectiveTensor {
  /// The entries as fractions in lowest terms.
  var fractions: [Rational] { (0..<entries.count).map { entries[$0] } }

  /// Whether every row sums to 1, by adding fractions.
  var hasUnitRows: Bool {
    (0..<layers).allSatisfy { l in
      (0..<tokens).allSatisfy { i in
        (0..<tokens).reduce(Rational(0)) { $0 + self[l, i, $1] } == 1
      }
    }
  }

  /// Rows in text form, as ``tensor(_:)`` reads them.
  var text: String {
    (0..<layers).map { l in
      (0..<tokens).map { i in
        (0..<tokens).map { "\(self[l, i, $0])" }.joined(separator: " ")
      }.joined(separator: ", ")
    }.joined(separator: " ; ")
  }
}

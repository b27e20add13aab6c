// Small circulation problems, and all their integral flows.
import Checker
import ExactArithmetic

/// A problem with small integers; the source is node 0, the sink the last node.
struct TestCirculation: CustomStringConvertible {
  var nodeCount: Int
  var arcs: [(tail: Int, head: Int)]
  var lower: [Int64]
  var upper: [Int64]
  var costs: [Int64]
  /// The value asked for; nil for a free return arc.
  var value: Int64?
  var gain: Int64

  var description: String {
    "\(nodeCount) nodes, arcs "
      + arcs.indices.map {
        "\(arcs[$0].tail)->\(arcs[$0].head):\(lower[$0])...\(upper[$0]) costs \(costs[$0])"
      }.joined(separator: ", ") + ", value \(String(describing: value)), gain \(gain)"
  }

  /// The problem in units of `unit`, costs in units of `costUnit`.
  func problem(
    unit: Rational = 1, costUnit: Rational = 1, term: CirculationProblem.Term = .none
  ) throws -> CirculationProblem {
    try CirculationProblem(
      network: FlowNetwork(
        nodeCount: nodeCount, source: 0, sink: nodeCount - 1, tails: arcs.map { Int32($0.tail) },
        heads: arcs.map { Int32($0.head) },
        capacities: ExactVector(upper.map { unit * Rational($0) })),
      lowerBounds: ExactVector(lower.map { unit * Rational($0) }),
      costs: ExactVector(costs.map { costUnit * Rational($0) }),
      returnArc: value.map { .fixed(value: unit * Rational($0)) }
        ?? .free(gain: costUnit * Rational(gain)),
      term: term)
  }

  /// The net flow into each node.
  func excess(_ flow: [Int64]) -> [Int64] {
    var excess = [Int64](repeating: 0, count: nodeCount)
    for (arc, ends) in arcs.enumerated() {
      excess[ends.tail] -= flow[arc]
      excess[ends.head] += flow[arc]
    }
    return excess
  }

  /// Every integral flow within bounds, of the given value or of any.
  var integralFlows: [[Int64]] {
    var flows: [[Int64]] = [[]]
    for arc in lower.indices {
      flows = flows.flatMap { flow in (lower[arc]...upper[arc]).map { flow + [$0] } }
    }
    return flows.filter { flow in
      let excess = excess(flow)
      return excess.dropFirst().dropLast().allSatisfy { $0 == 0 }
        && value.map { excess[0] == -$0 } ?? true
    }
  }

  /// The linear objective of a flow.
  func cost(_ flow: [Int64]) -> Int64 {
    let linear = zip(flow, costs).reduce(0) { $0 + $1.0 * $1.1 }
    return value == nil ? linear + gain * excess(flow)[0] : linear
  }
}

extension TestCirculation {
  /// Random ends, so with loops, parallel and antiparallel arcs; lower bounds of both signs.
  init(nodeCount: Int, arcCount: Int, numbers: inout TestNumbers) {
    let arcs: [(tail: Int, head: Int)] = (0..<arcCount).map { _ in
      (.random(in: 0..<nodeCount, using: &numbers), .random(in: 0..<nodeCount, using: &numbers))
    }
    let hasLower = Bool.random(using: &numbers)
    let lower = arcs.map { _ in
      hasLower ? Int64.random(in: -1...1, using: &numbers) : 0
    }
    var upper = lower
    for arc in arcs.indices {
      upper[arc] = max(0, lower[arc] + .random(in: 0...2, using: &numbers))
    }
    let costs = arcs.map { _ in Int64.random(in: -2...3, using: &numbers) }
    let isFixed = Int.random(in: 0..<3, using: &numbers) == 0
    self.init(
      nodeCount: nodeCount, arcs: arcs, lower: lower, upper: upper, costs: costs,
      value: isFixed ? .random(in: -1...2, using: &numbers) : nil,
      gain: .random(in: 0...4, using: &numbers))
  }
}

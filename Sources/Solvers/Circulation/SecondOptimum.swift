// Another optimal flow of a linear problem.
//
// Two optimal flows differ by a circulation of the residual graph, and it costs nothing: neither it
// nor its reverse, which the other flow's residual graph contains, can gain. Under optimal
// potentials no open half-arc has a negative reduced cost, so such a circulation uses half-arcs of
// reduced cost 0 only; and any circulation of these is free. So optimal flows stand to this part of
// the residual graph as the flows of one value do to the whole of it, and one circulation that is
// not 0 on every arc where optimal flows differ is found in the same way.
public import Checker
import ExactArithmetic
import Networks

extension CirculationProblem {
  /// A second flow of least cost, or nil if there is none: the witness that `l1` decides nothing.
  ///
  /// It differs from the first on exactly the arcs that do not carry the same flow in all flows of
  /// least cost. Its potentials and multipliers are those of the first. Precondition: the problem
  /// has no convex term, and the optimum is one.
  public func secondOptimum(beside optimum: CirculationOptimum) -> CirculationOptimum? {
    precondition(term == .none, "a circulation with the term \(term) has one optimum")
    let adjacency = Adjacency(circulationsOf: self)
    let duals = optimum.duals
    let isOpen = FreeHalfArcs().run(
      on: lowerBounds, network.capacities, optimum.flow, duals.lowerMultipliers,
      duals.upperMultipliers)
    let components = StrongComponents(adjacency, isOpen: isOpen)
    let isInside = (0..<adjacency.arcCount).map { arc in
      let (tail, head) = adjacency.ends(of: arc)
      return components.component[tail] == components.component[head]
        && (isOpen[2 * arc] || isOpen[2 * arc + 1])
    }
    let isBridge = bridges(adjacency, isIncluded: isInside)
    let isUndetermined = zip(isInside, isBridge).map { $0 && !$1 }
    guard isUndetermined.contains(true) else { return nil }
    let circulation = residualCirculation(
      adjacency, isOpen: isOpen, components: components, isUndetermined: isUndetermined)
    let second = MovedFlow(circulation: circulation).run(
      on: lowerBounds, network.capacities, optimum.flow)
    return CirculationOptimum(self, flow: second, duals: duals)
  }
}

/// Which half-arcs are open and cost nothing, from bounds, flow and multipliers.
private struct FreeHalfArcs: ExactTask {
  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> [Bool] {
    let (lower, upper, flow) = (numerators[0], numerators[1], numerators[2])
    let (below, above) = (numerators[3], numerators[4])
    var isOpen = [Bool](repeating: false, count: 2 * flow.count)
    for arc in 0..<flow.count {
      isOpen[2 * arc] = flow[arc] < upper[arc] && below[arc] == .zero
      isOpen[2 * arc + 1] = flow[arc] > lower[arc] && above[arc] == .zero
    }
    return isOpen
  }
}

/// The flow after a circulation, made so small that bounds hold.
///
/// It is `f + d / (k D)`, `D` the common denominator and `k` the least divisor.
private struct MovedFlow: ExactTask {
  let circulation: [Int64]

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector {
    let (lower, upper, flow) = (numerators[0], numerators[1], numerators[2])
    let divisor = leastDivisor(of: circulation) { arc in
      circulation[arc] > 0 ? upper[arc] - flow[arc] : flow[arc] - lower[arc]
    }
    let factor = BigInteger(divisor)
    let moved = circulation.indices.map { arc in
      flow[arc].asBigInteger * factor + BigInteger(circulation[arc])
    }
    return ExactVector(moved, denominator: denominator * factor)
  }
}

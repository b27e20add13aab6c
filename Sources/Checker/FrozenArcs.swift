// Which arcs can no feasible circulation change? Those with l(e) = u(e), and those between levels.
// A certificate gives every node a level such that
//   - level(tail) <= level(head) on every arc that can take more, f(e) < u(e);
//   - level(head) <= level(tail) on every arc that can give some back, l(e) < f(e);
//   - level(source) = level(sink) if the return arc is free.
// So an arc that goes up a level is at its lower bound, and one that goes down at its upper bound.
// Let f' be another feasible circulation, d = f' - f and z = level(head) - level(tail) per arc. As
// d is conserved everywhere, sum d(e) z(e) = 0; the return arc adds nothing, because z or d is 0
// there. No term is negative: where z(e) > 0 the flow is at its lower bound, so d(e) >= 0, and
// where z(e) < 0 at its upper bound. So all terms are 0: d(e) = 0 on every arc between levels.
import ExactArithmetic

/// Tests the level of every node against a circulation.
///
/// - Parameters:
///   - levels: one level per node; nil stands for one level for all.
///   - flow: the flow, with as many entries as there are arcs.
///   - problem: the problem; only the bounds and the kind of return arc matter.
/// - Returns: for each arc whether it is frozen, or the arcs where a level is wrong.
func checkLevels(
  _ levels: [Int32]?, _ flow: ExactVector, in problem: CirculationProblem
) -> Judgement<[Bool]> {
  let network = problem.network
  if let levels, levels.count != network.nodeCount {
    return .rejected(rejection(.shape, .field("levels"), levels.count, network.nodeCount))
  }
  let check = LevelCheck(
    problem: problem, levels: levels ?? [Int32](repeating: 0, count: network.nodeCount))
  return aligned([problem.lowerBounds, network.capacities, flow], check)
}

private struct LevelCheck: AlignedCheck {
  let problem: CirculationProblem
  let levels: [Int32]

  func callAsFunction<Number: ExactInteger>(
    _ vectors: [[Number]], over denominator: BigInteger
  ) -> Judgement<[Bool]> {
    let (lower, upper, flow) = (vectors[0], vectors[1], vectors[2])
    let network = problem.network
    var isFrozen = [Bool](repeating: false, count: flow.count)
    var broken: Rejection?
    network.arcs.forEach { arc, tail, head in
      let (start, end) = (levels[tail], levels[head])
      isFrozen[arc] = start != end || lower[arc] == upper[arc]
      if start > end && flow[arc] < upper[arc] {
        broken = .joined(broken, rejection(.level, .arc(arc), Int(start), Int(end)))
      } else if start < end && lower[arc] < flow[arc] {
        broken = .joined(broken, rejection(.level, .arc(arc), Int(end), Int(start)))
      }
    }
    let (first, last) = (levels[network.source], levels[network.sink])
    if case .free = problem.returnArc, first != last {
      broken = .joined(broken, rejection(.level, .returnArc, Int(last), Int(first)))
    }
    if let broken { return .rejected(broken) }
    return .accepted(isFrozen)
  }
}

// The attention flow of [AZ]: for each pair the VALUE of a maximum flow from one top token to one
// bottom token, in the network of the attention arcs alone. Source and sink are the two token nodes
// themselves, so no super arc and no super capacity enters. The values are not normalised here.
// From one bottom token to the next, the flow of a top token is kept: as much of it as can be is
// sent on from the old bottom token to the new one, on short ways through the lowest layers, what
// cannot goes back to the top token, and then the flow is made maximum. What is kept is a flow from
// the top token to the new bottom token, so nothing but the time depends on it. Top tokens are
// independent of each other and may be worked on in parallel.
public import Checker
public import ExactArithmetic
public import Networks

/// The pairwise maximum-flow values of a tensor.
///
/// - Parameters:
///   - tensor: the attention tensor.
///   - jobs: the number of threads, at least 1; changes nothing but the time.
///   - limit: the bound on the work of all pairs of one top token together.
/// - Returns: `T * T` values in row-major order, row = top token, column = bottom token; nil if the
///   limit was reached.
public func pairwiseFlow(
  _ tensor: EffectiveTensor, jobs: Int = 1, limit: WorkLimit = .unlimited
) -> ExactVector? {
  let task = PairwiseTask(
    layers: tensor.layers, tokens: tensor.tokens, jobs: jobs, limit: limit)
  return task.run(on: tensor.entries)
}

private struct PairwiseTask: ExactTask {
  let layers: Int
  let tokens: Int
  let jobs: Int
  let limit: WorkLimit

  func run<Number: ExactFlowNumber>(
    _ numerators: [[Number]], over denominator: BigInteger
  ) -> ExactVector? {
    let entries = numerators[0]
    // Arcs beside the attention arcs are there, with capacity 0.
    let superArcs = [Number](repeating: .zero, count: 2 * tokens)
    let capacities = entries + superArcs
    let rows = parallelMap(count: tokens, jobs: jobs) { row(of: $0, capacities) }
    var values: [Number] = []
    values.reserveCapacity(tokens * tokens)
    for row in rows {
      guard let row else { return nil }
      values += row
    }
    return Number.vector(values, over: denominator)
  }

  /// The values of the pairs of one top token; nil if the limit was reached.
  private func row<Number: ExactFlowNumber>(
    of top: Int, _ capacities: [Number]
  ) -> [Number]? {
    // A flow is at most what leaves the top token, and at most what enters the bottom token.
    var columnSums = [Number](repeating: .zero, count: tokens)
    for i in 0..<tokens {
      for j in 0..<tokens { columnSums[j] += capacities[i * tokens + j] }
    }
    let start = ((layers - 1) * tokens + top) * tokens
    let rowSum = capacities[start..<(start + tokens)].reduce(.zero, +)
    var trials = LayeredTrials(
      LayeredFlow(
        LayeredLayout(layers: layers, tokens: tokens), capacities: capacities,
        amounts: [Number](repeating: .zero, count: capacities.count)))
    let source = layers * tokens + top + 1
    var values: [Number] = []
    // The flow that the trials hold, from the top token to the bottom token before.
    var value = Number.zero
    for bottom in 0..<tokens {
      let bound = min(rowSum, columnSums[bottom])
      let (last, sink) = (bottom, bottom + 1)
      if value > .zero {
        guard
          let moved = trials.add(from: last, to: sink, atMost: min(value, bound), limit: limit),
          trials.add(from: last, to: source, atMost: value - moved, limit: limit) != nil
        else { return nil }
        value = moved
      }
      guard let added = trials.add(from: source, to: sink, atMost: bound - value, limit: limit)
      else { return nil }
      value += added
      values.append(value)
    }
    return values
  }
}

// The attention flow of [AZ]: for each pair the VALUE of a maximum flow from one top token to one
// bottom token, in the network of the attention arcs alone. Source and sink are the two token nodes
// themselves, so no super arc and no super capacity enters. The values are not normalised here.
// Each pair is a small flow on one residual graph, undone before the next; top tokens are
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
    let adjacency = Adjacency(
      nodeCount: (layers + 1) * tokens + 2, arcs: .layered(layers: layers, tokens: tokens))
    let graph = ResidualGraph(
      adjacency: adjacency, source: (layers + 1) * tokens + 1, sink: 0,
      capacities: entries + superArcs)
    let rows = parallelMap(count: tokens, jobs: jobs) { row(of: $0, entries, graph) }
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
    of top: Int, _ entries: [Number], _ graph: ResidualGraph<Number>
  ) -> [Number]? {
    // A flow is at most what leaves the top token, and at most what enters the bottom token.
    var columnSums = [Number](repeating: .zero, count: tokens)
    for i in 0..<tokens {
      for j in 0..<tokens { columnSums[j] += entries[i * tokens + j] }
    }
    let start = ((layers - 1) * tokens + top) * tokens
    let rowSum = entries[start..<(start + tokens)].reduce(.zero, +)
    var warm = WarmStart(graph)
    var values: [Number] = []
    for bottom in 0..<tokens {
      guard
        let trial = warm.push(
          from: layers * tokens + top + 1, to: bottom + 1, atMost: min(rowSum, columnSums[bottom]),
          blocked: nil, limit: limit)
      else { return nil }
      values.append(trial.amount)
    }
    return values
  }
}

// The attention flow of [AZ]: for each pair the VALUE of a maximum flow from one top token to one
// bottom token, in the network of the attention arcs alone. Source and sink are the two token nodes
// themselves, so no super arc and no super capacity enters. The values are not normalised here.
//
// Idea: a top token puts all that its row can carry into the network once, as excess, and the sink
// moves from one bottom token to the next. Excess is pushed to the sink of the moment as far as it
// can get (`LayeredPreflow.sweep`), and lies where it is if it cannot; what has arrived is the
// value. Then it becomes excess of that bottom token, and the next one is the sink. Nothing is ever
// sent back to the top token, as preflows that are to become flows must be.
//
// Why the values are right: when no token with excess has a way to the sink any more, let S be the
// tokens without such a way. All excess and the top token are in S; every arc out of S is full and
// every arc into S is empty, so that the sink has got the capacity of that cut, and no flow from
// the top token is larger. Whatever the preflow was before, that holds; only time depends on it.
//
// Why it ends, and what it costs: for one sink, see `LayeredSolve`. Top tokens are independent of
// each other and may be worked on in parallel.
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
    // What enters a bottom token at most is what the arc from there to the sink can take.
    var columnSums = [Number](repeating: .zero, count: tokens)
    for i in 0..<tokens {
      for j in 0..<tokens { columnSums[j] += entries[i * tokens + j] }
    }
    // The arcs out of the source are not there: excess begins at a top token.
    let capacities = entries + [Number](repeating: .zero, count: tokens) + columnSums
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
    let layout = LayeredLayout(layers: layers, tokens: tokens)
    var flow = [Number](repeating: .zero, count: layout.arcCount)
    return capacities.withUnsafeBufferPointer { capacities in
      flow.withUnsafeMutableBufferPointer { flow in
        guard let capacities = capacities.baseAddress, let flow = flow.baseAddress else {
          preconditionFailure("a layered network has arcs")
        }
        return values(of: top, LayeredPreflow(layout, capacities: capacities, flow: flow))
      }
    }
  }

  /// The values of the pairs of one top token on a preflow without flow.
  private func values<Number: ExactFlowNumber>(
    of top: Int, _ preflow: consuming LayeredPreflow<Number>
  ) -> [Number]? {
    let supply = preflow.begin(at: top)
    var values: [Number] = []
    values.reserveCapacity(tokens)
    var work = 0
    for bottom in 0..<tokens {
      var distances = LayeredDistances(preflow.layout)
      // Bounded by the distances; see `LayeredSolve`.
      while preflow.arrived(at: bottom) < supply {
        distances.measure(preflow.open, upTo: preflow.active) {
          $0 == bottom && preflow.isOpenBelow($0)
        }
        if limit.isExceeded(by: work + distances.work + preflow.work) { return nil }
        if !preflow.sweep(distances) { break }
      }
      work += distances.work
      values.append(preflow.withdraw(from: bottom))
    }
    return values
  }
}

extension LayeredPreflow {
  /// Begins without any flow, all arcs empty, and with what the row of a top token can carry as
  /// its excess.
  ///
  /// - Returns: that excess.
  fileprivate mutating func begin(at top: Int) -> Number {
    let tokens = layout.tokens
    for row in 0..<layout.rowCount {
      let first = row * tokens
      open.read(
        row, capacities: capacities + first, flow: flow + first, count: tokens, crumb: .zero)
    }
    work += layout.entryCount
    let row = (layout.layers - 1) * tokens + top
    var supply = Number.zero
    for j in 0..<tokens { supply += capacities[row * tokens + j] }
    excess[row + tokens] = supply
    if supply > .zero { active.insert(layout.layers, top) }
    return supply
  }

  /// What a bottom token has passed on to the sink.
  fileprivate func arrived(at bottom: Int) -> Number { flow[layout.sinkArc(bottom)] }

  /// Makes what a bottom token has passed on to the sink its excess again, and says how much.
  fileprivate mutating func withdraw(from bottom: Int) -> Number {
    let arc = layout.sinkArc(bottom)
    let amount = flow[arc]
    flow[arc] = .zero
    excess[bottom] += amount
    if amount > .zero { active.insert(0, bottom) }
    return amount
  }
}

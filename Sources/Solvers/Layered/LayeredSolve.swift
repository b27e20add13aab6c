// Maximum flow on a layered network, on the tensor itself.
//
// Problem and idea: the networks of attention tensors are dense and regular, so lists of arcs are
// several times as large as the numbers, and following them is slower than reading rows of numbers
// in order. Here the capacities stay the array that they are, the flow is one like it, and which
// arcs are open is kept as bits (`LayeredOpenArcs`). Four steps:
//
//   1. Fill every layer once, from the top down (`LayeredFilling`). What the lower tokens cannot
//      take stays where it is, as excess: the result is a preflow.
//   2. Measure every token's distance to the sink over open arcs (`LayeredDistances`). Bits make
//      this cheap: a token is met with a few words, whatever T is. What has no way down is let lie.
//   3. Sweep once from the farthest tokens to the nearest (`LayeredPreflow.sweep`): each one with
//      excess hands on what it can to tokens one step nearer, downwards or back up, so that in one
//      sweep excess gets as far as the sink. Go on with 2 until no excess has a way to the sink.
//   4. Send what is left back to the source, from the bottom up. What the residual graph reaches
//      from the source is a minimum cut.
//
// This is pushing preflows [GT] with exact distances at all times, which general graphs cannot
// afford: no token is ever raised by trial.
//
// Why it terminates, on doubles too: a push fills or empties an arc exactly, and its bit says so,
// or it leaves the token without excess. Pushes go one step nearer, and what they open goes one
// step away; so no distance shrinks, and after a sweep a token that still has excess has no open
// arc of its old length left: its distance has grown. Distances are at most the number n of
// tokens, or the token is let lie for good. As for queues of preflows served in passes [GT], there
// are O(n^2) sweeps. Amounts do not enter the argument.
//
// Cost: O(m) numbers read in steps 1 and 4, a sweep O(m) at worst and in practice one look at each
// arc that something moves on. On attention with L = 12 there are 6 to 70 sweeps, which push on
// 2 to 25 % as many arcs as there are. Memory beyond capacities and flow: 3/8 byte an arc and a few
// numbers a token.
import Checker
import ExactArithmetic
import Networks

/// A maximum flow of a layered network.
struct LayeredSolution<Number: FlowNumber> {
  let run: MaximumFlowRun
  /// The flow; smaller than a maximum one at the work limit.
  let flow: LayeredFlow<Number>
  let sides: LayeredSides
}

/// What an algorithm on a layered network says besides the flow.
struct LayeredSides {
  /// The tokens reached from the upper end `s`, with it; `t` too if the flow is not maximum.
  let upper: NodeSet
  /// The tokens from which the lower end `t` is reached, with it; not defined at the work limit.
  let lower: NodeSet
}

/// Finds a maximum flow from the upper end of a layered network to the lower.
///
/// `capacities` has a number for each arc in arc order, none negative.
func solveLayered<Number: FlowNumber>(
  _ layout: LayeredLayout, capacities: [Number], limit: WorkLimit
) -> LayeredSolution<Number> {
  precondition(
    capacities.count == layout.arcCount,
    "\(capacities.count) capacities for \(layout.arcCount) arcs")
  var found: (run: MaximumFlowRun, sides: LayeredSides)?
  let amounts = capacities.withUnsafeBufferPointer { capacities in
    [Number](unsafeUninitializedCapacity: layout.arcCount) { flow, count in
      guard let capacities = capacities.baseAddress, let flow = flow.baseAddress else { return }
      preferLargePages(flow, count: layout.arcCount)
      found = run(layout, capacities, flow, limit)
      count = layout.arcCount
    }
  }
  guard let found else { preconditionFailure("a layered network has arcs") }
  return LayeredSolution(
    run: found.run, flow: LayeredFlow(layout, capacities: capacities, amounts: amounts),
    sides: found.sides)
}

/// The algorithm; it leaves the flow in memory that is not initialised before.
private func run<Number: FlowNumber>(
  _ layout: LayeredLayout, _ capacities: UnsafePointer<Number>,
  _ flow: UnsafeMutablePointer<Number>, _ limit: WorkLimit
) -> (run: MaximumFlowRun, sides: LayeredSides) {
  var preflow = LayeredPreflow(layout, capacities: capacities, flow: flow)
  var distances = LayeredDistances(layout)
  var status = MaximumFlowStatus.workLimitReached
  if preflow.fill(limit: limit) {
    // Bounded by the distances; see the head of this file.
    while !limit.isExceeded(by: preflow.work + distances.work) {
      distances.measure(preflow.open, upTo: preflow.active) { preflow.isOpenBelow($0) }
      if !preflow.sweep(distances) {
        status = .optimal
        break
      }
    }
    preflow.giveBack()
  }
  let upperSide = preflow.open.reachable {
    preflow.isOpenAbove($0)
  } isOpenBelow: {
    preflow.isOpenBelow($0)
  }
  return (
    MaximumFlowRun(status: status, work: preflow.work + distances.work),
    LayeredSides(upper: upperSide, lower: distances.lowerSide(layout))
  )
}

extension LayeredDistances {
  /// The tokens that have a way to the sink, with it, as nodes.
  func lowerSide(_ layout: LayeredLayout) -> NodeSet {
    var nodes = NodeSet(nodeCount: layout.nodeCount, members: [layout.sink])
    for layer in 0...layout.layers {
      for word in 0..<alive.words {
        forEachBit(alive[layer][word], offset: layer * layout.tokens + 64 * word) { token in
          nodes.insert(token + 1)
        }
      }
    }
    return nodes
  }
}

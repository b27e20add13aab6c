// Further flow from one node to another of a layered network, to be taken back afterwards.
//
// Problem: intervals of T tokens take 2T small flows on one residual graph.
// Idea: as in Dinic's algorithm, measure distances from the start and push along shortest paths
// until the goal has none left. The residual graph is kept as bits (`LayeredResidual`), so that
// measuring costs about as many operations as there are arcs / 64. Walks begin at the goal and go
// to places one step nearer to the start, so none leads astray before something has been pushed.
// A place without an open way on is taken out of its ring for good.
//
// When the start does not reach the goal any more, what it does reach proves that the flow is as
// large as can be. Afterwards the arcs that were touched are put back, with their bits.
//
// Why it terminates, on doubles too: every push fills or empties an arc exactly, for at least one
// room is the amount itself, or uses up what is allowed; the reverses lead away from the goal, so
// after a round no path of the old length is left. Distances are below the number n of nodes.
// Cost: a round takes two rows of T/64 words for each node, and as much for each step of a walk.
// Source: [D].
import Checker
import Networks

/// A layered network with a flow, on which further flows are tried and undone.
struct LayeredTrials<Number: FlowNumber>: ~Copyable, FlowTrials {
  private let layout: LayeredLayout
  private let capacities: [Number]
  /// The flow between trials.
  private let base: [Number]
  private let flow: UnsafeMutablePointer<Number>
  private let residual: LayeredResidual
  private var search: ResidualSearch
  /// The way from the goal back to where the walk stands.
  private var walk: [Step] = []
  /// The arcs that the trial has pushed on, and the same as bits.
  private var touched: [Int32] = []
  private let isTouched: BitRows
  private var pushes = 0

  /// A place, and the arc from it to the place before it in the walk.
  private struct Step {
    var level: Int
    var token: Int
    var arc: Int
    var isDown: Bool
  }

  /// Trials begin from a flow, read from the top down; `0 <= f(e) <= u(e)` for every arc.
  init(_ start: LayeredFlow<Number>) {
    layout = start.layout
    capacities = start.capacities
    base = start.amounts
    flow = .allocate(capacity: base.count)
    for arc in 0..<base.count { (flow + arc).initialize(to: base[arc]) }
    residual = LayeredResidual(start)
    search = ResidualSearch(residual)
    isTouched = BitRows(count: 1, width: layout.arcCount)
  }

  deinit {
    flow.deinitialize(count: layout.arcCount)
    flow.deallocate()
  }

  /// The number of looks at words of rows and at arcs so far.
  private var work: Int { search.work + pushes }

  func residual(of halfArc: Int) -> Number {
    let arc = halfArc >> 1
    return halfArc & 1 == 0 ? capacities[arc] - base[arc] : base[arc]
  }

  mutating func push(
    from start: Int, to end: Int, atMost most: Number, blocked: Int?, limit: WorkLimit
  ) -> FlowTrial<Number>? {
    guard most > .zero else { return FlowTrial(amount: .zero, arcs: [], changes: [], cut: nil) }
    if let blocked { close(blocked) }
    let amount = add(from: start, to: end, atMost: most, limit: limit)
    let cut = amount.flatMap { $0 < most ? residual.nodes(search.seen) : nil }
    var trial = takeBack()
    if let blocked { restore(blocked) }
    guard let amount else { return nil }
    trial.amount = amount
    trial.cut = cut
    return trial
  }

  /// Pushes as much as possible between two nodes, at most a given amount.
  ///
  /// - Returns: what was pushed, or nil if the limit was reached.
  private mutating func add(
    from start: Int, to end: Int, atMost most: Number, limit: WorkLimit
  ) -> Number? {
    var remaining = most
    // Every pass but the last makes the way from start to end longer.
    while remaining > .zero {
      search.measure(residual, from: start, to: end)
      guard let distance = search.distance else { break }
      pushBlockingFlow(to: end, at: distance, &remaining)
      if limit.isExceeded(by: work) { return nil }
    }
    return most - remaining
  }

  /// Takes an arc out of the residual graph.
  private func close(_ arc: Int) {
    let (level, i, j) = residual.ends(of: arc)
    residual.setDownward(level, i, j, isOpen: false)
    residual.setUpward(level, i, j, isOpen: false)
  }

  /// Gives an arc its old flow.
  private func restore(_ arc: Int) {
    let (level, i, j) = residual.ends(of: arc)
    flow[arc] = base[arc]
    residual.setDownward(level, i, j, isOpen: base[arc] < capacities[arc])
    residual.setUpward(level, i, j, isOpen: base[arc] > .zero)
  }

  /// Pushes along shortest paths until none is left or the amount allowed is used up.
  private mutating func pushBlockingFlow(
    to end: Int, at distance: Int, _ remaining: inout Number
  ) {
    walk.removeAll(keepingCapacity: true)
    walk.append(
      Step(
        level: residual.level(of: end), token: residual.token(of: end), arc: -1, isDown: false))
    // Every pass takes a step, gives up a place for good, or empties an arc.
    while let place = walk.last {
      let rest = distance + 1 - walk.count
      if rest == 0 {
        push(&remaining)
        if !(remaining > .zero) { return }
        continue
      }
      pushes += 1
      if let next = search.step(
        before: rest, level: place.level, token: place.token, residual)
      {
        let isDown = next.level > place.level
        let arc =
          isDown
          ? residual.arc(next.level, next.token, place.token)
          : residual.arc(place.level, place.token, next.token)
        walk.append(Step(level: next.level, token: next.token, arc: arc, isDown: isDown))
      } else {
        search.remove(at: rest, level: place.level, token: place.token)
        walk.removeLast()
      }
    }
  }

  /// Pushes what fits along the walk, which ends at the start, and shortens it to the part behind
  /// the last arc that is filled or emptied.
  private mutating func push(_ remaining: inout Number) {
    var amount = remaining
    for step in walk.dropFirst() {
      let room = step.isDown ? capacities[step.arc] - flow[step.arc] : flow[step.arc]
      if room < amount { amount = room }
    }
    remaining -= amount
    var kept = walk.count
    for k in (1..<walk.count).reversed() {
      let (to, from) = (walk[k - 1].token, walk[k])
      let isClosed =
        from.isDown
        ? push(amount, on: from.arc, down: from.level, from.token, to)
        : push(amount, on: from.arc, up: from.level + 1, to, from.token)
      if isClosed { kept = k }
    }
    walk.removeLast(walk.count - kept)
  }

  /// Adds to the flow of an arc; whether that fills it.
  @inline(__always)
  private mutating func push(
    _ amount: Number, on arc: Int, down level: Int, _ i: Int, _ j: Int
  ) -> Bool {
    touch(arc)
    // What carries nothing is not open upwards yet.
    if !(flow[arc] > .zero) { residual.setUpward(level, i, j, isOpen: true) }
    let isFilled = !(capacities[arc] - flow[arc] > amount)
    flow[arc] = isFilled ? capacities[arc] : min(flow[arc] + amount, capacities[arc])
    if isFilled { residual.setDownward(level, i, j, isOpen: false) }
    return isFilled
  }

  /// Takes from the flow of an arc; whether that empties it.
  @inline(__always)
  private mutating func push(
    _ amount: Number, on arc: Int, up level: Int, _ i: Int, _ j: Int
  ) -> Bool {
    touch(arc)
    // What is full is not open downwards yet.
    if !(capacities[arc] > flow[arc]) { residual.setDownward(level, i, j, isOpen: true) }
    flow[arc] -= amount
    let isEmptied = !(flow[arc] > .zero)
    if isEmptied { residual.setUpward(level, i, j, isOpen: false) }
    return isEmptied
  }

  @inline(__always)
  private mutating func touch(_ arc: Int) {
    pushes += 1
    if isTouched.contains(0, arc) { return }
    isTouched.insert(0, arc)
    touched.append(Int32(truncatingIfNeeded: arc))
  }

  /// Restores the arcs that were pushed on, and says how their flow had changed.
  private mutating func takeBack() -> FlowTrial<Number> {
    var trial = FlowTrial<Number>(amount: .zero, arcs: [], changes: [], cut: nil)
    if touched.isEmpty { return trial }
    touched.sort()
    // One more, for the arc that the flow is pushed around.
    trial.arcs.reserveCapacity(touched.count + 1)
    trial.changes.reserveCapacity(touched.count + 1)
    for arc in touched {
      let change = flow[Int(arc)] - base[Int(arc)]
      if change != .zero {
        trial.arcs.append(arc)
        trial.changes.append(change)
      }
      restore(Int(arc))
      isTouched.remove(0, Int(arc))
    }
    touched.removeAll(keepingCapacity: true)
    return trial
  }
}

import Networks

/// A preflow on a layered network: flow on every arc, and what tokens hold beyond what they pass
/// on.
///
/// Tokens are numbered by their nodes less 1, `l*T + j`. Excess is never negative. Where the bits
/// of `open` say that an arc is saturated or empty, its flow is exactly the capacity or zero.
struct LayeredPreflow<Number: FlowNumber>: ~Copyable {
  let layout: LayeredLayout
  /// The capacity of every arc, in arc order.
  let capacities: UnsafePointer<Number>
  /// The flow on every arc, in arc order.
  let flow: UnsafeMutablePointer<Number>
  /// Inflow minus outflow of every token.
  let excess: UnsafeMutablePointer<Number>
  /// The open arcs between tokens.
  let open: LayeredOpenArcs
  /// The tokens with excess that may still find their way down, a row for each layer.
  let active: BitRows
  /// The number of looks at arcs, or at words of a row of them.
  var work = 0

  /// A preflow still to be filled; `flow` is memory for all arcs, which `fill` initialises.
  init(
    _ layout: LayeredLayout, capacities: UnsafePointer<Number>, flow: UnsafeMutablePointer<Number>
  ) {
    self.layout = layout
    self.capacities = capacities
    self.flow = flow
    let count = (layout.layers + 1) * layout.tokens
    excess = .allocate(capacity: count)
    excess.initialize(repeating: .zero, count: count)
    open = LayeredOpenArcs(layout)
    active = BitRows(count: layout.layers + 1, width: layout.tokens)
  }

  deinit {
    excess.deinitialize(count: (layout.layers + 1) * layout.tokens)
    excess.deallocate()
  }

  /// Whether the sink arc of a bottom token can take more.
  func isOpenBelow(_ token: Int) -> Bool {
    flow[layout.sinkArc(token)] < capacities[layout.sinkArc(token)]
  }

  /// Whether the source arc of a top token can take more.
  func isOpenAbove(_ token: Int) -> Bool {
    flow[layout.sourceArc(token)] < capacities[layout.sourceArc(token)]
  }

  /// Moves excess to the sink, each token's as far as one pass from the farthest distance to the
  /// nearest takes it; false if no token had any that can get there.
  mutating func sweep(_ distances: borrowing LayeredDistances) -> Bool {
    var isMoved = false
    var distance = distances.farthest
    while distance > 0 {
      for layer in 0...layout.layers {
        guard let start = distances.segment(distance, layer) else { continue }
        let below = distance > 1 ? distances.segment(distance - 1, layer - 1) : nil
        let above = distance > 1 ? distances.segment(distance - 1, layer + 1) : nil
        distances.withPool { pool in
          for word in 0..<active.words {
            forEachBit(pool[start + word] & active[layer][word], offset: 64 * word) { token in
              isMoved = true
              discharge(
                layer, token, isLast: distance == 1, below: below.map { pool + $0 },
                above: above.map { pool + $0 })
            }
          }
        }
      }
      distance -= 1
    }
    return isMoved
  }

  /// Moves the excess of a token to the given ones, or into the sink.
  @inline(__always)
  private mutating func discharge(
    _ layer: Int, _ token: Int, isLast: Bool, below: UnsafePointer<UInt64>?,
    above: UnsafePointer<UInt64>?
  ) {
    let node = layer * layout.tokens + token
    var rest = excess[node]
    work += active.words
    if isLast && layer == 0 && rest > .zero {
      let arc = layout.sinkArc(token)
      rest -= add(rest, to: arc)
    }
    if let below, rest > .zero { pushDown(&rest, node, layer, token, to: below) }
    if let above, rest > .zero { pushUp(&rest, node, layer, token, to: above) }
    excess[node] = rest
    // A comparison that is false of what is not a number, too.
    if !(rest > .zero) { active.remove(layer, token) }
  }

  /// Adds to the flow of an arc as much of an amount as it can take, and returns how much.
  @inline(__always)
  private func add(_ amount: Number, to arc: Int) -> Number {
    let capacity = capacities[arc]
    let room = capacity - flow[arc]
    // In doubles the sum may miss the capacity by rounding; a saturated arc has it exactly.
    flow[arc] = amount < room ? min(flow[arc] + amount, capacity) : capacity
    return min(amount, room)
  }

  @inline(__always)
  private mutating func pushDown(
    _ rest: inout Number, _ node: Int, _ layer: Int, _ token: Int,
    to targets: UnsafePointer<UInt64>
  ) {
    let tokens = layout.tokens
    let row = node - tokens
    let (down, up) = (open.downward[row], open.upward[row])
    let awake = active[layer - 1]
    for word in 0..<active.words {
      var candidates = down[word] & targets[word]
      while candidates != 0 {
        let bit = candidates.trailingZeroBitCount
        candidates &= candidates - 1
        let mask: UInt64 = 1 << UInt64(bit)
        let target = 64 * word + bit
        let arc = row * tokens + target
        let room = capacities[arc] - flow[arc]
        let isFilled = rest >= room
        let amount = isFilled ? room : rest
        work += 1
        if up[word] & mask == 0 {
          up[word] |= mask
          open.upwardByColumn.insert((layer - 1) * tokens + target, token)
        }
        if isFilled { down[word] ^= mask }
        flow[arc] = isFilled ? capacities[arc] : min(flow[arc] + amount, capacities[arc])
        excess[(layer - 1) * tokens + target] += amount
        awake[word] |= mask
        rest -= amount
        if isFilled && rest > .zero { continue }
        return
      }
    }
  }

  @inline(__always)
  private mutating func pushUp(
    _ rest: inout Number, _ node: Int, _ layer: Int, _ token: Int,
    to targets: UnsafePointer<UInt64>
  ) {
    let tokens = layout.tokens
    let column = open.upwardByColumn[node]
    let awake = active[layer + 1]
    for word in 0..<active.words {
      var candidates = column[word] & targets[word]
      while candidates != 0 {
        let bit = candidates.trailingZeroBitCount
        candidates &= candidates - 1
        let mask: UInt64 = 1 << UInt64(bit)
        let target = 64 * word + bit
        let row = layer * tokens + target
        let arc = row * tokens + token
        let isEmptied = rest >= flow[arc]
        let amount = isEmptied ? flow[arc] : rest
        work += 1
        open.downward.insert(row, token)
        if isEmptied {
          column[word] ^= mask
          open.upward.remove(row, token)
        }
        flow[arc] -= amount
        excess[row + tokens] += amount
        awake[word] |= mask
        rest -= amount
        if isEmptied && rest > .zero { continue }
        return
      }
    }
  }

  /// Sends all excess back to the source, so that what is left is a flow.
  ///
  /// What a token holds has come from above; from the bottom layer up, each one takes it back from
  /// its inflow. In doubles, rounding may leave a crumb for which there is no inflow any more.
  mutating func giveBack() {
    let tokens = layout.tokens
    let holders = BitRows(count: 1, width: tokens)
    let held = holders[0]
    for layer in 0..<layout.layers {
      var hasHolders = false
      for word in 0..<holders.words { held[word] = 0 }
      for token in 0..<tokens where excess[layer * tokens + token] > .zero {
        holders.insert(0, token)
        hasHolders = true
      }
      if !hasHolders { continue }
      for upper in 0..<tokens {
        let row = layer * tokens + upper
        var returned = Number.zero
        for word in 0..<holders.words {
          forEachBit(open.upward[row][word] & held[word], offset: 64 * word) { token in
            let (arc, holder) = (row * tokens + token, layer * tokens + token)
            let amount = min(excess[holder], flow[arc])
            work += 1
            flow[arc] -= amount
            excess[holder] -= amount
            returned += amount
            open.downward.insert(row, token)
            if !(flow[arc] > .zero) {
              open.upward.remove(row, token)
              open.upwardByColumn.remove(holder, upper)
            }
            if !(excess[holder] > .zero) { holders.remove(0, token) }
          }
        }
        excess[row + tokens] += returned
      }
    }
    for token in 0..<tokens {
      let holder = layout.layers * tokens + token
      let arc = layout.sourceArc(token)
      flow[arc] -= min(excess[holder], flow[arc])
      excess[holder] = .zero
    }
  }
}

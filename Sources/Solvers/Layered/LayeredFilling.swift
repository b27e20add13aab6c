// The first preflow: every layer filled once, from the top down.
//
// A pass from the bottom up finds what each token can pass on at most: the sum over its row of what
// an entry can carry and its lower end pass on. A pass from the top down then hands on what each
// token has got, never more than the lower token can pass on. A column to which the whole layer
// above can bring less than that is needy: it will have use for all that comes. Each row first
// fills its needy columns, then the others, so that what is scarce is not withheld where it is
// wanted. On attention this already is 70 to 95 % of the maximum flow, for three passes over the
// tensor.
//
// Loops over rows use `plus` and `minus`: their sums are sums of entries, for which the number
// types have head room.
import Networks

extension LayeredPreflow {
  /// Fills the preflow from the top down, and sets the bits of its open arcs.
  ///
  /// - Returns: false if the work limit was reached first; then all flow is zero.
  mutating func fill(limit: WorkLimit) -> Bool {
    let (layers, tokens) = (layout.layers, layout.tokens)
    let bounds = PassingBounds(layout, capacities: capacities)
    work += layout.entryCount
    if limit.isExceeded(by: work) {
      flow.initialize(repeating: .zero, count: layout.arcCount)
      return false
    }
    (flow + layout.entryCount).initialize(repeating: .zero, count: 2 * tokens)
    for token in 0..<tokens {
      let node = layers * tokens + token
      let supply = min(capacities[layout.sourceArc(token)], bounds.passing[node])
      flow[layout.sourceArc(token)] = supply
      excess[node] = supply
    }
    let rooms = ColumnRooms<Number>(tokens)
    for l in (0..<layers).reversed() {
      rooms.take(bounds, layer: l)
      for upper in 0..<tokens {
        let row = l * tokens + upper
        let extent = Int(bounds.extent[row])
        let (limits, amounts) = (capacities + row * tokens, flow + row * tokens)
        amounts.initialize(repeating: .zero, count: tokens)
        var rest = excess[row + tokens]
        if rest > .zero {
          fillRow(&rest, limits, amounts, room: rooms.needy, count: extent)
          fillRow(&rest, limits, amounts, room: rooms.others, count: extent)
          excess[row + tokens] = rest
        }
        open.read(row, capacities: limits, flow: amounts, count: extent, crumb: .zero)
        work += extent
      }
      open.readColumns(ofBlock: l)
      for token in 0..<tokens {
        let node = l * tokens + token
        excess[node] = rooms.taken(token, of: bounds.passing[node])
      }
    }
    for token in 0..<tokens {
      let arc = layout.sinkArc(token)
      // The bound on a bottom token is the capacity of its sink arc.
      flow[arc] = min(excess[token], capacities[arc])
      excess[token] = .zero
    }
    for layer in 0...layers {
      for token in 0..<tokens where excess[layer * tokens + token] > .zero {
        active.insert(layer, token)
      }
    }
    return true
  }
}

/// Puts what a token has on the entries of its row, as far as the columns have room.
///
/// A column has room in one of two such calls only, so its entry is still empty.
@inline(__always)
private func fillRow<Number: FlowNumber>(
  _ rest: inout Number, _ limits: UnsafePointer<Number>, _ amounts: UnsafeMutablePointer<Number>,
  room: UnsafeMutablePointer<Number>, count: Int
) {
  if !(rest > .zero) { return }
  for j in 0..<count {
    let amount = min(rest, min(limits[j], room[j]))
    amounts[j] = amounts[j].plus(amount)
    room[j] = room[j].minus(amount)
    rest = rest.minus(amount)
    if !(rest > .zero) { return }
  }
}

/// What the tokens of a layer can still take, apart for needy columns and others.
private struct ColumnRooms<Number: FlowNumber>: ~Copyable {
  let needy: UnsafeMutablePointer<Number>
  let others: UnsafeMutablePointer<Number>
  private let tokens: Int

  init(_ tokens: Int) {
    self.tokens = tokens
    needy = .allocate(capacity: tokens)
    others = .allocate(capacity: tokens)
    needy.initialize(repeating: .zero, count: tokens)
    others.initialize(repeating: .zero, count: tokens)
  }

  deinit {
    needy.deinitialize(count: tokens)
    others.deinitialize(count: tokens)
    needy.deallocate()
    others.deallocate()
  }

  /// Sets the room of a layer's tokens to what they can pass on.
  func take(_ bounds: borrowing PassingBounds<Number>, layer: Int) {
    for token in 0..<tokens {
      let node = layer * tokens + token
      let passing = bounds.passing[node]
      let isNeedy = bounds.arriving[node] <= passing
      needy[token] = isNeedy ? passing : .zero
      others[token] = isNeedy ? .zero : passing
    }
  }

  /// What a token has taken of the room that it had.
  func taken(_ token: Int, of room: Number) -> Number {
    room - needy[token] - others[token]
  }
}

/// Bounds on what each token can pass on and on what can arrive at it.
private struct PassingBounds<Number: FlowNumber>: ~Copyable {
  /// What each token can pass on at most, by `l*T + j`.
  let passing: UnsafeMutablePointer<Number>
  /// What all rows of the layer above could bring to each token; zero for the top layer.
  let arriving: UnsafeMutablePointer<Number>
  /// The number of entries of each row up to the last that is not zero: half of them if rows are
  /// causal.
  let extent: UnsafeMutablePointer<Int32>
  private let layout: LayeredLayout

  init(_ layout: LayeredLayout, capacities: UnsafePointer<Number>) {
    let tokens = layout.tokens
    let count = (layout.layers + 1) * tokens
    self.layout = layout
    passing = .allocate(capacity: count)
    arriving = .allocate(capacity: count)
    extent = .allocate(capacity: layout.rowCount)
    passing.initialize(repeating: .zero, count: count)
    arriving.initialize(repeating: .zero, count: count)
    extent.initialize(repeating: 0, count: layout.rowCount)
    for token in 0..<tokens { passing[token] = capacities[layout.sinkArc(token)] }
    for row in 0..<layout.rowCount {
      let limits = capacities + row * tokens
      let lower = row / tokens * tokens
      let (room, sums) = (passing + lower, arriving + lower)
      var length = tokens
      while length > 0 && limits[length - 1] == .zero { length -= 1 }
      var sum = Number.zero
      for j in 0..<length {
        let amount = min(limits[j], room[j])
        sum = sum.plus(amount)
        sums[j] = sums[j].plus(amount)
      }
      passing[row + tokens] = sum
      extent[row] = Int32(truncatingIfNeeded: length)
    }
  }

  deinit {
    let count = (layout.layers + 1) * layout.tokens
    passing.deinitialize(count: count)
    arriving.deinitialize(count: count)
    passing.deallocate()
    arriving.deallocate()
    extent.deallocate()
  }
}

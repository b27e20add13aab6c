/// The arcs of a network: computed ends for layered networks, listed ends for others.
///
/// A layered network has nodes `t = 0`, `(l, i) = T * l + i + 1` and `s = (L + 1) * T + 1`. Arc
/// `(l * T + i) * T + j` joins `(l+1, i)` and `(l, j)`; then come `T` arcs between `s` and the top
/// tokens, then `T` arcs between the bottom tokens and `t`.
public enum Arcs: Sendable, Equatable {
  /// From the top layer down: `(l+1, i) -> (l, j)`, source `s`, sink `t`. Source: [U] Algorithm 1.
  case layered(layers: Int, tokens: Int)
  /// The same arcs reversed, from the bottom layer up: source `t`, sink `s`.
  case layeredForward(layers: Int, tokens: Int)
  /// Tails and heads, one of each per arc.
  case listed(tails: [Int32], heads: [Int32])

  /// The number of arcs.
  public var count: Int {
    switch self {
    case .layered(let layers, let tokens), .layeredForward(let layers, let tokens):
      layers * tokens * tokens + 2 * tokens
    case .listed(let tails, _): tails.count
    }
  }

  /// The two ends of an arc; `arc` is in `0 ..< count`.
  public func ends(of arc: Int) -> (tail: Int, head: Int) {
    switch self {
    case .layered(let layers, let tokens): return layeredEnds(arc, layers, tokens)
    case .layeredForward(let layers, let tokens):
      let (tail, head) = layeredEnds(arc, layers, tokens)
      return (head, tail)
    case .listed(let tails, let heads): return (Int(tails[arc]), Int(heads[arc]))
    }
  }

  /// Calls `body` with every arc and its ends, in arc order.
  @inline(__always)
  public func forEach(_ body: (_ arc: Int, _ tail: Int, _ head: Int) -> Void) {
    switch self {
    case .layered(let layers, let tokens):
      forEachLayered(layers, tokens) { arc, upper, lower in body(arc, upper, lower) }
    case .layeredForward(let layers, let tokens):
      forEachLayered(layers, tokens) { arc, upper, lower in body(arc, lower, upper) }
    case .listed(let tails, let heads):
      for arc in 0..<tails.count { body(arc, Int(tails[arc]), Int(heads[arc])) }
    }
  }
}

/// The upper and lower end of an arc of a layered network.
private func layeredEnds(_ arc: Int, _ layers: Int, _ tokens: Int) -> (Int, Int) {
  let attention = layers * tokens * tokens
  if arc < attention {
    let (row, j) = arc.quotientAndRemainder(dividingBy: tokens)
    // Row (l, i) leaves node (l+1, i) = T * (l+1) + i + 1 = row + T + 1, and ends in layer l.
    return (row + tokens + 1, (row / tokens) * tokens + j + 1)
  }
  let i = arc - attention
  if i < tokens { return ((layers + 1) * tokens + 1, layers * tokens + i + 1) }
  return (i - tokens + 1, 0)
}

/// Calls `body` with every arc of a layered network, its upper and its lower end, in arc order.
@inline(__always)
private func forEachLayered(
  _ layers: Int, _ tokens: Int, _ body: (_ arc: Int, _ upper: Int, _ lower: Int) -> Void
) {
  var arc = 0
  for l in 0..<layers {
    let lowerStart = tokens * l + 1
    for upper in (lowerStart + tokens)..<(lowerStart + 2 * tokens) {
      for lower in lowerStart..<(lowerStart + tokens) {
        body(arc, upper, lower)
        arc += 1
      }
    }
  }
  let source = (layers + 1) * tokens + 1
  for top in (layers * tokens + 1)..<source {
    body(arc, source, top)
    arc += 1
  }
  for bottom in 1...tokens {
    body(arc, bottom, 0)
    arc += 1
  }
}

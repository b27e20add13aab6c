import Networks

/// The distance of every token to the sink over open arcs, and the tokens at each distance as bits.
///
/// Tokens are numbered by their nodes less 1, `l*T + j`. Distances only grow from one measurement
/// to the next, as long as flow moves along arcs that lead one step nearer; so a token is looked at
/// only from its last distance on, and one that once had no way to the sink never again.
struct LayeredDistances: ~Copyable {
  /// The tokens that have a way to the sink, a row for each layer.
  let alive: BitRows
  /// The distance of each token that is alive, at least 1; of others the last one that they had.
  private var distance: [Int32]
  /// For each distance from 1 on and each layer where in `pool` its tokens stand, or -1.
  private var segments: [Int32] = []
  /// The tokens of a layer at a distance, as many words as a row has, one behind the other.
  private var pool: [UInt64] = []
  /// The largest distance.
  private(set) var farthest = 0
  /// The number of rows looked at so far.
  private(set) var work = 0

  /// Nothing is measured yet.
  init(_ layout: LayeredLayout) {
    alive = BitRows(count: layout.layers + 1, width: layout.tokens)
    for layer in 0...layout.layers { alive.fill(layer) }
    distance = filled((layout.layers + 1) * layout.tokens, with: 0)
  }

  /// Where in the pool the tokens of a layer at a distance stand; nil if there are none.
  @inline(__always)
  func segment(_ distance: Int, _ layer: Int) -> Int? {
    guard layer >= 0 && layer < alive.count else { return nil }
    let start = segments[(distance - 1) * alive.count + layer]
    return start < 0 ? nil : Int(start)
  }

  /// Calls `body` with the words of a segment.
  @inline(__always)
  func withPool<Result>(_ body: (UnsafePointer<UInt64>) -> Result) -> Result? {
    pool.withUnsafeBufferPointer { words in words.baseAddress.map(body) }
  }

  /// Measures distances, at least up to that of the last of some tokens which has a way at all.
  ///
  /// What is farther than all excess is of no use to the next sweep. If none of the tokens has a
  /// way to the sink, or there are none, all distances are measured.
  ///
  /// - Parameters:
  ///   - open: the open arcs between tokens.
  ///   - active: the tokens whose distance is asked for.
  ///   - isOpenBelow: whether the sink arc of a bottom token can take more.
  /// - Complexity: some words for each token and each distance that it had since the last time.
  mutating func measure(
    _ open: borrowing LayeredOpenArcs, upTo active: borrowing BitRows,
    isOpenBelow: (_ token: Int) -> Bool
  ) {
    let (layers, tokens) = (open.layout.layers, open.layout.tokens)
    let words = alive.words
    segments.removeAll(keepingCapacity: true)
    pool.removeAll(keepingCapacity: true)
    // The tokens that are alive and not met yet; what is left in the end is alive no longer.
    let unseen = BitRows(count: layers + 1, width: tokens)
    for layer in 0...layers {
      for word in 0..<words { unseen[layer][word] = alive[layer][word] }
    }
    farthest = 0
    beginLevel()
    for token in 0..<tokens where unseen.contains(0, token) && isOpenBelow(token) {
      unseen.remove(0, token)
      add(token, to: 0, tokens)
    }
    let isAsked = meet(unseen, active)
    // Every level but the last has a token that no other has.
    while !pool.isEmpty, hasTokens(farthest) {
      if isAsked && !meet(unseen, active) { return }
      let level = farthest
      beginLevel()
      for layer in 0...layers {
        guard let start = segment(level, layer) else { continue }
        if layer < layers { climb(from: start, to: layer + 1, open, unseen) }
        if layer > 0 { descend(from: start, to: layer - 1, open, unseen) }
      }
    }
    segments.removeLast(alive.count)
    farthest -= 1
    for layer in 0...layers {
      for word in 0..<words { alive[layer][word] &= ~unseen[layer][word] }
    }
  }

  /// Measures all distances.
  mutating func measureAll(
    _ open: borrowing LayeredOpenArcs, isOpenBelow: (_ token: Int) -> Bool
  ) {
    let none = BitRows(count: alive.count, width: open.layout.tokens)
    measure(open, upTo: none, isOpenBelow: isOpenBelow)
  }

  /// Whether some tokens are in both sets.
  private func meet(_ tokens: borrowing BitRows, _ others: borrowing BitRows) -> Bool {
    for layer in 0..<alive.count where tokens.meets(layer, others[layer]) { return true }
    return false
  }

  /// Whether there are tokens at a distance.
  private func hasTokens(_ distance: Int) -> Bool {
    (0..<alive.count).contains { segment(distance, $0) != nil }
  }

  private mutating func beginLevel() {
    segments.append(contentsOf: repeatElement(-1, count: alive.count))
    farthest += 1
  }

  /// Notes a token of a layer at the distance that is being measured.
  @inline(__always)
  private mutating func add(_ token: Int, to layer: Int, _ tokens: Int) {
    let slot = (farthest - 1) * alive.count + layer
    if segments[slot] < 0 {
      segments[slot] = Int32(truncatingIfNeeded: pool.count)
      pool.append(contentsOf: repeatElement(0, count: alive.words))
    }
    pool[Int(segments[slot]) + token >> 6] |= 1 << UInt64(token & 63)
    distance[layer * tokens + token] = Int32(truncatingIfNeeded: farthest)
  }

  /// Finds the tokens of a layer with an open arc down to some of those of a segment.
  private mutating func climb(
    from start: Int, to layer: Int, _ open: borrowing LayeredOpenArcs, _ unseen: borrowing BitRows
  ) {
    let tokens = open.layout.tokens
    for word in 0..<alive.words {
      forEachBit(unseen[layer][word], offset: 64 * word) { token in
        let node = layer * tokens + token
        if distance[node] > Int32(truncatingIfNeeded: farthest) { return }
        work += 1
        let isMet = pool.withUnsafeBufferPointer { pool in
          let row = open.downward[node - tokens]
          var common: UInt64 = 0
          for word in 0..<alive.words { common |= row[word] & pool[start + word] }
          return common != 0
        }
        if isMet {
          unseen.remove(layer, token)
          add(token, to: layer, tokens)
        }
      }
    }
  }

  /// Finds the tokens of a layer from which something can be pushed up to those of a segment.
  private mutating func descend(
    from start: Int, to layer: Int, _ open: borrowing LayeredOpenArcs, _ unseen: borrowing BitRows
  ) {
    let tokens = open.layout.tokens
    let rest = unseen[layer]
    for word in 0..<alive.words {
      forEachBit(pool[start + word], offset: 64 * word) { upper in
        work += 1
        let row = open.upward[layer * tokens + upper]
        for word in 0..<alive.words {
          let new = row[word] & rest[word]
          if new == 0 { continue }
          rest[word] ^= new
          forEachBit(new, offset: 64 * word) { add($0, to: layer, tokens) }
        }
      }
    }
  }
}

// Searches in breadth through the residual graph of a layered network.
//
// Problem: between two nodes find all shortest ways, or else everything that the first one reaches.
// Idea: the nodes at one distance from the start are a ring, a row of bits for each level. The next
// ring is, over all nodes of the last one, the `or` of their two rows, less what was seen before.
// No node's distance is ever asked for: a walk from the goal finds a node one step nearer to the
// start as the first bit of a row `and` the ring before.
// Termination: every ring but the last has a node that was not seen. Cost: two rows of T/64 words
// for each node that is met, and (L + 3) T / 64 words of memory for each ring.
// Source: the levels of [D].
import Networks

/// A search in breadth through the residual graph of a layered network, with the places at each
/// distance as bits.
///
/// The memory is kept from one search to the next.
struct ResidualSearch: ~Copyable {
  /// The places that were met, a row for each level.
  let seen: BitRows
  /// The distance of the goal, or nil if it was not met.
  private(set) var distance: Int?
  /// The number of rows looked at since the beginning.
  private(set) var work = 0
  private let levelCount: Int
  private let words: Int
  /// The places at each distance, as many words as `seen` has; space for `capacity` distances.
  private var rings: UnsafeMutablePointer<UInt64>
  private var capacity = 16
  private var startLevel = 0

  /// Space for searches through graphs of these sizes.
  init(_ residual: borrowing LayeredResidual) {
    seen = residual.noPlaces()
    levelCount = residual.levelCount
    words = seen.words
    rings = .allocate(capacity: capacity * levelCount * words)
  }

  deinit { rings.deallocate() }

  /// The words of the places of a level at a distance.
  @inline(__always)
  private func ring(_ distance: Int, _ level: Int) -> UnsafeMutablePointer<UInt64> {
    rings + (distance * levelCount + level) * words
  }

  /// Empties the ring of a distance, for which there may not be space yet.
  private mutating func clear(_ distance: Int) {
    if distance == capacity {
      let size = levelCount * words
      let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * capacity * size)
      larger.initialize(from: rings, count: capacity * size)
      rings.deallocate()
      rings = larger
      capacity *= 2
    }
    ring(distance, 0).initialize(repeating: 0, count: levelCount * words)
  }

  /// The levels that places at a distance from the start can have.
  @inline(__always)
  private func levels(at distance: Int) -> ClosedRange<Int> {
    max(0, startLevel - distance)...min(levelCount - 1, startLevel + distance)
  }

  /// Measures distances along open half-arcs from a start, up to that of the goal.
  ///
  /// Afterwards `seen` is all that the start reaches if the goal is not among it; otherwise the
  /// rings up to the goal's distance are complete, and that of the goal is the goal alone.
  ///
  /// - Complexity: two rows for each place that is met.
  mutating func measure(
    _ residual: borrowing LayeredResidual, from start: Int, to goal: Int
  ) {
    let tokens = residual.layout.tokens
    startLevel = residual.level(of: start)
    let (goalLevel, goalToken) = (residual.level(of: goal), residual.token(of: goal))
    seen[0].update(repeating: 0, count: levelCount * words)
    distance = nil
    clear(0)
    let token = residual.token(of: start)
    ring(0, startLevel)[token >> 6] = 1 << UInt64(token & 63)
    seen.insert(startLevel, token)
    var reached = 0
    var isGrowing = true
    // Every turn but the last meets a new place.
    while isGrowing && !seen.contains(goalLevel, goalToken) {
      clear(reached + 1)
      isGrowing = false
      for level in levels(at: reached) {
        let current = ring(reached, level)
        for word in 0..<words {
          forEachBit(current[word], offset: level * tokens + 64 * word) { place in
            work += words
            if level > 0, meet(residual.downward[place], level - 1, at: reached + 1) {
              isGrowing = true
            }
            if level + 1 < levelCount,
              meet(residual.upwardByColumn[place], level + 1, at: reached + 1)
            {
              isGrowing = true
            }
          }
        }
      }
      reached += 1
    }
    guard seen.contains(goalLevel, goalToken) else { return }
    distance = reached
    // The others at the goal's distance are of no use.
    clear(reached)
    ring(reached, goalLevel)[goalToken >> 6] = 1 << UInt64(goalToken & 63)
  }

  /// Adds to a ring the neighbours that are not seen yet; whether there are any.
  @inline(__always)
  private func meet(
    _ row: UnsafeMutablePointer<UInt64>, _ level: Int, at distance: Int
  ) -> Bool {
    let (known, ring) = (seen[level], ring(distance, level))
    var isNew: UInt64 = 0
    for word in 0..<words {
      let new = row[word] & ~known[word]
      isNew |= new
      known[word] |= new
      ring[word] |= new
    }
    return isNew != 0
  }

  /// A place one step nearer to the start from which something can be pushed to a place.
  ///
  /// Both are tokens of levels; nil if all such places have been taken out of their ring.
  @inline(__always)
  func step(
    before distance: Int, level: Int, token: Int, _ residual: borrowing LayeredResidual
  ) -> (level: Int, token: Int)? {
    let place = level * residual.layout.tokens + token
    if level + 1 < levelCount {
      let row = residual.downwardByColumn[place]
      if let found = firstCommon(row, distance - 1, level + 1) { return (level + 1, found) }
    }
    if level > 0 {
      let row = residual.upward[place]
      if let found = firstCommon(row, distance - 1, level - 1) { return (level - 1, found) }
    }
    return nil
  }

  @inline(__always)
  private func firstCommon(
    _ row: UnsafeMutablePointer<UInt64>, _ distance: Int, _ level: Int
  ) -> Int? {
    let ring = ring(distance, level)
    for word in 0..<words {
      let common = row[word] & ring[word]
      if common != 0 { return 64 * word + common.trailingZeroBitCount }
    }
    return nil
  }

  /// Takes a place out of the ring of its distance.
  @inline(__always)
  func remove(at distance: Int, level: Int, token: Int) {
    ring(distance, level)[token >> 6] &= ~(1 << UInt64(token & 63))
  }
}

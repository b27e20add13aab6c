// Strongly connected components of a layered residual graph, by rows of bits.
//
// Problem: a network with T tokens in L layers has L T T arcs, but only (L + 1) T nodes, and a
// search that looks at every half-arc spends nearly all its time on arcs to nodes it knows.
// Idea: keep the nodes not yet met as bits. The next one that a node leads to is the first bit of
// its row `and` these, so known nodes cost 1/64 of a step each. Two searches suffice [Sh]: one in
// depth along open half-arcs lists the nodes in the order in which it leaves them for good; then,
// from the last of that list to the first, a node not yet taken forms a component with all that
// lead to it and are not yet taken.
// Why: if a component leads to another one, the search leaves some node of it last of all nodes of
// the two. So the second pass comes to it first, and against the half-arcs it cannot get from it
// to the other. Components appear in topological order.
// Cost: two rows of T/64 words for each node, and again for each node that the search in depth
// comes back to: O(n T / 64) operations. Termination: every turn of a loop takes a node out of the
// set or off a stack.
// Source: [Sh].
import Checker
import Networks

extension StrongComponents {
  /// The components of a residual graph, read from the top down.
  init(_ residual: borrowing LayeredResidual) {
    var component = filled(residual.layout.nodeCount, with: Int32(-1))
    var count: Int32 = 0
    let left = residual.leavingOrder()
    let rest = residual.allPlaces()
    let tokens = residual.layout.tokens
    var stack: [Int] = []
    for start in left.reversed() where rest.take(start, tokens) {
      stack.append(start)
      while let place = stack.popLast() {
        component[residual.node(at: place)] = count
        let level = place / tokens
        if level > 0 { rest.takeAll(residual.upward[place], level - 1, tokens, &stack) }
        if level + 1 < residual.levelCount {
          rest.takeAll(residual.downwardByColumn[place], level + 1, tokens, &stack)
        }
      }
      count += 1
    }
    // From topological order to its reverse.
    for node in component.indices { component[node] = count - 1 - component[node] }
    self.init(component: component, count: Int(count))
  }
}

extension LayeredResidual {
  /// All places in the order in which a search in depth leaves them for good.
  fileprivate borrowing func leavingOrder() -> [Int] {
    let tokens = layout.tokens
    let unseen = allPlaces()
    var order: [Int] = []
    order.reserveCapacity(layout.nodeCount)
    var path: [Int] = []
    for start in 0..<placeCount where unseen.take(start, tokens) {
      path.append(start)
      while let place = path.last {
        let level = place / tokens
        if level > 0, let next = unseen.takeFirst(downward[place], level - 1) {
          path.append((level - 1) * tokens + next)
        } else if level + 1 < levelCount,
          let next = unseen.takeFirst(upwardByColumn[place], level + 1)
        {
          path.append((level + 1) * tokens + next)
        } else {
          order.append(place)
          path.removeLast()
        }
      }
    }
    return order
  }
}

/// A set of places from which some are taken.
extension BitRows {
  /// Takes a place out; false if it was not a member.
  func take(_ place: Int, _ tokens: Int) -> Bool {
    let (level, token) = place.quotientAndRemainder(dividingBy: tokens)
    guard contains(level, token) else { return false }
    remove(level, token)
    return true
  }

  /// Takes out the first member of a level that is in a row as well.
  fileprivate func takeFirst(_ row: UnsafeMutablePointer<UInt64>, _ level: Int) -> Int? {
    let members = self[level]
    for word in 0..<words {
      let common = row[word] & members[word]
      if common == 0 { continue }
      let bit = common.trailingZeroBitCount
      members[word] ^= 1 << UInt64(bit)
      return 64 * word + bit
    }
    return nil
  }

  /// Takes out all members of a level that are in a row as well.
  fileprivate func takeAll(
    _ row: UnsafeMutablePointer<UInt64>, _ level: Int, _ tokens: Int, _ places: inout [Int]
  ) {
    let members = self[level]
    for word in 0..<words {
      let common = row[word] & members[word]
      members[word] ^= common
      forEachBit(common, offset: level * tokens + 64 * word) { places.append($0) }
    }
  }
}

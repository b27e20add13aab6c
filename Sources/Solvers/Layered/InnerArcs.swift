// The arcs inside the strong components of a layered residual graph, and which of them are bridges.
//
// Problem: an arc inside a component can change unless it is a bridge of the component's undirected
// graph. To look for bridges among L T T arcs one by one is more than it takes.
// Idea: let F be a forest that spans the graph, and G one that spans what is left without F. The
// bridges of the graph are those of F + G, which has fewer than 2 n arcs [NI]: a bridge is in F.
// An arc of F that is none has a second arc across the parts into which it divides its tree; either
// that is in G, or G joins its ends by a path, which crosses somewhere.
// Both forests are searched in breadth on rows of bits, so a node costs two rows of T/64 words; the
// bridges of F + G are found by the search for any network. Cost: O(n T / 64).
// Without the bridges, what is left of F still spans each part that the other arcs join: a path of
// the tree that left such a part would have to come back over the same bridge.
// Source: [NI]; [T74] for bridges.
import Checker
import Networks

/// The arcs of a layered network inside strong components, directions forgotten, as bits.
struct InnerArcs: ~Copyable {
  /// Bit `j` of row `p`: the arc between place `p` and token `j` of the level below is inside.
  let rows: BitRows
  /// Bit `i` of row `p`: the arc between token `i` of the level above and place `p` is inside.
  let columns: BitRows
  private let tokens: Int

  /// The arcs that are open in a direction and whose ends have one component.
  init(_ residual: borrowing LayeredResidual, _ components: StrongComponents) {
    tokens = residual.layout.tokens
    rows = BitRows(count: residual.placeCount, width: tokens)
    columns = BitRows(count: residual.placeCount, width: tokens)
    // The places sorted by component; the first of component k is at `first[k]`.
    var first = filled(components.count + 1, with: 0)
    for component in components.component { first[Int(component) + 1] += 1 }
    for component in 0..<components.count { first[component + 1] += first[component] }
    var next = first
    var places = filled(components.component.count, with: 0)
    for (node, component) in components.component.enumerated() {
      places[next[Int(component)]] = residual.place(of: node)
      next[Int(component)] += 1
    }
    let members = residual.noPlaces()
    for component in 0..<components.count where first[component + 1] - first[component] > 1 {
      let own = first[component]..<first[component + 1]
      for place in places[own] { members.insert(place / tokens, place % tokens) }
      for place in places[own] {
        let level = place / tokens
        for word in 0..<rows.words {
          if level > 0 {
            let open = residual.downward[place][word] | residual.upward[place][word]
            rows[place][word] = open & members[level - 1][word]
          }
          if level + 1 < residual.levelCount {
            let down = residual.downwardByColumn[place][word]
            let open = down | residual.upwardByColumn[place][word]
            columns[place][word] = open & members[level + 1][word]
          }
        }
      }
      for place in places[own] { members.remove(place / tokens, place % tokens) }
    }
  }

  /// Adds or removes the arc between two places of neighbouring levels.
  private func set(_ place: Int, _ other: Int, isInside: Bool) {
    let (upper, lower) = (max(place, other), min(place, other))
    rows.set(upper, lower % tokens, to: isInside)
    columns.set(lower, upper % tokens, to: isInside)
  }

  /// A forest that spans the arcs.
  ///
  /// Each tree is searched in breadth from its first place.
  private func forest(_ residual: borrowing LayeredResidual) -> PlaceForest {
    var forest = PlaceForest(placeCount: residual.placeCount)
    let unseen = residual.allPlaces()
    var finished = 0
    for start in 0..<residual.placeCount where unseen.take(start, tokens) {
      forest.order.append(Int32(truncatingIfNeeded: start))
      while finished < forest.order.count {
        let place = Int(forest.order[finished])
        let level = place / tokens
        finished += 1
        if level > 0 { forest.adopt(place, rows[place], rows[place], level - 1, tokens, unseen) }
        if level + 1 < residual.levelCount {
          forest.adopt(place, columns[place], columns[place], level + 1, tokens, unseen)
        }
      }
    }
    return forest
  }

  /// Trees of open half-arcs out of some roots, or into them, in breadth and all at once.
  func trees(
    _ residual: borrowing LayeredResidual, roots: [Int32], isInward: Bool
  ) -> PlaceForest {
    var forest = PlaceForest(placeCount: residual.placeCount)
    let unseen = residual.allPlaces()
    for root in roots where unseen.take(Int(root), tokens) { forest.order.append(root) }
    var finished = 0
    while finished < forest.order.count {
      let place = Int(forest.order[finished])
      let level = place / tokens
      finished += 1
      if level > 0 {
        let open = isInward ? residual.upward[place] : residual.downward[place]
        forest.adopt(place, rows[place], open, level - 1, tokens, unseen)
      }
      if level + 1 < residual.levelCount {
        let open =
          isInward ? residual.downwardByColumn[place] : residual.upwardByColumn[place]
        forest.adopt(place, columns[place], open, level + 1, tokens, unseen)
      }
    }
    return forest
  }

  /// A forest that spans the arcs, in which the bridges are marked; these are taken out.
  func removeBridges(_ residual: borrowing LayeredResidual) -> PlaceForest {
    var first = forest(residual)
    let joined = first.order.filter { first.parent[Int($0)] >= 0 }
    for place in joined { set(Int(place), Int(first.parent[Int(place)]), isInside: false) }
    let second = forest(residual)
    for place in joined { set(Int(place), Int(first.parent[Int(place)]), isInside: true) }
    let joinedAgain = second.order.filter { second.parent[Int($0)] >= 0 }
    let both = Arcs.listed(
      tails: joined.map { first.parent[Int($0)] } + joinedAgain.map { second.parent[Int($0)] },
      heads: joined + joinedAgain)
    let found = bridges(
      Adjacency(nodeCount: residual.placeCount, arcs: both),
      isIncluded: filled(both.count, with: true))
    for (arc, place) in joined.enumerated() where found[arc] {
      first.isBridge[Int(place)] = true
      set(Int(place), Int(first.parent[Int(place)]), isInside: false)
    }
    return first
  }
}

/// A forest on the places of a layered residual graph.
struct PlaceForest {
  /// The parent of each place; -1 at a root.
  var parent: [Int32]
  /// Whether the arc to the parent is a bridge, where that is known.
  var isBridge: [Bool]
  /// The places, every parent before its children.
  var order: [Int32] = []

  fileprivate init(placeCount: Int) {
    parent = filled(placeCount, with: -1)
    isBridge = filled(placeCount, with: false)
    order.reserveCapacity(placeCount)
  }

  /// Makes all places that are in two rows, and not yet seen, children of a place.
  fileprivate mutating func adopt(
    _ place: Int, _ row: UnsafeMutablePointer<UInt64>, _ other: UnsafeMutablePointer<UInt64>,
    _ level: Int, _ tokens: Int, _ unseen: borrowing BitRows
  ) {
    let rest = unseen[level]
    for word in 0..<unseen.words {
      let new = row[word] & other[word] & rest[word]
      rest[word] ^= new
      forEachBit(new, offset: level * tokens + 64 * word) { child in
        parent[child] = Int32(truncatingIfNeeded: place)
        order.append(Int32(truncatingIfNeeded: child))
      }
    }
  }
}

// A circulation of a layered residual graph that is not 0 on exactly the undetermined arcs.
//
// Problem: the certificate of undetermined arcs wants one second flow that differs on all of them.
// Idea: give every undetermined arc one unit in a direction in which it is open; an arc that is
// open both ways gets its direction by its place, as on a chessboard. What then arrives at a place
// and does not leave it goes on to a root along a tree of open half-arcs into it, and what is
// missing comes along a tree out of it. The sum is a circulation. Only open directions are used, so
// an arc with one direction keeps its sign and is not 0; and outside the trees everything is one
// unit. Units to and from a place mostly make up for each other, so the trees carry little, and the
// circulation fits into small slacks.
//
// An arc of the trees that is open both ways may end at 0 by accident. It lies on a cycle that does
// not return through it, found by a search on bits; adding it k times, with the least k >= 1 that
// makes no other arc of the cycle 0, repairs it. Each arc of the cycle forbids one k, so k is at
// most the length of the cycle; and the number of zeros falls, so the repairs end.
//
// Cost: units and what is left of them are counted on rows of bits, O(n T / 64); writing down the
// numbers takes a pass over the arcs; each accidental zero a search.
// The same for any network, arc by arc: `ResidualCirculation.swift`.
import Checker
import Networks

/// A circulation in open directions that is not 0 on exactly the arcs of a set.
struct LayeredCirculation: ~Copyable {
  /// One integer per arc, positive for a change downwards.
  private(set) var changes: [Int64]
  private var search: ResidualSearch

  /// The circulation for a residual graph, read from the top down.
  ///
  /// - Parameters:
  ///   - residual: the residual graph.
  ///   - undetermined: its arcs inside components, without the bridges.
  ///   - labels: for each place one of those that undetermined arcs join to it, the same for all.
  init(
    _ residual: borrowing LayeredResidual, _ undetermined: borrowing InnerArcs, labels: [Int32]
  ) {
    changes = filled(residual.layout.arcCount, with: 0)
    search = ResidualSearch(residual)
    let roots = partRoots(undetermined, labels)
    if roots.isEmpty { return }
    // What arrives at each place and does not leave it.
    var surplus = filled(residual.placeCount, with: Int64(0))
    for place in 0..<residual.placeCount {
      let unit = Units(residual, place)
      let columns = undetermined.columns[place]
      let (downward, upward) = (residual.downwardByColumn[place], residual.upwardByColumn[place])
      for word in 0..<undetermined.columns.words {
        let down = unit.down(columns[word], downward[word], upward[word])
        surplus[place] += Int64(2 * down.nonzeroBitCount - columns[word].nonzeroBitCount)
      }
      let rows = undetermined.rows[place]
      let level = place / residual.layout.tokens
      // The lowest level has no rows, and no bit is set there.
      let arc = level == 0 ? 0 : residual.arc(level, unit.token, 0)
      for word in 0..<undetermined.rows.words where rows[word] != 0 {
        let down = unit.down(
          rows[word], residual.downward[place][word], residual.upward[place][word])
        surplus[place] -= Int64(2 * down.nonzeroBitCount - rows[word].nonzeroBitCount)
        write(down, rows[word] & ~down, from: arc + 64 * word)
      }
    }
    var corrected: [Int] = []
    for isInward in [true, false] {
      let trees = undetermined.trees(residual, roots: roots, isInward: isInward)
      var amounts = surplus.map { max(0, isInward ? $0 : -$0) }
      for place in trees.order.reversed().lazy.map({ Int($0) }) where trees.parent[place] >= 0 {
        let parent = Int(trees.parent[place])
        let amount = amounts[place]
        if amount == 0 { continue }
        amounts[parent] += amount
        let arc = residual.arc(between: place, and: parent)
        // Inwards the amount goes to the parent, outwards it comes from there.
        changes[arc] += (place > parent) == isInward ? amount : -amount
        corrected.append(arc)
      }
    }
    for arc in corrected where changes[arc] == 0 { repair(arc, residual) }
  }

  /// Writes units on 64 arcs in a row, as far as there is one.
  @inline(__always)
  private mutating func write(_ down: UInt64, _ up: UInt64, from first: Int) {
    changes.withUnsafeMutableBufferPointer { changes in
      for bit in 0..<min(64, changes.count - first) where (down | up) >> UInt64(bit) & 1 != 0 {
        changes[first + bit] = down >> UInt64(bit) & 1 != 0 ? 1 : -1
      }
    }
  }

  /// Adds a cycle through an arc on which the circulation is 0, as often as it takes.
  private mutating func repair(_ arc: Int, _ residual: borrowing LayeredResidual) {
    let (level, i, j) = residual.ends(of: arc)
    let upper = residual.node(at: level * residual.layout.tokens + i)
    let lower = residual.node(at: (level - 1) * residual.layout.tokens + j)
    // Without the arc, something can be sent round from its lower end to its upper end.
    residual.setDownward(level, i, j, isOpen: false)
    residual.setUpward(level, i, j, isOpen: false)
    search.measure(residual, from: lower, to: upper)
    var cycle = [(arc: arc, sign: Int64(1))]
    var (atLevel, atToken) = (level, i)
    for distance in (1...max(1, search.distance ?? 0)).reversed() {
      guard
        let step = search.step(before: distance, level: atLevel, token: atToken, residual)
      else { preconditionFailure("arc \(arc) is a bridge of its component") }
      if step.level > atLevel {
        cycle.append((residual.arc(step.level, step.token, atToken), 1))
      } else {
        cycle.append((residual.arc(atLevel, atToken, step.token), -1))
      }
      (atLevel, atToken) = step
    }
    residual.setDownward(level, i, j, isOpen: true)
    residual.setUpward(level, i, j, isOpen: true)
    var times: Int64 = 1
    // Each arc of the cycle forbids at most one number of times.
    while cycle.contains(where: { changes[$0.arc] + $0.sign * times == 0 }) { times += 1 }
    for step in cycle { changes[step.arc] += step.sign * times }
  }
}

/// In which direction the arcs of a place get their units.
private struct Units {
  let token: Int
  /// Every second bit, beginning with the first for tokens of even number.
  private let pattern: UInt64

  init(_ residual: borrowing LayeredResidual, _ place: Int) {
    token = place % residual.layout.tokens
    pattern = token & 1 == 0 ? 0x5555_5555_5555_5555 : 0xaaaa_aaaa_aaaa_aaaa
  }

  /// Which of the arcs get a unit downwards: those not open upwards, and half of the others.
  @inline(__always)
  func down(_ arcs: UInt64, _ downward: UInt64, _ upward: UInt64) -> UInt64 {
    arcs & downward & (~upward | pattern)
  }
}

/// For each part with undetermined arcs the place where most of them meet, so that trees are
/// shallow.
private func partRoots(_ undetermined: borrowing InnerArcs, _ labels: [Int32]) -> [Int32] {
  var best = filled(labels.count, with: (place: Int32(-1), degree: 0))
  for place in labels.indices {
    var degree = 0
    for word in 0..<undetermined.rows.words {
      degree += undetermined.rows[place][word].nonzeroBitCount
      degree += undetermined.columns[place][word].nonzeroBitCount
    }
    let label = Int(labels[place])
    if degree > best[label].degree { best[label] = (Int32(truncatingIfNeeded: place), degree) }
  }
  return best.lazy.filter { $0.degree > 0 }.map { $0.place }
}

// Bridges of an undirected multigraph: the arcs whose removal separates their ends.
//
// Idea: in a depth-first search a tree arc is a bridge exactly if no other arc leads from the
// subtree below it to anything met before. The arc by which a node was entered is skipped by its
// number, not by its end, so that a parallel or antiparallel arc counts as a way back. Each
// half-arc is looked at once, on a stack of its own. Source: [T74].

/// Which of the included arcs are bridges, their directions forgotten.
///
/// Parallel arcs are not bridges, an antiparallel pair counts as two arcs, a self loop never is
/// one.
///
/// - Parameters:
///   - adjacency: the half-arcs of the network.
///   - isIncluded: which arcs belong to the multigraph, one entry per arc.
/// - Returns: one entry per arc, false for arcs that are not included.
public func bridges(_ adjacency: Adjacency, isIncluded: [Bool]) -> [Bool] {
  let first = adjacency.firstHalfArc.span
  let halfArcs = adjacency.halfArcs.span
  let neighbors = adjacency.neighbors.span
  let isIncluded = isIncluded.span
  var found = filled(adjacency.arcCount, with: false)
  var isBridge = found.mutableSpan
  // 0 for a node not met; else the number under which it was met, from 1.
  var numbers = filled(adjacency.nodeCount, with: Int32(0))
  var leastNumbers = numbers
  var order = numbers.mutableSpan
  var lowest = leastNumbers.mutableSpan
  var entryArcs = filled(adjacency.nodeCount, with: Int32(-1))
  var entryArc = entryArcs.mutableSpan
  var met: Int32 = 0
  var slots = adjacency.firstHalfArc
  var nextSlot = slots.mutableSpan
  // The nodes from the root of the search to where it stands, `depth` of them.
  var nodes = filled(adjacency.nodeCount, with: Int32(0))
  var path = nodes.mutableSpan
  var depth = 0

  for start in 0..<Int32(adjacency.nodeCount) where order[Int(start)] == 0 {
    met += 1
    order[Int(start)] = met
    lowest[Int(start)] = met
    path[0] = start
    depth = 1
    // Every pass moves a slot forward or takes a node off the path.
    search: while depth > 0 {
      let node = Int(path[depth - 1])
      while nextSlot[node] < first[node + 1] {
        let slot = Int(nextSlot[node])
        nextSlot[node] += 1
        let arc = halfArcs[slot] >> 1
        guard isIncluded[Int(arc)], arc != entryArc[node] else { continue }
        let next = Int(neighbors[slot])
        if order[next] == 0 {
          met += 1
          order[next] = met
          lowest[next] = met
          entryArc[next] = arc
          path[depth] = Int32(truncatingIfNeeded: next)
          depth += 1
          continue search
        }
        lowest[node] = min(lowest[node], order[next])
      }
      depth -= 1
      if depth > 0 {
        let parent = Int(path[depth - 1])
        lowest[parent] = min(lowest[parent], lowest[node])
        if lowest[node] > order[parent] { isBridge[Int(entryArc[node])] = true }
      }
    }
  }
  return found
}

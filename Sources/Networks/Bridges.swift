// Bridges of an undirected multigraph: the arcs whose removal separates their ends.
//
// Idea: in a depth-first search a tree arc is a bridge exactly if no other arc leads from the
// subtree below it to anything met before. The arc by which a node was entered is skipped by its
// number, not by its end, so that a parallel or antiparallel arc counts as a way back. Each
// half-arc is looked at once, on a stack of its own. Source: [T74].

/// What the search keeps for each node, and at each place of its stack.
private struct SearchRecord {
  /// 0 if the node is not met; else the number under which it was met, from 1.
  var order: Int32 = 0
  /// The lowest number that its subtree is known to reach.
  var lowest: Int32 = 0
  /// The arc by which it was met; -1 at a root.
  var entryArc: Int32 = -1
  /// The position of the half-arc to look at next.
  var nextSlot: Int32 = 0
  /// At place `k`, the node `k` steps from the root of the search on the way to where it stands.
  var path: Int32 = 0
}

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
  var records = filled(adjacency.nodeCount, with: SearchRecord())
  var search = records.mutableSpan
  for node in search.indices { search[node].nextSlot = first[node] }
  var met: Int32 = 0
  var depth = 0

  for start in 0..<Int32(adjacency.nodeCount) where search[Int(start)].order == 0 {
    met += 1
    search[Int(start)].order = met
    search[Int(start)].lowest = met
    search[0].path = start
    depth = 1
    // Every pass moves a slot forward or takes a node off the path.
    descent: while depth > 0 {
      let node = Int(search[depth - 1].path)
      while search[node].nextSlot < first[node + 1] {
        let slot = Int(search[node].nextSlot)
        search[node].nextSlot += 1
        let arc = halfArcs[slot] >> 1
        guard isIncluded[Int(arc)], arc != search[node].entryArc else { continue }
        let next = Int(neighbors[slot])
        if search[next].order == 0 {
          met += 1
          search[next].order = met
          search[next].lowest = met
          search[next].entryArc = arc
          search[depth].path = Int32(truncatingIfNeeded: next)
          depth += 1
          continue descent
        }
        search[node].lowest = min(search[node].lowest, search[next].order)
      }
      depth -= 1
      if depth > 0 {
        let parent = Int(search[depth - 1].path)
        search[parent].lowest = min(search[parent].lowest, search[node].lowest)
        if search[node].lowest > search[parent].order {
          isBridge[Int(search[node].entryArc)] = true
        }
      }
    }
  }
  return found
}

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
  let (first, halfArcs) = (adjacency.firstHalfArc, adjacency.halfArcs)
  let target = adjacency.target
  var isBridge = filled(adjacency.arcCount, with: false)
  // 0 for a node not met; else the number under which it was met, from 1.
  var order = filled(adjacency.nodeCount, with: Int32(0))
  var lowest = order
  var entryArc = filled(adjacency.nodeCount, with: Int32(-1))
  var met: Int32 = 0
  var nextSlot = first
  var path: [Int32] = []
  path.reserveCapacity(adjacency.nodeCount)

  for start in 0..<Int32(adjacency.nodeCount) where order[Int(start)] == 0 {
    met += 1
    order[Int(start)] = met
    lowest[Int(start)] = met
    path.append(start)
    // Every pass moves a slot forward or takes a node off the path.
    search: while let node = path.last.map({ Int($0) }) {
      while nextSlot[node] < first[node + 1] {
        let halfArc = halfArcs[Int(nextSlot[node])]
        nextSlot[node] += 1
        let arc = halfArc >> 1
        guard isIncluded[Int(arc)], arc != entryArc[node] else { continue }
        let next = Int(target[Int(halfArc)])
        if order[next] == 0 {
          met += 1
          order[next] = met
          lowest[next] = met
          entryArc[next] = arc
          path.append(Int32(truncatingIfNeeded: next))
          continue search
        }
        lowest[node] = min(lowest[node], order[next])
      }
      path.removeLast()
      if let parent = path.last.map({ Int($0) }) {
        lowest[parent] = min(lowest[parent], lowest[node])
        if lowest[node] > order[parent] { isBridge[Int(entryArc[node])] = true }
      }
    }
  }
  return isBridge
}

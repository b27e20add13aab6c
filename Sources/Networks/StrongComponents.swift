// Strongly connected components of the open half-arcs.
//
// Idea: one depth-first search numbers the nodes as it meets them and keeps the unfinished ones on
// a stack. The lowest number that a node's subtree can reach on that stack is its own exactly if no
// path leads out of the subtree and back: then what lies above it on the stack is a component.
// Components are found in reverse topological order. The search keeps its own stack of nodes, since
// a path may be as long as the network has nodes. Each half-arc is looked at once. Source: [T].

/// The strongly connected components of some half-arcs of a network.
public struct StrongComponents: Sendable, Equatable {
  /// The component of each node; every open half-arc joins a component to itself or to one with a
  /// smaller number.
  public let component: [Int32]
  /// The number of components.
  public let count: Int

  /// The components when the half-arcs with `isOpen[halfArc]` can be used.
  public init(_ adjacency: Adjacency, isOpen: [Bool]) {
    let nodeCount = adjacency.nodeCount
    let (first, halfArcs) = (adjacency.firstHalfArc, adjacency.halfArcs)
    let target = adjacency.target
    var component = filled(nodeCount, with: Int32(-1))
    var count: Int32 = 0
    // 0 for a node not met; else the number under which it was met, from 1.
    var order = filled(nodeCount, with: Int32(0))
    var lowest = order
    var met: Int32 = 0
    var nextSlot = first
    var path: [Int32] = []
    path.reserveCapacity(nodeCount)
    var unfinished: [Int32] = []
    unfinished.reserveCapacity(nodeCount)

    for start in 0..<Int32(nodeCount) where order[Int(start)] == 0 {
      met += 1
      order[Int(start)] = met
      lowest[Int(start)] = met
      path.append(start)
      unfinished.append(start)
      // Every pass moves a slot forward or takes a node off the path.
      search: while let node = path.last.map({ Int($0) }) {
        while nextSlot[node] < first[node + 1] {
          let halfArc = Int(halfArcs[Int(nextSlot[node])])
          nextSlot[node] += 1
          guard isOpen[halfArc] else { continue }
          let next = Int(target[halfArc])
          if order[next] == 0 {
            met += 1
            order[next] = met
            lowest[next] = met
            path.append(Int32(truncatingIfNeeded: next))
            unfinished.append(Int32(truncatingIfNeeded: next))
            continue search
          }
          if component[next] < 0 { lowest[node] = min(lowest[node], order[next]) }
        }
        path.removeLast()
        if let parent = path.last.map({ Int($0) }) {
          lowest[parent] = min(lowest[parent], lowest[node])
        }
        if lowest[node] == order[node] {
          while let member = unfinished.popLast() {
            component[Int(member)] = count
            if Int(member) == node { break }
          }
          count += 1
        }
      }
    }
    self.component = component
    self.count = Int(count)
  }
}

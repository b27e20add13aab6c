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

  /// Components that are known; see the properties for what must hold.
  public init(component: [Int32], count: Int) {
    self.component = component
    self.count = count
  }

  /// The components when the half-arcs with `isOpen[halfArc]` can be used.
  public init(_ adjacency: Adjacency, isOpen: [Bool]) {
    let nodeCount = adjacency.nodeCount
    let first = adjacency.firstHalfArc.span
    let halfArcs = adjacency.halfArcs.span
    let neighbors = adjacency.neighbors.span
    let isOpen = isOpen.span
    var found = filled(nodeCount, with: Int32(-1))
    var component = found.mutableSpan
    var count: Int32 = 0
    // 0 for a node not met; else the number under which it was met, from 1.
    var numbers = filled(nodeCount, with: Int32(0))
    var leastNumbers = numbers
    var order = numbers.mutableSpan
    var lowest = leastNumbers.mutableSpan
    var met: Int32 = 0
    var slots = adjacency.firstHalfArc
    var nextSlot = slots.mutableSpan
    // The nodes from the root of the search to where it stands, `depth` of them.
    var nodes = filled(nodeCount, with: Int32(0))
    // The nodes of unfinished components, `waiting` of them.
    var stack = nodes
    var path = nodes.mutableSpan
    var unfinished = stack.mutableSpan
    var (depth, waiting) = (0, 0)

    for start in 0..<Int32(nodeCount) where order[Int(start)] == 0 {
      met += 1
      order[Int(start)] = met
      lowest[Int(start)] = met
      path[0] = start
      depth = 1
      unfinished[waiting] = start
      waiting += 1
      // Every pass moves a slot forward or takes a node off the path.
      search: while depth > 0 {
        let node = Int(path[depth - 1])
        while nextSlot[node] < first[node + 1] {
          let slot = Int(nextSlot[node])
          nextSlot[node] += 1
          guard isOpen[Int(halfArcs[slot])] else { continue }
          let next = Int(neighbors[slot])
          if order[next] == 0 {
            met += 1
            order[next] = met
            lowest[next] = met
            path[depth] = Int32(truncatingIfNeeded: next)
            depth += 1
            unfinished[waiting] = Int32(truncatingIfNeeded: next)
            waiting += 1
            continue search
          }
          if component[next] < 0 { lowest[node] = min(lowest[node], order[next]) }
        }
        depth -= 1
        if depth > 0 {
          let parent = Int(path[depth - 1])
          lowest[parent] = min(lowest[parent], lowest[node])
        }
        if lowest[node] == order[node] {
          // The node itself is on the stack, at the bottom of its component.
          while true {
            waiting -= 1
            let member = Int(unfinished[waiting])
            component[member] = count
            if member == node { break }
          }
          count += 1
        }
      }
    }
    self.component = found
    self.count = Int(count)
  }
}

// Strongly connected components of the open half-arcs.
//
// Idea: one depth-first search numbers the nodes as it meets them and keeps the unfinished ones on
// a stack. The lowest number that a node's subtree can reach on that stack is its own exactly if no
// path leads out of the subtree and back: then what lies above it on the stack is a component.
// Components are found in reverse topological order. The search keeps its own stack of nodes, since
// a path may be as long as the network has nodes. Each half-arc is looked at once. Source: [T].

/// What a search in depth keeps for each node, and at each place of its two stacks.
///
/// One array of these costs a small network a fifth of what five arrays cost.
private struct SearchRecord {
  /// 0 if the node is not met; else the number under which it was met, from 1.
  var order: Int32 = 0
  /// The lowest number that its subtree is known to reach.
  var lowest: Int32 = 0
  /// The position of the half-arc to look at next.
  var nextSlot: Int32 = 0
  /// At place `k`, the node `k` steps from the root of the search on the way to where it stands.
  var path: Int32 = 0
  /// At place `k`, the `k`-th node of unfinished components.
  var unfinished: Int32 = 0
}

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
    var records = filled(nodeCount, with: SearchRecord())
    var search = records.mutableSpan
    for node in 0..<nodeCount { search[node].nextSlot = first[node] }
    var met: Int32 = 0
    var (depth, waiting) = (0, 0)

    for start in 0..<Int32(nodeCount) where search[Int(start)].order == 0 {
      met += 1
      search[Int(start)].order = met
      search[Int(start)].lowest = met
      search[0].path = start
      depth = 1
      search[waiting].unfinished = start
      waiting += 1
      // Every pass moves a slot forward or takes a node off the path.
      descent: while depth > 0 {
        let node = Int(search[depth - 1].path)
        while search[node].nextSlot < first[node + 1] {
          let slot = Int(search[node].nextSlot)
          search[node].nextSlot += 1
          guard isOpen[Int(halfArcs[slot])] else { continue }
          let next = Int(neighbors[slot])
          if search[next].order == 0 {
            met += 1
            search[next].order = met
            search[next].lowest = met
            search[depth].path = Int32(truncatingIfNeeded: next)
            depth += 1
            search[waiting].unfinished = Int32(truncatingIfNeeded: next)
            waiting += 1
            continue descent
          }
          if component[next] < 0 {
            search[node].lowest = min(search[node].lowest, search[next].order)
          }
        }
        depth -= 1
        if depth > 0 {
          let parent = Int(search[depth - 1].path)
          search[parent].lowest = min(search[parent].lowest, search[node].lowest)
        }
        if search[node].lowest == search[node].order {
          // The node itself is on the stack, at the bottom of its component.
          while true {
            waiting -= 1
            let member = Int(search[waiting].unfinished)
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

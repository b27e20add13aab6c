// Which half-arcs of a layered flow are open, as three matrices of bits, 3/8 byte an arc.
//
// Searches ask only that, and ask it of many arcs at once: whether a row has an open arc to one of
// a set of tokens is a word or two of `and`. The numbers, 64 to 128 times as many bytes, are read
// only where something is pushed.
import Checker
import Networks

/// The open half-arcs of a layered flow.
///
/// Row `r = l*T + i` belongs to token `i` of layer `l+1`, as in `LayeredFlow`; column `c = l*T + j`
/// to token `j` of layer `l`, which is node `c + 1`. A search downwards from `(l+1, i)` reads
/// `downward[r]`; one upwards from `(l, j)` reads `upwardByColumn[c]`. Against the half-arcs,
/// `upward[r]` says from which lower tokens something can be pushed up to the row's token.
struct LayeredOpenArcs: ~Copyable {
  /// The sizes of the network.
  let layout: LayeredLayout
  /// Bit `j` of row `r`: the entry can take more.
  let downward: BitRows
  /// Bit `j` of row `r`: the entry carries something, which can be pushed back.
  let upward: BitRows
  /// Bit `i` of column `c`: the same as `upward`, by its lower end.
  let upwardByColumn: BitRows

  /// No open arcs.
  init(_ layout: LayeredLayout) {
    self.layout = layout
    downward = BitRows(count: layout.rowCount, width: layout.tokens)
    upward = BitRows(count: layout.rowCount, width: layout.tokens)
    upwardByColumn = BitRows(count: layout.rowCount, width: layout.tokens)
  }

  /// The open arcs of a flow; an arc is open for more than `crumb`, which is not negative.
  init<Number: FlowNumber>(_ flow: LayeredFlow<Number>, crumb: Number = .zero) {
    self.init(flow.layout)
    let tokens = layout.tokens
    flow.capacities.withUnsafeBufferPointer { capacities in
      flow.amounts.withUnsafeBufferPointer { flow in
        for row in 0..<layout.rowCount {
          let first = row * tokens
          guard let limits = capacities.baseAddress, let amounts = flow.baseAddress else { return }
          read(
            row, capacities: limits + first, flow: amounts + first, count: tokens, crumb: crumb)
        }
      }
    }
    for l in 0..<layout.layers { readColumns(ofBlock: l) }
  }

  /// Sets the bits of a row from its first `count` entries; the others are closed.
  @inline(__always)
  func read<Number: FlowNumber>(
    _ row: Int, capacities: UnsafePointer<Number>, flow: UnsafePointer<Number>, count: Int,
    crumb: Number
  ) {
    let (down, up) = (downward[row], upward[row])
    for word in 0..<((count + 63) / 64) {
      let first = word * 64
      var (open, filled): (UInt64, UInt64) = (0, 0)
      for bit in 0..<min(64, count - first) {
        let amount = flow[first + bit]
        open |= (capacities[first + bit].minus(amount) > crumb ? 1 : 0) << UInt64(bit)
        filled |= (amount > crumb ? 1 : 0) << UInt64(bit)
      }
      down[word] = open
      up[word] = filled
    }
  }

  /// Sets the columns of a block from its rows.
  func readColumns(ofBlock l: Int) {
    let first = l * layout.tokens
    upwardByColumn.setTransposed(at: first, from: upward, at: first)
  }

  /// The nodes that can still be reached from the source, with it.
  ///
  /// - Parameters:
  ///   - isOpenAbove: whether the source arc of a top token can take more.
  ///   - isOpenBelow: whether the sink arc of a bottom token can take more.
  /// - Returns: the nodes.
  /// - Complexity: the words of two rows for each node that is found.
  func reachable(
    isOpenAbove: (_ token: Int) -> Bool, isOpenBelow: (_ token: Int) -> Bool
  ) -> NodeSet {
    let (layers, tokens) = (layout.layers, layout.tokens)
    var found = NodeSet(nodeCount: layout.nodeCount)
    found.insert(layout.source)
    let unseen = BitRows(count: layers + 1, width: tokens)
    for layer in 0...layers { unseen.fill(layer) }
    // Nodes less 1; each is put here at most once.
    var stack: [Int] = []
    for token in 0..<tokens where isOpenAbove(token) {
      unseen.remove(layers, token)
      stack.append(layers * tokens + token)
    }
    func visit(_ layer: Int, _ open: UnsafeMutablePointer<UInt64>) {
      let rest = unseen[layer]
      for word in 0..<unseen.words {
        let new = open[word] & rest[word]
        rest[word] ^= new
        forEachBit(new, offset: layer * tokens + 64 * word) { stack.append($0) }
      }
    }
    while let node = stack.popLast() {
      found.insert(node + 1)
      let layer = node / tokens
      if layer > 0 { visit(layer - 1, downward[node - tokens]) }
      if layer < layers { visit(layer + 1, upwardByColumn[node]) }
      if layer == 0 && isOpenBelow(node) { found.insert(layout.sink) }
    }
    return found
  }
}

// The residual graph of a layered network as bits, in both directions and with both terminals.
//
// Searches for paths and components ask which arcs are open, not for how much. A set of tokens of
// one layer is a row of bits, and so are the neighbours of a token in one layer: a search in
// breadth takes an `or` of two rows for each node, and one in depth finds the next node not yet met
// with an `and`. A whole search costs about as many operations as there are arcs / 64.
//
// So that nothing is a special case, source and sink are tokens too. Level 0 is the sink and level
// `L + 2` the source, with one token each, and layer `l` is level `l + 1`. The place of token `i`
// of level `h` is `h*T + i`. Between places of neighbouring levels there is at most one arc:
//
//     level L+2  source       place (L+2)*T
//     level L+1  layer L      places (L+1)*T ..< (L+2)*T
//     ...
//     level 1    layer 0      places T ..< 2*T
//     level 0    sink         place 0
//
// The arcs are read from the top down. In `layeredForward` networks flow runs upwards; of the same
// flow, read downwards, the residual graph is the reversed one. Whoever asks turns the answers.
import Checker
import Networks

/// The open half-arcs of a flow on a layered network, by either end and in either direction.
///
/// All rows belong to a place; rows that would leave the levels are zero. Half a byte an arc.
struct LayeredResidual: ~Copyable {
  /// The sizes of the network.
  let layout: LayeredLayout
  /// Bit `j` of row `p`: something can be pushed from `p` down to token `j` of the level below.
  let downward: BitRows
  /// Bit `j` of row `p`: something can be pushed from token `j` of the level below up to `p`.
  let upward: BitRows
  /// Bit `i` of row `p`: something can be pushed from token `i` of the level above down to `p`.
  let downwardByColumn: BitRows
  /// Bit `i` of row `p`: something can be pushed from `p` up to token `i` of the level above.
  let upwardByColumn: BitRows

  /// The residual graph of a flow, read from the top down.
  init<Number: FlowNumber>(_ flow: LayeredFlow<Number>) {
    layout = flow.layout
    let (tokens, layers) = (layout.tokens, layout.layers)
    let count = (layers + 3) * tokens
    downward = BitRows(count: count, width: tokens)
    upward = BitRows(count: count, width: tokens)
    downwardByColumn = BitRows(count: count, width: tokens)
    upwardByColumn = BitRows(count: count, width: tokens)
    let open = LayeredOpenArcs(flow)
    downward.copy(at: 2 * tokens, from: open.downward, at: 0, count: layout.rowCount)
    upward.copy(at: 2 * tokens, from: open.upward, at: 0, count: layout.rowCount)
    upwardByColumn.copy(at: tokens, from: open.upwardByColumn, at: 0, count: layout.rowCount)
    for level in 1...layers {
      downwardByColumn.setTransposed(
        at: level * tokens, from: downward, at: (level + 1) * tokens)
    }
    for arc in layout.entryCount..<layout.arcCount {
      let (level, i, j) = ends(of: arc)
      setDownward(level, i, j, isOpen: flow.amounts[arc] < flow.capacities[arc])
      setUpward(level, i, j, isOpen: flow.amounts[arc] > .zero)
    }
  }

  /// The number of levels, `L + 3`.
  var levelCount: Int { layout.layers + 3 }
  /// The number of places; those beside source and sink are empty.
  var placeCount: Int { levelCount * layout.tokens }
  /// The level of a node.
  @inline(__always)
  func level(of node: Int) -> Int {
    node == 0 ? 0 : (node - 1) / layout.tokens + 1
  }

  /// The number of a node among those of its level.
  @inline(__always)
  func token(of node: Int) -> Int { node == 0 ? 0 : (node - 1) % layout.tokens }

  /// The place of a node.
  @inline(__always)
  func place(of node: Int) -> Int { node == 0 ? 0 : node + layout.tokens - 1 }

  /// The node at a place.
  @inline(__always)
  func node(at place: Int) -> Int { max(0, place - layout.tokens + 1) }

  /// The arc from token `i` of a level from 1 on to token `j` of the level below.
  @inline(__always)
  func arc(_ level: Int, _ i: Int, _ j: Int) -> Int {
    if level == 1 { return layout.sinkArc(i) }
    return level < levelCount - 1 ? layout.entry(level - 2, i, j) : layout.sourceArc(j)
  }

  /// The arc between two places of neighbouring levels.
  func arc(between place: Int, and other: Int) -> Int {
    let (level, i) = max(place, other).quotientAndRemainder(dividingBy: layout.tokens)
    return arc(level, i, min(place, other) % layout.tokens)
  }

  /// The level of the upper end of an arc, and the tokens that it joins.
  func ends(of arc: Int) -> (level: Int, i: Int, j: Int) {
    let tokens = layout.tokens
    if arc < layout.entryCount {
      let (row, j) = arc.quotientAndRemainder(dividingBy: tokens)
      return (row / tokens + 2, row % tokens, j)
    }
    let token = arc - layout.entryCount
    return token < tokens ? (levelCount - 1, 0, token) : (1, token - tokens, 0)
  }

  /// Says whether something can be pushed down along an arc; see `ends(of:)`.
  @inline(__always)
  func setDownward(_ level: Int, _ i: Int, _ j: Int, isOpen: Bool) {
    let place = level * layout.tokens
    downward.set(place + i, j, to: isOpen)
    downwardByColumn.set(place - layout.tokens + j, i, to: isOpen)
  }

  /// Says whether something can be pushed up along an arc; see `ends(of:)`.
  @inline(__always)
  func setUpward(_ level: Int, _ i: Int, _ j: Int, isOpen: Bool) {
    let place = level * layout.tokens
    upward.set(place + i, j, to: isOpen)
    upwardByColumn.set(place - layout.tokens + j, i, to: isOpen)
  }

  /// An empty set of places: a row of bits for each level.
  func noPlaces() -> BitRows { BitRows(count: levelCount, width: layout.tokens) }

  /// The set of all places that are nodes.
  func allPlaces() -> BitRows {
    let places = noPlaces()
    places.insert(0, 0)
    for level in 1..<(levelCount - 1) { places.fill(level) }
    places.insert(levelCount - 1, 0)
    return places
  }

  /// The nodes of a set of places.
  func nodes(_ places: borrowing BitRows) -> NodeSet {
    var set = NodeSet(nodeCount: layout.nodeCount)
    for level in 0..<levelCount {
      for word in 0..<places.words {
        let offset = level * layout.tokens + 64 * word
        forEachBit(places[level][word], offset: offset) { set.insert(node(at: $0)) }
      }
    }
    return set
  }
}

// The maximum flow of a coalition of tokens, extended by one player at a time, on layered networks
// with at most 64 tokens.
//
// Idea: sets of tokens are words. Per token one word says to which tokens above there is capacity
// left, and one to which tokens below something flows, so a search in breadth takes one `or` per
// node, not one look per arc. Levels count the distance to the end of the network at which the
// players are; paths are walked from there to the other end, along rising levels, as in Dinic's
// algorithm.
//
// If the players are at that end, more is known. Let R be the nodes from which the end can be
// reached. A new player j opens one arc at the end, and whatever becomes possible ends with it: a
// path through R would have existed before. So no path enters R, pushing changes nothing about
// that, and searches for j and all later players leave R out; at last R grows by what the search
// from j reaches. The complement of R is a minimum cut. If the players are further in, the search
// starts anew.
//
// Why it terminates: as Dinic's algorithm, see `Dinic.swift`: every round makes the shortest way
// longer, and every push empties an arc for the round.
// Cost: a copy of the flow for each coalition, and a few rounds of (L+1) T words each.
// Source: [D]; the growing set R is this program's.
import Checker
import Networks

/// What all coalitions of a game on a layered network share.
struct LayeredShape<Number: ExactFlowNumber>: Sendable {
  let network: FlowNetwork
  let layers: Int
  let tokens: Int
  /// Whether layers are counted from the top down, because the players are at the top.
  let isTurned: Bool
  /// The layer of the players, counted from their end if they are at one.
  let playerLayer: Int
  /// The tokens of each player.
  let members: [UInt64]
  let capacities: [Number]

  /// Nil if the network is not layered, has too many tokens, or the players are not tokens.
  init?(_ game: FlowGame, capacities: [Number]) {
    guard let layout = LayeredLayout(game.network.arcs), layout.tokens <= 64,
      let players = game.tokens
    else { return nil }
    (layers, tokens) = (layout.layers, layout.tokens)
    network = game.network
    isTurned = players.layer == layers
    playerLayer = isTurned ? 0 : players.layer
    members = players.groups.map { $0.reduce(0) { $0 | 1 << UInt64($1) } }
    self.capacities = capacities
  }

  /// The arc between token `upper` of layer `l + 1` and token `lower` of layer `l`.
  @inline(__always)
  func arc(_ l: Int, _ upper: Int, _ lower: Int) -> Int {
    isTurned
      ? ((layers - 1 - l) * tokens + lower) * tokens + upper
      : (l * tokens + upper) * tokens + lower
  }

  /// The arc between a token of layer 0 and the near end.
  @inline(__always)
  func nearArc(_ token: Int) -> Int {
    layers * tokens * tokens + (isTurned ? 0 : tokens) + token
  }

  /// The arc between a token of layer `L` and the far end.
  @inline(__always)
  func farArc(_ token: Int) -> Int {
    layers * tokens * tokens + (isTurned ? tokens : 0) + token
  }

  /// All tokens.
  var everyToken: UInt64 { tokens == 64 ? .max : (1 << UInt64(tokens)) - 1 }
}

/// Space for a search, shared by all states of a walk.
struct LayeredSearch {
  /// The nodes of each level in each layer, at `level * (L + 1) + layer`.
  var levels: [UInt64]
  /// The nodes seen, per layer.
  var seen: [UInt64]
  /// The layer and the token of each step of a walk.
  var walk: [(layer: Int, token: Int)] = []

  init(layers: Int, tokens: Int) {
    let rows = layers + 1
    // A shortest path has at most as many levels as there are nodes, and one round looks at one
    // level more.
    levels = [UInt64](repeating: 0, count: (rows * tokens + 2) * rows)
    seen = [UInt64](repeating: 0, count: rows)
  }
}

/// A coalition's flow on a layered network.
struct LayeredCoalitionFlow<Number: ExactFlowNumber>: CoalitionFlow {
  private let shape: LayeredShape<Number>
  private(set) var amounts: [Number]
  private(set) var value = Number.zero
  /// Per layer and lower token, the upper tokens with capacity left towards it.
  private var above: [UInt64]
  /// Per layer and upper token, the lower tokens that it sends something to.
  private var below: [UInt64]
  /// The tokens of layer `L` with capacity left at the far end.
  private var farOpen: UInt64 = 0
  /// The tokens of layer 0 with capacity left at the near end, for players further in.
  private var nearOpen: UInt64 = 0
  /// The tokens of members.
  private var joined: UInt64 = 0
  /// The nodes from which the near end can be reached, per layer: R.
  private var reaching: [UInt64]
  private var search: LayeredSearch

  /// The flow of the empty coalition.
  init(_ shape: LayeredShape<Number>) {
    self.shape = shape
    let (layers, tokens) = (shape.layers, shape.tokens)
    amounts = [Number](repeating: .zero, count: shape.capacities.count)
    above = [UInt64](repeating: 0, count: layers * tokens)
    below = above
    reaching = [UInt64](repeating: 0, count: layers + 1)
    search = LayeredSearch(layers: layers, tokens: tokens)
    for l in 0..<layers {
      for upper in 0..<tokens {
        for lower in 0..<tokens where shape.capacities[shape.arc(l, upper, lower)] > .zero {
          above[l * tokens + lower] |= 1 << UInt64(upper)
        }
      }
    }
    for token in 0..<tokens {
      let bit: UInt64 = 1 << UInt64(token)
      if shape.capacities[shape.farArc(token)] > .zero { farOpen |= bit }
      if shape.capacities[shape.nearArc(token)] > .zero { nearOpen |= bit }
    }
    if shape.playerLayer > 0 { augment(from: nearOpen, blockedByReaching: false) }
  }

  var cut: NodeSet {
    let (network, tokens) = (shape.network, shape.tokens)
    let nearEnd = shape.isTurned ? (shape.layers + 1) * tokens + 1 : 0
    let isReachingSide = nearEnd == network.source
    var cut = NodeSet(nodeCount: network.nodeCount)
    cut.insert(network.source)
    for layer in 0...shape.layers {
      let row = shape.isTurned ? shape.layers - layer : layer
      var set = isReachingSide ? reaching[layer] : ~reaching[layer] & shape.everyToken
      // Every turn takes out the first token.
      while set != 0 {
        cut.insert(row * tokens + set.trailingZeroBitCount + 1)
        set &= set - 1
      }
    }
    return cut
  }

  mutating func add(_ player: Int) {
    let members = shape.members[player]
    joined |= members
    if shape.playerLayer == 0 {
      // `nearOpen` holds the tokens with capacity there; nothing flows through new members yet.
      augment(from: members & nearOpen, blockedByReaching: true)
    } else {
      augment(from: nearOpen, blockedByReaching: false)
    }
  }

  mutating func copy(from other: borrowing Self) {
    overwrite(&amounts, with: other.amounts)
    overwrite(&above, with: other.above)
    overwrite(&below, with: other.below)
    overwrite(&reaching, with: other.reaching)
    (value, joined) = (other.value, other.joined)
    (farOpen, nearOpen) = (other.farOpen, other.nearOpen)
  }
}

extension LayeredCoalitionFlow {
  /// Augments along paths that begin at the near end with the given tokens, until none is left.
  private mutating func augment(from tokens: UInt64, blockedByReaching: Bool) {
    var starts = tokens
    // Every turn makes the shortest path longer.
    while true {
      let level = measureLevels(starts, blockedByReaching)
      guard let level else { break }
      pushAlongLevels(to: level, starts: &starts)
    }
    for layer in 0...shape.layers { reaching[layer] = search.seen[layer] }
    nearOpen = shape.playerLayer == 0 ? nearOpen : starts
  }

  /// Sorts nodes by their distance from the starting tokens.
  ///
  /// - Returns: the least level of a token with capacity left at the far end, or nil.
  private mutating func measureLevels(_ starts: UInt64, _ blockedByReaching: Bool) -> Int? {
    let (top, tokens) = (shape.layers, shape.tokens)
    let rows = top + 1
    for layer in 0...top {
      search.seen[layer] = blockedByReaching ? reaching[layer] : 0
      search.levels[layer] = 0
    }
    search.levels[0] = starts
    search.seen[0] |= starts
    var level = 0
    // Every turn but the last sees a new node.
    while true {
      let row = level * rows
      if search.levels[row + top] & farOpen != 0 {
        for layer in 0..<top { search.levels[row + layer] = 0 }
        search.levels[row + top] &= farOpen
        return level
      }
      for layer in 0...top { search.levels[row + rows + layer] = 0 }
      var isNew: UInt64 = 0
      for layer in 0...top {
        var upward: UInt64 = 0
        var downward: UInt64 = 0
        var nodes = search.levels[row + layer]
        // Nothing enters a token whose player is not a member.
        let passable = layer == shape.playerLayer ? joined : .max
        // Every turn takes out the first node.
        while nodes != 0 {
          let node = nodes.trailingZeroBitCount
          if layer < top && passable >> UInt64(node) & 1 == 1 {
            upward |= above[layer * tokens + node]
          }
          if layer > 0 { downward |= below[(layer - 1) * tokens + node] }
          nodes &= nodes - 1
        }
        if layer < top {
          let fresh = upward & ~search.seen[layer + 1]
          search.levels[row + rows + layer + 1] |= fresh
          search.seen[layer + 1] |= fresh
          isNew |= fresh
        }
        if layer > 0 {
          let fresh = downward & ~search.seen[layer - 1]
          search.levels[row + rows + layer - 1] |= fresh
          search.seen[layer - 1] |= fresh
          isNew |= fresh
        }
      }
      if isNew == 0 { return nil }
      level += 1
    }
  }

  /// Pushes along paths of rising levels until none is left.
  private mutating func pushAlongLevels(to goal: Int, starts: inout UInt64) {
    let tokens = shape.tokens
    let rows = shape.layers + 1
    search.walk.removeAll(keepingCapacity: true)
    // Every turn takes a step, gives up a node for good, or empties an arc.
    while true {
      guard let (layer, token) = search.walk.last else {
        let open = search.levels[0]
        guard open != 0 else { return }
        search.walk.append((0, open.trailingZeroBitCount))
        continue
      }
      let level = search.walk.count - 1
      if level == goal {
        pushAlongWalk(starts: &starts)
        continue
      }
      let next = (level + 1) * rows + layer
      if layer < shape.layers {
        let passable = layer != shape.playerLayer || joined >> UInt64(token) & 1 == 1
        let up = passable ? above[layer * tokens + token] & search.levels[next + 1] : 0
        if up != 0 {
          search.walk.append((layer + 1, up.trailingZeroBitCount))
          continue
        }
      }
      if layer > 0 {
        let down = below[(layer - 1) * tokens + token] & search.levels[next - 1]
        if down != 0 {
          search.walk.append((layer - 1, down.trailingZeroBitCount))
          continue
        }
      }
      search.levels[level * rows + layer] &= ~(1 << UInt64(token))
      search.walk.removeLast()
    }
  }

  /// Pushes as much as fits along the walk, and shortens it to before the first emptied arc.
  private mutating func pushAlongWalk(starts: inout UInt64) {
    let steps = search.walk.count - 1
    let (first, last) = (search.walk[0].token, search.walk[steps].token)
    let (nearArc, farArc) = (shape.nearArc(first), shape.farArc(last))
    var amount = min(
      shape.capacities[nearArc] - amounts[nearArc], shape.capacities[farArc] - amounts[farArc])
    for step in 0..<steps {
      let ((layer, token), (nextLayer, next)) = (search.walk[step], search.walk[step + 1])
      if nextLayer > layer {
        let arc = shape.arc(layer, next, token)
        amount = min(amount, shape.capacities[arc] - amounts[arc])
      } else {
        amount = min(amount, amounts[shape.arc(nextLayer, token, next)])
      }
    }
    value += amount
    amounts[nearArc] += amount
    amounts[farArc] += amount
    // The last token is left in any case; whether it can be used again, the next step decides.
    var kept = steps
    let rows = shape.layers + 1
    if amounts[farArc] == shape.capacities[farArc] {
      farOpen &= ~(1 << UInt64(last))
      search.levels[steps * rows + shape.layers] &= ~(1 << UInt64(last))
    }
    for step in stride(from: steps - 1, through: 0, by: -1) {
      if push(amount, from: search.walk[step], to: search.walk[step + 1]) { kept = step + 1 }
    }
    if amounts[nearArc] == shape.capacities[nearArc] {
      starts &= ~(1 << UInt64(first))
      search.levels[0] &= ~(1 << UInt64(first))
      kept = 0
    }
    search.walk.removeLast(steps + 1 - kept)
  }

  /// Pushes along one step, against the direction of the walk, and tells whether that emptied it.
  private mutating func push(
    _ amount: Number, from node: (layer: Int, token: Int), to next: (layer: Int, token: Int)
  ) -> Bool {
    let tokens = shape.tokens
    if next.layer > node.layer {
      let arc = shape.arc(node.layer, next.token, node.token)
      amounts[arc] += amount
      below[node.layer * tokens + next.token] |= 1 << UInt64(node.token)
      guard amounts[arc] == shape.capacities[arc] else { return false }
      above[node.layer * tokens + node.token] &= ~(1 << UInt64(next.token))
    } else {
      let arc = shape.arc(next.layer, node.token, next.token)
      amounts[arc] -= amount
      above[next.layer * tokens + next.token] |= 1 << UInt64(node.token)
      guard amounts[arc] == .zero else { return false }
      below[next.layer * tokens + node.token] &= ~(1 << UInt64(next.token))
    }
    return true
  }
}

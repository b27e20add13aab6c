// Every coalition of a game, each reached by adding one player to another coalition.
//
// Idea: decide about the players one after the other. A coalition of some of the first k players is
// extended by player k, and the walk goes on from there, then from the coalition as it was. So 2^n
// coalitions take 2^n - 1 additions, and only half of them a copy: a decision about the last player
// changes the state in place, as nobody comes back to it. The last players are added most often;
// whoever is expensive to add goes first.
// Memory: one state per player, whatever the number of coalitions.

/// Walks over the coalitions of a game.
///
/// `State` is a maximum flow; `visit` sees each coalition but the empty one once, with its state.
struct LatticeWalk<State: CoalitionFlow> {
  /// The players in the order of decision; at most 24.
  let order: [Int]
  /// States to copy into: one per player.
  var spares: [State]
  /// Sees a coalition, as a mask; false ends the walk.
  let visit: (_ mask: UInt64, _ state: borrowing State) -> Bool

  /// Walks over all coalitions that consist of `mask` and players from position `next` on.
  ///
  /// The state is that of `mask`, and of any coalition afterwards. The depth of the recursion is
  /// the number of players.
  ///
  /// - Returns: false if the walk was ended.
  mutating func run(from next: Int, _ state: inout State, mask: UInt64) -> Bool {
    guard next < order.count else { return true }
    let player = order[next]
    let extended = mask | 1 << UInt64(player)
    if next == order.count - 1 {
      state.add(player)
      return visit(extended, state)
    }
    var child = spares.removeLast()
    child.copy(from: state)
    child.add(player)
    let goesOn = visit(extended, child) && run(from: next + 1, &child, mask: extended)
    spares.append(child)
    return goesOn && run(from: next + 1, &state, mask: mask)
  }
}

// Games on attention that need no maximum flow.
public import Checker
public import ExactArithmetic

extension EffectiveTensor {
  /// The induced attention game of one layer: the attention that the tokens of a coalition pay to
  /// each other.
  ///
  ///     v(S) = sum of A[l][i][j] over i, j in S
  ///
  /// Its Shapley value has a closed form: `A[l][i][i]` and half of all that token `i` pays to and
  /// gets from others.
  ///
  /// - Parameter layer: the attention layer `l`, `0 ..< L`.
  /// - Returns: the game of its `T` tokens.
  /// - Throws: ``GameError`` if the layer does not exist or there are too many tokens.
  public func inducedGame(layer: Int) throws(GameError) -> CooperativeGame {
    try testAttentionLayer(layer)
    return try CooperativeGame.make(tokens) { coalition in
      let players = coalition.players
      var sum = Rational(0)
      for i in players {
        for j in players { sum += self[layer, i.index, j.index] }
      }
      return sum
    }
  }

  /// The renormalised attention game of one layer: as the induced one, but each row is divided by
  /// what it pays to the coalition, as a softmax over fewer tokens would.
  ///
  ///     v(S) = sum over i, j in S of A[l][i][j] / sum over k in S of A[l][i][k],  with 0/0 = 0
  ///
  /// So it counts the tokens of `S` that pay anything to `S`: `|S|` if all entries are positive.
  /// Source: [EJ], Proposition 1.
  ///
  /// - Parameter layer: the attention layer `l`, `0 ..< L`.
  /// - Returns: the game of its `T` tokens.
  /// - Throws: ``GameError`` if the layer does not exist or there are too many tokens.
  public func renormalisedGame(layer: Int) throws(GameError) -> CooperativeGame {
    try testAttentionLayer(layer)
    return try CooperativeGame.make(tokens) { coalition in
      let players = coalition.players
      return players.reduce(Rational(0)) { sum, i in
        let row = players.map { self[layer, i.index, $0.index] }
        let total = row.reduce(0, +)
        return total.isZero ? sum : row.reduce(sum) { $0 + $1 / total }
      }
    }
  }

  private func testAttentionLayer(_ layer: Int) throws(GameError) {
    guard layer >= 0 && layer < layers else {
      throw .layerOutOfRange(layer: layer, layers: layers - 1)
    }
    try CooperativeGame.testPlayerCount(tokens)
  }
}

extension FlowGame {
  /// The fixed-flow game: coalitions block players of one given flow, and nothing is solved again.
  ///
  /// The value of a coalition is what that flow sends through its members, so the game is additive,
  /// and its Shapley value is the attribution itself, whatever the flow. Source: [EJ],
  /// Proposition 2, as argued.
  ///
  /// - Parameter flow: one rational per arc of the network.
  /// - Returns: the additive game of the attributions.
  /// - Throws: ``GameError/wrongCount(field:expected:found:)`` if the number of entries is not that
  ///   of the arcs.
  public func fixedFlowGame(_ flow: ExactVector) throws(GameError) -> CooperativeGame {
    guard flow.count == network.arcCount else {
      throw .wrongCount(field: "flow", expected: network.arcCount, found: flow.count)
    }
    return try CooperativeGame.additive(attribution(of: flow))
  }

  /// The flow on the arcs of each player; `flow` has one entry per arc.
  public func attribution(of flow: ExactVector) -> ExactVector {
    ExactVector(playerArcs.map { arcs in arcs.reduce(Rational(0)) { $0 + flow[$1] } })
  }
}

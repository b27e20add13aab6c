import Checker
import ExactArithmetic

/// Relations that hold for attention tensors; some need rows that sum to exactly 1.
func tensorRelations() -> [Property] {
  [
    relation(
      "relabel-tokens", "Relabelling the tokens of each layer permutes the intervals.",
      applies: hasTensor,
      run: { examination throws(StatementError) in
        let layers = examination.rationalLayers
        let (count, tokens) = (layers.layers.count, layers.tokens)
        // Layer l is rotated by its own shift: new index = (old index + shift) mod T.
        let shifts = (0...count).map { ($0 * 2 + examination.salt + 1) % tokens }
        let relabelled = (0..<count).map { l in
          (0..<(tokens * tokens)).map { position in
            let i = (position / tokens - shifts[l + 1] + tokens) % tokens
            let j = (position % tokens - shifts[l] + tokens) % tokens
            return layers.layers[l][i * tokens + j]
          }
        }
        var mode = Mode.all
        if case .single(let top) = examination.mode {
          mode = .single((top + shifts[count]) % tokens)
        }
        let after = try examination.answer(RationalLayers(tokens: tokens, layers: relabelled), mode)
        return related(examination.bottom, after) { before, after in
          let permuted = (0..<tokens).map { ($0 - shifts[0] + tokens) % tokens }
          return sameAnswer(
            SolvedNetwork(
              value: before.value, minima: permuted.map { before.minima[$0] },
              maxima: permuted.map { before.maxima[$0] }), after)
        }
      }),
    relation(
      "identity-on-top", "An identity layer on top changes no value and no bottom interval.",
      applies: { $0.isRowStochastic },
      run: { examination throws(StatementError) in
        try insertIdentity(examination, at: examination.rationalLayers.layers.count)
      }),
    relation(
      "identity-inside", "An identity layer inside changes no value and no bottom interval.",
      applies: { $0.isRowStochastic && ($0.tensor?.layers ?? 0) >= 2 },
      run: { examination throws(StatementError) in try insertIdentity(examination, at: 1) }),
    relation(
      "identity-at-bottom", "An identity layer at the bottom never raises the value.",
      applies: hasTensor,
      run: { examination throws(StatementError) in
        var layers = examination.rationalLayers
        layers.layers.insert(RationalLayers.identity(layers.tokens), at: 0)
        return related(
          examination.bottom, try examination.answer(layers, examination.mode ?? .all)
        ) { before, after in
          .test(after.value <= before.value, "value \(before.value), then \(after.value)")
        }
      }),
    relation(
      "replace-bottom-layer",
      "For L >= 2, mode all, another first layer changes no value and no top interval.",
      applies: {
        $0.isRowStochastic && $0.mode == .all && ($0.tensor?.layers ?? 0) >= 2
      },
      run: { examination throws(StatementError) in
        var layers = examination.rationalLayers
        layers.layers[0] = RationalLayers.identity(layers.tokens)
        return related(
          examination.top, try examination.answer(layers, .all, players: \.sourceArcs),
          sameAnswer)
      }),
    relation(
      "doubly-stochastic-on-top",
      "In mode all a doubly stochastic layer on top changes no value and no bottom interval.",
      applies: { $0.isRowStochastic && $0.mode == .all },
      run: { examination throws(StatementError) in
        var layers = examination.rationalLayers
        layers.layers.append(doublyStochastic(layers.tokens, examination.salt))
        return related(examination.bottom, try examination.answer(layers, .all), sameAnswer)
      }),
    relation(
      "average", "The average with a relabelled copy has at least the average value.",
      applies: hasTensor,
      run: { examination throws(StatementError) in
        let layers = examination.rationalLayers
        let tokens = layers.tokens
        // The copy reverses the order of the tokens in the middle layers only: same value.
        let count = layers.layers.count
        func place(_ l: Int, _ i: Int) -> Int { l == 0 || l == count ? i : tokens - 1 - i }
        let averaged = (0..<count).map { l in
          (0..<(tokens * tokens)).map { position in
            let (i, j) = (position / tokens, position % tokens)
            let copy = layers.layers[l][place(l + 1, i) * tokens + place(l, j)]
            return (layers.layers[l][position] + copy) / Rational(2)
          }
        }
        let after = try examination.answer(
          RationalLayers(tokens: tokens, layers: averaged), examination.mode ?? .all)
        return related(examination.bottom, after) { before, after in
          .test(after.value >= before.value, "value \(before.value), then \(after.value)")
        }
      }),
    relation(
      "disjoint-union",
      "A block-diagonal union with the old super capacities adds values and joins intervals.",
      applies: { $0.mode == .all },
      run: { examination throws(StatementError) in
        let layers = examination.rationalLayers
        let tokens = layers.tokens
        let both = layers.layers.map { layer in
          (0..<(4 * tokens * tokens)).map { position -> Rational in
            let (i, j) = (position / (2 * tokens), position % (2 * tokens))
            guard i / tokens == j / tokens else { return 0 }
            return layer[(i % tokens) * tokens + j % tokens]
          }
        }
        let union = RationalLayers(tokens: 2 * tokens, layers: both)
        let after = try examination.answer(
          union, .all, conventions: Conventions(superCapacity: Rational(tokens)))
        return related(examination.bottom, after) { before, after in
          sameAnswer(
            SolvedNetwork(
              value: before.value + before.value, minima: before.minima + before.minima,
              maxima: before.maxima + before.maxima), after)
        }
      }),
    relation(
      "split-bottom",
      "Splitting a bottom token 1/3 : 2/3 keeps the value and the interval of the two parts' sum.",
      applies: { $0.isRowStochastic }, run: splitBottom),
    relation(
      "split-middle",
      "Splitting a middle token with its arcs halved keeps the value and all intervals.",
      applies: { ($0.tensor?.layers ?? 0) >= 2 }, run: splitMiddle),
  ]
}

private let hasTensor: @Sendable (Examination) -> Bool = { $0.tensor != nil }

extension Examination {
  /// Solves the layered network of changed layers.
  func answer(
    _ layers: RationalLayers, _ mode: Mode, conventions: Conventions = Conventions(),
    players: (FlowNetwork) -> [Int] = \.sinkArcs
  ) throws(StatementError) -> Proof<SolvedNetwork> {
    let network = try FlowNetwork(
      tensor: layers.tensor(), mode: mode, conventions: conventions)
    return solved(network, intervalsOf: players(network))
  }
}

private func insertIdentity(
  _ examination: Examination, at position: Int
) throws(StatementError) -> Outcome {
  var layers = examination.rationalLayers
  layers.layers.insert(RationalLayers.identity(layers.tokens), at: position)
  return related(
    examination.bottom, try examination.answer(layers, examination.mode ?? .all), sameAnswer)
}

/// A mixture 1/4 : 3/4 of the identity and a rotation, which is doubly stochastic.
private func doublyStochastic(_ tokens: Int, _ salt: Int) -> [Rational] {
  let shift = salt % tokens
  return (0..<(tokens * tokens)).map { position in
    let (i, j) = (position / tokens, position % tokens)
    return (i == j ? Rational(1, 4) : 0) + ((i + shift) % tokens == j ? Rational(3, 4) : 0)
  }
}

// The axioms of the Shapley value, one by one, for the attributions of regularised flows as answers
// to the flow game v' of the bottom tokens. Source: [GAF], which claims them for the barrier.
//
// Optima of the barrier are not rational: what is compared is a flow within a certified radius, and
// a difference counts where it exceeds what the radii leave open.
import Checker
import ExactArithmetic
import Generators
import Solvers

let regularisedClaims: [Claim] =
  RegularisedSubject.allCases.flatMap(axiomsOnFlowGame)
  + [
    scaling(.barrier, within: nil, expected: .refuted),
    scaling(.l2, within: true, expected: .holds),
    scaling(.l2, within: false, expected: .refuted),
    scaling(.central, within: nil, expected: .holds),
    Claim(
      "GAF/fixed-flow-game",
      "The barrier attributions are the Shapley value of the additive game of their own flow.",
      source: "[GAF]; [EJ], Proposition 2 as argued",
      checked: "the kernel accepts them as the Shapley value of that game",
      cases: ClaimCases(),
      judge: { examination in
        let near = try examination.nearOptimum(.barrier(mu: smallMu)).required()
        let game = try FlowGame(network: examination.network, layer: 0)
        let table = try game.fixedFlowGame(near.amounts)
        let judgement = checkShapley(game.attribution(of: near.amounts), of: table)
        return .test(judgement.claim != nil, "they are not")
      }),
  ]

/// The regularised flows whose attributions are judged.
private enum RegularisedSubject: String, CaseIterable, Sendable {
  /// Logarithms with a fixed weight.
  case barrier
  /// Squares with a weight in the range where the flow is a maximum flow.
  case l2
  /// The limit of the barrier.
  case central

  /// What the attributions are called in a statement.
  var words: String {
    switch self {
    case .barrier: "Barrier attributions"
    case .l2: "l2 attributions, in the range where the flow is a maximum flow,"
    case .central: "The limits of barrier attributions as mu falls to 0"
    }
  }

  /// Where the claim is made.
  var source: String {
    switch self {
    case .barrier: "[GAF], barrier attributions are Shapley values"
    case .l2: "[U], attributions of the flow with squares"
    case .central: "this project, limit of the barrier"
    }
  }

  /// The method on a case, with its weight.
  func method(_ examination: Examination) -> RegularisedMethod? {
    switch self {
    case .barrier: .barrier(mu: smallMu)
    case .l2: .l2(lambda: smallLambda)
    case .central:
      examination.maximum.claim.flatMap { $0.value.isZero ? nil : .central(value: $0.value) }
    }
  }

  /// The attributions of the bottom tokens, each within the radius of the optimum's.
  func attributions(_ examination: Examination) throws -> NearVector {
    let arcs = examination.network.sinkArcs
    switch self {
    case .l2:
      let value = try examination.value()
      let layers = try examination.subject().layers
      try require(2 * smallLambda * Rational(layers + 2) * value <= 1)
      let optimum = try examination.exactOptimum(.l2(lambda: smallLambda)).required()
      return NearVector(vector: optimum.amounts.picking(arcs), radius: 0)
    case .barrier:
      let near = try examination.nearOptimum(.barrier(mu: smallMu)).required()
      return NearVector(vector: near.amounts.picking(arcs), radius: near.claim.radius)
    case .central:
      let value = try examination.value()
      if value.isZero { return NearVector(vector: zeroVector(arcs.count), radius: 0) }
      let near = try examination.nearOptimum(.central(value: value)).required()
      return NearVector(vector: near.amounts.picking(arcs), radius: near.claim.radius)
    }
  }
}

/// A vector of which every entry is known within a radius.
private struct NearVector {
  let vector: ExactVector
  let radius: Rational

  /// Whether it may be a vector, is surely another one, or too little is known.
  func judged(equals other: ExactVector, otherRadius: Rational = 0, _ detail: String) -> Outcome {
    let difference = (0..<vector.count).reduce(Rational(0)) {
      max($0, (vector[$1] - other[$1]).magnitude)
    }
    let open = radius + otherRadius
    if difference <= open { return .holds }
    return .refuted(open.isZero ? detail : detail + ", each within \(open.nearestDouble)")
  }

  /// The entries for people, as fractions where they are exact.
  var text: String {
    guard radius.signum() > 0 else { return vector.text }
    return "(" + vector.list.map { "\($0.nearestDouble)" }.joined(separator: ", ") + ")"
  }
}

private func zeroVector(_ count: Int) -> ExactVector {
  ExactVector([Int64](repeating: 0, count: count), denominator: .one)
}

/// The cases for claims about regularised flows, in the mode all.
private let regularisedCases = ClaimCases(
  modes: .all, each: 60, random: 60, limit: TensorShape(3, 3))

/// The cases for those that need tokens which only the game does not tell apart.
private let symmetricCases = ClaimCases(
  modes: .all, shapes: [TensorShape(1, 2), TensorShape(2, 2)], denominator: 6, each: 8_000,
  random: 200, limit: TensorShape(3, 3))

/// The cases for those that need a sum of games: rows may be halved or zero.
private let summableCases = ClaimCases(
  isStochastic: false, modes: .all, shapes: [TensorShape(1, 2), TensorShape(2, 2)],
  denominator: 6, each: 8_000, random: 200, limit: TensorShape(3, 2))

/// The axioms one by one, and the Shapley value itself, for one kind of flow.
private func axiomsOnFlowGame(_ subject: RegularisedSubject) -> [Claim] {
  let prefix = subject == .barrier ? "GAF" : subject.rawValue
  let words = subject.words
  let notItself =
    "They answer to the network and not to its game: the same game can have others."
  return [
    Claim(
      "\(prefix)/efficiency", "\(words) add up to v'(N).", source: subject.source,
      checked: "their sum against the maximum-flow value",
      expected: subject == .barrier ? .refuted : .holds,
      correction: subject == .barrier
        ? "The barrier flow never reaches the maximum, and loses less than m mu." : nil,
      cases: regularisedCases,
      judge: { examination in
        let found = try subject.attributions(examination)
        let value = try examination.value()
        let open = found.radius * Rational(found.vector.count)
        return .test(
          (found.vector.sum - value).magnitude <= open,
          "they add up to \(found.vector.sum.nearestDouble), and v'(N) is \(value)")
      }),
    Claim(
      "\(prefix)/automorphism",
      "\(words) are the same for tokens that an automorphism of the network exchanges.",
      source: subject.source, checked: "entries of tokens with equal columns in the bottom layer",
      cases: regularisedCases,
      judge: { examination in
        guard let (first, second) = examination.exchangeableBottomTokens else {
          return .skipped("no such tokens")
        }
        let found = try subject.attributions(examination)
        return .test(
          (found.vector[first] - found.vector[second]).magnitude <= 2 * found.radius,
          "tokens \(first) and \(second) in \(found.text)")
      }),
    Claim(
      "\(prefix)/symmetry",
      "\(words) are the same for tokens that v' does not tell apart.", source: subject.source,
      checked: "entries of symmetric players of the game, whose values the kernel accepts",
      expected: .refuted, correction: notItself, isKept: true, cases: symmetricCases,
      method: subject.method, players: { _ in [.bottom] },
      judge: { examination in
        let pairs = symmetricPlayers(try examination.flowGame(0).table)
        try require(!pairs.isEmpty, "no symmetric players")
        let found = try subject.attributions(examination)
        for (first, second) in pairs {
          let difference = (found.vector[first] - found.vector[second]).magnitude
          if difference > 2 * found.radius {
            return .refuted(
              "v' does not tell tokens \(first) and \(second) apart, and they get \(found.text)")
          }
        }
        return .holds
      }),
    Claim(
      "\(prefix)/nullity", "\(words) are 0 for null players of v'.", source: subject.source,
      checked: "entries of null players of the game, whose values the kernel accepts",
      cases: regularisedCases,
      judge: { examination in
        let found = try subject.attributions(examination)
        let game = try examination.flowGame(0).table
        for player in 0..<game.playerCount where game[Coalition([Player(player)])].isZero {
          // By submodularity a player worth nothing alone brings nothing to anyone.
          if found.vector[player].magnitude > found.radius {
            return .refuted("token \(player) is a null player in \(found.text)")
          }
        }
        return .holds
      }),
    Claim(
      "\(prefix)/additivity",
      "\(words) are additive: where v' = u' + w', they are those of u' and w' together.",
      source: subject.source,
      checked: "a tensor against its parts with the top rows of one token each, where the kernel "
        + "finds the game to be the sum of theirs",
      expected: .refuted, correction: notItself, isKept: true, cases: summableCases,
      method: subject.method, players: { _ in [.bottom] },
      judge: { try judgeAdditivity($0, subject) }),
    Claim(
      "\(prefix)/same-game",
      "\(words) are a function of v': the same game has the same ones.", source: subject.source,
      checked: "a tensor against its mirror image, two bottom tokens exchanged, where the kernel "
        + "finds the same game",
      expected: .refuted,
      correction: "The same game can have different ones: mirror two tokens that v' does not tell "
        + "apart.", isKept: true, cases: symmetricCases,
      method: subject.method, players: { _ in [.bottom] },
      judge: { examination in
        let game = try examination.flowGame(0).table
        let pairs = symmetricPlayers(game)
        try require(!pairs.isEmpty, "no symmetric players")
        let found = try subject.attributions(examination)
        for (first, second) in pairs {
          let mirrored = try examination.other(
            try examination.subject().exchangingBottom(first, second), .all)
          let other = try subject.attributions(mirrored)
          guard try mirrored.flowGame(0).table.values.list == game.values.list else {
            throw Unsettled(outcome: .contradiction("a mirror image with another game"))
          }
          let outcome = found.judged(
            equals: other.vector, otherRadius: other.radius,
            "\(found.text), and \(other.text) of the mirror image with the same game "
              + "\(game.values.text)")
          if outcome.verdict == .refuted { return outcome }
        }
        return .holds
      }),
    Claim(
      "\(prefix)/shapley", "\(words) are the Shapley value of v'.", source: subject.source,
      checked: "the attributions against the Shapley value that the kernel accepts",
      expected: .refuted,
      correction: "They are that of the additive game of one fixed flow, as any flow's are.",
      isKept: true, cases: regularisedCases, method: subject.method,
      players: { _ in [.bottom] },
      judge: { examination in
        let found = try subject.attributions(examination)
        let value = try examination.flowGame(0).table.provedShapleyValue()
        return found.judged(equals: value, "\(found.text), and the Shapley value is \(value.text)")
      }),
  ]
}

/// The pairs of players that a game does not tell apart.
func symmetricPlayers(_ game: CooperativeGame) -> [(Int, Int)] {
  var pairs: [(Int, Int)] = []
  for second in 0..<game.playerCount {
    for first in 0..<second {
      let (one, two) = (1 << first, 1 << second)
      let isSame = (0..<game.coalitionCount).allSatisfy { mask in
        mask & (one | two) != 0 || game.values[mask | one] == game.values[mask | two]
      }
      if isSame { pairs.append((first, second)) }
    }
  }
  return pairs
}

/// Splits a tensor by the rows of its top layer, each part with zeros in the others' rows.
private func judgeAdditivity(
  _ examination: Examination, _ subject: RegularisedSubject
) throws -> Outcome {
  let tensor = try examination.subject()
  let tokens = tensor.tokens
  try require(tokens == 2)
  let whole = try examination.flowGame(0).table
  let top = (tensor.layers - 1) * tokens
  let parts = try (0..<tokens).map { kept in
    try examination.other(tensor.withoutRow(top + 1 - kept), .all)
  }
  let games = try parts.map { try $0.flowGame(0).table }
  try require(
    try games[0].adding(games[1]).values.list == whole.values.list, "the game is not the sum")
  let found = try subject.attributions(examination)
  let pieces = try parts.map { try subject.attributions($0) }
  let sum = pieces[0].vector.combined(1, pieces[1].vector, 1)
  return found.judged(
    equals: sum, otherRadius: pieces[0].radius + pieces[1].radius,
    "\(found.text), but \(pieces[0].text) and \(pieces[1].text) where only one top row is left")
}

/// Scaling: the game c v' of the capacities c u has c times the attributions.
private func scaling(
  _ subject: RegularisedSubject, within range: Bool?, expected: Verdict
) -> Claim {
  let prefix = subject == .barrier ? "GAF" : subject.rawValue
  let (name, words): (String, String) =
    switch (subject, range) {
    case (.l2, true?): ("game-scaling", "Inside its exact range l2 attributions scale")
    case (.l2, _): ("game-scaling-outside", "Outside its exact range l2 attributions scale")
    case (.barrier, _): ("game-scaling", "Barrier attributions for a fixed mu scale")
    case (.central, _):
      ("game-scaling", "The limits of barrier attributions as mu falls to 0 scale")
    }
  let correction: String? =
    switch subject {
    case .barrier: "f(mu; c u) = c f(mu/c; u): the weight scales too."
    case .l2: "f(lambda; c u) = c f(c lambda; u): the weight scales too."
    case .central: nil
    }
  return Claim(
    "\(prefix)/\(name)", "\(words) with the game: c v' has c times those of v'.",
    source: subject.source, checked: "the network with all capacities times 2, super arcs too",
    expected: expected, correction: expected == .refuted ? correction : nil,
    cases: regularisedCases,
    judge: { examination in
      let arcs = examination.network.sinkArcs
      let doubled = try examination.network.replacing { list in
        for arc in list.indices { list[arc] *= 2 }
      }
      let other = Examination(network: doubled, limit: examination.limit)
      let (before, after): (NearVector, NearVector)
      switch subject {
      case .barrier:
        let mu = RegularisedMethod.barrier(mu: smallMu)
        (before, after) = (
          try near(examination, mu, arcs), try near(other, mu, arcs)
        )
      case .central:
        let value = try examination.value()
        try require(value.signum() > 0)
        (before, after) = (
          try near(examination, .central(value: value), arcs),
          try near(other, .central(value: 2 * value), arcs)
        )
      case .l2:
        let value = try examination.value()
        let lambda = range == true ? smallLambda : 1
        let layers = Rational(try examination.subject().layers + 2)
        try require(range == false || 4 * lambda * layers * value <= 1)
        let optima = try [examination, other].map {
          try $0.exactOptimum(.l2(lambda: lambda)).required().amounts.picking(arcs)
        }
        (before, after) = (
          NearVector(vector: optima[0], radius: 0), NearVector(vector: optima[1], radius: 0)
        )
      }
      return after.judged(
        equals: before.vector.combined(2, before.vector, 0), otherRadius: 2 * before.radius,
        "\(before.text), and \(after.text) for twice the capacities")
    })
}

/// The entries on some arcs of a flow near the optimum of a method.
private func near(
  _ examination: Examination, _ method: RegularisedMethod, _ arcs: [Int]
) throws -> NearVector {
  let found = try examination.nearOptimum(method).required()
  return NearVector(vector: found.amounts.picking(arcs), radius: found.claim.radius)
}

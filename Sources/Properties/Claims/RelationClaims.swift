// The metamorphic relations as claims, and tempting ones that are false.
import Checker
import ExactArithmetic
import Generators
import Networks

let relationClaims: [Claim] =
  (tensorRelations() + networkRelations()).map { property in
    Claim(
      property.name, property.statement, source: property.source,
      checked: "the second network, solved from nothing, against the first",
      cases: ClaimCases(random: 80),
      judge: { property.outcome(on: $0) ?? .skipped("does not apply") })
  } + [
    Claim(
      "relation/identity-at-bottom-same",
      "An identity layer at the bottom changes no value.",
      source: "this project, metamorphic relations", checked: "both values", expected: .refuted,
      correction: "The value may fall: A[0], which limits nothing, becomes A[1].",
      cases: ClaimCases(),
      judge: { examination in
        let tensor = try examination.subject()
        let layers = RationalLayers(examination, tokens: tensor.tokens)
        let taller = RationalLayers(
          tokens: tensor.tokens,
          layers: [RationalLayers.identity(tensor.tokens)] + layers.layers)
        guard let mode = examination.mode else { return .skipped("no mode") }
        let (before, after) = (
          try examination.value(), try examination.other(try taller.tensor(), mode).value()
        )
        return .test(before == after, "value \(before), then \(after)")
      }),
    Claim(
      "relation/raise-keeps-minima", "Raising a capacity lowers no attribution.",
      source: "this project, metamorphic relations",
      checked: "the least attributions before and after, each attention arc raised by 1/2",
      expected: .refuted, correction: "It lowers no terminal maximum; a minimum may fall.",
      cases: ClaimCases(modes: .all),
      judge: { examination in
        let before = try examination.attributions.required().minima
        for arc in 0..<(try examination.subject().entries.count) {
          let raised = try examination.network.replacing { $0[arc] += Rational(1, 2) }
          let after = try Examination(network: raised).attributions.required().minima
          for token in before.indices where after[token] < before[token] {
            return .refuted(
              "arc \(arc) raised by 1/2: the least of token \(token) falls from "
                + "\(before[token]) to \(after[token])")
          }
        }
        return .holds
      }),
    Claim(
      "relation/split-ends-add",
      "The interval of a bottom token split in two has the sums of the parts' ends.",
      source: "this project, metamorphic relations",
      checked: "intervals of the two parts, halves of each entry of the token's column",
      expected: .refuted, correction: "The interval of the parts' sum is the old one.",
      cases: ClaimCases(), judge: judgeSplitEnds),
    Claim(
      "relation/l2-identity-on-top", "An identity layer on top leaves the l2 flow below as it is.",
      source: "this project, metamorphic relations",
      checked: "the exact optima of both, on the arcs below", expected: .refuted,
      correction: "Intervals stay; the new arcs carry terms of their own.",
      cases: ClaimCases(modes: .all, each: 700),
      judge: { examination in
        let tensor = try examination.subject()
        let layers = RationalLayers(examination, tokens: tensor.tokens)
        let taller = RationalLayers(
          tokens: tensor.tokens,
          layers: layers.layers + [RationalLayers.identity(tensor.tokens)])
        let other = try examination.other(try taller.tensor(), .all)
        let method = RegularisedMethod.l2(lambda: smallLambda)
        let before = try examination.exactOptimum(method).required().amounts
        let after = try other.exactOptimum(method).required().amounts
        for arc in 0..<tensor.entries.count where before[arc] != after[arc] {
          return .refuted("arc \(arc) carries \(before[arc]), then \(after[arc])")
        }
        return .holds
      }),
    Claim(
      "relation/l2-union", "The l2 flow of a block-diagonal tensor is that of its blocks.",
      source: "this project, metamorphic relations",
      checked: "the exact optimum of a tensor beside itself, in its exact range, rows sum to 1",
      cases: ClaimCases(modes: .all, random: 30, limit: TensorShape(3, 2)),
      judge: { examination in
        let tokens = try examination.subject().tokens
        let both = try examination.besideItself()
        try require(tokens <= 2)
        let method = RegularisedMethod.l2(lambda: smallLambda)
        let one = try examination.exactOptimum(method).required().amounts
          .picking(examination.network.sinkArcs).list
        let two = try both.exactOptimum(method).required().amounts
          .picking(both.network.sinkArcs).list
        return .test(two == one + one, "attributions \(text(one)), then \(text(two))")
      }),
    Claim(
      "relation/barrier-union",
      "The barrier flow of a block-diagonal tensor is that of its blocks.",
      source: "this project, metamorphic relations",
      checked: "a tensor beside itself, both flows within certified radii", expected: .refuted,
      correction: "Only with the old super capacities: super arcs have logarithms of T - f.",
      cases: ClaimCases(modes: .all),
      judge: { examination in
        let both = try examination.besideItself()
        let method = RegularisedMethod.barrier(mu: smallMu)
        let (one, two) = (
          try examination.nearOptimum(method).required(), try both.nearOptimum(method).required()
        )
        let (before, after) = (
          one.amounts[examination.network.sinkArcs[0]], two.amounts[both.network.sinkArcs[0]]
        )
        return .test(
          (before - after).magnitude <= one.claim.radius + two.claim.radius,
          "token 0 has \(before.nearestDouble), then \(after.nearestDouble)")
      }),
  ]

extension Examination {
  /// The case of the block-diagonal tensor of this one twice.
  fileprivate func besideItself() throws -> Examination {
    let tensor = try subject()
    let tokens = tensor.tokens
    let layers = RationalLayers(self, tokens: tokens).layers.map { matrix in
      (0..<(4 * tokens * tokens)).map { place in
        let (i, j) = (place / (2 * tokens), place % (2 * tokens))
        return i / tokens == j / tokens
          ? matrix[i % tokens * tokens + j % tokens] : Rational(0)
      }
    }
    return try other(try RationalLayers(tokens: 2 * tokens, layers: layers).tensor(), .all)
  }
}

/// Splits bottom token 0 into halves by one more node, sink arcs as before.
private let judgeSplitEnds: @Sendable (Examination) throws -> Outcome = { examination in
  let network = examination.network
  let sinkArc = network.sinkArcs[0]
  var (tails, heads) = network.arcs.lists
  var capacities = (0..<network.arcCount).map { network.capacities[$0] }
  let added = Int32(network.nodeCount)
  var extra: [(tail: Int32, capacity: Rational)] = []
  network.arcs.forEach { arc, tail, head in
    guard head == 1 else { return }
    capacities[arc] = capacities[arc] / 2
    extra.append((Int32(tail), capacities[arc]))
  }
  for (tail, capacity) in extra {
    tails.append(tail)
    heads.append(added)
    capacities.append(capacity)
  }
  tails.append(added)
  heads.append(Int32(network.sink))
  capacities.append(network.capacities[sinkArc])
  let split = try FlowNetwork(
    nodeCount: network.nodeCount + 1, source: network.source, sink: network.sink, tails: tails,
    heads: heads, capacities: ExactVector(capacities))
  let parts = try examination.solved(split, intervalsOf: [sinkArc, split.arcCount - 1]).required()
  let whole = try examination.attributions.required()
  let ends = [parts.minima[0] + parts.minima[1], parts.maxima[0] + parts.maxima[1]]
  return .test(
    ends == [whole.minima[0], whole.maxima[0]],
    "token 0 has \(whole.minima[0]) to \(whole.maxima[0]); the parts' ends add up to "
      + "\(ends[0]) and \(ends[1])")
}

// The same problem in another form. A solver that answers by where an arc stands, by the name of a
// node, or by the size of its numbers is right about the first form and wrong about the second.
import Checker
import ExactArithmetic

extension CaseFamily {
  /// Families that draw a case from others and put it in another form, which solvers must solve as
  /// well.
  ///
  /// Each form has a value that follows from the first: the same, or so many times as much. So an
  /// answer that is right about each form keeps the relation, and no answer needs to be compared.
  ///
  /// - Parameter families: where the cases come from; some must be able to make one token.
  /// - Returns: one family for each form.
  public static func variations(of families: [CaseFamily]) -> [CaseFamily] {
    let source = families.filter { $0.weight > 0 }
    precondition(
      source.contains { $0.tokensMinimum <= 1 }, "No family makes cases of one token.")
    return forms.map { form in
      CaseFamily(
        name: form.name, about: form.about, promises: [.listedArcs], weight: form.weight,
        instances: { choices, layers, tokens in
          let family = choices.draw(from: source, tokens: tokens)
          let base = family.make(&choices, layers: layers, tokens: tokens)
          return .network(form.change(&choices, base.instance.network))
        })
    }
  }

  private typealias Form = (
    name: String, about: String, weight: Int,
    change: @Sendable (inout RandomChoices, FlowNetwork) -> FlowNetwork
  )

  private static let forms: [Form] = [
    (
      "varied-arc-order", "A case of another family with its arcs in random order.", 6,
      { choices, network in
        var draft = NetworkDraft(network)
        choices.shuffle(&draft.arcs)
        return draft.network(over: network.capacities.denominator)
      }
    ),
    (
      "varied-node-names", "A case of another family with its nodes renumbered.", 6,
      { choices, network in
        var draft = NetworkDraft(network)
        draft.rename(choices.permutation(draft.nodeCount))
        return draft.network(over: network.capacities.denominator)
      }
    ),
    (
      "varied-direction", "A case of another family with all arcs, source and sink reversed.", 3,
      { _, network in
        var draft = NetworkDraft(network)
        draft.reverse()
        return draft.network(over: network.capacities.denominator)
      }
    ),
    (
      "varied-parallel-arcs", "A case of another family with each arc cut lengthwise in two.", 3,
      { choices, network in
        // One part has a random share of the capacity, the other what is left of it.
        var draft = NetworkDraft(network)
        var parts: [NetworkDraft.Arc] = []
        for arc in draft.arcs {
          var (first, second) = (arc, arc)
          first.numerator = arc.numerator * BigInteger(choices.below(5))
          second.numerator = arc.numerator * BigInteger(4) - first.numerator
          parts += [first, second]
        }
        draft.arcs = parts
        return draft.network(over: network.capacities.denominator * BigInteger(4))
      }
    ),
    (
      "varied-scale", "A case of another family with all capacities times 1e-12 to 1e12.", 8,
      { choices, network in
        let power = choices.choose([-12, -9, -6, -3, 3, 6, 9, 12])
        let draft = NetworkDraft(network)
        let capacities = (0..<network.arcCount).map {
          network.capacities[$0] * Rational.powerOfTen(power)
        }
        return draft.network(capacities: ExactVector(capacities))
      }
    ),
    (
      "varied-to-integers",
      "A case of another family with integer capacities up to 2^31 - 1, 2^53 or 2^62.", 8,
      { choices, network in
        NetworkDraft(network).network(capacities: integers(&choices, network.capacities))
      }
    ),
  ]

  /// Capacities in the proportions of others, rounded down to integers whose largest is at most
  /// `2^31 - 1`, `2^53` or `2^62`.
  ///
  /// All arcs together stay below `2^63` for the last, as sums of capacities do in a solver that
  /// computes in 64 bits: the bound is on the sum, so that no sum overflows.
  private static func integers(
    _ choices: inout RandomChoices, _ capacities: ExactVector
  ) -> ExactVector {
    let bounds = [
      BigInteger((1 << 31) - 1), BigInteger(1 << 53), BigInteger(1 << 62),
    ]
    let bound = Rational(choices.choose(bounds))
    let sum = (0..<capacities.count).reduce(Rational(0)) { $0 + capacities[$1] }
    guard !sum.isZero else { return capacities }
    let factor = bound / sum
    return ExactVector(
      (0..<capacities.count).map { (capacities[$0] * factor).floor }, denominator: 1)
  }
}

extension RandomChoices {
  /// A family by weight among those that can make so many tokens.
  fileprivate mutating func draw(from families: [CaseFamily], tokens: Int) -> CaseFamily {
    let able = families.filter { $0.tokensMinimum <= tokens }
    var rest = below(able.reduce(0) { $0 + $1.weight })
    for family in able {
      if rest < family.weight { return family }
      rest -= family.weight
    }
    preconditionFailure("The rest \(rest) is not below the sum of the weights.")
  }
}

extension Rational {
  /// `10^power`, for a power between -18 and 18.
  fileprivate static func powerOfTen(_ power: Int) -> Rational {
    let magnitude = (0..<abs(power)).reduce(1) { product, _ in product * 10 }
    return power < 0 ? Rational(1, magnitude) : Rational(magnitude)
  }
}

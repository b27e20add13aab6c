// Closed forms for tensors whose rows sum to exactly 1 (T1 to T4 of the README's theorem list).
// They are oracles for value and uniqueness that use no flow algorithm.
import Checker
import ExactArithmetic
import SolverInterface

/// The closed forms T1 to T4.
func closedForms() -> [Property] {
  [
    closedForm(
      "T1/value", "In single mode the value is exactly 1.", applies: isSingle,
      run: { examination in
        examination.maximum.outcome { maximum in
          .test(maximum.value == Rational(1), "value \(maximum.value)")
        }
      }),
    closedForm(
      "T1/rollout", "In single mode attention rollout is the attribution of a maximum flow.",
      applies: isSingle, run: judgeRollout),
    closedForm(
      "T2/equivalences",
      "In mode all these agree: unique flow, unique top attributions, value T, all attention arcs "
        + "saturated, all layers above the first doubly stochastic.",
      applies: { $0.mode == .all }, run: judgeT2),
    closedForm(
      "T3/unique-single",
      "In single mode the flow is unique iff at every layer, going down, all mass sits on one node "
        + "or every reached row is one-hot.",
      applies: isSingle, run: judgeT3),
    closedForm(
      "T3/uniform-intervals",
      "Uniform attention (L, T >= 2) is unique in mode all; in single every token has [0, 1].",
      applies: { examination in
        guard let tensor = examination.tensor else { return false }
        return tensor.layers >= 2 && tensor.tokens >= 2 && tensor.isUniform
      }, run: judgeUniform),
    closedForm(
      "T4/two-layers",
      "For L = 2, mode all, the value is the sum over k of min(1, column sum k of A[1]).",
      applies: { $0.mode == .all && $0.tensor?.layers == 2 }, run: judgeTwoLayers),
    closedForm(
      "T4/one-hot",
      "For one-hot tensors, mode all, the value is the image size of the composed map at layer 1.",
      applies: { examination in
        guard examination.mode == .all, let tensor = examination.tensor else { return false }
        return tensor.layers >= 2 && tensor.isOneHot
      }, run: judgeOneHot),
    closedForm(
      "T4/bounds", "In mode all the value lies between 1 and T.",
      applies: { $0.mode == .all },
      run: { examination in
        examination.maximum.outcome { maximum in
          let tokens = Rational(examination.tensor?.tokens ?? 0)
          return .test(
            maximum.value >= Rational(1) && maximum.value <= tokens, "value \(maximum.value)")
        }
      }),
  ]
}

private func closedForm(
  _ name: String, _ statement: String, applies: @escaping @Sendable (Examination) -> Bool,
  run: @escaping @Sendable (Examination) -> Outcome
) -> Property {
  Property(
    name: name, statement: "Rows sum to exactly 1. " + statement,
    source: "this project, theorem "
      + name.prefix(2), applies: { $0.isRowStochastic && $0.isSmall && applies($0) }, run: run)
}

private let isSingle: @Sendable (Examination) -> Bool = { examination in
  if case .single = examination.mode { true } else { false }
}

extension Examination {
  /// Whether closed forms and relations, which work entry by entry in fractions, are affordable.
  var isSmall: Bool { network.arcCount <= 5_000 }

  /// The layers as fractions; precondition: the case has a tensor.
  var rationalLayers: RationalLayers { RationalLayers(self, tokens: tensor?.tokens ?? 1) }
}

extension EffectiveTensor {
  /// Whether every row has one entry that is not 0.
  var isOneHot: Bool {
    func test<Number: ExactInteger>(_ values: [Number]) -> Bool {
      stride(from: 0, to: values.count, by: tokens).allSatisfy { start in
        values[start..<(start + tokens)].count { $0 != .zero } == 1
      }
    }
    return switch entries.elements {
    case .int64(let values): test(values)
    case .int128(let values): test(values)
    case .big(let values): test(values)
    }
  }
}

/// Builds the flow that splits at each node as its row says, and has the kernel accept it.
private let judgeRollout: @Sendable (Examination) -> Outcome = { examination in
  guard let tensor = examination.tensor, case .single(let top) = examination.mode else {
    return .inconclusive("no tensor")
  }
  let (layers, tokens) = (tensor.layers, tensor.tokens)
  // In integers: with D the denominator of the entries, masses of layer l are over D^(L - l), and
  // flows are brought over D^L.
  var powers = [BigInteger.one]
  for _ in 0..<layers { powers.append(powers[powers.count - 1] * tensor.entries.denominator) }
  var flow = [BigInteger](repeating: .zero, count: examination.network.arcCount)
  var mass = [BigInteger](repeating: .zero, count: tokens)
  mass[top] = .one
  flow[layers * tokens * tokens + top] = powers[layers]
  for l in stride(from: layers - 1, through: 0, by: -1) {
    // r[l][j] = sum over i of r[l+1][i] * A[l][i][j]
    var below = [BigInteger](repeating: .zero, count: tokens)
    for i in 0..<tokens where !mass[i].isZero {
      for j in 0..<tokens {
        let arc = (l * tokens + i) * tokens + j
        let entry = tensor.entries.numerator(arc)
        if entry.isZero { continue }
        let amount = mass[i] * entry
        below[j] += amount
        flow[arc] = amount * powers[l]
      }
    }
    mass = below
  }
  for i in 0..<tokens { flow[layers * tokens * tokens + tokens + i] = mass[i] }
  let rollout = ExactVector(flow, denominator: powers[layers])
  switch checkFeasible(rollout, in: examination.network) {
  case .rejected(let rejection): return .refuted(rejection.first.summary)
  case .accepted(let claim):
    return examination.maximum.outcome { maximum in
      .test(claim.value == maximum.value, "\(claim.value) against \(maximum.value)")
    }
  }
}

private let judgeT2: @Sendable (Examination) -> Outcome = { examination in
  guard let tensor = examination.tensor else { return .inconclusive("no tensor") }
  let (layers, tokens) = (tensor.layers, tensor.tokens)
  return examination.undetermined.outcome { undetermined in
    let flow = undetermined.maximum.flow
    let attention = layers * tokens * tokens
    let facts = [
      undetermined.isUnique,
      !undetermined.arcs.contains { $0 >= attention && $0 < attention + tokens },
      flow.value == Rational(tokens),
      (0..<attention).allSatisfy { flow.amounts[$0] == examination.entries[$0] },
      (1..<layers).allSatisfy(tensor.hasUnitColumns),
    ]
    return .test(Set(facts).count == 1, "\(facts)")
  }
}

private let judgeT3: @Sendable (Examination) -> Outcome = { examination in
  guard let tensor = examination.tensor, case .single(let top) = examination.mode else {
    return .inconclusive("no tensor")
  }
  let tokens = tensor.tokens
  func attends(_ l: Int, _ i: Int, _ j: Int) -> Bool {
    !tensor.entries.numerator((l * tokens + i) * tokens + j).isZero
  }
  var reached = [top]
  var isUnique = true
  for l in stride(from: tensor.layers - 1, through: 0, by: -1) {
    let isOneHot = reached.allSatisfy { i in (0..<tokens).count { attends(l, i, $0) } == 1 }
    if reached.count > 1 && !isOneHot { isUnique = false }
    reached = (0..<tokens).filter { j in reached.contains { attends(l, $0, j) } }
  }
  return examination.undetermined.outcome { undetermined in
    .test(undetermined.isUnique == isUnique, "unique: \(undetermined.isUnique), not \(isUnique)")
  }
}

private let judgeUniform: @Sendable (Examination) -> Outcome = { examination in
  if examination.mode == .all {
    return examination.undetermined.outcome { .test($0.isUnique, "not unique") }
  }
  return examination.attributions.outcome { intervals in
    .test(
      intervals.minima.allSatisfy(\.isZero) && intervals.maxima.allSatisfy { $0 == Rational(1) },
      "\(intervals.minima) to \(intervals.maxima)")
  }
}

private let judgeTwoLayers: @Sendable (Examination) -> Outcome = { examination in
  let layers = examination.rationalLayers
  let expected = (0..<layers.tokens).reduce(Rational(0)) { sum, k in
    sum + min(Rational(1), layers.columnSum(1, k))
  }
  return examination.maximum.outcome { .test($0.value == expected, "\($0.value), not \(expected)") }
}

private let judgeOneHot: @Sendable (Examination) -> Outcome = { examination in
  let layers = examination.rationalLayers
  // Follow every top token down to layer 1; the last layer does not limit anything.
  var image = Set(0..<layers.tokens)
  for l in stride(from: layers.layers.count - 1, through: 1, by: -1) {
    image = Set(image.compactMap { layers.onlyColumn(l, $0) })
  }
  return examination.maximum.outcome {
    .test($0.value == Rational(image.count), "\($0.value), not \(image.count)")
  }
}

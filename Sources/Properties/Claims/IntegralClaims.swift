// The integral network int(gamma F) of [U]: capacities times a power of ten, then truncated.
//
// gamma is the power of ten that makes the smallest positive entry at least 1: with beta the
// exponent of that entry in scientific notation, gamma = 10^-beta. Algorithm 1 loses the minus.
import Checker
import ExactArithmetic
import Generators
import Networks

let integralClaims: [Claim] = [
  Claim(
    "U/integral-value", "The integral network has gamma times the value.",
    source: "[U], integral network", checked: "its maximum flow over gamma against V",
    expected: .refuted,
    correction: "v - v~/gamma is 0 if no arc across the minimum cut loses a fractional part, else "
      + "in [0, k/gamma), k the number of those that do.",
    cases: integralCases,
    judge: { examination in
      let (value, found, _) = try examination.truncatedAnswer()
      return .test(found == value, "V is \(value), and v~/gamma is \(found)")
    }),
  Claim(
    "U/integral-bounds",
    "v - v~/gamma is 0 if no arc across the truncated network's minimum cut loses a fractional "
      + "part, else in [0, k/gamma), k the number of those that do.",
    source: "this project, correction of U/integral-value",
    checked: "both values, by flows and cuts that the kernel accepts, and the arcs across the cut",
    cases: integralCases,
    judge: { examination in
      let (value, found, truncated) = try examination.truncatedAnswer()
      let cut = try Examination(network: truncated.network).maximum.required().cut
      var lost = 0
      examination.network.arcs.forEach { arc, tail, head in
        let exact = examination.network.capacities[arc] * truncated.gamma
        if cut.contains(tail), !cut.contains(head), !exact.isInteger { lost += 1 }
      }
      let difference = value - found
      let isWithin =
        lost == 0
        ? difference.isZero
        : difference.signum() >= 0 && difference < Rational(lost) / truncated.gamma
      return .test(isWithin, "difference \(difference), \(lost) arcs lose a fractional part")
    }),
  Claim(
    "U/integral-ranking", "The integral network ranks the tokens like the tensor.",
    source: "[U], integral network",
    checked: "two tokens in one order in every maximum flow of the network, and in the other in "
      + "every one of the integral network",
    expected: .refuted, correction: "Truncation can turn the order of two tokens around.",
    cases: ClaimCases(
      modes: .all, shapes: [TensorShape(1, 2), TensorShape(1, 3)], denominator: 7, each: 2_000,
      random: 400),
    judge: { examination in
      let truncated = try examination.truncated()
      let before = try examination.attributions.required()
      let after = try Examination(network: truncated.network).attributions.required()
      for i in before.minima.indices {
        for j in before.minima.indices
        where before.maxima[i] < before.minima[j] && after.minima[i] > after.maxima[j] {
          return .refuted(
            "token \(i) has at most \(before.maxima[i]) and token \(j) at least "
              + "\(before.minima[j]); truncated, gamma = \(truncated.gamma), at least "
              + "\(after.minima[i]) and at most \(after.maxima[j])")
        }
      }
      return .holds
    }),
  Claim(
    "U/integral-keeps-unique", "Where the maximum flow is unique, so is the integral network's.",
    source: "[U], integral network", checked: "the undetermined arcs of both networks",
    expected: .refuted, correction: "Truncation can turn a unique flow into a non-unique one.",
    cases: integralCases,
    judge: { examination in
      let truncated = try examination.truncated()
      try require(try examination.undetermined.required().isUnique)
      let after = try Examination(network: truncated.network).undetermined.required()
      return .test(
        after.isUnique,
        "the flow is unique; gamma = \(truncated.gamma) leaves \(after.arcs.count) arcs open")
    }),
  Claim(
    "U/integral-keeps-ambiguous",
    "Where the integral network's maximum flow is unique, so is the network's.",
    source: "[U], integral network", checked: "the undetermined arcs of both networks",
    expected: .refuted, correction: "Truncation can turn a non-unique flow into a unique one.",
    cases: ClaimCases(
      modes: .all, shapes: [TensorShape(1, 2), TensorShape(2, 2), TensorShape(3, 2)],
      denominator: 7, each: 3_000, random: 200),
    judge: { examination in
      let truncated = try examination.truncated()
      let before = try examination.undetermined.required()
      try require(try Examination(network: truncated.network).undetermined.required().isUnique)
      return .test(
        before.isUnique,
        "\(before.arcs.count) arcs are open, none once truncated with gamma = \(truncated.gamma)")
    }),
  Claim(
    "U/beta-sign", "gamma = 10^beta, as Algorithm 1 prints it, keeps a network with flow.",
    source: "[U], Algorithm 1", checked: "the value of int(gamma F) against V > 0",
    expected: .refuted,
    correction: "gamma = 10^-beta, as in Algorithm 2: the minus sign is lost.",
    cases: integralCases,
    judge: { examination in
      let truncated = try examination.truncated(isInverted: true)
      let value = try examination.value()
      try require(value.signum() > 0)
      let found = try Examination(network: truncated.network).value()
      return .test(
        found.signum() > 0, "V is \(value); with gamma = \(truncated.gamma) nothing flows")
    }),
  Claim(
    "U/beta-sign-zeroes",
    "With gamma = 10^beta every attention arc truncates to 0, unless the tensor is one-hot.",
    source: "this project, correction of U/beta-sign",
    checked: "all truncated capacities of attention arcs", cases: integralCases,
    judge: { examination in
      let tensor = try examination.subject()
      let truncated = try examination.truncated(isInverted: true)
      let isEmpty = (0..<tensor.entries.count).allSatisfy {
        truncated.network.capacities[$0].isZero
      }
      return .test(isEmpty != tensor.isOneHot, "gamma = \(truncated.gamma): empty \(isEmpty)")
    }),
  Claim(
    "U/integral-32-bit", "The capacities int(gamma F) fit 32-bit integers.",
    source: "[U], integral network",
    checked: "gamma T against 2^31 - 1, on tensors with an entry of 10^-k, k = 1, 2, ...",
    expected: .refuted,
    correction: "gamma T leaves 32 bits for beta_min = 1e-8 at T = 22, and 64 bits for 1e-16 at "
      + "T = 923.",
    cases: ClaimCases(modes: .all, shapes: [TensorShape(1, 2)], each: 20, random: 0),
    judge: { examination in
      // The tensor's own entries give way to ever smaller ones in the first row.
      let tensor = try examination.subject()
      try require(tensor.tokens == 2)
      for digits in 1...12 {
        let small = Rational(BigInteger.one, BigInteger(10).raised(to: digits))
        let changed = try examination.other(
          try tensor.changing {
            $0[0] = small
            $0[1] = 1 - small
          }, .all)
        let truncated = try changed.truncated()
        let largest = truncated.gamma * Rational(tensor.tokens)
        if largest > Rational(Int32.max) {
          return .refuted("with a first row (10^-\(digits), rest) super arcs have \(largest)")
        }
      }
      return .holds
    }),
  Claim(
    "U/integral-overflow",
    "gamma T first leaves 32 bits for beta_min = 1e-8 at T = 22, and 64 bits for 1e-16 at T = 923.",
    source: "this project, correction of U/integral-32-bit", generated: "these numbers",
    checked: "10^8 T against 2^31 - 1, and 10^16 T against 2^63 - 1, exactly",
    judge: { _ in
      let (small, large) = (BigInteger(10).raised(to: 8), BigInteger(10).raised(to: 16))
      let isFirst =
        small * 21 <= BigInteger(Int32.max) && small * 22 > BigInteger(Int32.max)
        && large * 922 <= BigInteger(Int64.max) && large * 923 > BigInteger(Int64.max)
      return .test(isFirst, "another T")
    }),
]

/// Cases whose entries have fractional parts at every power of ten.
private let integralCases = ClaimCases(
  modes: .all, shapes: [TensorShape(1, 2), TensorShape(2, 2), TensorShape(1, 3)],
  denominator: 3, each: 150, random: 60)

/// A network with capacities multiplied and rounded down.
private struct TruncatedNetwork {
  let network: FlowNetwork
  let gamma: Rational
}

extension Examination {
  /// The integral network; inverted, with the sign of beta lost.
  fileprivate func truncated(isInverted: Bool = false) throws -> TruncatedNetwork {
    let tensor = try subject()
    try require(tensor.entries.denominator.magnitudeBitCount <= 64, "long numbers")
    guard let least = tensor.entries.list.filter({ !$0.isZero }).min() else {
      throw Unsettled(outcome: .skipped("nothing is positive"))
    }
    var gamma = Rational(1)
    // Ends at the number of digits of the denominator.
    while least * gamma < 1 { gamma *= 10 }
    if isInverted { gamma = gamma.reciprocal }
    let network = try network.replacing { capacities in
      for arc in capacities.indices {
        capacities[arc] = Rational((capacities[arc] * gamma).floor)
      }
    }
    return TruncatedNetwork(network: network, gamma: gamma)
  }

  /// V, v~/gamma, and the integral network.
  fileprivate func truncatedAnswer() throws -> (Rational, Rational, TruncatedNetwork) {
    let truncated = try truncated()
    let found = try Examination(network: truncated.network).value() / truncated.gamma
    return (try value(), found, truncated)
  }
}

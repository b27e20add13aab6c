import Checker
import ExactArithmetic
import Networks
import SolverInterface

/// What is true of the flow with logarithms of weight `mu`.
///
/// The optimum is not rational, so each is tested on a flow within a certified radius of it; where
/// the radius leaves a comparison open, nothing is said.
func barrierProperties(_ mu: Rational) -> [Property] {
  let method = RegularisedMethod.barrier(mu: mu)
  return [
    nearProperty(
      "loss", method,
      "It never is a maximum flow where V > 0, and loses less than mu times the number of terms.",
      applies: { $0.maximum.claim.map { $0.value.signum() > 0 } ?? false },
      run: { near, examination in
        examination.maximum.outcome { judgeLoss(near, mu, maximum: $0.value) }
      }),
    nearProperty(
      "loss-identity", method,
      "V - val = mu sum (2 - p*/p - q*/q) with the slacks of any maximum flow marked by a star.",
      // The sum of so many fractions has a denominator as long as all of theirs together.
      applies: { $0.network.arcCount <= 200 },
      run: { near, examination in
        examination.maximum.outcome { judgeLossIdentity(near, mu, $0) }
      }),
    nearProperty(
      "null-player", method, "A token whose attribution is always 0 has none.",
      run: { near, examination in examination.judgeNullPlayers(near.amounts) }),
    nearProperty(
      "symmetry", method, "Tokens that a network automorphism exchanges have one attribution.",
      applies: { $0.exchangeableBottomTokens != nil },
      run: { near, examination in
        examination.judgeExchange(near.amounts, within: 2 * near.claim.radius)
      }),
    nearProperty(
      "efficiency", method, "The attributions add up to the maximum-flow value.",
      expected: .refuted,
      applies: { $0.tensor != nil && $0.maximum.claim.map { $0.value.signum() > 0 } ?? false },
      run: { near, examination in
        examination.maximum.outcome { maximum in
          let arcs = Rational(examination.network.sourceDegree)
          let lost = maximum.value - near.claim.circulation.value
          return lost > arcs * near.claim.radius
            ? .refuted("the sum is smaller than V")
            : .skipped("the radius is larger than what is lost")
        }
      }),
    nearProperty(
      "scaling", method, "f(mu; c u) = c f(mu / c; u), here for c = 4.",
      run: { near, examination in
        let factor = Rational(4)
        return examination.withScaledCapacities(factor) { scaled in
          provedNearOptimum(.barrier(mu: factor * mu), scaled, examination.limit).outcome { after in
            .test(
              after.isWithin(
                after.claim.radius + factor * near.claim.radius,
                ofAmounts: { factor * near.amounts[$0] }), "the scaled flow is another one")
          }
        }
      }),
    nearProperty(
      "listed", method, "The network with its arcs listed has the same flow.",
      applies: { LayeredLayout($0.network.arcs) != nil },
      run: { near, examination in
        examination.withListedArcs { listed in
          provedNearOptimum(method, listed, examination.limit).outcome { other in
            .test(
              other.isWithin(
                other.claim.radius + near.claim.radius, ofAmounts: { near.amounts[$0] }),
              "the flow of the listed network is another one")
          }
        }
      }),
  ]
}

/// The property that barrier flows converge to the central flow.
func centralProperty() -> Property {
  Property(
    name: "central/limit",
    statement:
      "As mu falls, barrier flows come closer to the analytic centre of the maximum flows.",
    source: "[F], central flow", isSampled: true,
    applies: {
      $0.isWithinRegularisedReach && $0.maximum.claim.map { $0.value.signum() > 0 } ?? false
    },
    run: { examination in
      examination.maximum.outcome { maximum in
        examination.nearOptimum(.central(value: maximum.value)).outcome { centre in
          // Far below the value the error is proportional to mu; a factor of 16 leaves room.
          let mu = maximum.value / 4_096 / Rational(max(1, examination.network.arcCount))
          return examination.nearOptimum(.barrier(mu: mu)).outcome { first in
            examination.nearOptimum(.barrier(mu: mu / 16)).outcome { second in
              let known = centre.claim.radius + second.claim.radius + first.claim.radius
              let (far, close) = (
                first.distance(to: centre.amounts), second.distance(to: centre.amounts)
              )
              return .test(
                close <= far / 2 + known,
                "distance \(far.nearestDouble), then \(close.nearestDouble)")
            }
          }
        }
      }
    })
}

/// A property of the certified near-optimum of a method.
private func nearProperty(
  _ name: String, _ method: RegularisedMethod, _ statement: String, expected: Verdict = .holds,
  applies: @escaping @Sendable (Examination) -> Bool = { _ in true },
  run: @escaping @Sendable (NearOptimum, Examination) -> Outcome
) -> Property {
  Property(
    name: "\(method.name)/\(name)@\(weightText(method.weight))", statement: statement,
    source: "[F], regularised flows", expected: expected, isSampled: true,
    applies: { $0.isWithinRegularisedReach && applies($0) },
    run: { examination in
      examination.nearOptimum(method).outcome { run($0, examination) }
    })
}

/// Tests `0 < V - val < m mu`, where `m` arcs carry a term.
private func judgeLoss(_ near: NearOptimum, _ mu: Rational, maximum: Rational) -> Outcome {
  let network = near.claim.circulation.problem.network
  let known = Rational(network.sourceDegree) * near.claim.radius
  let lost = maximum - near.claim.circulation.value
  let most = mu * Rational(near.claim.circulation.problem.termArcCount)
  if lost + known <= 0 || lost - known >= most {
    return .refuted("it loses \(lost.nearestDouble), the bound is \(most.nearestDouble)")
  }
  return lost - known > 0 && lost + known < most
    ? .holds : .skipped("the radius is larger than what is lost")
}

/// Tests the value-loss identity within what the radius allows.
private func judgeLossIdentity(
  _ near: NearOptimum, _ mu: Rational, _ maximum: MaximumFlow
) -> Outcome {
  let network = near.claim.circulation.problem.network
  let radius = near.claim.radius
  var (sum, uncertainty) = (Rational(0), Rational(0))
  for arc in 0..<network.arcCount {
    let lower = near.amounts[arc]
    let upper = network.capacities[arc] - lower
    // Frozen arcs carry no logarithm.
    if lower.isZero || upper.isZero { continue }
    guard lower > 2 * radius, upper > 2 * radius else {
      return .skipped("the radius reaches a bound")
    }
    let star = maximum.flow.amounts[arc]
    let upperStar = network.capacities[arc] - star
    sum += 2 - star / lower - upperStar / upper
    // A slack moves by less than half, so the derivative is at most four times the one here.
    uncertainty += 4 * radius * (star / (lower * lower) + upperStar / (upper * upper))
  }
  let lost = maximum.value - near.claim.circulation.value
  let arcs = Rational(network.sourceDegree)
  return .test(
    (lost - mu * sum).magnitude <= mu * uncertainty + arcs * radius,
    "V - val is \(lost.nearestDouble), the sum \((mu * sum).nearestDouble)")
}

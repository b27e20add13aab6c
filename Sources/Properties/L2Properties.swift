import Checker
import ExactArithmetic
import Networks
import SolverInterface

/// What is true of the flow with squares of weight `lambda`, tested on its exact optimum.
func l2Properties(_ lambda: Rational) -> [Property] {
  let method = RegularisedMethod.l2(lambda: lambda)
  return [
    exactProperty(
      "agreement", method,
      "The interior-point flow lies within its certified radius of the exact optimum.",
      run: { optimum, examination in
        examination.nearOptimum(method).outcome { near in
          .test(
            near.isWithin(near.claim.radius, of: optimum.amounts),
            "further than the radius \(near.claim.radius.nearestDouble)")
        }
      }),
    exactProperty(
      "unique", method, "No other flow satisfies the optimality conditions.",
      run: { optimum, _ in .test(optimum.claim.isUnique, "the kernel sees no uniqueness") }),
    exactProperty(
      "maximum", method,
      "Where 2 lambda (L + 2) V <= 1 it is a maximum flow, so that efficiency holds.",
      applies: { examination in
        guard let layers = LayeredLayout(examination.network.arcs)?.layers,
          let value = examination.maximum.claim?.value
        else { return false }
        return 2 * lambda * Rational(layers + 2) * value <= 1
      },
      run: { optimum, examination in
        examination.maximum.outcome { maximum in
          .test(
            optimum.claim.circulation.value == maximum.value,
            "value \(optimum.claim.circulation.value), the maximum is \(maximum.value)")
        }
      }),
    exactProperty(
      "null-player", method, "A token whose attribution is always 0 has none.",
      run: { optimum, examination in examination.judgeNullPlayers(optimum.amounts) }),
    exactProperty(
      "symmetry", method, "Tokens that a network automorphism exchanges have one attribution.",
      applies: { $0.exchangeableBottomTokens != nil },
      run: { optimum, examination in examination.judgeExchange(optimum.amounts) }),
    exactProperty(
      "scaling", method, "f(lambda; c u) = c f(c lambda; u), here for c = 3.",
      run: { optimum, examination in
        let factor = Rational(3)
        return examination.withScaledCapacities(factor) { scaled in
          provedExactOptimum(.l2(lambda: lambda / factor), scaled, examination.limit)
            .outcome { after in
              .test(
                (0..<after.amounts.count).allSatisfy {
                  after.amounts[$0] == factor * optimum.amounts[$0]
                }, "the scaled flow is not three times the flow")
            }
        }
      }),
    exactProperty(
      "reversed", method, "Reversing all arcs leaves the flow on each.",
      run: { optimum, examination in
        provedExactOptimum(method, examination.network.reversed, examination.limit)
          .outcome { after in
            .test(
              (0..<after.amounts.count).allSatisfy {
                after.amounts[$0] == optimum.amounts[$0]
              }, "the flow of the reversed network differs")
          }
      }),
  ]
}

/// What is true of the flow itself as a penalty, alone and with squares.
func l1Properties() -> [Property] {
  let alpha = Rational(1, 16)
  let both = RegularisedMethod.l1l2(alpha: alpha, lambda: Rational(1, 4))
  return [
    exactProperty(
      "unique", both, "No other flow satisfies the optimality conditions.",
      run: { optimum, _ in .test(optimum.claim.isUnique, "the kernel sees no uniqueness") }),
    exactProperty(
      "vacuous", .l1(alpha: alpha),
      "Below 1 / (L + 2) every l1 optimum is a maximum flow, and every maximum flow an optimum.",
      applies: { examination in
        LayeredLayout(examination.network.arcs).map { alpha * Rational($0.layers + 2) < 1 } ?? false
      },
      run: { optimum, examination in
        let paths = Rational((LayeredLayout(examination.network.arcs)?.layers ?? 0) + 2)
        return examination.maximum.outcome { maximum in
          .test(
            optimum.claim.circulation.value == maximum.value
              && optimum.objective == maximum.value * (alpha * paths - 1),
            "value \(optimum.claim.circulation.value), objective \(optimum.objective)")
        }
      }),
    Property(
      name: "l1/unique@\(weightText(alpha))",
      statement: "The l1 penalty makes the flow unique.", source: "[U], uniqueness",
      expected: .refuted, isSampled: true,
      applies: { examination in
        guard let layers = LayeredLayout(examination.network.arcs)?.layers,
          examination.isWithinExactReach
        else { return false }
        return alpha * Rational(layers + 2) < 1
          && examination.undetermined.claim.map { !$0.isUnique } ?? false
      },
      run: { judgeL1Uniqueness(alpha, $0) }),
  ]
}

/// Two flows that the kernel accepts as optimal with the same multipliers refute uniqueness.
private func judgeL1Uniqueness(_ alpha: Rational, _ examination: Examination) -> Outcome {
  examination.exactOptimum(.l1(alpha: alpha)).outcome { optimum in
    examination.undetermined.outcome { claim in
      for amounts in [claim.maximum.flow.amounts, claim.second.amounts] {
        let other = checkCirculation(amounts, in: optimum.claim.circulation.problem).claim
          .flatMap { checkOptimality($0, optimum.claim.duals).claim }
        if let other, other.circulation != optimum.claim.circulation {
          return .refuted("the kernel accepts two optima")
        }
      }
      return .holds
    }
  }
}

/// A property of the exact optimum of a method.
func exactProperty(
  _ name: String, _ method: RegularisedMethod, _ statement: String,
  applies: @escaping @Sendable (Examination) -> Bool = { _ in true },
  run: @escaping @Sendable (ExactOptimum, Examination) -> Outcome
) -> Property {
  Property(
    name: "\(method.name)/\(name)@\(weightText(method.weight))", statement: statement,
    source: "[F], regularised flows", isSampled: true,
    applies: { $0.isWithinExactReach && applies($0) },
    run: { examination in
      examination.exactOptimum(method).outcome { run($0, examination) }
    })
}

// The closed forms T1 to T4 as claims, and what becomes of them without row sums of 1.
import Checker
import ExactArithmetic
import Generators

let closedFormClaims: [Claim] =
  (closedForms().map { ($0, ClaimCases(each: 160, random: 400)) }
  + regularisedForms.map { ($0, ClaimCases()) }).map { property, cases in
    Claim(
      "\(property.name.prefix { $0 != "@" })", property.statement, source: property.source,
      checked: "the answers that the kernel accepts against the closed form",
      cases: cases,
      judge: { property.outcome(on: $0) ?? .skipped("does not apply") })
  } + [
    Claim(
      "T1/any-rows", "In mode single:k the value is 1, whatever the rows sum to.",
      source: "this project, theorem T1 without its condition", checked: "the value",
      expected: .refuted, correction: "All rows sum to 1: a row of zeros is a dead end.",
      cases: ClaimCases(isStochastic: false, modes: .singles),
      judge: { examination in
        let value = try examination.value()
        return .test(value == 1, "the value is \(value)")
      }),
    Claim(
      "T4/any-rows", "In mode all the value does not depend on A[0], for L >= 2.",
      source: "this project, theorem T4 without its condition",
      checked: "the value against that with an identity in the place of A[0]",
      expected: .refuted, correction: "All rows sum to 1.",
      cases: ClaimCases(isStochastic: false, modes: .all),
      judge: { examination in
        let tensor = try examination.subject()
        try require(tensor.layers >= 2)
        let other = try examination.other(
          try tensor.changing { list in
            for place in 0..<(tensor.tokens * tensor.tokens) {
              list[place] = place / tensor.tokens == place % tensor.tokens ? 1 : 0
            }
          }, .all)
        let (before, after) = (try examination.value(), try other.value())
        return .test(
          before == after, "value \(before), and \(after) with the identity at the bottom")
      }),
  ]

/// Facts about regularised flows that campaigns try as properties, for the weights of the ledger.
private var regularisedForms: [Property] {
  let names: Set<Substring> = [
    "barrier/loss", "barrier/loss-identity", "barrier/scaling", "central/limit", "l2/scaling",
    "l2/reversed",
  ]
  return (barrierProperties(smallMu) + [centralProperty()] + l2Properties(smallLambda))
    .filter { names.contains($0.name.prefix { $0 != "@" }) }
}

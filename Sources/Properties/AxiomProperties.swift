// The axioms of the Shapley value, method by method. What a method promises is a property that must
// hold; what it does not promise is a fact: how often it holds is counted, and nothing fails.
import Checker
import ExactArithmetic
import SolverInterface
import Solvers

/// One of the axioms, or what they add up to.
public enum Axiom: String, Sendable, Hashable, CaseIterable {
  /// The attributions add up to the value of everybody.
  case efficiency
  /// Players that are interchangeable in the game get the same.
  case symmetry
  /// Players that an automorphism of the network exchanges get the same.
  case automorphism
  /// A player that brings nothing to any coalition gets nothing.
  case nullPlayer = "null-player"
  /// All of it: the attributions are the Shapley value.
  case shapley

  fileprivate var statement: String {
    switch self {
    case .efficiency: "attributions add up to the maximum-flow value"
    case .symmetry: "players that are interchangeable in the game get the same"
    case .automorphism: "tokens that a network automorphism exchanges get the same"
    case .nullPlayer: "a player that brings nothing to any coalition gets nothing"
    case .shapley: "attributions are the Shapley value"
    }
  }
}

/// A way to attribute to bottom tokens, with what it promises about their flow game.
private struct AttributionMethod: Sendable {
  let name: String
  let promised: [Axiom]
  /// The axioms that it does not promise, for each of which is counted how often it holds.
  let facts: [Axiom]
  var applies: @Sendable (Examination) -> Bool = { _ in true }
  /// The attributions, exactly.
  let attribution: @Sendable (ProvedGame, Examination) -> Proof<ExactVector>
}

private let methods: [AttributionMethod] = [
  AttributionMethod(
    name: "shapley", promised: [.efficiency, .symmetry, .automorphism, .nullPlayer], facts: [],
    attribution: { proved, _ in .accepted(proved.shapley) }),
  AttributionMethod(
    name: "maximum-flow", promised: [.efficiency, .nullPlayer],
    facts: [.symmetry, .automorphism, .shapley], applies: { $0.hasPlainEnds },
    attribution: { proved, examination in
      examination.maximum.then { .accepted(proved.game.attribution(of: $0.flow.amounts)) }
    }),
  // Null players and automorphisms are promised too: the properties of l2 say so.
  AttributionMethod(
    name: "l2", promised: [], facts: [.efficiency, .symmetry, .shapley],
    applies: { $0.isWithinExactReach && $0.hasPlainEnds },
    attribution: { proved, examination in
      examination.exactOptimum(.l2(lambda: CampaignWeights.lambda[0])).then {
        .accepted(proved.game.attribution(of: $0.amounts))
      }
    }),
  AttributionMethod(
    name: "leave-one-out", promised: [.symmetry, .automorphism, .nullPlayer],
    facts: [.efficiency, .shapley],
    attribution: { proved, _ in .accepted(proved.table.leaveOneOut) }),
  AttributionMethod(
    name: "banzhaf", promised: [.symmetry, .automorphism, .nullPlayer],
    facts: [.efficiency, .shapley],
    attribution: { proved, _ in .accepted(proved.table.banzhafValue) }),
  AttributionMethod(
    name: "rollout", promised: [.automorphism, .nullPlayer],
    facts: [.efficiency, .symmetry, .shapley], applies: { $0.tensor != nil },
    attribution: { _, examination in
      examination.attributed { tensor, top in exactRolloutRow(tensor, top: top) }
    }),
  AttributionMethod(
    name: "attention", promised: [.automorphism],
    facts: [.efficiency, .symmetry, .nullPlayer, .shapley], applies: { $0.tensor != nil },
    attribution: { _, examination in
      examination.attributed { tensor, top in
        let matrix = rawAttention(tensor)
        return (0..<tensor.tokens).map { matrix[top * tensor.tokens + $0] }
      }
    }),
]

/// The names of the attribution methods that axioms are tried on, in their order.
public let attributionMethods = methods.map(\.name) + [barrierName]

private let barrierName = "barrier"

/// The name of the property that a method keeps an axiom; it may be promised, a fact, or not tried.
public func axiomPropertyName(_ method: String, _ axiom: Axiom) -> String {
  "axioms/\(method)-\(axiom.rawValue)"
}

/// A property for each promise of each method, and a fact for each axiom that it leaves open.
func axiomProperties() -> [Property] {
  methods.flatMap { method in
    method.promised.map { property(method, $0, isFact: false) }
      + method.facts.map { property(method, $0, isFact: true) }
  } + [barrierFact()]
}

private func property(_ method: AttributionMethod, _ axiom: Axiom, isFact: Bool) -> Property {
  Property(
    name: axiomPropertyName(method.name, axiom),
    statement: "\(method.name): \(axiom.statement)"
      + (isFact ? ", which it does not promise." : "."),
    source: "[S], axioms", isFact: isFact, isSampled: true,
    applies: { examination in
      guard examination.isWithinGameReach(.bottom), method.applies(examination) else {
        return false
      }
      guard axiom == .automorphism, let proved = examination.game(.bottom).claim else {
        return true
      }
      return !proved.game.exchangeableTokens.isEmpty
    },
    run: { examination in
      examination.game(.bottom).outcome { proved in
        method.attribution(proved, examination).outcome { axiom.judge($0, proved) }
      }
    })
}

extension Axiom {
  /// What the kernel says of a vector.
  fileprivate func judge(_ vector: ExactVector, _ proved: ProvedGame) -> Outcome {
    switch self {
    case .efficiency: return Outcome(refutedBy: checkEfficiency(vector, of: proved.table))
    case .symmetry: return Outcome(refutedBy: checkSymmetry(vector, of: proved.table))
    case .nullPlayer: return Outcome(refutedBy: checkNullPlayers(vector, of: proved.table))
    case .shapley: return Outcome(refutedBy: checkShapley(vector, of: proved.table).rejection)
    case .automorphism:
      for pair in proved.game.exchangeableTokens {
        if let rejection = checkSymmetry(vector, under: pair.automorphism) {
          return .refuted(rejection.first.summary)
        }
      }
      return .holds
    }
  }
}

/// The barrier's flow is known up to a radius: it can be told from the Shapley value, not equated.
private func barrierFact() -> Property {
  let method = RegularisedMethod.barrier(mu: CampaignWeights.mu[0])
  return Property(
    name: axiomPropertyName(barrierName, .shapley),
    statement: "barrier: attributions are the Shapley value, which it does not promise.",
    source: "[U], against [S]", isFact: true, isSampled: true,
    applies: { $0.isWithinGameReach(.bottom) && $0.isWithinRegularisedReach },
    run: { examination in
      examination.game(.bottom).outcome { proved in
        examination.nearOptimum(method).outcome { near in
          let attribution = proved.game.attribution(of: near.amounts)
          for player in 0..<attribution.count
          where (attribution[player] - proved.shapley[player]).magnitude > near.claim.radius {
            return .refuted(
              "player \(player): \(attribution[player].nearestDouble) against "
                + "\(proved.shapley[player].nearestDouble)")
          }
          return .skipped("the radius leaves it open")
        }
      }
    })
}

extension Examination {
  /// The row of a matrix for the top token of the mode, or the sums of its columns.
  fileprivate func attributed(
    _ row: (EffectiveTensor, _ top: Int) -> [Rational]
  ) -> Proof<ExactVector> {
    guard let tensor, let mode else { return .gaveUp("no tensor") }
    if case .single(let top) = mode { return .accepted(ExactVector(row(tensor, top))) }
    var sums = [Rational](repeating: 0, count: tensor.tokens)
    for top in 0..<tensor.tokens {
      for (token, amount) in row(tensor, top).enumerated() { sums[token] += amount }
    }
    return .accepted(ExactVector(sums))
  }
}

// Metamorphic relations: a change of the network whose effect on value and attribution intervals is
// known exactly. Each solves a second network from nothing and compares fractions.
import Checker
import ExactArithmetic
import Networks

/// Value and intervals of a network, as the kernel accepted them.
struct SolvedNetwork {
  let value: Rational
  /// The intervals of the arcs asked for, in their order.
  let minima: [Rational]
  let maxima: [Rational]

  /// The interval of each arc, as pairs.
  var intervals: [[Rational]] { zip(minima, maxima).map { [$0, $1] } }
}

extension Examination {
  /// Solves a changed network; the intervals are those of the given arcs.
  func solved(_ network: FlowNetwork, intervalsOf arcs: [Int]) -> Proof<SolvedNetwork> {
    let adjacency = Adjacency(network)
    return provedMaximum(network, adjacency, limit).then { maximum in
      provedIntervals(maximum, adjacency, arcs, limit).then { intervals in
        .accepted(
          SolvedNetwork(
            value: maximum.value, minima: intervals.minima, maxima: intervals.maxima))
      }
    }
  }

  /// This case's own value and the intervals of its bottom tokens.
  var bottom: Proof<SolvedNetwork> { attributions.then { .accepted(SolvedNetwork($0)) } }

  /// This case's own value and the intervals of its top tokens.
  var top: Proof<SolvedNetwork> { topAttributions.then { .accepted(SolvedNetwork($0)) } }

  /// A number that varies from case to case and depends on the case alone; 0 without arcs.
  var salt: Int {
    guard network.arcCount > 0 else { return 0 }
    return Int(truncatingIfNeeded: network.capacities.numerator(0).hashSalt) & 0xffff
  }
}

extension SolvedNetwork {
  init(_ intervals: ArcIntervals) {
    self.init(
      value: intervals.flow.value, minima: intervals.minima, maxima: intervals.maxima)
  }
}

extension BigInteger {
  /// The low bits, for choices that must not depend on the process.
  fileprivate var hashSalt: Int64 {
    quotientAndRemainder(dividingBy: 65_521).remainder.asInt64 ?? 0
  }
}

/// Compares two solved networks under a relation.
func related(
  _ before: Proof<SolvedNetwork>, _ after: Proof<SolvedNetwork>,
  _ judge: (SolvedNetwork, SolvedNetwork) -> Outcome
) -> Outcome {
  before.outcome { before in after.outcome { after in judge(before, after) } }
}

/// The relation that value and intervals are the same.
func sameAnswer(_ before: SolvedNetwork, _ after: SolvedNetwork) -> Outcome {
  if before.value != after.value {
    return .refuted("value \(before.value), then \(after.value)")
  }
  return .test(
    before.intervals == after.intervals,
    "intervals \(before.intervals), then \(after.intervals)")
}

/// The metamorphic relations, which take turns: every other case is tried on one of them.
///
/// A relation solves a second network from nothing, which costs as much as all solvers together.
func relations() -> [Property] {
  let all = tensorRelations() + networkRelations()
  return all.enumerated().map { $1.onTurn(2 * $0, of: 2 * all.count) }
}

/// A relation from its parts.
func relation(
  _ name: String, _ statement: String,
  applies: @escaping @Sendable (Examination) -> Bool = { _ in true },
  run: @escaping @Sendable (Examination) throws(StatementError) -> Outcome
) -> Property {
  Property(
    name: "relation/\(name)", statement: statement, source: "this project, metamorphic relations",
    applies: { $0.isSmall && applies($0) },
    run: { examination in
      do {
        return try run(examination)
      } catch {
        return .refuted("the changed network is not one: \(error)")
      }
    })
}

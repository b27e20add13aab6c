// One small network with its certificate, written by hand, which the rule tests change.
//
//   arc  0: s -> a  1      3: s -> b  1/2
//        1: a -> t  1      4: b -> t  2
//        2: a -> t  1      5: t -> s  1
//
// Nodes s = 0, a = 1, b = 2, t = 3. The value is 3/2; arcs 1 and 2 are undetermined.
import Checker
import ExactArithmetic
import TestSupport
import Testing

let half = Rational(1, 2)

enum Fixture {
  static func network() throws -> FlowNetwork {
    try smallNetwork(
      nodes: 4, [(0, 1, 2), (1, 3, 2), (1, 3, 2), (0, 2, 1), (2, 3, 4), (3, 0, 2)], over: 2)
  }

  static let flow: [Rational] = [1, 1, 0, half, half, 0]

  static func set(_ members: Int...) -> NodeSet { NodeSet(nodeCount: 4, members: members) }

  static let undetermined = UndeterminedArcsCertificate(
    differences: ExactVector([0, -1, 1, 0, 0, 0] as [Int64], denominator: 3),
    labels: [0, 1, 2, 1], ranks: [1, 0, 0, 0], depths: [0, 0, 1, 0], parentArcs: [-1, -1, 4, -1])

  static let stays = ExtremalFlow(arcs: [], differences: ExactVector([]), cut: nil)
  static let moves = ExtremalFlow(
    arcs: [1, 2], differences: ExactVector([-1, 1] as [Int64], denominator: 1), cut: nil)

  static let intervals = [
    ArcIntervalCertificate(arc: 1, minimum: moves, maximum: stays),
    ArcIntervalCertificate(arc: 2, minimum: stays, maximum: moves),
    ArcIntervalCertificate(
      arc: 4, minimum: ExtremalFlow(arcs: [], differences: ExactVector([]), cut: set(0, 2)),
      maximum: ExtremalFlow(arcs: [], differences: ExactVector([]), cut: set(0, 1, 3))),
  ]

  static let certificate = FlowCertificate(
    flow: ExactVector(flow), cut: set(0), undetermined: undetermined, intervals: intervals)

  static func feasible() throws -> FeasibleFlow {
    try #require(checkFeasible(ExactVector(flow), in: network()).claim)
  }

  static func maximum() throws -> MaximumFlow {
    try #require(checkMaximum(feasible(), cut: set(0)).claim)
  }
}

/// Expects a rejection whose first violation is the given one.
func expect<Claim>(
  _ judgement: Judgement<Claim>, _ rule: Rule, _ place: Place, _ left: Rational, _ right: Rational,
  count: Int = 1, _ location: SourceLocation = #_sourceLocation
) {
  guard let rejection = judgement.rejection else {
    Issue.record("accepted", sourceLocation: location)
    return
  }
  #expect(rejection.first.rule == rule, sourceLocation: location)
  #expect(rejection.first.place == place, sourceLocation: location)
  #expect(rejection.first.leftSide == left, sourceLocation: location)
  #expect(rejection.first.rightSide == right, sourceLocation: location)
  #expect(rejection.first.difference == (left - right).magnitude, sourceLocation: location)
  #expect(rejection.count == count, sourceLocation: location)
}

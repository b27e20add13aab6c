// The flow game of the tensor `I ; [[1, 0], [1, 0]]` with the top tokens as players: both want the
// same bottom token, so every coalition is worth 1.
import Checker
import ExactArithmetic
import TestSupport
import Testing

private func game() throws -> FlowGame {
  let tensor = try tensor([[[1, 0], [0, 1]], [[1, 0], [1, 0]]])
  return try FlowGame(network: FlowNetwork(tensor: tensor, mode: .all), layer: 2)
}

/// A unit of flow from top token `top`, or none.
private func path(_ top: Int?) -> [Int64] {
  var amounts = [Int64](repeating: 0, count: 12)
  if let top { for arc in [8 + top, 4 + 2 * top, 0, 10] { amounts[arc] = 1 } }
  return amounts
}

// Nodes: t = 0, bottom 1 and 2, middle 3 and 4, top 5 and 6, s = 7.
private func set(_ members: Int...) -> NodeSet { NodeSet(nodeCount: 8, members: members) }

private let flows = [path(nil), path(0), path(1), path(1)]
private let cuts = [set(7), set(7, 5), set(7, 6), set(7, 5, 6, 3)]

private func certificate() -> FlowGameCertificate {
  FlowGameCertificate(flows: flows.map { ExactVector($0, denominator: 1) }, cuts: cuts)
}

@Suite("Values of a flow game")
struct CheckFlowGameTests {
  @Test("a flow and a cut for each coalition prove the table")
  func accepted() throws {
    let claim = try #require(try checkFlowGame(certificate(), of: game()).claim)
    #expect(claim.game == (try game()))
    #expect((0..<4).map { claim.table.values[$0] } == [0, 1, 1, 1])
  }

  @Test("a changed flow or cut is refused by the rule that it breaks")
  func rejected() throws {
    func judge(
      _ change: (inout FlowGameCertificate) -> Void
    ) throws -> Judgement<CertifiedFlowGame> {
      var changed = certificate()
      change(&changed)
      return try checkFlowGame(changed, of: game())
    }
    expect(try judge { $0.flows.removeLast() }, .shape, .field("flows"), 3, 4)
    expect(try judge { $0.cuts.append(set(7)) }, .shape, .field("cuts"), 5, 4)
    // A flow through a player who is not a member.
    expect(try judge { $0.flows[2] = $0.flows[1] }, .capacity, .arc(8), 1, 0)
    expect(try judge { $0.flows[1] = ExactVector([0, 1]) }, .shape, .field("flow"), 2, 12)
    var leaking = path(0)
    leaking[10] = 0
    expect(
      try judge { $0.flows[1] = ExactVector(leaking, denominator: 1) }, .conservation, .node(1), 1,
      0)
    // A smaller flow does not saturate any cut.
    expect(try judge { $0.flows[3] = $0.flows[0] }, .cutSaturated, .arc(0), 0, 1)
    expect(try judge { $0.cuts[3] = set(7) }, .cutSaturated, .arc(8), 0, 2, count: 2)
    expect(try judge { $0.cuts[3] = set(5, 6) }, .cutEnds, .node(7), 0, 1)
    expect(try judge { $0.cuts[3] = NodeSet(nodeCount: 7) }, .shape, .field("cut"), 7, 8)
  }

  @Test("coalitions are checked one by one in any order, in every number type")
  func oneByOne() throws {
    func check<Number: ExactInteger>(_ type: Number.Type) throws {
      var check = try #require(FlowGameCheck<Number>(game()))
      for mask in [2, 0, 3] {
        let amounts = flows[mask].map { Number(BigInteger($0)) ?? .zero }
        #expect(
          check.accept(Coalition(mask: UInt64(mask)), flow: amounts, cut: cuts[mask]) == nil)
      }
      expect(try check.finish(), .coalitions, .field("values"), 3, 4)
      let amounts = flows[1].map { Number(BigInteger($0)) ?? .zero }
      #expect(check.accept(Coalition(mask: 1), flow: amounts, cut: cuts[1]) == nil)
      // A second time changes nothing.
      #expect(check.accept(Coalition(mask: 1), flow: amounts, cut: cuts[1]) == nil)
      let claim = try #require(try check.finish().claim)
      #expect((0..<4).map { claim.table.values[$0] } == [0, 1, 1, 1])
    }
    try check(Int64.self)
    try check(Int128.self)
    try check(BigInteger.self)
  }

  @Test("one by one refuses what the whole refuses, with the same reason")
  func sameReasons() throws {
    let game = try game()
    var seen: Set<Rule> = []
    let mutants: [[Int64]] =
      [path(0), path(1), path(nil), [1], path(0).map { 2 * $0 }]
      + [0, 5, 10].map { arc in
        var amounts = path(0)
        amounts[arc] -= 1
        return amounts
      }
    let sides = [set(7), set(7, 5), set(7, 5, 6, 3), set(5), set(0, 7), NodeSet(nodeCount: 3)]
    for mask in 0..<4 {
      for amounts in mutants {
        for side in sides {
          let coalition = Coalition(mask: UInt64(mask))
          let whole = checkCoalition(
            coalition, of: game, flow: ExactVector(amounts, denominator: 1), cut: side)
          var check = try #require(FlowGameCheck<Int64>(game))
          let rejection = check.accept(coalition, flow: amounts, cut: side)
          #expect(rejection == whole.rejection)
          #expect(check.acceptedCount == (rejection == nil ? 1 : 0))
          if let rejection { seen.insert(rejection.first.rule) }
        }
      }
    }
    #expect(
      seen.isSuperset(
        of: [.shape, .lowerBound, .capacity, .conservation, .cutEnds, .cutSaturated]))
    var check = try #require(FlowGameCheck<Int64>(game))
    let outside = check.accept(Coalition(mask: 4), flow: path(nil), cut: set(7))
    #expect(outside?.first.rule == .range)
  }

  @Test("a number type without room for the sums is refused")
  func headRoom() throws {
    let large = Rational(BigInteger.powerOfTwo(62))
    let network = try FlowNetwork(tensor: tensor([[[large]]]), mode: .all)
    let game = try FlowGame(network: network, layer: 0)
    #expect(FlowGameCheck<Int64>(game) == nil)
    #expect(FlowGameCheck<Int128>(game) != nil)
  }

  @Test("a flow without players is an error")
  func emptyCoalition() throws {
    let network = try smallNetwork(nodes: 2, [(0, 1, 1), (0, 1, 2)])
    let game = try FlowGame(network: network, playerArcs: [[0]])
    let certificate = FlowGameCertificate(
      flows: [ExactVector([0, 2]), ExactVector([1, 2])],
      cuts: [NodeSet(nodeCount: 2, members: [0]), NodeSet(nodeCount: 2, members: [0])])
    #expect(throws: GameError.emptyCoalition(value: 2)) {
      try checkFlowGame(certificate, of: game)
    }
  }

  @Test("an attribution is accepted if the flow has it, and refused player by player")
  func attribution() throws {
    let game = try game()
    let halves = ExactVector(zip(path(0), path(1)).map { Rational($0 + $1, 2) })
    let feasible = try #require(checkFeasible(halves, in: game.network).claim)
    let maximum = try #require(checkMaximum(feasible, cut: cuts[3]).claim)
    let vector = ExactVector([half, half])
    #expect(checkAttribution(vector, by: maximum, of: game).claim?.vector == vector)
    expect(
      checkAttribution(ExactVector([1, 0]), by: maximum, of: game), .attribution,
      .players([Player(0)]), half, 1, count: 2)
    expect(
      checkAttribution(ExactVector([1]), by: maximum, of: game), .shape, .field("vector"), 1, 2)
    let other = try FlowGame(network: game.network(of: Coalition(mask: 1)), layer: 2)
    expect(checkAttribution(vector, by: maximum, of: other), .shape, .field("network"), 0, 1)
  }
}

// The properties of flow games hold on generated cases and are tried there; facts are counted and
// never fail; a wrong Shapley value is refuted.
import Checker
import ExactArithmetic
import Generators
import SolverInterface
import Solvers
import Testing

@testable import Properties

@Suite("Flow games")
struct GamePropertyTests {
  private static let table = battery(solvers: [ShapleySolver()], tasks: [.shapley], z3: .never)

  /// Facts that come out one way on so few cases: a barrier never gives the Shapley value, and the
  /// others fail on one case in hundreds.
  private static let oneSided: Set<String> = [
    "axioms/barrier-shapley", "axioms/l2-efficiency", "axioms/maximum-flow-automorphism",
    "game/deeper-layers",
  ]

  private func examination(_ instance: Instance) -> Examination {
    switch instance {
    case .network(let network): Examination(network: network)
    case .tensor(let tensor, let mode):
      Examination(network: instance.network, tensor: tensor, mode: mode)
    }
  }

  @Test("every promise holds on generated cases and is tried on enough; facts come out both ways")
  func hold() {
    let source = CaseSource(seed: 6, limits: SizeLimits(layersMaximum: 4, tokensMaximum: 4))
    var counts: [String: [Verdict: Int]] = [:]
    for index in 0..<UInt64(250) {
      let examination = examination(source[index].instance)
      for property in Self.table {
        guard let outcome = property.outcome(on: examination) else { continue }
        #expect(
          !property.isFailed(by: outcome) && !outcome.isContradiction,
          "\(property.name), case \(index): \(outcome.detail)")
        counts[property.name, default: [:]][outcome.verdict, default: 0] += 1
      }
    }
    for property in Self.table {
      let count = counts[property.name] ?? [:]
      #expect(count.values.reduce(0, +) >= 3, "\(property.name)")
      #expect(count[.inconclusive] == nil, "\(property.name)")
      if property.isFact && !Self.oneSided.contains(property.name) {
        #expect(count[.refuted] ?? 0 > 0, "\(property.name): \(count)")
        #expect(count[.holds] ?? 0 > 0, "\(property.name): \(count)")
      }
    }
  }

  @Test("names are unique, and the properties about one end have one turn")
  func names() {
    #expect(Set(Self.table.map(\.name)).count == Self.table.count)
    let campaign = battery(solvers: ownSolvers, z3: .never)
    let bottom = campaign.filter { $0.name.hasSuffix("@bottom") && $0.name.hasPrefix("game/") }
    #expect(bottom.count == 10)
    #expect(Set(bottom.map(\.phase)).count == 1 && bottom.allSatisfy { $0.period == 96 })
    #expect(campaign.contains { $0.name == "shapley/coalitions" && $0.period == 96 })
    #expect(Self.table.contains { $0.name == "shapley/coalitions" && $0.period == 1 })
  }

  @Test("a fact is no failure, whatever its verdict, but a contradiction is told")
  func facts() throws {
    let fact = try #require(Self.table.first { $0.name == "axioms/rollout-shapley" })
    #expect(fact.isFact)
    for verdict in Verdict.allCases {
      #expect(!fact.isFailed(by: Outcome(verdict: verdict, certified: true, detail: "")))
    }
  }

  @Test("the smallest ambiguous network: the flow promises efficiency and is not symmetric")
  func smallest() throws {
    // I ; [[1,0],[1,0]]: top players are worth 1 each, alone and together.
    let tensor = try EffectiveTensor(
      layers: 2, tokens: 2,
      entries: ExactVector([1, 0, 0, 1, 1, 0, 1, 0] as [Int64], denominator: 1))
    let examination = try Examination(tensor: tensor, mode: .all)
    let game = try #require(examination.game(.top).claim)
    #expect((0..<4).map { game.table.values[$0] } == [0, 1, 1, 1])
    #expect((0..<2).map { game.shapley[$0] } == [Rational(1, 2), Rational(1, 2)])
    func verdict(_ name: String) -> Verdict? {
      Self.table.first { $0.name == name }?.outcome(on: examination)?.verdict
    }
    #expect(verdict("game/unique-iff-modular@top") == .holds)
    #expect(verdict("game/shapley-flow@both") == .holds)
    // Bottom player 0 gets everything in every maximum flow: the game is additive.
    #expect(verdict("axioms/maximum-flow-shapley") == .holds)
    #expect(verdict("axioms/rollout-efficiency") == .refuted)
  }

  @Test("an answer with two players exchanged is refuted, with the player")
  func wrong() throws {
    struct Exchanging: FlowSolver {
      let name = "exchanging"
      let contract = Contract.double
      let tasks: Set<FlowTask.Kind> = [.shapley]
      func accepts(_ network: FlowNetwork) -> Bool { ShapleySolver().accepts(network) }
      func solve(_ request: FlowRequest) -> FlowAnswer {
        var answer = ShapleySolver().solve(request)
        answer.attribution = answer.attribution.map { vector in
          ExactVector((0..<vector.count).map { vector[vector.count - 1 - $0] })
        }
        return answer
      }
    }
    let property = try #require(
      solverProperties(Exchanging()).first { $0.name == "shapley/exchanging" })
    #expect(solverProperties(Exchanging()).count == 1)
    var refuted = 0
    let source = CaseSource(seed: 2, limits: SizeLimits(layersMaximum: 2, tokensMaximum: 3))
    for index in 0..<UInt64(40) {
      guard let outcome = property.outcome(on: examination(source[index].instance)) else {
        continue
      }
      if outcome.verdict == .refuted {
        #expect(outcome.detail.hasPrefix("attribution["))
        refuted += 1
      }
    }
    #expect(refuted >= 20)
  }
}

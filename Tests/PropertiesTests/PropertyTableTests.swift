import Campaign
import Checker
import ExactArithmetic
import Generators
import Properties
import SolverInterface
import TestSupport
import Testing

@Suite("The table")
struct PropertyTableTests {
  private let table = battery(solvers: ownSolvers, z3: .sample)

  @Test("names are unique, every entry has a statement and a source, and a verdict to expect")
  func entries() {
    #expect(Set(table.map(\.name)).count == table.count)
    for property in table {
      #expect(property.statement.hasSuffix("."))
      #expect(!property.source.isEmpty)
      #expect([.holds, .refuted].contains(property.expected))
      #expect(property.period >= 1 && (0..<property.period).contains(property.phase))
    }
    #expect(table.count { $0.solver != nil } == 13)
    let refuted = table.filter { $0.expected == .refuted }.map { $0.name.prefix { $0 != "@" } }
    #expect(Set(refuted) == ["l1/unique", "barrier/efficiency"])
  }

  @Test("how often Z3 is asked is its period")
  func z3() {
    for (policy, period) in [(Z3Policy.always, 1), (.sample, 50)] {
      let table = battery(solvers: [], tasks: [.maximumFlow], z3: policy)
      let asked = table.filter { $0.name.hasPrefix("z3/") }
      #expect(asked.count == 3)
      #expect(asked.map(\.period) == [period, 4 * period, 4 * period])
      #expect(asked.map(\.isSampled) == [period > 1, true, true])
    }
    let never = battery(solvers: [], z3: .never)
    #expect(!never.contains { $0.name.hasPrefix("z3/") })
  }

  @Test("relations take turns: every other case has exactly one")
  func turns() {
    let relations = table.filter { $0.name.hasPrefix("relation/") }
    #expect(relations.map(\.phase) == relations.indices.map { 2 * $0 })
    #expect(relations.allSatisfy { $0.period == 2 * relations.count })
  }

  @Test("the solvers of this package take turns, one or two of them beside Dinic's on a case")
  func solverTurns() {
    let solvers = battery(solvers: InProcessSolver.all, tasks: [.maximumFlow], z3: .never)
      .filter { $0.solver != nil }
    #expect(solvers.count == InProcessSolver.all.count)
    for number in 0..<4 {
      let tried = solvers.filter { number % $0.period == $0.phase }.map(\.name)
      #expect(tried.contains("maximum-flow/dinic"))
      #expect(tried.count { $0.hasSuffix("-double") } == (number % 2 == 0 ? 0 : 2))
      #expect(tried.count { !$0.hasSuffix("-double") } == [2, 1, 3, 1][number])
    }
  }

  @Test("in 3,000 cases every property applies often, and all of them hold")
  func firing() throws {
    var settings = CampaignSettings()
    settings.seed = 77
    settings.budget = .cases(3_000)
    settings.phases = [.random]
    settings.z3 = .never
    settings.tasks = [.maximumFlow]
    let report = try Campaign(settings, version: "test").run()
    #expect(report.findings.isEmpty)
    #expect(report.properties.count == settings.table.count)
    let periods = Dictionary(uniqueKeysWithValues: settings.table.map { ($0.name, $0.period) })
    for result in report.properties {
      let name = result.property.name
      let least =
        switch name {
        case "T3/uniform-intervals": 10
        case _ where name.hasPrefix("maximum-flow/"): 2_500 / (periods[name] ?? 1)
        case _ where name.hasPrefix("relation/"): 10
        case _ where name.hasPrefix("T"): 50
        default: 3_000
        }
      #expect(result.tally.cases >= least, "\(name): \(result.tally.cases)")
      #expect(result.tally.count(.holds) == result.tally.cases, "\(name)")
    }
  }

  @Test("every relation holds on 250 random cases, each on all of them")
  func relations() { expectRelations(cases: 250) }

  @Test(
    "every relation holds on 2,000 random cases, each on all of them", .tags(.long),
    .onlyInFullRuns)
  func relationsAtLength() { expectRelations(cases: 2_000) }

  private func expectRelations(cases: UInt64) {
    let source = CaseSource(seed: 4_242)
    let relations = battery(solvers: [], z3: .never).filter {
      $0.name.hasPrefix("relation/")
    }
    #expect(relations.count == 14)
    for index in 0..<cases {
      let instance = source[index].instance
      let examination =
        switch instance {
        case .tensor(let tensor, let mode):
          Examination(network: instance.network, tensor: tensor, mode: mode)
        case .network(let network): Examination(network: network)
        }
      for relation in relations where relation.applies(examination) {
        let outcome = relation.run(examination)
        #expect(outcome == .holds, "\(relation.name) on case \(index): \(outcome.detail)")
      }
    }
  }

  @Test("networks without arcs, with one node too many, or with loops are cases like any other")
  func smallNetworks() throws {
    for (nodes, arcs) in [
      (2, []), (5, []), (2, [(0, 0), (1, 1)]), (2, [(1, 0)]),
      (3, [(0, 2), (2, 0), (2, 1), (1, 2)]),
    ] as [(Int, [(Int32, Int32)])] {
      let network = try FlowNetwork(
        nodeCount: nodes, source: 0, sink: 1, tails: arcs.map(\.0), heads: arcs.map(\.1),
        capacities: ExactVector([Int64](repeating: 2, count: arcs.count), denominator: 3))
      let examination = Examination(network: network)
      #expect(examination.certified.claim?.answer.maximum.value == FlowOracle.value(network))
      for property in table where property.applies(examination) {
        let outcome = property.run(examination)
        #expect(!property.isFailed(by: outcome), "\(property.name): \(outcome.detail)")
      }
    }
  }
}

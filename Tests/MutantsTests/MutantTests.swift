import Campaign
import Checker
import ExactArithmetic
import Generators
import Mutants
import Networks
import Properties
import SolverInterface
import Testing

@Suite("Solvers with one fault")
struct MutantTests {
  @Test("are at least fifty, under names of their own, each explained in a sentence")
  func catalogue() {
    #expect(Mutant.all.count >= 50)
    #expect(Set(Mutant.all.map(\.name)).count == Mutant.all.count)
    for mutant in Mutant.all {
      #expect(mutant.name.hasPrefix(mutant.family.rawValue + "/"))
      #expect(mutant.about.count > 20 && mutant.about.hasSuffix("."), "\(mutant.name)")
    }
  }

  @Test("are killed by random cases under three seeds", arguments: Mutant.all)
  func areKilled(mutant: Mutant) throws {
    for result in try trial([.random]).run(seeds: [0, 1, 2], { mutant.fresh }) {
      let property = result.kill?.property ?? ""
      #expect(property.contains("/" + mutant.name), "seed \(result.seed)")
      #expect(result.cases == result.randomCases && result.cases <= 2_000)
    }
  }

  @Test("are killed by the same case each time", arguments: Mutant.Family.allCases)
  func areRepeatable(family: Mutant.Family) throws {
    let trial = try trial([.enumerate, .random])
    for mutant in Mutant.all.filter({ $0.family == family }).prefix(4) {
      let runs = (0..<2).map { _ in trial.run(seeds: [5]) { mutant.fresh }.map(\.kill) }
      #expect(runs[0] == runs[1], "\(mutant.name)")
    }
  }

  @Test("with memory answer a first question right and a second one wrong")
  func memory() throws {
    let networks = try [1, 2].map { capacity in
      try FlowNetwork(
        nodeCount: 3, source: 0, sink: 2, tails: [0, 1], heads: [1, 2],
        capacities: ExactVector([Int64(capacity), 3 - Int64(capacity)], denominator: 1))
    }
    for name in ["report/stale-flow", "report/stale-answer", "report/stale-cut"] {
      let mutant = try #require(Mutant.all.first { $0.name == name })
      // The network whose cut is the larger set comes first.
      for _ in 0..<2 {
        let solver = mutant.fresh
        #expect(verdict(solver, networks[1]) == .holds, "\(name)")
        #expect(verdict(solver, networks[0]) == .refuted, "\(name)")
        #expect(verdict(solver.fresh, networks[0]) == .holds, "\(name)")
      }
    }
  }

  @Test("that loop stop at the limit, which is a failure where it is ample")
  func loops() throws {
    let network = try FlowNetwork(
      nodeCount: 3, source: 0, sink: 2, tails: [0, 1], heads: [1, 2],
      capacities: ExactVector([1, 1] as [Int64], denominator: 1))
    let mutant = try #require(
      Mutant.all.first { $0.name == "augmenting-path/closed-arcs-used" })
    // A hundred times the square of the number of arcs is ample, and less is not.
    let limit = WorkLimit(arcScans: 400)
    #expect(mutant.solve(request(network, limit: limit)).status == .workLimitReached)
    #expect(verdict(mutant, network, limit: limit) == .refuted)
    #expect(verdict(mutant, network, limit: WorkLimit(arcScans: 399)) == .inconclusive)
  }

  /// Up to 2,000 random cases; the limit is ample up to 100 arcs and keeps loops short.
  private func trial(_ phases: Set<Phase>) throws -> MutantTrial {
    var settings = CampaignSettings()
    settings.phases = phases
    settings.budget = .cases(2_000)
    return try MutantTrial(settings, workLimit: 1_000_000)
  }

  private func verdict(
    _ solver: Mutant, _ network: FlowNetwork, limit: WorkLimit = .unlimited
  ) -> Verdict {
    solverProperty(solver).run(Examination(network: network, limit: limit)).verdict
  }
}

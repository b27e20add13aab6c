import Campaign
import Checker
import ExactArithmetic
import Generators
import Mutants
import Networks
import SolverInterface
import Solvers
import Testing

@Suite("Configurable solvers without a fault")
struct FaultlessTests {
  @Test("survive three seeds of random cases and a tiny space", arguments: Mutant.faultless)
  func survive(solver: Mutant) throws {
    var settings = CampaignSettings()
    settings.phases = [.enumerate, .random]
    settings.budget = .cases(2_000)
    // A regularised flow takes a hundred times as long as a maximum flow.
    if solver.family == .regularised {
      settings.enumeration = .small
      settings.budget = .cases(300)
    }
    let results = try MutantTrial(settings).run(seeds: [0, 1, 2]) { solver.fresh }
    for result in results {
      #expect(result.kill == nil, "\(solver.name), seed \(result.seed)")
      #expect(result.randomCases == (solver.family == .regularised ? 300 : 2_000))
    }
  }

  @Test(
    "give answers that the kernel accepts as maximum",
    arguments: Mutant.faultless.filter { $0.tasks.contains(.maximumFlow) })
  func conform(solver: Mutant) throws {
    let source = CaseSource(seed: 31)
    for index in 0..<UInt64(300) {
      let network = source[index].instance.network
      guard solver.accepts(network) else { continue }
      let answer = solver.solve(request(network))
      #expect(answer.status == .optimal)
      let value = MaximumFlowSolver.edmondsKarp.solve(network).value
      if solver.contract == .exact {
        let (amounts, cut) = (try #require(answer.flow), try #require(answer.cut))
        let flow = try #require(checkFeasible(amounts, in: network).claim)
        let maximum = checkMaximum(flow, cut: cut).claim
        #expect(maximum?.value == value && answer.value == value, "case \(index)")
      } else {
        let claimed = try #require(answer.value)
        let difference = (claimed - value).magnitude
        #expect(difference <= solver.contract.tolerance * value, "case \(index)")
      }
    }
  }

  @Test("cover every family, in every kind of numbers that its faults use")
  func cover() {
    #expect(Set(Mutant.faultless.map(\.family)) == Set(Mutant.Family.allCases))
    for mutant in Mutant.all {
      let isCovered = Mutant.faultless.contains {
        $0.family == mutant.family && $0.contract == mutant.contract
      }
      #expect(isCovered, "\(mutant.name)")
    }
  }
}

/// A network as a request without a limit.
func request(_ network: FlowNetwork, limit: WorkLimit = .unlimited) -> FlowRequest {
  FlowRequest(network: network, adjacency: Adjacency(network), limit: limit)
}

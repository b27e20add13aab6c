// The properties of regularised flows hold on generated cases, are tried there, and fail where the
// flow is that of another weight.
import Checker
import ExactArithmetic
import Generators
import SolverInterface
import Testing

@testable import Properties

@Suite("Regularised flows")
struct RegularisedPropertyTests {
  private static let table = battery(
    solvers: [InteriorPointSolver()], tasks: [.l2, .barrier], z3: .never)

  private func examination(_ instance: Instance) -> Examination {
    switch instance {
    case .network(let network): Examination(network: network)
    case .tensor(let tensor, let mode):
      Examination(network: instance.network, tensor: tensor, mode: mode)
    }
  }

  @Test("every property holds as expected on generated cases, and is tried on enough of them")
  func hold() {
    let source = CaseSource(seed: 5, limits: SizeLimits(layersMaximum: 3, tokensMaximum: 4))
    var tried: [String: Int] = [:]
    var decided: [String: Int] = [:]
    for index in 0..<UInt64(200) {
      let examination = examination(source[index].instance)
      for property in Self.table where property.applies(examination) {
        let outcome = property.run(examination)
        #expect(
          !property.isFailed(by: outcome) && !outcome.isContradiction,
          "\(property.name), case \(index): \(outcome.detail)")
        tried[property.name, default: 0] += 1
        if outcome.verdict != .inconclusive { decided[property.name, default: 0] += 1 }
      }
    }
    for property in Self.table {
      let (count, known) = (tried[property.name] ?? 0, decided[property.name] ?? 0)
      #expect(count >= 3, "\(property.name)")
      #expect(10 * known >= 9 * count, "\(property.name): \(known) of \(count)")
    }
  }

  @Test("no two properties share a name, and every weight is a binary fraction")
  func names() {
    #expect(Set(Self.table.map(\.name)).count == Self.table.count)
    for weight in CampaignWeights.lambda + CampaignWeights.mu {
      #expect(Rational(exactly: weight.nearestDouble) == weight)
    }
  }

  @Test("the flow of another weight refutes what is said of a weight")
  func exchangedWeights() {
    let source = CaseSource(seed: 8, limits: SizeLimits(layersMaximum: 3, tokensMaximum: 4))
    var refuted: Set<String> = []
    for index in 0..<UInt64(60) {
      let instance = source[index].instance
      for property in Self.table {
        let told = examination(instance)
        for weight in CampaignWeights.lambda {
          told.exactOptima[.l2(lambda: weight)] = told.exactOptimum(.l2(lambda: weight / 8))
        }
        for weight in CampaignWeights.mu {
          told.nearOptima[.barrier(mu: weight)] = told.nearOptimum(.barrier(mu: 4 * weight))
        }
        guard property.applies(told) else { continue }
        if property.run(told).verdict == .refuted, property.expected == .holds {
          refuted.insert(property.name)
        }
      }
    }
    for lambda in CampaignWeights.lambda {
      for name in ["l2/agreement", "l2/scaling", "l2/reversed"] {
        #expect(refuted.contains("\(name)@\(weightText(lambda))"), "\(name) \(lambda)")
      }
    }
    for mu in CampaignWeights.mu {
      let names = [
        "barrier-flow/interior-point", "barrier/loss-identity", "barrier/scaling",
        "barrier/listed",
      ]
      for name in names { #expect(refuted.contains("\(name)@\(weightText(mu))"), "\(name) \(mu)") }
    }
  }
}

// Weights of all sizes on generated cases, hard ones among them: an answer that is called optimal
// is within its radius of the exact optimum, and any other says that it is none.
import Checker
import ExactArithmetic
import Generators
import Properties
import Solvers
import TestSupport
import Testing

@Suite("Regularised flows under weights of all sizes")
struct RegularisedSweepTests {
  private static let lambdas = ["10", "1", "1e-1", "1e-2", "1e-3", "1e-4", "1e-5", "1e-6"]
  private static let mus = ["1e-1", "1e-2", "1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "1e-8"]

  @Test("are certified or honestly not optimal on 24 cases")
  func few() throws { try sweep(24) }

  @Test("are certified or honestly not optimal on 200 cases", .tags(.long), .onlyInFullRuns)
  func many() throws { try sweep(200) }

  private func sweep(_ count: UInt64) throws {
    let source = CaseSource(seed: 7, limits: SizeLimits(layersMaximum: 3, tokensMaximum: 4))
    var (optimal, total) = (0, 0)
    for index in 0..<count {
      let network = source[index].instance.network
      for text in Self.lambdas {
        let lambda = try #require(Rational(text))
        let problem = try RegularisedMethod.l2(lambda: lambda).problem(network)
        let claim = try accepted(problem, "case \(index), lambda \(text)")
        total += 1
        guard let claim else { continue }
        optimal += 1
        let exact = try #require(exactRegularisedFlow(problem).optimum)
        let circulation = try #require(checkCirculation(exact.flow, in: problem).claim)
        #expect(checkOptimality(circulation, exact.duals).claim?.isUnique == true)
        for arc in 0..<network.arcCount {
          let distance = (claim.circulation.amounts[arc] - exact.flow[arc]).magnitude
          #expect(distance <= claim.radius, "case \(index), lambda \(text), arc \(arc)")
        }
      }
      for text in Self.mus {
        let mu = try #require(Rational(text))
        let problem = try RegularisedMethod.barrier(mu: mu).problem(network)
        total += 1
        if try accepted(problem, "case \(index), mu \(text)") != nil { optimal += 1 }
      }
    }
    // Amounts across twelve orders of magnitude and denormal ones are what is left out.
    #expect(10 * optimal >= 9 * total, "\(optimal) of \(total)")
  }

  /// What the kernel accepts of an answer; nil if it is said not to be optimal.
  private func accepted(
    _ problem: CirculationProblem, _ comment: String
  ) throws -> CertifiedDistance? {
    let solution = problem.solveRegularised()
    guard solution.status == .optimal else { return nil }
    let (flow, certificate) = (
      try #require(solution.exactFlow, "\(comment)"),
      try #require(solution.certificate, "\(comment)")
    )
    let circulation = try #require(checkCirculation(flow, in: problem).claim, "\(comment)")
    let claim: CertifiedDistance = try #require(
      checkDistance(circulation, certificate).claim, "\(comment)")
    return claim
  }
}

import Checker
import ExactArithmetic
import SolverInterface
import Testing

/// The suite that solvers in other processes have to pass too.
@Suite struct ConformanceCaseTests {
  private static let cases =
    ConformanceCase.all + NumberType.allCases.flatMap(ConformanceCase.fullRange)

  private static let tasks: [FlowTask] = [
    .maximumFlow, .l2(lambda: Rational(1, 4)), .barrier(mu: Rational(1, 8)), .shapley,
  ]

  @Test("the values that were found by hand are right, and names are different")
  func values() throws {
    for test in Self.cases {
      let judgement = judgeConformance(
        of: Fixed(value: test.value), .maximumFlow, on: test.network)
      #expect(judgement == .judged(.kept), "\(test.name)")
      let wrong = judgeConformance(
        of: Fixed(value: test.value + 1), .maximumFlow, on: test.network)
      guard case .judged(let found) = wrong else {
        Issue.record("\(test.name): \(wrong)")
        continue
      }
      #expect(found.broken.map(\.promise) == [.value])
    }
    #expect(Set(ConformanceCase.all.map(\.name)).count == ConformanceCase.all.count)
  }

  @Test("every solver of this package passes, on each of its tasks")
  func own() {
    for solver in ownSolvers {
      var judged = 0
      for test in Self.cases {
        for task in Self.tasks where solver.tasks.contains(task.kind) {
          switch judgeConformance(of: solver, task, on: test.network) {
          case .judged(let judgement):
            judged += 1
            #expect(judgement == .kept, "\(solver.name) on \(test.name)")
          case .declined: break
          case .failed(let reason, _): Issue.record("\(solver.name) on \(test.name): \(reason)")
          }
        }
      }
      // Where only layered networks are taken on, few of the cases are.
      let accepted = Self.cases.count { solver.accepts($0.network) }
      #expect(judged >= min(15, accepted) && accepted >= 4, "\(solver.name)")
    }
  }

  @Test("there is a loop, a tensor, a closed network and a value beyond 53 bits among them")
  func variety() {
    func has(_ property: (FlowNetwork) -> Bool) -> Bool {
      Self.cases.contains { property($0.network) }
    }
    #expect(
      has { network in
        (0..<network.arcCount).contains { network.arcs.ends(of: $0).tail == network.sink }
      })
    #expect(has { if case .layered = $0.arcs { true } else { false } })
    #expect(Self.cases.contains { $0.value.isZero && $0.network.arcCount > 0 })
    #expect(Self.cases.contains { $0.value > Rational(1 << 61) })
    #expect(ConformanceCase.fullRange(.double).isEmpty)
  }
}

/// A solver that claims one value.
private struct Fixed: FlowSolver {
  let value: Rational
  let name = "fixed"
  let contract = Contract.exact

  func accepts(_ network: FlowNetwork) -> Bool { true }

  func solve(_ request: FlowRequest) -> FlowAnswer { FlowAnswer(status: .optimal, value: value) }
}

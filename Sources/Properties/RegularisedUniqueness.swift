// Z3 repeats, step by step, the argument that a regularised flow is the only one. The kernel's word
// is the first: where the two differ, one of them is wrong.
public import Checker
import ExactArithmetic
import SolverInterface
public import Z3Bridge

extension Examination {
  /// The argument that the flow of a method is the only optimum; nil without a flow to start from.
  ///
  /// - Throws: `Z3Error` if the library fails.
  public func uniquenessProof(_ method: RegularisedMethod) throws(Z3Error) -> UniquenessProof? {
    switch method {
    case .barrier, .central:
      guard let near = nearOptimum(method).claim else { return nil }
      return try proveBarrierUniqueness(
        of: near.claim.circulation.problem, interior: near.amounts)
    case .l1, .l2, .l1l2:
      guard let optimum = exactOptimum(method).claim else { return nil }
      return try proveUniqueness(
        of: optimum.claim.circulation.problem, flow: optimum.amounts, duals: optimum.claim.duals)
    }
  }
}

/// The properties that ask Z3 about regularised flows.
func z3RegularisedProperties(_ tasks: Set<FlowTask.Kind>, period: Int) -> [Property] {
  (tasks.contains(.l2)
    ? CampaignWeights.lambda.map { uniquenessProperty(.l2(lambda: $0), period: period) } : [])
    + (tasks.contains(.barrier)
      ? CampaignWeights.mu.map { uniquenessProperty(.barrier(mu: $0), period: period) } : [])
}

/// The property that Z3 confirms the uniqueness of a method's flow.
func uniquenessProperty(_ method: RegularisedMethod, period: Int) -> Property {
  Property(
    name: "z3/\(method.name)-unique@\(weightText(method.weight))",
    statement: "Z3 confirms every step of the argument that no other flow is optimal.",
    source: "[Z3], composed proof", period: period, isSampled: true,
    applies: { $0.z3 != nil && $0.network.arcCount <= 150 },
    run: { examination in
      do throws(Z3Error) {
        guard let proof = try examination.uniquenessProof(method) else {
          return .skipped("no flow to start from")
        }
        switch proof.verdict {
        case .proved:
          return Outcome(verdict: .holds, certified: true, detail: "\(proof.steps.count) steps")
        case .failed(let step): return .contradiction("step \(step) fails")
        case .unknown(let step): return .inconclusive("Z3 gave up on step \(step)")
        }
      } catch {
        return error.outcome
      }
    })
}

// What `check` says of the regularised flow of one method, beside the maximum flows.
import CaseFiles
import Checker
import ExactArithmetic
import Properties
import Z3Bridge

/// The flow of one method with what is known of it.
struct RegularisedReport {
  let method: RegularisedMethod
  /// The certified flow, or why there is none.
  let flow: Proof<NearOptimum>
  /// Z3's argument that no other flow is optimal; nil if it was not asked.
  let uniqueness: UniquenessProof?

  /// The largest network on which Z3 is asked: each step then takes seconds at most.
  static let uniquenessArcLimit = 5_000

  /// Solves and has it certified; Z3 is asked where that is wanted and the network is not large.
  init(_ method: RegularisedMethod, _ examination: Examination, asksZ3: Bool) throws {
    self.method = method
    flow = examination.nearOptimum(method)
    uniqueness =
      asksZ3 && examination.network.arcCount <= Self.uniquenessArcLimit
      ? try examination.uniquenessProof(method) : nil
  }

  /// How the solver ended, in a word.
  var status: String {
    switch flow {
    case .accepted: "optimal"
    case .rejected: "refused-by-the-kernel"
    case .stopped: "work-limit-reached"
    case .gaveUp(let reason): reason
    }
  }

  /// Whether two exact engines disagree: the kernel refused a flow, or Z3 a step.
  var isContradiction: Bool {
    if case .rejected = flow { return true }
    if case .failed? = uniqueness?.verdict { return true }
    return false
  }

  /// The proof for a file; nil without a flow.
  var proof: RegularisedProof? {
    guard let near = flow.claim else { return nil }
    return RegularisedProof(
      method: method, flow: near.claim.circulation.amounts, support: .near(near.certificate),
      engine: uniqueness.map { "\($0.solver) \($0.solverVersion)" },
      steps: uniqueness?.steps.map(RegularisedProof.Step.init) ?? [])
  }

  /// What Z3's steps amount to.
  private var confirmation: String? {
    switch uniqueness?.verdict {
    case .proved?: "confirmed"
    case .failed(let step)?: "failed at step \(step)"
    case .unknown(let step)?: "undecided at step \(step)"
    case nil: nil
    }
  }

  /// The answer in one line.
  var line: String {
    let weights = method.weights.map { "\($0.name) \($0.weight)" }.joined(separator: ", ")
    let name = "\(method.name) flow".padded(to: 20)
    guard let near = flow.claim else { return "\(name)\(weights): not certified: \(status)" }
    let loss = short(near.claim.circulation.value.nearestDouble)
    let radius = near.claim.radius.powerOfTenAbove
    let engine = confirmation.map { ", unique (Z3: \($0))" } ?? ", unique"
    return "\(name)\(weights): value \(loss), arcs within \(radius)\(engine)"
  }

  /// The attributions of the bottom tokens; empty without a flow.
  func attribution(_ network: FlowNetwork) -> [Double] {
    guard let near = flow.claim else { return [] }
    return network.sinkArcs.map { near.claim.circulation.amounts[$0].nearestDouble }
  }

  /// The answer as a field of a JSON object, under the method's name.
  func write(to writer: inout JSONWriter, _ network: FlowNetwork) {
    writer.objectField(method.name) { writer in
      for (name, weight) in method.weights { writer.field(name, weight.nearestDouble) }
      writer.field("status", status)
      writer.field("certified", flow.claim != nil)
      if let near = flow.claim {
        let amounts = near.claim.circulation.amounts
        writer.field("value", near.claim.circulation.value.nearestDouble)
        writer.field("attribution", attribution(network))
        writer.field("attributionTop", network.sourceArcs.map { amounts[$0].nearestDouble })
        writer.field("iterations", near.iterations)
        writer.field("certifiedRadius", near.claim.radius.doubleRoundedUp)
        writer.field("unique", true)
      }
      guard let uniqueness, let confirmation else { return }
      writer.objectField("uniqueness") { writer in
        writer.field("engine", "\(uniqueness.solver) \(uniqueness.solverVersion)")
        writer.field("verdict", confirmation)
        writer.field("steps", uniqueness.steps.map(\.name))
      }
    }
  }
}

extension RegularisedProof.Step {
  /// A step as it was run.
  init(_ step: ProofStep) {
    self.init(
      name: step.name, logic: step.logic.rawValue, text: step.smtlib, expected: step.expected.name,
      answer: step.verdict.name)
  }
}

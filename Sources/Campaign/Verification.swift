// Re-checking files with the kernel alone: no solver runs here.
public import CaseFiles
import Checker
import ExactArithmetic
import Properties
import SolverInterface

/// What re-checking a certificate or a case came to.
public enum VerificationResult: Sendable, Equatable {
  /// Everything in the file is as it says.
  case valid
  /// Something is not: the field and a sentence about it.
  case invalid(field: String, reason: String)
}

/// Re-checks a certificate or a case from the file alone.
///
/// The kernel rebuilds the network from the statement, accepts or refuses the proof, and its answer
/// is compared with the one in the file, field by field. A solver's claim is judged again and must
/// come to the verdict of the finding. The seal must fit the contents.
public func verify(_ file: SealedCaseFile) -> VerificationResult {
  switch establish(file.contents) {
  case .invalid(let field, let reason): return .invalid(field: field, reason: reason)
  case .established(let known):
    if let claim = file.contents.claim, let finding = file.contents.finding,
      let reason = disagreement(claim, finding, known)
    {
      return .invalid(field: "claim", reason: reason)
    }
  }
  guard file.isSealIntact else {
    return .invalid(field: "digest", reason: "the contents are not those that were sealed")
  }
  return .valid
}

/// What the proofs of a file come to.
enum Establishment {
  /// Every proof proves what the file says.
  case established(KnownAnswers)
  /// Some proof does not, or the statement is none.
  case invalid(field: String, reason: String)
}

/// Has the kernel check the statement and every proof of a file.
func establish(_ contents: CaseFile) -> Establishment {
  let network: FlowNetwork
  do {
    network = try contents.statement.network()
  } catch {
    return .invalid(field: "statement", reason: error.sentence)
  }
  var maximum: MaximumFlow?
  if let proof = contents.proof, let answer = contents.answer {
    switch checkAnswer(network, proof) {
    case .rejected(let rejection):
      return .invalid(field: "proof", reason: rejection.first.summary)
    case .accepted(let certified):
      if let difference = answer.firstDifference(from: AnswerSummary(certified)) {
        return .invalid(
          field: "answer.\(difference.field)",
          reason: "it says \(difference.here), and the proof shows \(difference.there)")
      }
      maximum = certified.maximum
    }
  }
  var references: [RegularisedMethod: CertifiedDistance] = [:]
  for (index, proof) in contents.regularised.enumerated() {
    switch check(proof, network) {
    case .accepted(let distance): references[proof.method] = distance
    case .rejected(let reason):
      return .invalid(field: "regularised[\(index)]", reason: reason)
    }
  }
  var shapley: ExactVector?
  if let game = contents.game {
    do throws(GameRefusal) {
      shapley = game.valueOfSinkArcs(try game.checked())
    } catch {
      return .invalid(field: "game.\(error.field)", reason: error.reason)
    }
  }
  return .established(
    KnownAnswers(network: network, maximum: maximum, near: references, shapley: shapley))
}

/// What the kernel says of a regularised proof: near flows are references for claims.
private enum ProofJudgement {
  case accepted(CertifiedDistance?)
  case rejected(String)
}

private func check(_ proof: RegularisedProof, _ network: FlowNetwork) -> ProofJudgement {
  let problem: CirculationProblem
  do {
    problem = try proof.problem(network)
  } catch {
    return .rejected(error.sentence)
  }
  switch checkCirculation(proof.flow, in: problem) {
  case .rejected(let rejection): return .rejected(rejection.first.summary)
  case .accepted(let circulation):
    switch proof.support {
    case .optimal(let duals):
      if let rejection = checkOptimality(circulation, duals).rejection {
        return .rejected(rejection.first.summary)
      }
      return .accepted(nil)
    case .near(let certificate):
      switch checkDistance(circulation, certificate) {
      case .rejected(let rejection): return .rejected(rejection.first.summary)
      case .accepted(let distance): return .accepted(distance)
      }
    }
  }
}

/// What the proofs of a file establish, for claims to be judged against.
struct KnownAnswers {
  var network: FlowNetwork
  var maximum: MaximumFlow?
  var near: [RegularisedMethod: CertifiedDistance]
  var shapley: ExactVector?

  /// Judges a solver's claim by what is known.
  func judge(_ claim: CaseFile.SolverClaim) -> AnswerJudgement {
    let judged = claim.judged
    let (answer, contract) = (judged.answer, judged.contract)
    return switch (claim.question, maximum) {
    case (.maximumFlow, let maximum):
      judgeAnswer(
        answer, contract: contract, in: network, maximum: { maximum?.value },
        smallestCut: { maximum?.smallestCut })
    case (.regularised(let method), let maximum?):
      near[method].map {
        judgeRegularised(answer, contract: contract, reference: $0, maximum: maximum.value)
      } ?? .undecided
    case (.shapley, let maximum?):
      shapley.map {
        judgeShapley(
          answer, contract: contract, in: network, shapley: $0, maximum: maximum.value)
      } ?? .undecided
    case (_, nil): .undecided
    }
  }
}

/// Why a solver's claim does not bear out the verdict of a finding; nil if it does.
private func disagreement(
  _ claim: CaseFile.SolverClaim, _ finding: CaseFile.Finding, _ known: KnownAnswers
) -> String? {
  // A solver that gave no usable answer leaves nothing to judge.
  if claim.isEmpty && finding.verdict == Verdict.refuted.rawValue { return nil }
  let judgement = known.judge(claim)
  let isRefuted = finding.verdict == Verdict.refuted.rawValue
  if let reason = judgement.reason {
    return isRefuted ? nil : "\(reason), and the verdict is \(finding.verdict)"
  }
  if judgement.isUndecided { return "the exact value is needed, and the file has no proof of it" }
  if finding.verdict == Verdict.holds.rawValue { return nil }
  return "the answer keeps its contract, and the verdict is \(finding.verdict)"
}

// Re-checking the certificate of a solver from the file alone: no solver runs here. Numbers that
// belong together must agree, and every finding must be refuted again by the kernel, whoever sealed
// the file.
public import CaseFiles
import Checker
import Properties
import SolverInterface

/// Re-checks the certificate of a solver.
///
/// Each finding has the solver's answer and the proof of the exact value, and the answer must break
/// the promise that the finding names. A finding without an answer, a crash say, rests on the word
/// of the run: nothing in a file can show it.
public func verify(_ file: SealedSolverCertificate) -> VerificationResult {
  let contents = file.contents
  for (index, finding) in contents.findings.enumerated() {
    let place = "findings[\(index)]"
    let stated = file.stated[index]
    if stated.id != finding.id {
      return .invalid(field: "\(place).id", reason: "the case is called \(finding.id)")
    }
    if stated.arcs != finding.arcCount {
      return .invalid(
        field: "\(place).arcs", reason: "the network has \(finding.arcCount.counted("arc"))")
    }
    if let sealed = file.cases[index], case .invalid(let field, let reason) = verify(sealed) {
      return .invalid(field: "\(place).case.\(field)", reason: reason)
    }
    if let reason = whyNotRefuted(finding, contents) {
      return .invalid(field: place, reason: reason)
    }
  }
  if let wrong = contents.inconsistency { return wrong }
  // Reading has refused numbers that are not finite, so the text can be made again.
  guard let digest = try? contents.digest(), digest == file.digest else {
    return .invalid(field: "digest", reason: "the contents are not those that were sealed")
  }
  // Some things can be written in two ways; what was sealed is a text.
  guard file.isCanonical else {
    return .invalid(field: "digest", reason: "the text is not the one that was sealed")
  }
  return .valid
}

/// Why the answer in a finding does not break what it is said to break; nil if it does.
private func whyNotRefuted(
  _ finding: SolverCertificate.Finding, _ certificate: SolverCertificate
) -> String? {
  if finding.property == SolverCertificate.descriptionProperty {
    let isCase = finding.file != nil || !finding.answers.isEmpty
    let isKind = [.malformed, .crash, .hang].contains(finding.kind)
    return isCase || !isKind ? "a solver that does not describe itself answers no case" : nil
  }
  guard let file = finding.file else { return "the case is missing" }
  guard file.finding?.verdict == Verdict.refuted.rawValue,
    let identity = file.finding.map({ PropertyIdentity(name: $0.property) }),
    identity.id == finding.property, identity.solver == finding.solver
  else { return "the case is about another property, or is not refuted" }
  guard case .established(let known) = establish(file) else { return "a proof is refused" }
  switch finding.kind {
  case .malformed, .crash, .hang:
    return file.claim?.isEmpty ?? true
      ? nil : "there is an answer, and the kind is \(finding.kind.rawValue)"
  case .disagreement:
    guard finding.answers.count == 2, let maximum = known.maximum else {
      return "two answers and the proof of the exact value are needed"
    }
    let judged = finding.answers.map(\.judged)
    if let reason = whyNotOf(finding.answers, certificate) { return reason }
    let comparison = AnswerComparison(
      judged[0], judged[1], in: known.network, maximum: maximum.value)
    guard let difference = comparison.difference(of: finding.property), case .some = difference
    else { return "the answers agree" }
    return nil
  case .wrong:
    guard let claim = file.claim else { return "the answer of the solver is missing" }
    if let reason = whyNotOf([claim], certificate) { return reason }
    let broken = known.judge(claim).broken
    let isPromise = AnswerPromise(rawValue: finding.property) != nil
    let isBroken =
      isPromise
      ? broken.contains { $0.promise.rawValue == finding.property } : !broken.isEmpty
    return isBroken ? nil : "the answer keeps the promise"
  }
}

/// Why some answers are not those of the certificate's solvers, under their contracts.
private func whyNotOf(
  _ claims: [CaseFile.SolverClaim], _ certificate: SolverCertificate
) -> String? {
  for claim in claims {
    guard let solver = certificate.solvers.first(where: { $0.name == claim.solver }) else {
      return "the certificate is not about \(claim.solver)"
    }
    if claim.tolerance != solver.tolerance || claim.returns != solver.returns {
      return "the answer is held to another contract than that of \(claim.solver)"
    }
  }
  return nil
}

extension AnswerComparison {
  /// What a differential property compares; nil if there is no such property.
  fileprivate func difference(of property: String) -> Difference? {
    switch property {
    case "same-value": valueDifference
    case "same-attribution": attributionDifference
    case "same-ranking": rankingDifference
    default: nil
    }
  }
}

extension SolverCertificate {
  /// Numbers and words of the certificate that do not belong together; nil if all do.
  fileprivate var inconsistency: VerificationResult? {
    for (index, count) in properties.enumerated() {
      let sum = count.held + count.broken + count.notPromised + count.inconclusive
      if sum != count.cases {
        return .invalid(
          field: "properties[\(index)].cases",
          reason: "\(count.cases), and the verdicts add up to \(sum)")
      }
      if count.isPromised ? count.notPromised > 0 : count.broken > 0 {
        return .invalid(
          field: "properties[\(index)].promised", reason: "the counts say the opposite")
      }
      let hasFinding = findings.contains { $0.property == count.id && $0.solver == count.solver }
      if hasFinding != (count.broken > 0) {
        return .invalid(
          field: "properties[\(index)].broken",
          reason: "\(count.broken), and there is \(hasFinding ? "a" : "no") finding")
      }
    }
    for (index, finding) in findings.enumerated()
    where !properties.contains(where: { $0.id == finding.property && $0.solver == finding.solver })
    {
      return .invalid(
        field: "findings[\(index)].property", reason: "no such property was tried")
    }
    if verdict != .interrupted && verdict != verdictOfCounts {
      return .invalid(
        field: "verdict",
        reason: "\(verdict.rawValue), and what was seen says "
          + verdictOfCounts.rawValue)
    }
    return nil
  }

  /// The property of a solver that could not even be asked what it is.
  static let descriptionProperty = "describe"

  /// How it came out, by what was seen.
  var verdictOfCounts: Verdict {
    if findings.contains(where: { $0.kind == .crash || $0.kind == .hang }) { return .crashed }
    if properties.contains(where: { $0.broken > 0 && !$0.isDifferential }) { return .broken }
    if properties.contains(where: { $0.broken > 0 }) { return .disagreement }
    let asked = properties.filter { !$0.solver.isEmpty }
    if !asked.contains(where: { $0.cases > 0 }) { return .nothingRan }
    return asked.contains { $0.inconclusive > 0 } ? .inconclusive : .certified
  }
}

extension SolverCertificate.PropertyCount {
  /// Whether it is about two solvers beside each other.
  public var isDifferential: Bool { id.hasPrefix("same-") && solver.contains("/") }
}

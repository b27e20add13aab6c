public import CaseFiles
import Checker
import Generators
public import Properties

/// The file of a witness: the case that refutes a claim, with what the kernel accepts of it.
///
/// - Parameters:
///   - result: what trying the claim came to.
///   - seed: the seed of the search.
///   - version: the version of the program.
/// - Returns: the case, or nil if no tensor refutes the claim.
public func claimCaseFile(_ result: ClaimResult, seed: UInt64, version: String) -> CaseFile? {
  guard let witness = result.witness, let tensor = witness.tensor, let mode = witness.mode else {
    return nil
  }
  let claim = result.claim
  let instance = Instance.tensor(tensor, mode)
  let examination = CaseRunner(table: [], z3: nil).examination(instance)
  let certified = examination.certified.claim
  let instead = claim.correction.map { " Instead: " + $0 } ?? ""
  return CaseFile(
    about: "Refutes a claim. \(claim.statement)\(instead)", version: version,
    provenance: [
      .init("source", "claims: \(claim.source)"), .init("seed", "\(seed)"),
      .init("reproduce", "flowcheck claims --id \(claim.id) --seed \(seed)"),
    ],
    statement: instance.statement,
    finding: CaseFile.Finding(
      property: "claim/\(claim.id)", expected: claim.expected.rawValue,
      verdict: result.verdict.rawValue, detail: witness.explanation),
    answer: certified.map { AnswerSummary($0.answer) }, proof: certified?.certificate,
    regularised: claim.regularisedMethod(examination).map { proofs($0, examination) } ?? [],
    game: GameProof(of: claim.gamePlayers(examination), in: examination.network))
}

/// What the kernel accepts of a regularised flow: exactly where there are no logarithms.
private func proofs(
  _ method: RegularisedMethod, _ examination: Examination
) -> [RegularisedProof] {
  switch method {
  case .barrier, .central: return regularisedProofs(method, examination)
  case .l1, .l2, .l1l2:
    guard let claim = examination.exactOptimum(method).claim?.claim else { return [] }
    return [
      RegularisedProof(
        method: method, flow: claim.circulation.amounts, support: .optimal(claim.duals))
    ]
  }
}

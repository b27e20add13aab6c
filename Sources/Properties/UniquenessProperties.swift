// Two engines decide uniqueness: the residual certificate, checked by the kernel, and Z3. They must
// agree; where they do not, one of them is wrong and nothing that either says can be believed.
import Checker
import ExactArithmetic
import Z3Bridge

/// The properties about which flows are maximum and what they have in common.
func uniquenessProperties() -> [Property] {
  [
    Property(
      name: "undetermined-arcs",
      statement:
        "The kernel accepts which arcs differ between maximum flows, and why no other can.",
      source: "[F], certificate of section \"Uniqueness\" in Sources/Checker/README.md",
      run: { $0.undetermined.outcome { _ in .holds } }),
    Property(
      name: "attribution-intervals",
      statement: "The kernel accepts the exact interval of every bottom token's attribution.",
      source: "[F], certificate of section \"Intervals\" in Sources/Checker/README.md",
      run: { $0.attributions.outcome { intervals in judgeIntervals(intervals) } }),
    Property(
      name: "determined-attributions",
      statement: "An attribution has width 0 exactly when its arc is determined.",
      source: "this project",
      run: judgeDetermined),
  ]
}

/// The properties that ask Z3: for a second flow each `period` cases, the others a quarter as
/// often.
func z3Properties(period: Int) -> [Property] {
  [
    Property(
      name: "z3/second-flow",
      statement: "Z3 finds a second maximum flow exactly when some arc is undetermined.",
      source: "[Z3], shifted encoding", period: period, isSampled: period > 1,
      applies: isWithinZ3Reach,
      run: { examination in
        examination.undetermined.outcome { claim in
          judgeSecond(examination, of: claim.maximum, isUnique: claim.isUnique) {
            session, scope throws(Z3Error) in
            try session.secondFlow(
              of: claim.maximum, scope: scope, budget: examination.z3Budget)
          }
        }
      }),
    Property(
      name: "z3/different-attribution",
      statement:
        "Z3 finds a maximum flow with another attribution exactly when one is undetermined.",
      source: "[Z3], shifted encoding", period: 4 * period, isSampled: true,
      applies: isWithinZ3Reach,
      run: { examination in
        examination.attributions.outcome { claim in
          judgeSecond(examination, of: claim.flow, isUnique: claim.isUnique) {
            session, scope throws(Z3Error) in
            try session.secondFlowWithDifferentAttribution(
              of: claim.flow, scope: scope, budget: examination.z3Budget)
          }
        }
      }),
    Property(
      name: "z3/maximum",
      statement: "Z3 finds no flow of larger value than a flow with a saturated cut.",
      source: "[Z3], shifted linear programme", period: 4 * period, isSampled: true,
      applies: isWithinZ3Reach, run: judgeMaximumByZ3),
  ]
}

/// The number of arcs up to which Z3 answers within about a second.
let z3ArcLimit = 5_000

private let isWithinZ3Reach: @Sendable (Examination) -> Bool = { examination in
  examination.z3 != nil && examination.network.arcCount <= z3ArcLimit
}

/// Compares what Z3 says about a second flow with what the certificate proves.
///
/// A model was accepted by the kernel; an `unsat`, asked over all arcs, counts because the
/// certificate is the second argument.
private func judgeSecond(
  _ examination: Examination, of flow: MaximumFlow, isUnique: Bool,
  _ ask: (Z3Session, SecondFlowScope) throws(Z3Error) -> Z3Answer<SecondFlowAnswer>
) -> Outcome {
  guard let session = examination.z3 else { return .inconclusive("Z3 is not asked") }
  do {
    switch try ask(session, isUnique ? .allArcs : .residualComponents).answer {
    case .found(let flows):
      if isUnique { return .contradiction("Z3 found a second flow of a unique one") }
      return Outcome(
        verdict: .holds, certified: true, detail: "Z3 differs on \(flows.arcsChanged.count) arcs")
    case .none:
      if !isUnique { return .contradiction("Z3 says unsat, and the kernel has a second flow") }
      return Outcome(verdict: .holds, certified: true, detail: "unsat, and the certificate agrees")
    case .unknown(let reason): return .inconclusive("Z3: \(reason)")
    }
  } catch {
    return error.outcome
  }
}

extension Z3Error {
  /// A model that the kernel refuses means that two engines disagree; any other error is that of
  /// the library, which then has nothing to say.
  var outcome: Outcome {
    switch self {
    case .modelRefused, .modelChangesNothing, .unreadableValue, .contradictoryAnswers:
      .contradiction("Z3: \(self)")
    case .library, .missingResult, .optionInText, .wrongCount, .unsuitableTerm, .unsuitablePair:
      .inconclusive("Z3: \(self)")
    }
  }
}

private let judgeMaximumByZ3: @Sendable (Examination) -> Outcome = { examination in
  examination.maximum.outcome { maximum in
    guard let session = examination.z3 else { return .inconclusive("Z3 is not asked") }
    do throws(Z3Error) {
      switch try session.optimality(of: maximum.flow, budget: examination.z3Budget).answer {
      case .maximum: return .holds
      case .improvable(let better):
        return .contradiction("Z3 found value \(better.value) above \(maximum.value)")
      case .unknown(let reason): return .inconclusive("Z3: \(reason)")
      }
    } catch {
      return error.outcome
    }
  }
}

private func judgeIntervals(_ intervals: ArcIntervals) -> Outcome {
  let total = intervals.flow.value
  let (least, most) = (intervals.minima.reduce(0, +), intervals.maxima.reduce(0, +))
  return .test(
    least <= total && total <= most, "sums of bounds \(least) and \(most) around \(total)")
}

private let judgeDetermined: @Sendable (Examination) -> Outcome = { examination in
  examination.undetermined.outcome { undetermined in
    examination.attributions.outcome { intervals in
      // Both lists are in increasing order, so one walk along them finds what they share.
      var next = 0
      for (k, arc) in intervals.arcs.enumerated() {
        while next < undetermined.arcs.count && undetermined.arcs[next] < arc { next += 1 }
        let moves = next < undetermined.arcs.count && undetermined.arcs[next] == arc
        guard (intervals.minima[k] != intervals.maxima[k]) != moves else { continue }
        return .contradiction(
          "arc \(arc): interval [\(intervals.minima[k]), \(intervals.maxima[k])], undetermined: "
            + "\(moves)")
      }
      return .holds
    }
  }
}

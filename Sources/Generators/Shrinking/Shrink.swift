// Greedy shrinking of tensors.
//
// A failing tensor is changed in small ways, and a change is kept if the tensor is simpler and
// still fails. Passes run from large changes to small ones: drop layers, drop tokens, merge tokens,
// replace layers, rows and single entries, simplify the mode, reorder. They are repeated until a
// round changes nothing. Every change lowers, in lexicographic order, the number of entries, their
// complexity, the mode, or their order from the top layer down; none of these can fall for ever, so
// shrinking ends, and the budget bounds how long it takes.
// Nothing is random: the result is a function of the tensor and the predicate. It works on the
// numbers alone, so a tensor that a model has computed shrinks like one that a family has made.
// Source: the passes by size and the fixpoint follow [ZellerHildebrandt2002].

public import Checker

/// The simplest failing tensor that was found, and how the search for it ended.
public struct ShrinkResult: Sendable, Equatable {
  /// The tensor; the original one if nothing simpler failed.
  public let tensor: EffectiveTensor
  /// The mode that it fails in.
  public let mode: Mode
  /// How often the predicate was asked.
  public let evaluations: Int
  /// Whether no change that the shrinker knows makes it simpler; false if the budget ran out.
  public let isFixpoint: Bool
}

/// Makes a failing tensor as simple as the changes allow while it keeps failing.
///
/// `stillFails` must be a function of its arguments; it is not asked about the original. With
/// `rows` nil, rows that all sum to exactly 1 keep doing so, and others are free.
/// - Parameters:
///   - tensor: a tensor that fails.
///   - mode: the mode that it fails in.
///   - rows: what may become of the sums of rows.
///   - budget: the largest number of times `stillFails` is asked.
///   - stillFails: whether a simpler tensor fails in the same way.
/// - Returns: a tensor that fails, simpler than the original or the same.
public func shrink(
  _ tensor: EffectiveTensor, mode: Mode, rows: RowRule? = nil, budget: Int = 10_000,
  stillFails: (EffectiveTensor, Mode) -> Bool
) -> ShrinkResult {
  let start = ShrinkState(tensor, mode, rows)
  let outcome = descend(
    from: start, passes: ShrinkState.passes, budget: budget,
    isRemembered: { $0.entries.count <= rememberedEntriesMaximum },
    stillFails: { stillFails($0.tensor, $0.mode) })
  // An unchanged tensor keeps its denominator.
  return ShrinkResult(
    tensor: outcome.state.entries == start.entries ? tensor : outcome.state.tensor,
    mode: outcome.state.mode, evaluations: outcome.evaluations, isFixpoint: outcome.isFixpoint)
}

extension ShrinkState {
  /// The passes in the order in which they run.
  fileprivate static let passes = [
    dropLayers, dropTokens, mergeTokens, simplifyLayers, simplifyRows, simplifyEntries,
    simplifyMode, exchangeNodes, dropUnalikeTokens,
  ]
}

/// Larger tensors are not remembered: they would take memory, and rarely come back.
private let rememberedEntriesMaximum = 256

// The engine of shrinking: passes of changes, repeated until none of them makes a failing state
// simpler. What a state is, a tensor or a network, is the business of others.

/// A kind of change, numbered; how many there are depends on the state.
struct ShrinkPass<State>: Sendable {
  /// The number of changes to try on a state.
  let count: @Sendable (State) -> Int
  /// The state after a change of that number; nothing if it is not simpler than the state before.
  let candidate: @Sendable (State, _ number: Int) -> State?
}

/// How a search for a simpler state ended.
struct ShrinkOutcome<State> {
  /// The simplest state that fails, as far as was found.
  var state: State
  /// How often the predicate was asked.
  var evaluations = 0
  /// Whether no pass has a simpler state that fails; false if the budget ran out.
  var isFixpoint = false
}

/// Follows changes downhill while the state fails, pass by pass, until a round changes nothing.
///
/// Ends because the order of states that passes descend in has no infinite descent, or because the
/// predicate was asked `budget` times. A state for which `isRemembered` holds is asked about once.
func descend<State: Hashable>(
  from start: State, passes: [ShrinkPass<State>], budget: Int, isRemembered: (State) -> Bool,
  stillFails: (State) -> Bool
) -> ShrinkOutcome<State> {
  var outcome = ShrinkOutcome(state: start)
  var asked: Set<State> = []
  var isChanging = true
  while isChanging {
    isChanging = false
    for pass in passes {
      var number = 0
      while number < pass.count(outcome.state) {
        guard let candidate = pass.candidate(outcome.state, number),
          !isRemembered(candidate) || asked.insert(candidate).inserted
        else {
          number += 1
          continue
        }
        if outcome.evaluations == budget { return outcome }
        outcome.evaluations += 1
        if stillFails(candidate) {
          // The same number means another change now, often one of the same kind.
          outcome.state = candidate
          isChanging = true
        } else {
          number += 1
        }
      }
    }
  }
  outcome.isFixpoint = true
  return outcome
}

/// Proper parts of `0 ..< count`, in runs of halving length, from the end to the beginning.
func shrinkingRuns(_ count: Int) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var size = count / 2
  // Halving ends after as many rounds as the count has bits.
  while size >= 1 {
    for end in stride(from: count, to: 0, by: -size) { runs.append(max(0, end - size)..<end) }
    size /= 2
  }
  return runs
}

// The changes that passes over tensors propose, and when they count as simpler.

import Checker
import ExactArithmetic

/// A change that may make a tensor simpler.
enum ShrinkStep {
  /// Fewer layers or tokens.
  case smaller(ShrinkState)
  /// Other entries from a place on, which is the beginning of a row; all within one layer.
  case replaced(start: Int, by: [Rational])
  /// The same entries in another order.
  case reordered(ShrinkState)
  /// Another mode, perhaps with the top tokens in another order.
  case otherMode(ShrinkState)
}

extension ShrinkPass<ShrinkState> {
  /// A pass that proposes changes, of which those that make the tensor simpler are tried.
  init(
    count: @escaping @Sendable (ShrinkState) -> Int,
    step: @escaping @Sendable (_ state: ShrinkState, _ number: Int) -> ShrinkStep?
  ) {
    self.init(
      count: count,
      candidate: { state, number in step(state, number).flatMap { state.applying($0) } })
  }
}

extension ShrinkState {
  /// The state after a change, if it is simpler than this one.
  fileprivate func applying(_ step: ShrinkStep) -> ShrinkState? {
    switch step {
    case .smaller(let state):
      return state.entries.count < entries.count ? state : nil
    case .replaced(let start, let replacement):
      let old = entries[start..<(start + replacement.count)]
      guard Generators.isSimpler(replacement, than: old) else { return nil }
      var state = self
      state.entries.replaceSubrange(start..<(start + replacement.count), with: replacement)
      return state
    case .reordered(let state):
      return state.isSimpler(than: self) ? state : nil
    case .otherMode(let state):
      return state.mode.rank < mode.rank ? state : nil
    }
  }
}

extension Mode {
  /// How complicated a mode is: `all` first, then the single ones.
  fileprivate var rank: Int {
    switch self {
    case .all: 0
    case .single(let token): token + 1
    }
  }
}

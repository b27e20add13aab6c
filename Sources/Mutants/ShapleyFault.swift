import SolverInterface

/// The faults of a solver of Shapley values.
enum ShapleyFault: String, Fault {
  case weightsAboveTwo = "weights-above-two"
  case weightsOfWrongSize = "weights-of-wrong-size"
  case banzhafWeights = "banzhaf-weights"
  case sumsIn32Bits = "sums-in-32-bits"
  case emptyCoalitionMissed = "empty-coalition-missed"
  case grandCoalitionMissed = "grand-coalition-missed"
  case oneOrder = "one-order"
  case halfTheOrders = "half-the-orders"
  case columnsNormalised = "columns-normalised"
  case attributionsNormalised = "attributions-normalised"
  case rounded
  case topPlayers = "top-players"
  case playersReversed = "players-reversed"
  case staleGame = "stale-game"
  case leaveOneOutRescaled = "leave-one-out-rescaled"
  case aloneRescaled = "alone-rescaled"
  case fixedFlow = "fixed-flow"
  case closedForGood = "closed-for-good"
  case valuesAboveOneCut = "values-above-one-cut"

  var numbers: InProcessSolver.Numbers { .exact }

  var about: String {
    switch self {
    case .weightsAboveTwo:
      "The weight of coalitions of three and more is that of two: only small games come out right."
    case .weightsOfWrongSize: "The weight is taken of the coalition with the player in it."
    case .banzhafWeights: "All coalitions weigh the same."
    case .sumsIn32Bits: "Factorials times values are added up in 32 bits, which wrap around."
    case .emptyCoalitionMissed: "The loop over coalitions begins at 1, and nobody joins nobody."
    case .grandCoalitionMissed: "The loop over coalitions ends one short: v(N) stays 0."
    case .oneOrder: "Players join in the order of their numbers only."
    case .halfTheOrders: "Orders are gone through up to the middle, as if the rest were reversals."
    case .columnsNormalised: "Columns of attention are divided by their sums, the wrong axis."
    case .attributionsNormalised: "Attributions are divided by their sum."
    case .rounded: "Attributions are rounded to three decimals."
    case .topPlayers: "The players are those of the top layer, in a transposed network."
    case .playersReversed: "The last player has bit 0, and the answer is not turned round."
    case .staleGame: "Values are kept by the number of players, not by the network."
    case .leaveOneOutRescaled: "Leave-one-out is multiplied until it adds up to the value."
    case .aloneRescaled: "What each is worth alone is multiplied until it adds up to the value."
    case .fixedFlow: "Coalitions block players of one maximum flow, and nothing is solved again."
    case .closedForGood:
      "A player that was closed once stays closed: only prefixes are solved."
    case .valuesAboveOneCut: "Values are clamped to 1, as those of a classifier would be."
    }
  }
}

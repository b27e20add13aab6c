import SolverInterface

/// The faults of blocking flows.
enum BlockingFault: String, Fault {
  case noReverseArcs = "no-reverse-arcs"
  case onePhase = "one-phase"
  case phaseBelowThousandth = "phase-below-1e-3"
  case forwardLevels = "forward-levels"
  case levelsByCapacity = "levels-by-capacity"
  case levelsTooFew = "levels-too-few"
  case sourceLooksUnseen = "source-looks-unseen"
  case currentArcKept = "current-arc-kept"
  case deadNodesKept = "dead-nodes-kept"
  case availableNotReduced = "available-not-reduced"
  case deadlineReturnsPartial = "limit-returns-partial"
  case levelOffByOne = "level-off-by-one"

  var numbers: InProcessSolver.Numbers { .exact }

  var about: String {
    switch self {
    case .noReverseArcs:
      "Pushes lower forward residuals and open nothing backwards (NetworKit issue 1345)."
    case .onePhase:
      "One blocking flow is taken for a maximum one: all paths of a layered network are alike."
    case .phaseBelowThousandth:
      "A phase that adds less than 1e-3 of the flow counts as convergence."
    case .forwardLevels:
      "Levels are measured along arcs only, never back along flow that could be cancelled."
    case .levelsByCapacity:
      "Levels are measured along arcs with capacity, saturated or not; a phase in vain ends it."
    case .levelsTooFew:
      "There are too few levels for the longest path, as in NetworkX (issue 1542)."
    case .sourceLooksUnseen:
      "Level 0 means unseen and is also that of the source, which is therefore labelled again."
    case .currentArcKept:
      "The current arc of each node is not reset for the next phase, which finds nothing for ever."
    case .deadNodesKept:
      "A node that led nowhere in one phase is left out in all later ones."
    case .availableNotReduced:
      "What a walk may push is not reduced by what it has pushed, so arcs above are overfilled."
    case .deadlineReturnsPartial:
      "An internal limit of four looks an arc ends the run, and the status still says optimal."
    case .levelOffByOne:
      "Levels are numbered from the wrong end by one, so walks stop one arc before the sink."
    }
  }
}

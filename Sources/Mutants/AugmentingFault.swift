import SolverInterface

/// The faults of shortest augmenting paths.
enum AugmentingFault: String, Fault {
  case noReverseArcs = "no-reverse-arcs"
  case reverseGetsCapacity = "reverse-gets-capacity"
  case backwardPushAdds = "backward-push-adds"
  case bottleneckSkipsFirst = "bottleneck-skips-first"
  case bottleneckSkipsLast = "bottleneck-skips-last"
  case stopsAfterThreePaths = "stops-after-3-paths"
  case stopsBelowThousandth = "stops-below-1e-3"
  case visitedKept = "visited-kept"
  case cutBeforeLastPath = "cut-before-last-path"
  case searchDepthFour = "search-depth-4"
  case queueOfSeven = "queue-of-7"
  case closedArcsUsed = "closed-arcs-used"
  case scalingStopsAtOne = "scaling-stops-at-1"
  case pushedOnGrid = "pushed-on-grid"
  case toleranceMillionth = "tolerance-1e-6"
  case toleranceBillionth = "tolerance-1e-9"
  case singleResiduals = "single-residuals"

  var numbers: InProcessSolver.Numbers {
    switch self {
    case .scalingStopsAtOne, .pushedOnGrid, .toleranceMillionth, .toleranceBillionth,
      .singleResiduals:
      .double
    default: .exact
    }
  }

  var about: String {
    switch self {
    case .noReverseArcs:
      "Pushed flow cannot be taken back: reverse arcs are missing, which QuikGraph leaves to its"
        + " callers."
    case .reverseGetsCapacity:
      "A push opens the reverse arc by the capacity of the arc and not by what was pushed."
    case .backwardPushAdds:
      "A push on a reverse arc adds to the flow of its arc (isabek.github.io issue 3)."
    case .bottleneckSkipsFirst:
      "The smallest residual of a path is sought without its first arc, a slip in the loop bound."
    case .bottleneckSkipsLast:
      "The smallest residual of a path is sought without its last arc, a slip in the loop bound."
    case .stopsAfterThreePaths:
      "An iteration limit ends the search after 3 paths, and the status still says optimal."
    case .stopsBelowThousandth:
      "A path that adds less than 1e-3 of the flow counts as convergence, as in iterative solvers."
    case .visitedKept:
      "Marks of visited nodes are not cleared between searches, but that of the sink."
    case .cutBeforeLastPath:
      "The cut is read off the search before the last augmentation, when labels are stale."
    case .searchDepthFour:
      "Paths of more than 4 arcs are not found, like a recursion limit that is swallowed."
    case .queueOfSeven:
      "The queue of the search has room for 7 nodes and drops the others, a fixed-size array."
    case .closedArcsUsed:
      "Arcs with residual 0 are walked too (>= for >), so the same path is found for ever."
    case .scalingStopsAtOne:
      "Capacity scaling ends at 1, as for integers, though capacities are fractions."
    case .pushedOnGrid:
      "Pushes are cut down to a grid of 2^-20 and searches are not: it loops on doubles, as"
        + " LightGraphsFlows did (issue 41)."
    case .toleranceMillionth:
      "Residuals up to 1e-6 count as closed, whatever the scale of the network."
    case .toleranceBillionth:
      "Residuals up to 1e-9 count as closed, whatever the scale of the network."
    case .singleResiduals:
      "Residuals are stored in binary32, as in image-segmentation codes."
    }
  }
}

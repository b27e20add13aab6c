import SolverInterface

/// The faults of preflows.
enum PreflowFault: String, Fault {
  case sinkPassesOn = "sink-passes-on"
  case firstArcMissed = "first-arc-missed"
  case sourceHeightTwo = "source-height-2"
  case gapOffByOne = "gap-off-by-one"
  case preflowReturned = "preflow-returned"
  case heightsTooFew = "heights-too-few"
  case relabelByTwo = "relabel-by-2"
  case relabelOverClosedArcs = "relabel-over-closed-arcs"
  case currentArcKept = "current-arc-kept"
  case excessDropped = "excess-dropped"
  case pushesResidual = "pushes-residual"
  case pushesExcess = "pushes-excess"
  case queuedOnce = "queued-once"
  case wakesOnlyFilled = "wakes-only-filled"
  case noReverseArcs = "no-reverse-arcs"
  case saturatingOnly = "saturating-pushes-only"
  case loopsCounted = "loops-counted"

  var numbers: InProcessSolver.Numbers { .exact }

  var about: String {
    switch self {
    case .sinkPassesOn:
      "The sink is a node like any other and sends its excess back (cp-algorithms issue 542)."
    case .firstArcMissed:
      "The loop that saturates the arcs out of the source begins at the second."
    case .sourceHeightTwo:
      "The source has height 2 and not the number of nodes, so excess flows back too early."
    case .gapOffByOne:
      "A gap lifts the nodes at the height below it too, which still have their way down."
    case .preflowReturned:
      "There is no second phase: excess that cannot reach the sink stays where it is."
    case .heightsTooFew:
      "Heights end two above the number of nodes, and not at twice as many (NetworkX issue 1542)."
    case .relabelByTwo:
      "A relabelled node rises by 2, above the height that its neighbours allow."
    case .relabelOverClosedArcs:
      "Relabelling looks at neighbours over closed arcs too, and loops as LightGraphs did (issue"
        + " 438)."
    case .currentArcKept:
      "The current arc is not reset when a node is relabelled, which then is done for ever."
    case .excessDropped:
      "A push that cannot take all of the excess sets what is left of it to 0."
    case .pushesResidual:
      "A push fills the arc even if there is less excess than that."
    case .pushesExcess:
      "A push takes all of the excess even if the arc has less room than that."
    case .queuedOnce:
      "A node that has been served is not queued again when it gets new excess."
    case .wakesOnlyFilled:
      "A node is queued only by pushes that fill their arc."
    case .noReverseArcs:
      "Pushes open nothing backwards, so that excess cannot return."
    case .saturatingOnly:
      "Pushes that do not fill their arc are left out, and nodes with small excess wait for ever."
    case .loopsCounted:
      "Self loops of a node count as its inflow, so that it sends on what it never got."
    }
  }
}

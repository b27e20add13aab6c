import SolverInterface

/// The faults in what is said of a correct flow.
enum ReportFault: String, Fault {
  case cutIgnoresBackward = "cut-ignores-backward-arcs"
  case cutThroughSaturated = "cut-through-saturated-arcs"
  case cutByCapacity = "cut-by-capacity"
  case cutIsSource = "cut-is-source"
  case cutAllButSink = "cut-all-but-sink"
  case cutComplement = "cut-complement"
  case cutMissesOne = "cut-misses-one"
  case valueTruncated = "value-truncated"
  case valueRounded = "value-rounded"
  case valueMissesSinkArc = "value-misses-sink-arc"
  case valueCountsEntering = "value-counts-entering-arcs"
  case numerator32Bits = "numerator-32-bit"
  case strayCirculation = "stray-circulation"
  case residualReported = "residual-reported"
  case sortedNotRestored = "sorted-not-restored"
  case orderReversed = "order-reversed"
  case negativeAgainstOrder = "negative-against-order"
  case flowNormalised = "flow-normalised"
  case lastArcUnset = "last-arc-unset"
  case sourceArcsDoubled = "source-arcs-doubled"
  case staleFlow = "stale-flow"
  case staleCut = "stale-cut"
  case staleAnswer = "stale-answer"

  var numbers: InProcessSolver.Numbers { .exact }

  var about: String {
    switch self {
    case .cutIgnoresBackward:
      "The cut search follows arcs with room and not flow that could be taken back."
    case .cutThroughSaturated:
      "The cut search passes saturated arcs, >= for >, and reaches the sink."
    case .cutByCapacity: "The cut search follows arcs with capacity, not those with residual."
    case .cutIsSource: "The cut is the source alone, before any search."
    case .cutAllButSink: "The cut is everything but the sink, a search that was not run."
    case .cutComplement: "The sink side is returned for the source side (igraph issue 77)."
    case .cutMissesOne: "The last member of the cut is lost, a slip in a loop bound."
    case .valueTruncated: "The value is cut down to an integer, the type of a return value."
    case .valueRounded: "The value is rounded to a millionth, as it is printed."
    case .valueMissesSinkArc: "The value is counted at the sink and misses the last arc into it."
    case .valueCountsEntering: "The value is the cut's, to which arcs that enter it are added."
    case .numerator32Bits: "The numerator of the value is a 32-bit number (as in SciPy)."
    case .strayCirculation:
      "An eighth runs round four arcs of the bottom layer, whether there is room or not."
    case .residualReported:
      "What is left of the capacities is reported as the flow, two matrices that SciPy confused in"
        + " name (issue 14731)."
    case .sortedNotRestored: "Arcs are sorted by tail and head, and flows are given in that order."
    case .orderReversed: "Flows are given from the last arc to the first, a linked list of arcs."
    case .negativeAgainstOrder:
      "Flow from a larger to a smaller node number is negative, as igraph has it on undirected"
        + " graphs."
    case .flowNormalised: "Flows are divided by the value, as attributions are, and so sum to 1."
    case .lastArcUnset: "The last arc with flow is left at 0, a slip in a loop bound."
    case .sourceArcsDoubled: "Arcs out of the source are counted twice, once from either end."
    case .staleFlow: "Flows are added to those of the last network of the same shape."
    case .staleCut: "Members of the last cut stay in the set, when there are as many nodes."
    case .staleAnswer: "Answers are kept by the shape of the network, not by its capacities."
    }
  }
}

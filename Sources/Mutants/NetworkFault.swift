import SolverInterface

/// The faults of an adapter in what it makes of a network.
enum NetworkFault: String, Fault {
  case parallelOverwritten = "parallel-arcs-overwritten"
  case parallelDropped = "parallel-arcs-dropped"
  case parallelMerged = "parallel-arcs-merged"
  case parallelCopied = "parallel-arcs-copied"
  case antiparallelOverwritten = "antiparallel-arcs-overwritten"
  case antiparallelNetted = "antiparallel-arcs-netted"
  case zeroArcsShift = "zero-arcs-shift"
  case zeroArcsLeftOut = "zero-arcs-left-out"
  case zeroIsUnbounded = "zero-is-unbounded"
  case zeroDropsNode = "zero-drops-node"
  case loopsShift = "loops-shift"
  case sourceBelowSink = "source-below-sink"
  case undirected = "undirected"
  case nodesFromOne = "nodes-from-1"
  case transposedLayers = "transposed-layers"
  case lastLayerSkipped = "last-layer-skipped"
  case layersReversed = "layers-reversed"
  case superCapacityOne = "super-capacity-1"
  case nextRow = "next-row"
  case clippedToOne = "clipped-to-1"
  case rowsNormalised = "rows-normalised"
  case columnsNormalised = "columns-normalised"
  case causalAssumed = "causal-assumed"

  var numbers: InProcessSolver.Numbers { .exact }

  var about: String {
    switch self {
    case .parallelOverwritten:
      "A dictionary keyed by tail and head keeps the last of several parallel arcs, as simple"
        + " graphs of NetworkX do."
    case .parallelDropped: "Of several parallel arcs the first is kept and the others ignored."
    case .parallelMerged:
      "Parallel arcs are added up, as sparse matrices do, and the first gets the flow of all."
    case .parallelCopied:
      "Parallel arcs are added up, and each of them is said to carry the flow of all."
    case .antiparallelOverwritten:
      "An arc takes the slot in which an earlier one against it stands, its reverse arc"
        + " (NetworKit pull request 1332)."
    case .antiparallelNetted:
      "An arc without flow gets minus the flow of the arc against it, as the skew-symmetric matrix"
        + " that SciPy returns (issue 14731)."
    case .zeroArcsShift:
      "Arcs of capacity 0 are dropped, and the flows of the others move up (NetworkX issue 733)."
    case .zeroArcsLeftOut:
      "Arcs of capacity 0 are dropped, and the answer has fewer flows than there are arcs"
        + " (igraph issue 1363)."
    case .zeroIsUnbounded: "Capacity 0 means that none was given, and that means unbounded."
    case .zeroDropsNode:
      "A zero is a missing number, and nodes with one among their arcs are dropped."
    case .loopsShift: "Self loops are dropped, and the flows of the other arcs move up."
    case .sourceBelowSink: "Source and sink change places when the source has the larger number."
    case .undirected: "Arcs can be used in both directions, as in a graph read as undirected."
    case .nodesFromOne:
      "Nodes are numbered from 1 in one place and from 0 in another: node 0 is one with node 1."
    case .transposedLayers: "Rows and columns of every layer are exchanged."
    case .lastLayerSkipped: "The loop over the layers misses the last one, whose arcs stay closed."
    case .layersReversed: "Layers are read from the top down where they are given from below."
    case .superCapacityOne: "Source and sink arcs have capacity 1 and not the number of tokens."
    case .nextRow: "A single top token is counted from 1 where others count from 0."
    case .clippedToOne: "Capacities above 1 are clipped, since attention is a probability."
    case .rowsNormalised: "Every row is divided by its sum first, as if padding could not occur."
    case .columnsNormalised:
      "Columns are made to sum to 1 and not rows, the wrong axis of a tensor."
    case .causalAssumed: "Attention to later tokens is masked, in whatever model."
    }
  }
}

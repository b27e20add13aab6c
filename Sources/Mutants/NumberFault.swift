import SolverInterface

/// The faults of an adapter in the numbers that it hands on.
enum NumberFault: String, Fault {
  case gridMillionth = "grid-1e-6"
  case gridBillionth = "grid-1e-9"
  case gridBinary = "grid-2^-20"
  case single
  case brainFloat = "bfloat16"
  case sixDigits = "six-digits"
  case capacities31Bits = "capacities-31-bit"
  case sum32Bits = "sum-32-bit"
  case denormalsFlushed = "denormals-flushed"
  case smallPruned = "small-pruned"
  case tinyDropped = "tiny-dropped"
  case valueSingle = "value-single"
  case flowSixDecimals = "flow-six-decimals"
  case flowCleaned = "flow-cleaned"
  case exactCutTest = "exact-cut-test"
  case cutTestCoarse = "cut-test-1e-10"

  var numbers: InProcessSolver.Numbers { .double }

  var about: String {
    switch self {
    case .gridMillionth: "Capacities are multiplied by 1e6 and cut down to integers."
    case .gridBillionth: "Capacities are multiplied by 1e9 and cut down to integers."
    case .gridBinary: "Capacities are cut down to multiples of 2^-20, a fixed-point format."
    case .single:
      "Capacities pass through binary32, the format in which tensors are saved."
    case .brainFloat: "Capacities pass through bfloat16, the format that the model ran in."
    case .sixDigits:
      "Capacities pass through a text with six significant digits, the default of printf."
    case .capacities31Bits:
      "Capacities are billionths in 32-bit integers, as SciPy has them, and stop at 2.147483647."
    case .sum32Bits:
      "The value is a sum of billionths modulo 2^32, as costs were in SciPy pull request 14540."
    case .denormalsFlushed:
      "Denormal capacities are flushed to zero, a compiler's fast mathematics."
    case .smallPruned: "Capacities below a thousandth of the largest are pruned as noise."
    case .tinyDropped: "Capacities below 1e-10 count as missing, whatever the scale of the network."
    case .valueSingle: "The value is returned as a binary32 number."
    case .flowSixDecimals: "Flows are printed with six decimals, and nodes no longer balance."
    case .flowCleaned: "Flows below 1e-7 are set to 0, whatever the scale of the network."
    case .exactCutTest:
      "An arc is in the cut only if flow equals capacity, in doubles (NetworkX issue 4972)."
    case .cutTestCoarse:
      "An arc with at most 1e-10 left is in the cut, whatever the scale of the network, the remedy"
        + " proposed in NetworkX issue 4592."
    }
  }
}

import SolverInterface

/// The faults of a solver of regularised flows.
enum RegularisedFault: String, Fault {
  case barrierSign = "barrier-sign"
  case squaresHalved = "squares-halved"
  case squaresDoubled = "squares-doubled"
  case squaresOnReturnArc = "squares-on-return-arc"
  case termOnAttentionOnly = "term-on-attention-only"
  case missingPresolve = "missing-presolve"
  case transposedIncidence = "transposed-incidence"
  case earlyStop = "early-stop"
  case dualSign = "dual-sign"
  case dualShifted = "dual-shifted"
  case falseRadius = "false-radius"
  case weightRounded = "weight-rounded"
  case flowNormalised = "flow-normalised"
  case valueIsMaximum = "value-is-maximum"
  case circulationLeft = "circulation-left"

  var numbers: InProcessSolver.Numbers { .double }
  var isInCertificateAlone: Bool { self == .falseRadius }

  var about: String {
    switch self {
    case .barrierSign:
      "The barrier is added with the sign that [U] prints, which pulls the flow to its bounds."
    case .squaresHalved: "The weight of the squares is halved, x'Px / 2 read as x'Px."
    case .squaresDoubled: "The weight of the squares is doubled, x'Px read as x'Px / 2."
    case .squaresOnReturnArc: "The square of the value is penalised too."
    case .termOnAttentionOnly: "Source and sink arcs carry no term."
    case .missingPresolve:
      "Arcs that can carry nothing are given a little capacity, so that a logarithm exists."
    case .transposedIncidence:
      "The inner arcs are taken from head to tail, a transposed attention matrix."
    case .earlyStop: "The iteration stops a thousandth of the way before the optimum."
    case .dualSign: "Potentials have the sign of the other convention of the Lagrangian."
    case .dualShifted: "Only the potential of the sink is set to 0, the others are not moved."
    case .falseRadius: "The certificate claims a thousandth of the distance that it shows."
    case .weightRounded: "The weight is rounded to a tenth."
    case .flowNormalised: "Flows are divided by the value, as attributions are."
    case .valueIsMaximum: "The value reported is that of a maximum flow."
    case .circulationLeft: "What earlier iterations left on a cycle of four arcs stays."
    }
  }
}

// Problems with one arc, whose optimum is known in closed form.
import Checker
import ExactArithmetic
import TestSupport
import Testing

/// One arc from source to sink.
func oneArc(
  capacity: Rational, lower: Rational = 0, cost: Rational = 0,
  returnArc: CirculationProblem.ReturnArc = .free(gain: 1), _ term: CirculationProblem.Term
) throws -> CirculationProblem {
  try CirculationProblem(
    network: FlowNetwork(
      nodeCount: 2, source: 0, sink: 1, tails: [0], heads: [1], capacities: ExactVector([capacity])
    ),
    lowerBounds: ExactVector([lower]), costs: ExactVector([cost]), returnArc: returnArc, term: term)
}

/// Duals of such a problem.
func oneArcDuals(
  difference: Rational = 1, lower: Rational = 0, upper: Rational = 0
) -> CirculationDuals {
  CirculationDuals(
    potentials: ExactVector([7, 7 + difference]), lowerMultipliers: ExactVector([lower]),
    upperMultipliers: ExactVector([upper]))
}

/// A circulation that is known to be feasible.
func circulation(_ flow: [Rational], in problem: CirculationProblem) throws -> FeasibleCirculation {
  try #require(checkCirculation(ExactVector(flow), in: problem).claim)
}

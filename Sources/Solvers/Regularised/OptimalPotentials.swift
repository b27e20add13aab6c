public import Checker
public import ExactArithmetic

extension DistanceCertificate {
  /// Potentials whose reduced gradients have the right sign on frozen arcs as well.
  ///
  /// A certificate says nothing about these: it leaves them out. Potentials that fall by enough
  /// from level to level give an arc that is empty a positive reduced gradient and one that is full
  /// a negative one, and change no arc within a level. Source and sink keep their difference where
  /// the return arc is free, since they have one level.
  ///
  /// - Parameter circulation: the flow that the certificate is about.
  /// - Returns: one potential per node.
  public func potentialsOnAllArcs(_ circulation: FeasibleCirculation) -> ExactVector {
    guard let first = levels.first, levels.contains(where: { $0 != first }) else {
      return duals.potentials
    }
    let problem = circulation.problem
    let weight = if case .squares(let lambda) = problem.term { lambda } else { Rational(0) }
    var step = Rational(0)
    problem.network.arcs.forEach { arc, tail, head in
      guard levels[tail] != levels[head] else { return }
      let slope = problem.carriesTerm(arc) ? 2 * weight * circulation.amounts[arc] : 0
      let reduced =
        problem.costs[arc] + slope - (duals.potentials[head] - duals.potentials[tail])
      step = max(step, reduced.magnitude)
    }
    return ExactVector(
      levels.indices.map { duals.potentials[$0] - step * Rational(levels[$0]) })
  }
}

// From the neighbourhood of the optimum with logarithms to the optimum itself.
//
// The flow is made exactly feasible, in integers, and then takes Newton steps of the problem
// itself: with slacks p, q, the gradient c - mu/p + mu/q, its residual r = gradient - By and the
// weights D = 1 / (mu/p^2 + mu/q^2),
//
//     B'D B dy = B'D r,   df = -D (r - B dy).
//
// The first equation alone makes y the least-squares fit to the gradient in the norm that the
// certificate measures, delta^2 = sum D r^2 / mu. Slacks and potential differences are differences
// of integers, so that r has the relative error of its terms, and delta falls quadratically to a
// few rounding errors, whatever mu is. The matrix hardly changes near the end and is kept.
// Source: [NN] on self-concordance.
import Checker

/// Newton steps on a problem with logarithms.
struct BarrierPolish {
  private let working: WorkingProblem
  private(set) var point: GridPoint
  private(set) var factorisations = 0
  private(set) var steps = 0
  private(set) var scans = 0

  private static let stepLimit = 40

  private var differences: [Int128]
  private var weights: [Double]
  private var residual: [Double]
  private var change: [Double]

  /// Begins at potentials and at slacks of a flow that is nearly feasible.
  init?(_ working: WorkingProblem, _ point: GridPoint, lowerSlack: [Double], upperSlack: [Double]) {
    self.working = working
    self.point = point
    let zeros = [Double](repeating: 0, count: working.arcCount)
    (weights, residual, change) = (zeros, zeros, zeros)
    differences = [Int128](repeating: 0, count: working.arcCount)
    let units = working.unitsPerFlow
    for arc in zeros.indices where working.isActive[arc] {
      let (lower, upper) = (working.lower[arc], working.upper[arc])
      let amount =
        lowerSlack[arc] <= upperSlack[arc]
        ? lower + FixedPoint.integer(lowerSlack[arc] * units)
        : upper - FixedPoint.integer(upperSlack[arc] * units)
      guard upper - lower >= 2 else { return nil }
      self.point.flow[arc] = min(max(amount, lower + 1), upper - 1)
    }
    guard repair() else { return nil }
  }

  /// Improves the point until rounding ends the progress; false if it did not get near.
  mutating func run(_ equations: inout any NormalEquations) -> Bool {
    var best = (delta: Double.infinity, point: point)
    var isStale = true
    var sinceBest = 0
    // Bounded by the step limit.
    while steps < Self.stepLimit {
      let delta = measure()
      if delta < best.delta {
        if delta > 0.5 * best.delta { sinceBest += 1 } else { sinceBest = 0 }
        best = (delta, point)
      } else {
        sinceBest += 1
      }
      if !delta.isFinite || sinceBest >= 2 { break }
      if delta == 0 { break }
      // Near the end the matrix is right to more digits than a step can use.
      if isStale || delta > 1e-3 {
        factorisations += 1
        guard equations.factorise(weights) else { break }
        isStale = delta > 1e-3
      }
      steps += 1
      guard step(equations, delta: delta) else { break }
    }
    point = best.point
    return best.delta < 0.25
  }

  /// One Newton step, shortened while far away; false if the flow could not be kept feasible.
  private mutating func step(_ equations: any NormalEquations, delta: Double) -> Bool {
    var rightSide = [Double](repeating: 0, count: working.nodeCount)
    for arc in change.indices { change[arc] = weights[arc] * residual[arc] }
    working.incidence.netInflow(of: change, into: &rightSide)
    equations.solve(&rightSide)
    guard rightSide.allSatisfy(\.isFinite) else { return false }
    working.incidence.differences(of: rightSide, into: &change)
    let length = delta < 0.25 ? 1 : 1 / (1 + delta)
    let units = working.unitsPerFlow
    for arc in change.indices where working.isActive[arc] {
      let moved = -length * weights[arc] * (residual[arc] - change[arc])
      let amount = point.flow[arc] + FixedPoint.integer(moved * units)
      point.flow[arc] = min(max(amount, working.lower[arc] + 1), working.upper[arc] - 1)
    }
    point.advance(by: rightSide, times: 1)
    return repair()
  }

  /// Sets residuals and weights; returns the norm of the residual in the certificate's measure.
  private mutating func measure() -> Double {
    scans += 8 * working.arcCount
    point.reducedDifferences(working, into: &differences)
    let perUnit = 1 / working.unitsPerFlow
    let (unit, weight) = (point.potentialUnit, working.weight)
    var sum = 0.0
    for arc in weights.indices where working.isActive[arc] {
      let amount = point.flow[arc]
      let p = FixedPoint.double(amount - working.lower[arc]) * perUnit
      let q = FixedPoint.double(working.upper[arc] - amount) * perUnit
      let r = weight / q - weight / p - FixedPoint.double(differences[arc]) * unit
      let d = 1 / (weight / p / p + weight / q / q)
      weights[arc] = d
      residual[arc] = r
      sum += d * r * r
    }
    return (sum / weight).squareRoot()
  }

  /// Makes the flow exactly feasible and strictly inside; false if that failed.
  private mutating func repair() -> Bool {
    scans += 4 * working.arcCount
    var preference = [Int16](repeating: 0, count: working.arcCount)
    for arc in preference.indices where working.isActive[arc] {
      let amount = point.flow[arc]
      let slack = min(amount - working.lower[arc], working.upper[arc] - amount)
      preference[arc] = rank(FixedPoint.double(slack) / working.unitsPerFlow, from: 2048)
    }
    guard working.repair(&point.flow, preference: preference) else { return false }
    return point.flow.indices.allSatisfy { arc in
      !working.isActive[arc]
        || (point.flow[arc] > working.lower[arc] && point.flow[arc] < working.upper[arc])
    }
  }
}

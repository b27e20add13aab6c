// A primal-dual interior point method for separable convex flow problems.
//
// Problem, in scaled units: minimise c'f + (sigma/2) f'f subject to B'f = d, l <= f <= u. With
// slacks p = f - l, q = u - f and multipliers z, w, the conditions of optimality are
//
//     c + sigma f - B y - z + w = 0,  B'f = d,  p z = tau,  q w = tau,  p, q, z, w > 0
//
// for tau = 0. For tau = mu they are those of the problem with logarithms, whose terms have the
// derivatives z = mu/p and w = mu/q. So one method serves both: it follows the solutions for
// falling tau and ends at 0 or at mu. A step is Newton's, by the normal equations
//
//     D = 1 / (sigma + z/p + w/q),  g = -(c + sigma f - B y) + (tau - a)/p - (tau - b)/q,
//     B'D B dy = d - B'f - B'D g,   df = D (B dy + g),
//
// once with tau = 0 to see how far it gets, then with a tau chosen from that and with the products
// a, b of the first step's changes taken into account (Mehrotra's predictor and corrector). Slacks
// are kept as such, since f alone would round away those near a bound; the iterates stay positive
// by shortened steps, and need not satisfy B'f = d before the end. It takes 10 to 25 factorisations
// on networks of 10 to 10^6 arcs. Rounding ends the progress sooner or later: the method stops when
// the residuals no longer fall. Source: [M]; the centring that follows a step is [Go].
import Checker

/// How the interior point method is run.
struct InteriorPointSettings {
  /// The largest number of iterations.
  var iterationLimit = 100
  /// The residuals, in the units of `RegularisedResiduals`, at which to stop.
  var tolerance = 1e-10
  /// The bound on the work, in looks at half-arcs.
  var scanLimit = Int.max
}

/// Why the method stopped.
enum InteriorPointEnding {
  case converged, stagnated, iterationLimit, workLimitReached
}

/// Where the interior point method is: slacks, multipliers and potentials.
struct InteriorPoint {
  let working: WorkingProblem
  /// The distances from the lower and the upper bounds, in flow units; 1 at dropped arcs.
  private(set) var lowerSlack: [Double]
  private(set) var upperSlack: [Double]
  /// The multipliers of the bounds, in cost units; 0 at dropped arcs.
  private(set) var lowerMultiplier: [Double]
  private(set) var upperMultiplier: [Double]
  /// The potentials, in cost units.
  private(set) var potentials: [Double]
  private(set) var residuals = RegularisedResiduals(
    primal: .infinity, dual: .infinity, complementarity: .infinity)
  private(set) var iterations = 0
  private(set) var factorisations = 0
  private(set) var scans = 0

  /// The least product that a step may leave behind, relative to the average.
  private static let leastShare = 1e-4
  /// How often a step is improved by centring, at most.
  private static let centringLimit = 2

  /// What share of the average product a step aims at, at most: less after long steps.
  private(set) var boldness = 0.1

  private let lower: [Double]
  private let upper: [Double]
  private let demand: [Double]
  private let linear: [Double]

  /// The first point: slacks near what arcs can pass, multipliers that make all products equal.
  init(_ working: WorkingProblem) {
    self.working = working
    let count = working.arcCount
    let perUnit = 1 / working.unitsPerFlow
    lower = working.lower.map { FixedPoint.double($0) * perUnit }
    upper = working.upper.map { FixedPoint.double($0) * perUnit }
    demand = working.demand.map { FixedPoint.double($0) * perUnit }
    linear = working.costs.isEmpty ? [Double](repeating: 0, count: count) : working.costs
    potentials = working.firstPotentials
    lowerSlack = [Double](repeating: 1, count: count)
    upperSlack = lowerSlack
    lowerMultiplier = [Double](repeating: 0, count: count)
    upperMultiplier = lowerMultiplier
    var sum = 0.0
    for arc in 0..<count where working.isActive[arc] {
      let range = FixedPoint.double(working.upper[arc] - working.lower[arc]) * perUnit
      lowerSlack[arc] = 0.5 * min(range, working.passing[arc])
      upperSlack[arc] = range - lowerSlack[arc]
      sum += lowerSlack[arc]
    }
    // Products that a typical slack makes with multipliers well above the scaled gain: the flow is
    // far from conserved at first, and has to become so before the products are small.
    let product = 10 * max(sum / Double(max(working.activeCount, 1)), working.weight)
    for arc in 0..<count where working.isActive[arc] {
      lowerMultiplier[arc] = product / lowerSlack[arc]
      upperMultiplier[arc] = product / upperSlack[arc]
    }
  }

  /// The flow, each amount from the nearer bound, in flow units.
  var flow: [Double] {
    var flow = lower
    for arc in flow.indices { flow[arc] = amount(arc) }
    return flow
  }

  /// The weights `D` at this point; 0 at dropped arcs.
  var arcWeights: [Double] {
    lowerSlack.indices.map { arc in
      guard working.isActive[arc] else { return 0 }
      return 1
        / (working.curvature + lowerMultiplier[arc] / lowerSlack[arc] + upperMultiplier[arc]
          / upperSlack[arc])
    }
  }

  @inline(__always)
  private func amount(_ arc: Int) -> Double {
    if !working.isActive[arc] { return lower[arc] }
    let (p, q) = (lowerSlack[arc], upperSlack[arc])
    return p <= q ? lower[arc] + p : upper[arc] - q
  }

  /// Iterates until the residuals are small, stop falling, or a limit is reached.
  mutating func run(
    _ equations: inout any NormalEquations, _ settings: InteriorPointSettings
  ) -> InteriorPointEnding {
    let count = working.arcCount
    var step = StepVectors(count: count, nodeCount: working.nodeCount)
    var best = Double.infinity
    var sinceBest = 0
    // Bounded by the iteration limit.
    while true {
      let average = measure(&step)
      let merit = max(residuals.primal, residuals.dual, residuals.complementarity)
      if merit <= settings.tolerance { return .converged }
      // The average, not the worst product, tells progress: the worst may rise for a while.
      let distance = max(
        residuals.primal, residuals.dual, abs(average - working.weight) / max(working.weight, 1e-3))
      if distance < 0.9 * best {
        best = distance
        sinceBest = 0
      } else {
        sinceBest += 1
        if sinceBest >= 15 || !distance.isFinite { return .stagnated }
      }
      if iterations >= settings.iterationLimit { return .iterationLimit }
      if scans > settings.scanLimit { return .workLimitReached }
      iterations += 1
      factorisations += 1
      scans += 24 * count
      guard equations.factorise(step.weights) else { return .stagnated }

      let target = step.setPredictor(self, equations, average: average)
      var reach = step.reach(self)
      // Products that run out of the common range are what shortens steps later on.
      for _ in 0..<Self.centringLimit where reach < 0.9 {
        step.centre(self, reach: min(1, 1.5 * reach + 0.1), target: target)
        step.setDirection(self, equations)
        let now = step.reach(self)
        if now < 1.1 * reach { break }
        reach = now
      }
      var length = step.reachKeepingProducts(
        self, above: Self.leastShare, upTo: min(1, 0.995 * step.reach(self)))
      if length < 0.1 {
        // The correction may have been far too large: without it, towards more even products.
        step.aim(at: max(0.5 * average, working.weight))
        step.setDirection(self, equations)
        length = step.reachKeepingProducts(
          self, above: Self.leastShare, upTo: min(1, 0.995 * step.reach(self)))
      }
      boldness = length > 0.7 ? max(0.1, 0.5 * boldness) : min(0.8, 1.5 * boldness)
      advance(step, by: length)
    }
  }

  private mutating func advance(_ step: StepVectors, by length: Double) {
    for arc in 0..<working.arcCount {
      let change = length * step.flowChange[arc]
      lowerSlack[arc] += change
      upperSlack[arc] -= change
      lowerMultiplier[arc] += length * step.lowerChange[arc]
      upperMultiplier[arc] += length * step.upperChange[arc]
    }
    for node in potentials.indices { potentials[node] += length * step.potentialChange[node] }
  }

  /// Computes weights, reduced gradients and imbalances at this point; returns the average product.
  private mutating func measure(_ step: inout StepVectors) -> Double {
    let incidence = working.incidence
    incidence.differences(of: potentials, into: &step.differences)
    var (dual, sum, worst) = (0.0, 0.0, 0.0)
    let (p, q, z, w) = (lowerSlack, upperSlack, lowerMultiplier, upperMultiplier)
    let (isActive, linear) = (working.isActive, linear)
    let curvature = working.curvature
    for arc in step.amounts.indices {
      guard isActive[arc] else {
        step.amounts[arc] = lower[arc]
        continue
      }
      let f = p[arc] <= q[arc] ? lower[arc] + p[arc] : upper[arc] - q[arc]
      step.amounts[arc] = f
      let gradient = linear[arc] + curvature * f - step.differences[arc]
      step.gradients[arc] = gradient
      let (lowerInverse, upperInverse) = (1 / p[arc], 1 / q[arc])
      step.lowerInverse[arc] = lowerInverse
      step.upperInverse[arc] = upperInverse
      step.weights[arc] = 1 / (curvature + z[arc] * lowerInverse + w[arc] * upperInverse)
      let residual = abs(gradient - z[arc] + w[arc]) / max(1, z[arc], w[arc])
      dual = residual > dual ? residual : dual
      let (a, b) = (z[arc] * p[arc], w[arc] * q[arc])
      sum += a + b
      worst = max(worst, abs(a - working.weight), abs(b - working.weight))
    }
    incidence.netInflow(of: step.amounts, into: &step.imbalance)
    var primal = 0.0
    for node in demand.indices where working.isUnknown[node] != 0 {
      step.imbalance[node] -= demand[node]
      primal = max(primal, abs(step.imbalance[node]))
    }
    // A target that is far below the products of this scale is reached in proportion to itself.
    let scale = working.weight > 0 ? working.weight : 1
    residuals = RegularisedResiduals(primal: primal, dual: dual, complementarity: worst / scale)
    return sum / Double(max(2 * working.activeCount, 1))
  }
}

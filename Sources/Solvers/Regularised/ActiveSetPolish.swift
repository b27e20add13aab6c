// From the neighbourhood of the optimum with squares to the optimum itself.
//
// For given potentials the best flow is known arc by arc: f(e) = (By - c)(e) / sigma, cut off at
// the bounds. It satisfies all conditions of optimality but conservation, and its imbalance d - B'f
// is the gradient of the dual objective, which is concave and differentiable. Newton's method for
// it takes the arcs strictly between their bounds as free and all others as fixed, solves
//
//     B'D B dy = d - B'f,   D = 1/sigma on free arcs,
//
// and so ends, once no arc changes sides, with the solution of the equations of that active set. On
// the way a step is shortened where the slope of the dual objective along it would change its sign.
// Fixed arcs keep a trace of weight, that of the interior point method: groups of nodes that free
// arcs do not join to the rest stay nearly where they are, and one that is out of balance moves by
// about what frees an arc. Imbalances are sums of
// integers, and exact: the last digits of the flow come from iterative refinement with them.
// Source: [QS] on semismooth Newton methods; [NW], section 16.5 on active sets.
import Checker

/// Semismooth Newton steps on the dual of a problem with squares on all arcs.
struct ActiveSetPolish {
  private let working: WorkingProblem
  private(set) var point: GridPoint
  private(set) var factorisations = 0
  private(set) var steps = 0
  private(set) var scans = 0

  /// What fixed arcs count in the matrix at least, relative to free ones.
  private static let trace = 1e-10
  /// Near the optimum a handful of steps suffices.
  private static let stepLimit = 30
  /// With more to go after these, interior point steps get there sooner.
  private static let patience = 8

  private let lowerLimits: [Double]
  private let upperLimits: [Double]
  private var differences: [Int128]
  private var inflow: [Int128]
  private var imbalance: [Double]
  private var weights: [Double]

  /// The weights of fixed arcs.
  private let traces: [Double]

  /// Begins at given potentials; `weights` are those of the interior point method.
  init(_ working: WorkingProblem, _ point: GridPoint, weights traces: [Double]) {
    let free = 1 / working.curvature
    self.traces = traces.map { min(free, max($0, Self.trace * free)) }
    self.working = working
    self.point = point
    lowerLimits = working.lower.map(FixedPoint.double)
    upperLimits = working.upper.map(FixedPoint.double)
    differences = [Int128](repeating: 0, count: working.arcCount)
    inflow = [Int128](repeating: 0, count: working.nodeCount)
    imbalance = [Double](repeating: 0, count: working.nodeCount)
    weights = [Double](repeating: 0, count: working.arcCount)
  }

  /// Improves the point until rounding ends the progress; false if it did not get there.
  mutating func run(_ equations: inout any NormalEquations) -> Bool {
    setFlow()
    var isFactorised = false
    var best = largestImbalance
    let first = best
    var sinceBest = 0
    // Bounded by the step limit.
    while steps < Self.stepLimit {
      if best == 0 { return true }
      if steps == Self.patience && best > 0.1 * first && best > 1e-12 { return false }
      steps += 1
      if setWeights() || !isFactorised {
        factorisations += 1
        guard equations.factorise(weights) else { return false }
        isFactorised = true
      }
      var change = imbalance.map { -$0 }
      equations.solve(&change)
      guard change.allSatisfy(\.isFinite) else { return false }
      let didFullStep = take(change)
      let now = largestImbalance
      if now < 0.5 * best {
        best = now
        sinceBest = 0
      } else {
        sinceBest += 1
        // Full steps that gain nothing are at the end of what rounding allows.
        if didFullStep && sinceBest >= 2 && now < 1e-12 { return true }
        best = min(best, now)
      }
    }
    return best < 1e-13
  }

  private var largestImbalance: Double {
    imbalance.reduce(0) { max($0, abs($1)) }
  }

  /// Moves along a direction, less far if the dual objective would fall; says if it went all the
  /// way.
  private mutating func take(_ change: [Double]) -> Bool {
    let start = point
    let slope = ascent(change)
    // A step must not leave the range in which potentials are resolved.
    let largest = change.reduce(0) { max($0, abs($1)) }
    var length = min(1, 0x1p8 / largest)
    var (below, above) = (0.0, Double.infinity)
    for attempt in 0..<40 {
      point.potentials = start.potentials
      point.advance(by: change, times: length)
      setFlow()
      let now = ascent(change)
      if now >= -0.5 * slope || largestImbalance < 1e-12 {
        if now <= 0.9 * slope || length >= 1 || above.isFinite || attempt > 30 {
          return length == 1
        }
        below = length
      } else {
        above = length
      }
      length = above.isFinite ? max(0.5 * (below + above), 0.02 * above) : 2 * length
      if above.isFinite, below == 0 {
        // The slope falls with the length: where a line through both would meet zero.
        length = above * min(0.5, max(0.01, slope / (slope - now)))
      }
    }
    return false
  }

  /// The slope of the dual objective along a direction.
  private func ascent(_ change: [Double]) -> Double {
    var slope = 0.0
    for node in change.indices { slope -= change[node] * imbalance[node] }
    return slope
  }

  /// Sets the flow that is best for the potentials, and its imbalance.
  private mutating func setFlow() {
    scans += 4 * working.arcCount
    point.reducedDifferences(working, into: &differences)
    let units = working.unitsPerFlow * point.potentialUnit / working.curvature
    for arc in point.flow.indices where working.isActive[arc] {
      let wanted = FixedPoint.double(differences[arc]) * units
      if wanted <= lowerLimits[arc] {
        point.flow[arc] = working.lower[arc]
      } else if wanted >= upperLimits[arc] {
        point.flow[arc] = working.upper[arc]
      } else {
        let amount = FixedPoint.integer(wanted)
        point.flow[arc] = min(max(amount, working.lower[arc]), working.upper[arc])
      }
    }
    working.incidence.netInflow(of: point.flow, into: &inflow)
    let perUnit = 1 / working.unitsPerFlow
    for node in imbalance.indices where working.isUnknown[node] != 0 {
      imbalance[node] = FixedPoint.double(inflow[node] - working.demand[node]) * perUnit
    }
  }

  /// Sets the weights of this active set; says if any changed.
  private mutating func setWeights() -> Bool {
    let free = 1 / working.curvature
    var hasChanged = false
    for arc in weights.indices where working.isActive[arc] {
      let amount = point.flow[arc]
      let isFree = amount > working.lower[arc] && amount < working.upper[arc]
      let weight = isFree ? free : traces[arc]
      if weights[arc] != weight {
        weights[arc] = weight
        hasChanged = true
      }
    }
    return hasChanged
  }

  /// Takes the flow of the interior point method in place of the one that the potentials give.
  ///
  /// An arc whose multiplier outweighs its slack goes to the bound. This is for problems whose
  /// amounts spread over so many orders that the active set is not found: what is left of the
  /// products of slacks and multipliers then bounds the distance.
  mutating func takeFlow(of method: InteriorPoint) {
    let units = working.unitsPerFlow
    for arc in point.flow.indices where working.isActive[arc] {
      let (p, q) = (method.lowerSlack[arc], method.upperSlack[arc])
      let (lower, upper) = (working.lower[arc], working.upper[arc])
      if p <= q {
        let slack = method.lowerMultiplier[arc] > working.curvature * p ? 0 : p
        point.flow[arc] = min(lower + FixedPoint.integer(slack * units), upper)
      } else {
        let slack = method.upperMultiplier[arc] > working.curvature * q ? 0 : q
        point.flow[arc] = max(upper - FixedPoint.integer(slack * units), lower)
      }
    }
  }

  /// Makes the flow exactly feasible; false if that failed.
  mutating func finish() -> Bool {
    let unit = point.potentialUnit
    let perUnit = 1 / working.unitsPerFlow
    point.reducedDifferences(working, into: &differences)
    var preference = [Int16](repeating: 0, count: working.arcCount)
    for arc in preference.indices where working.isActive[arc] {
      let amount = point.flow[arc]
      let slack = min(amount - working.lower[arc], working.upper[arc] - amount)
      if slack > 0 {
        preference[arc] = rank(FixedPoint.double(slack) * perUnit, from: 2048)
      } else {
        // At a bound: the smaller the multiplier, the less a departure costs.
        let multiplier = abs(
          FixedPoint.double(differences[arc]) * unit
            - working.curvature * FixedPoint.double(amount) * perUnit)
        preference[arc] = 2047 - rank(multiplier, from: 0)
      }
    }
    return working.repair(&point.flow, preference: preference)
  }
}

/// A number in `base ..< base + 2048` that grows with the binary exponent of a positive one.
func rank(_ value: Double, from base: Int16) -> Int16 {
  guard value > 0 else { return base }
  return base + Int16(min(2047, max(0, Int(value.exponent) + 1024)))
}

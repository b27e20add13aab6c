// Where to look for the active set: the dual problem in doubles.
//
// Problem: maximise the dual function of the potentials z, which has no constraints. Up to sign it
// is convex and piecewise quadratic: sum over arcs of psi(z_head - z_tail - k) plus supplies times
// z, where psi' is the flow that an arc prefers, clamped to its bounds. Its gradient is the excess
// of the nodes under these flows.
// Idea: Newton's method. The second derivative is the Laplacian of the arcs strictly between their
// bounds; a little is added to the diagonal where it is singular. A step that overshoots is
// cut where the slope along it is small. Arcs without the term have no second derivative and are
// given a steep one: the answer is a guess, and the exact method corrects it.
//
// Costs that are large beside the bounds, which is a small lambda, make the first steps blind. So
// the costs grow from small ones by doubling. The optimal potentials are piecewise linear in the
// factor, and each stage starts where the line through the last two points leads. Where the active
// set did not change from one stage to the next, and would not if that line went on to the full
// costs, it is the guess. That is how small weights end, since below some lambda the flow stays the
// same; so no potential is ever asked to be large and precise at the same time.
//
// All steps are counted and bounded. Nothing depends on how good the guess is but the number of
// exact steps.
import ExactArithmetic
import Networks

/// A guess at the optimal potentials and what it says of the arcs.
struct ApproximatePotentials {
  /// The arcs and their data, rounded.
  private let adjacency: Adjacency
  private let lower: [Double]
  private let upper: [Double]
  private let shifts: [Double]
  private let supplies: [Double]
  private let stiffness: [Double]
  /// The nodes whose potentials are sought, in the order of elimination.
  private let rows: [Int]
  /// The potential of each node.
  private var potentials: [Double]
  /// The factor of all costs.
  private var factor = 1.0
  /// The number of looks at a half-arc, and multiplications.
  private(set) var work = 0

  /// The number of steps after which a guess is good enough, come what may.
  private static let stepLimit = 50
  /// The second derivative given to arcs without the term.
  private static let steepness = 1e4

  /// Searches from given potentials, or from 0.
  init(_ squares: SquaresProblem, start: [Double]?) {
    func rounded(_ numerators: [BigInteger]) -> [Double] {
      ExactVector(numerators, denominator: squares.denominator).nearestDoubles
    }
    adjacency = squares.adjacency
    lower = rounded(squares.data.lower)
    upper = rounded(squares.data.upper)
    shifts = rounded(squares.data.shifts)
    supplies = rounded(squares.data.supplies)
    stiffness = squares.isQuadratic.map { $0 ? 1 : ApproximatePotentials.steepness }
    rows = (0..<adjacency.nodeCount).filter {
      squares.adjacency.degree(of: $0) > 0 && !squares.isGround[$0]
    }.sorted { squares.place[$0] < squares.place[$1] }
    potentials = start ?? [Double](repeating: 0, count: adjacency.nodeCount)
    if start == nil || !descend() { raiseCosts() }
  }

  /// Solves with costs that grow to their full size, or until the active set has settled.
  private mutating func raiseCosts() {
    let reach = shifts.reduce(0) { max($0, abs($1)) }
    guard reach.isFinite else { return }
    potentials = [Double](repeating: 0, count: adjacency.nodeCount)
    factor = reach > 1 ? 1 / reach : 1
    _ = descend()
    var previous = (factor: 0.0, potentials: potentials.map { _ in 0.0 })
    var states = shifts.indices.map { state(of: $0).state }
    // Every pass doubles the factor.
    while factor < 1 {
      let current = (factor: factor, potentials: potentials)
      factor = min(1, 2 * factor)
      potentials = line(through: previous, current, at: factor)
      previous = current
      _ = descend()
      let now = shifts.indices.map { state(of: $0).state }
      if now == states {
        let end = line(through: previous, (factor, potentials), at: 1)
        if remain(states, at: end) { return }
      }
      states = now
    }
  }

  /// The potentials on the line through those at two factors.
  private func line(
    through first: (factor: Double, potentials: [Double]),
    _ second: (factor: Double, potentials: [Double]), at factor: Double
  ) -> [Double] {
    let ratio = (factor - second.factor) / (second.factor - first.factor)
    return potentials.indices.map { node in
      let here = second.potentials[node]
      return here + ratio * (here - first.potentials[node])
    }
  }

  /// Whether arcs have the same states at given potentials for the full costs, up to rounding.
  private func remain(_ states: [ArcState], at end: [Double]) -> Bool {
    shifts.indices.allSatisfy { arc in
      let drop = end[head(arc)] - end[tail(arc)]
      let preferred = stiffness[arc] * (drop - shifts[arc])
      let rounding =
        1e-11 * stiffness[arc]
        * max(1, abs(end[head(arc)]), abs(end[tail(arc)]), abs(shifts[arc]))
      return switch states[arc] {
      case .free: preferred >= lower[arc] - rounding && preferred <= upper[arc] + rounding
      case .lower: preferred <= lower[arc] + rounding
      case .upper: preferred >= upper[arc] - rounding
      }
    }
  }

  /// The multiplier `r` of an arc under its preferred flow, and whether it is held.
  func state(of arc: Int) -> (state: ArcState, multiplier: Double) {
    let preferred = preferredFlow(arc, potentials)
    let tolerance = 1e-12 * max(1, abs(potentials[head(arc)]), abs(potentials[tail(arc)]))
    let excess = preferred - max(lower[arc], min(upper[arc], preferred))
    if excess < -tolerance * stiffness[arc] { return (.lower, -excess / stiffness[arc]) }
    if excess > tolerance * stiffness[arc] { return (.upper, -excess / stiffness[arc]) }
    return (.free, 0)
  }

  private func tail(_ arc: Int) -> Int { Int(adjacency.target[2 * arc + 1]) }

  private func head(_ arc: Int) -> Int { Int(adjacency.target[2 * arc]) }

  private func preferredFlow(_ arc: Int, _ potentials: [Double]) -> Double {
    stiffness[arc] * (potentials[head(arc)] - potentials[tail(arc)] - factor * shifts[arc])
  }

  /// What comes into each node beyond what leaves it.
  private mutating func excess(_ potentials: [Double]) -> [Double] {
    var excess = supplies
    for arc in shifts.indices {
      let flow = max(lower[arc], min(upper[arc], preferredFlow(arc, potentials)))
      excess[tail(arc)] -= flow
      excess[head(arc)] += flow
    }
    work += 2 * shifts.count
    return excess
  }

  /// Newton's method for the present factor; false if it stopped before the excess was gone.
  private mutating func descend() -> Bool {
    let scale = upper.indices.reduce(1) { max($0, abs(lower[$1]), abs(upper[$1])) }
    // A step that moves potentials much farther than costs reach is no use.
    let reach = shifts.reduce(1) { max($0, factor * abs($1)) }
    for _ in 0..<ApproximatePotentials.stepLimit {
      let gradient = excess(potentials)
      let largest = rows.reduce(0) { max($0, abs(gradient[$1])) }
      if largest <= 1e-15 * (scale + reach) * Double(adjacency.nodeCount) { return true }
      guard let direction = newtonDirection(gradient, shift: max(1e-12, largest / reach))
      else { return false }
      let slope = rows.reduce(0) { $0 + gradient[$1] * direction[$1] }
      guard slope < 0 else { return false }
      potentials = stepped(along: direction, slope: slope)
    }
    return false
  }

  /// Minus the gradient, divided by the second derivative with `shift` on its diagonal.
  private mutating func newtonDirection(_ gradient: [Double], shift: Double) -> [Double]? {
    var row = [Int32](repeating: -1, count: adjacency.nodeCount)
    for (position, node) in rows.enumerated() { row[node] = Int32(truncatingIfNeeded: position) }
    var laplacian = GroundedLaplacian(rowCount: rows.count, firstEnds: [], secondEnds: [])
    var weights: [Double] = []
    for arc in shifts.indices {
      let flow = preferredFlow(arc, potentials)
      guard flow >= lower[arc], flow <= upper[arc] else { continue }
      laplacian.firstEnds.append(row[tail(arc)])
      laplacian.secondEnds.append(row[head(arc)])
      weights.append(stiffness[arc])
    }
    var shift = shift
    // Every pass adds a hundred times more to the diagonal, until it outweighs the rest.
    while shift < 1e9 {
      if let factor = EnvelopeFactor(
        DoubleField(), laplacian, weight: { weights[$0] }, shift: shift)
      {
        work += factor.work
        let solution = factor.solve(rows.map { -gradient[$0] })
        guard solution.allSatisfy({ $0.isFinite }) else { return nil }
        var direction = [Double](repeating: 0, count: adjacency.nodeCount)
        for (position, node) in rows.enumerated() { direction[node] = solution[position] }
        return direction
      }
      shift *= 100
    }
    return nil
  }

  /// The potentials after a step at whose end the slope is a tenth of that at its start, or less.
  private mutating func stepped(along direction: [Double], slope: Double) -> [Double] {
    func moved(_ length: Double) -> [Double] {
      potentials.indices.map { potentials[$0] + length * direction[$0] }
    }
    var (short, long, length) = (0.0, 1.0, 1.0)
    // The slope grows along the step: every pass halves the stretch where it crosses 0.
    for _ in 0..<50 {
      let candidate = moved(length)
      let gradient = excess(candidate)
      let here = rows.reduce(0) { $0 + gradient[$1] * direction[$1] }
      // Up to where the slope is 0 the function falls; of the stretch behind it only rounding is.
      let isLong = length == 1 || here >= 0.1 * slope
      if (here <= 0 && isLong) || abs(here) <= 1e-9 * abs(slope) { return candidate }
      if here < 0 { short = length } else { long = length }
      length = (short + long) / 2
    }
    return moved(short)
  }
}

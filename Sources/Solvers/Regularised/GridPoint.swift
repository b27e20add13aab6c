// A flow and potentials in integers: what the refinements work on, and what is handed out.
//
// Potentials are multiples of a power of two as well, so small that what rounding them does is far
// below what doubles resolve. Differences of potentials and slacks are then exact before they are
// rounded to doubles, each to 53 bits of its own, however close to a bound or to each other.
import Checker
import ExactArithmetic

/// A flow and potentials in the units of their grids.
struct GridPoint {
  /// The flow, one integer per arc, over the denominator of the working problem.
  var flow: [Int128]
  /// The potentials, in units of `potentialUnit` scaled cost units.
  var potentials: [Int128]
  /// Linear costs in the same units; empty if all are 0.
  let costs: [Int128]
  /// The exponent of the potential unit: it is `2^-potentialBits`.
  let potentialBits: Int

  /// The unit of the potentials, in scaled cost units.
  var potentialUnit: Double { Double(sign: .plus, exponent: -potentialBits, significand: 1) }

  /// A point with given potentials, in scaled cost units, and no flow yet.
  ///
  /// Nil if the potentials leave the range in which 128 bits resolve them.
  init?(_ working: WorkingProblem, potentials: [Double]) {
    let largest =
      potentials.reduce(1) { max($0, abs($1)) }
      + working.costs.reduce(0) { max($0, abs($1)) }
      + working.curvature * working.passing.reduce(0) { max($0, $1) }
    guard largest < 0x1p60 else { return nil }
    // Sums over all arcs of multipliers stay in 126 bits, with room for potentials to grow.
    let arcBits = Int.bitWidth - (working.arcCount + working.nodeCount).leadingZeroBitCount
    let bits = min(100, 116 - arcBits - Int(largest.exponent))
    potentialBits = bits
    let scale = Double(sign: .plus, exponent: bits, significand: 1)
    self.potentials = potentials.map { FixedPoint.integer($0 * scale) }
    if working.costs.isEmpty {
      costs = []
    } else {
      let exact = Rational(BigInteger.powerOfTwo(bits)) / working.exactCostScale
      costs = (0..<working.arcCount).map { arc in
        (working.problem.costs[arc] * exact).floor.asInt128 ?? 0
      }
    }
    flow = working.lower
    // The gain is a power of two in scaled cost units, and so on the grid.
    if case .free(let gain) = working.problem.returnArc {
      let exact = gain * Rational(BigInteger.powerOfTwo(bits)) / working.exactCostScale
      guard exact.isInteger, let units = exact.numerator.asInt128 else { return nil }
      self.potentials[working.problem.network.source] = 0
      self.potentials[working.problem.network.sink] = units
    }
    // Arcs without the term that are strictly between their bounds have no residual at all.
    let network = working.problem.network
    for arc in working.linkArcs {
      let (tail, head) = network.arcs.ends(of: arc)
      let cost = costs.isEmpty ? 0 : costs[arc]
      if tail == network.source || tail == network.sink {
        self.potentials[head] = self.potentials[tail] + cost
      } else {
        self.potentials[tail] = self.potentials[head] - cost
      }
    }
  }

  /// Writes `y_head - y_tail - c` of every arc.
  func reducedDifferences(_ working: WorkingProblem, into differences: inout [Int128]) {
    working.incidence.differences(of: potentials, into: &differences)
    guard !costs.isEmpty else { return }
    for arc in differences.indices { differences[arc] -= costs[arc] }
  }

  /// Adds changes, in scaled cost units, to the potentials.
  mutating func advance(by changes: [Double], times length: Double) {
    let scale = length * Double(sign: .plus, exponent: potentialBits, significand: 1)
    for node in potentials.indices {
      potentials[node] += FixedPoint.integer(changes[node] * scale)
    }
  }
}
